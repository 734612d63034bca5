"""Pages that are images: made straight, their rules found, their words read by Tesseract, their tables cell by cell."""
