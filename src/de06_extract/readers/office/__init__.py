"""Documents of other word processors (.doc, .rtf, .odt), by way of LibreOffice."""
