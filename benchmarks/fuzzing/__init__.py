"""Files that are broken on purpose, by a seed: texts, Word documents and PDFs, and the process that reads them."""
