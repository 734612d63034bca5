"""Files that are broken on purpose, by a seed: texts, documents, pages, mails and workbooks of each reader."""
