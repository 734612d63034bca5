"""Workbooks (.xlsx, .xls, .ods)."""
