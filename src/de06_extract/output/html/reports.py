"""A report as the page of an archive shows it: its heading and its findings, every text printable and not too long."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from de06_extract.archive.store.results import FileResult
from de06_extract.output.html.totals import is_dismissed
from de06_extract.output.links import address
from de06_extract.schema.display import Language, one_line, percent_of
from de06_extract.schema.quotations import entries_by_id, parted, quoted, trimmed
from de06_extract.schema.reading_notes import reading_notes
from de06_extract.schema.rows import Row, document_row

Shown = dict[str, Any]

REPORT = (
    *("key", "path", "href", "issuer", "locality", "province", "date", "number", "type"),
    *("error", "warning", "info", "dismissed", "numbers", "checked", "copy_of", "reading"),
)
FINDING = (
    *("severity", "rule", "rule_title", "message", "before", "figure", "after", "place", "page", "section"),
    *("suggestion", "related", "is_across", "is_dismissed", "dismissed_reason", "dismissed_on", "confidence"),
)
_QUOTE = 420  # characters of a quotation that a finding shows
_LONGEST = 400  # characters of a text, but of those below
_LONGEST_OF = {"message": 1_500, "suggestion": 1_000, "related": 1_500, "section": 100, "reading": 1_500}
_KEY = 12  # hexadecimal digits: 48 bits tell a million files apart


def shown_report(
    result: FileResult, rows: Iterable[Row], copy_of: str | None, folder: Path | None, language: Language
) -> Shown:
    """The heading of a report, with the keys of `REPORT`; its findings to review are counted by severity.

    `copy_of` is the path of another file with the same content, `folder` the one that the page will lie in.
    """
    assert result.report is not None
    document = document_row(result.report)
    counts = Counter("dismissed" if is_dismissed(row) else str(row["severity"]) for row in rows)
    known_by = result.path if copy_of else f"{result.sha256}{PurePosixPath(result.path).suffix.lower()}"
    return {
        "key": sha256(known_by.encode("utf-8", "replace")).hexdigest()[:_KEY],
        "path": shown_path(result.path),
        "href": address(result.path, folder),
        "issuer": shown_text(document["document_issuer"]),
        "locality": shown_text(document["document_locality"]),
        "province": shown_text(document["document_province"]),
        "date": shown_text(document["document_date_text"]),
        "number": shown_text(document["document_number"]),
        "type": shown_text(document["document_type"]),
        **{severity: counts[severity] for severity in ("error", "warning", "info", "dismissed")},
        "numbers": result.report["coverage"]["numbers"],
        "checked": result.report["coverage"]["checked"],
        "copy_of": copy_of,
        "reading": shown_text("\n".join(reading_notes(result.report["source"], language)), "reading"),
    }


def shown_findings(result: FileResult, rows: Iterable[Row]) -> Iterator[Shown]:
    """The findings at a file, with the keys of `FINDING`; `rows` are its `finding_rows`."""
    assert result.report is not None
    held = entries_by_id(result.report)
    for row, finding in zip_longest(rows, result.report["findings"]):
        parts = quoted(finding, held) if finding else parted(str(row["quote"] or ""), _text(row["figure"]))
        before, figure, after = trimmed(parts[0], _cut(parts[1], _LONGEST), parts[2], _QUOTE)
        section = " ".join(filter(None, (_text(row["section_label"]), _text(row["section_title"]))))
        yield {
            "severity": row["severity"],
            "rule": row["rule"],
            "rule_title": shown_text(row["rule_title"]) or row["rule"],
            "message": shown_text(row["message"], "message"),
            "before": _composed(before),
            "figure": _composed(figure),
            "after": _composed(after),
            "place": shown_text(row["location"]),
            "page": row["page"],
            "section": shown_text(section, "section"),
            "suggestion": shown_text(row["suggestion"], "suggestion"),
            "related": shown_text(row["related"], "related"),
            "is_across": int(bool(row["is_across"])),
            "is_dismissed": int(is_dismissed(row)),
            "dismissed_reason": shown_text(row["dismissed_reason"]),
            "dismissed_on": shown_text(row["dismissed_on"]),
            "confidence": percent_of(row["confidence"]),
        }


def shown_path(path: str) -> str:
    """The path as people can be shown it, with «�» for bytes that are not a character.

    >>> shown_path("/archive/b\\udcff\\u202ec.pdf")
    '/archive/b�c.pdf'
    """
    return _composed(one_line("".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in path)))


def shown_text(value: Any, key: str = "") -> str | None:
    """The text printable, composed and cut where it is too long, lines kept; None for an empty one."""
    if value is None:
        return None
    cut = _cut(str(value), _LONGEST_OF.get(key, _LONGEST))
    return _composed("\n".join(map(one_line, cut.split("\n")))).strip() or None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _composed(text: str) -> str:
    """The text with one character for each letter with its marks, as the search needs it."""
    return unicodedata.normalize("NFC", text)
