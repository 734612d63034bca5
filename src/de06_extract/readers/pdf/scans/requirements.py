"""What recognition needs, and what is said where it is missing."""

from __future__ import annotations

from importlib.util import find_spec

from de06_extract.language.messages import said
from de06_extract.readers.pdf.scans.tesseract import find_program

_LIBRARIES = ("numpy", "PIL")


def missing_for_scans() -> str | None:
    """What is missing to read images and how it is installed, in one line; None where nothing is."""
    absent = [library for library in _LIBRARIES if find_spec(library) is None]
    if absent:
        return said("readers", "missing.library", library=", ".join(absent), extra="ocr")
    return None if find_program() else said("readers", "missing.tesseract")
