"""The little that is needed of every report and finding of a store to count them: no JSON is opened for it."""

from __future__ import annotations

import hashlib
import re
from typing import Any, NamedTuple

from de06_extract.schema.severity import Severity
from de06_extract.schema.units import folded_unit, unit_of

_DIGITS = 16  # 64 bits tell the files of an archive apart
_MONTH = re.compile(r"\d{4}-\d{2}")

REPORTS = """
SELECT r.result, f.path, f.copies, r.sha256, r.suffix, r.document_type, r.document_number, r.document_date_text,
    r.document_issuer, r.document_locality, r.document_province
FROM (SELECT sha256, suffix, min(path) AS path, count(*) - 1 AS copies FROM files
      WHERE checker = ?1 AND sha256 IS NOT NULL GROUP BY sha256, suffix) f
CROSS JOIN results r ON r.checker = ?1 AND r.sha256 = f.sha256 AND r.suffix = f.suffix
WHERE r.reason IS NULL ORDER BY f.path
"""
FINDINGS = """
SELECT f.result, f.position, f.rule, f.severity, f.finding_id
FROM findings f WHERE f.result IN (SELECT result FROM results WHERE checker = ?1) ORDER BY f.result, f.position
"""
ACROSS = "SELECT path, position, rule, severity, finding_id FROM across WHERE checker = ?1 ORDER BY path, position"
STATES = "SELECT d.path, d.finding_id, d.state FROM decisions d"


def path_key(path: str) -> str:
    """A short name for a path, that can stand in an address: a part of its hash.

    >>> path_key("/kho/2024/a.pdf")
    'd306326f5dc58138'
    """
    return hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


class ReportHead(NamedTuple):
    """A content with a report, at the first of its paths: what its header says, and how many other paths have it.

    `month` is that of its date, `unit` the folded name of the unit whose report it is; None where nobody says.
    """

    result: int
    path: str
    copies: int
    sha256: str
    suffix: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    locality: str | None
    province: str | None
    month: str | None
    unit: str | None
    unit_name: str | None

    @property
    def id(self) -> str:
        """What the report is known by in addresses."""
        return path_key(self.path)


class FindingHead(NamedTuple):
    """A finding of a report: which it is, and the state of the decision on it; `is_across` where reports contradict."""

    result: int
    position: int
    rule: str
    severity: Severity
    finding_id: str
    state: str
    is_across: bool


def report_head(row: tuple[Any, ...]) -> ReportHead:
    """The head of a report, of a row that `REPORTS` asks for."""
    date, issuer, locality = row[7], row[8], row[9]
    month = date[:7] if date is not None and _MONTH.match(date) else None
    name = unit_of({"document_issuer": issuer, "document_locality": locality})
    return ReportHead._make((*row, month, None if name is None else folded_unit(name), name))
