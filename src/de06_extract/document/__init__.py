"""One text with the place of every character, and how it is built: lines, sections, notes, periods, cited documents."""
