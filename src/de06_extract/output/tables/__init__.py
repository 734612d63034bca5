"""Results as tables: CSV, XLSX, Parquet."""
