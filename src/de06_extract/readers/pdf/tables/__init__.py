"""The tables of a PDF: the cells that rules or the places of words make, and parts on following pages joined."""
