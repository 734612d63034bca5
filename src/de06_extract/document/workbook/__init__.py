"""What a workbook says of its cells besides their values, in each of the three formats, before the values are read."""
