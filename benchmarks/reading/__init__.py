"""What PDFium finds on the pages of a PDF, and where our text has it."""
