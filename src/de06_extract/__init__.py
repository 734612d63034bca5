"""Reads a Vietnamese administrative report, finds the numbers it claims, and says which cannot all be true.

>>> report = check_text("Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.")
>>> report.findings[0].message
'3.225/3.265 là 98,77%, báo cáo ghi 98,57%; số liệu cần rà soát lại'
"""

from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    MissingFileError,
    NoTextError,
    UnreadableError,
    UnsupportedFormatError,
)
from de06_extract.pipeline import check_text, extract
from de06_extract.schema import Claim, Finding, Quantity, Report, Span, report_schema

__all__ = [
    "Claim",
    "DamagedFileError",
    "EmptyFileError",
    "EncryptedFileError",
    "Finding",
    "MissingFileError",
    "NoTextError",
    "Quantity",
    "Report",
    "Span",
    "UnreadableError",
    "UnsupportedFormatError",
    "check_text",
    "extract",
    "report_schema",
]
