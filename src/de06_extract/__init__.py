"""Reads a Vietnamese administrative report, finds the numbers it claims, and says which cannot all be true.

What is named here stays where it is and what it is; everything else in the package may move.

>>> report = check_text("Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.")
>>> report.findings[0].message
'3.225/3.265 là 98,77%, báo cáo ghi 98,57%; số liệu cần rà soát lại'
"""

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
    TaxonomyError,
    UnreadableError,
    UnsupportedFormatError,
)
from de06_extract.output.record import De06Record, record_schema
from de06_extract.pipeline.extract import check_text
from de06_extract.schema.report import Claim, Finding, Indicator, Quantity, Report, Span, report_schema

__all__ = [
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
    "Quantity",
    "Report",
    "Span",
    "TaxonomyError",
    "UnreadableError",
    "UnsupportedFormatError",
    "check_text",
    "extract",
    "record_schema",
    "report_schema",
]
