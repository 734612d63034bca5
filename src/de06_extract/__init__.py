"""Reads a Vietnamese administrative report, finds the numbers it claims, and says which cannot all be true.

What is named here stays where it is and what it is; everything else in the package may move.

>>> report = check_text("Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.")
>>> report.findings[0].message
'3.225/3.265 là 98,77%, báo cáo ghi 98,57%'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from de06_extract.archive.checked_files import CheckedFile, check_archive
    from de06_extract.archive.extract import LimitedExtractor, extract
    from de06_extract.archive.workers.limits import Limits
    from de06_extract.errors import (
        DamagedFileError,
        EmptyFileError,
        EncryptedFileError,
        InternalError,
        LimitExceededError,
        MissingFileError,
        ModelError,
        NoTextError,
        PathsError,
        TaxonomyError,
        UnreadableError,
        UnsupportedFormatError,
    )
    from de06_extract.output.record import De06Record, record_schema
    from de06_extract.pipeline.extract import check_text
    from de06_extract.schema.report import Claim, Finding, Indicator, Quantity, Report, Span, report_schema
    from de06_extract.schema.selection import Selection

__all__ = [
    "CheckedFile",
    "Claim",
    "DamagedFileError",
    "De06Record",
    "EmptyFileError",
    "EncryptedFileError",
    "Finding",
    "Indicator",
    "InternalError",
    "LimitExceededError",
    "LimitedExtractor",
    "Limits",
    "MissingFileError",
    "ModelError",
    "NoTextError",
    "PathsError",
    "Quantity",
    "Report",
    "Selection",
    "Span",
    "TaxonomyError",
    "UnreadableError",
    "UnsupportedFormatError",
    "check_archive",
    "check_text",
    "extract",
    "record_schema",
    "report_schema",
]

_PLACES = {
    "CheckedFile": "de06_extract.archive.checked_files",
    "Claim": "de06_extract.schema.report",
    "DamagedFileError": "de06_extract.errors",
    "De06Record": "de06_extract.output.record",
    "EmptyFileError": "de06_extract.errors",
    "EncryptedFileError": "de06_extract.errors",
    "Finding": "de06_extract.schema.report",
    "Indicator": "de06_extract.schema.report",
    "InternalError": "de06_extract.errors",
    "LimitExceededError": "de06_extract.errors",
    "LimitedExtractor": "de06_extract.archive.extract",
    "Limits": "de06_extract.archive.workers.limits",
    "MissingFileError": "de06_extract.errors",
    "ModelError": "de06_extract.errors",
    "NoTextError": "de06_extract.errors",
    "PathsError": "de06_extract.errors",
    "Quantity": "de06_extract.schema.report",
    "Report": "de06_extract.schema.report",
    "Selection": "de06_extract.schema.selection",
    "Span": "de06_extract.schema.report",
    "TaxonomyError": "de06_extract.errors",
    "UnreadableError": "de06_extract.errors",
    "UnsupportedFormatError": "de06_extract.errors",
    "check_archive": "de06_extract.archive.checked_files",
    "check_text": "de06_extract.pipeline.extract",
    "extract": "de06_extract.archive.extract",
    "record_schema": "de06_extract.output.record",
    "report_schema": "de06_extract.schema.report",
}


def __getattr__(name: str) -> Any:
    """A name of this package, loaded when it is asked for: help and versions need none of them."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The names of this package, loaded or not."""
    return sorted({*globals(), *__all__})
