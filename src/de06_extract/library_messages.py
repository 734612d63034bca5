"""What libraries say of a document while it is read: for who looks for a defect, not for who reads the results."""

from __future__ import annotations

import logging
import warnings

# The loggers of the libraries that documents are read and copied with.
LIBRARIES = ("PIL", "docx", "fontTools", "olefile", "pdfminer", "pdfplumber", "py7zr", "pypdf", "pypdfium2", "tifffile")


def keep_quiet() -> None:
    """Keeps what the libraries log from standard error; a program that listens to their loggers hears it all the same.

    Without any handler, Python prints warnings of loggers that nobody listens to.
    """
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
            logger.addHandler(logging.NullHandler())


def tell_of_libraries(*, wanted: bool) -> None:
    """Has what the libraries of this process log and warn of printed on standard error, or nothing of it."""
    if wanted:
        logging.basicConfig(format="%(name)s: %(message)s")
    else:
        warnings.simplefilter("ignore")
