"""A report as the page of an archive shows it: its heading and its findings, every text printable and not too long."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from de06_extract.archive.store.results import FileResult
from de06_extract.output.html.totals import is_dismissed
from de06_extract.output.links import address
from de06_extract.schema.cards.card import Card, Mark, Piece, Quotation
from de06_extract.schema.cards.quotes import shortened
from de06_extract.schema.display import Language, one_line, percent_of
from de06_extract.schema.reading_notes import reading_notes
from de06_extract.schema.rows import document_row

Shown = dict[str, Any]

REPORT = (
    *("key", "path", "href", "title", "issuer", "locality", "province", "date", "number", "type"),
    *("error", "warning", "info", "causes", "dismissed", "numbers", "checked", "copy_of", "reading"),
)
FINDING = (
    *("severity", "rule", "rule_title", "number", "group", "message", "quote", "place", "page", "heading"),
    *("suggestion", "related", "is_across", "is_dismissed", "dismissed_reason", "dismissed_on", "confidence"),
)
_QUOTE = 420  # characters of a quotation that a finding shows
_LONGEST = 400  # characters of a text, but of those below
_LONGEST_OF = {"message": 1_500, "suggestion": 1_000, "related": 1_500, "heading": 100, "reading": 1_500}
_MARKS: dict[Mark | None, int] = {"figure": 1, "wrong": 2}
_KEY = 12  # hexadecimal digits: 48 bits tell a million files apart


def shown_report(
    result: FileResult, cards: Iterable[Card], copy_of: str | None, folder: Path | None, language: Language
) -> Shown:
    """The heading of a report, with the keys of `REPORT`; its findings to review are counted by severity.

    `copy_of` is the path of another file with the same content, `folder` the one that the page will lie in.
    """
    assert result.report is not None
    document, header = document_row(result.report), result.report["header"]
    held = list(cards)
    counts = Counter("dismissed" if is_dismissed(card) else card.severity for card in held)
    known_by = result.path if copy_of else f"{result.sha256}{PurePosixPath(result.path).suffix.lower()}"
    return {
        "key": sha256(known_by.encode("utf-8", "replace")).hexdigest()[:_KEY],
        "path": shown_path(result.path),
        "href": address(result.path, folder),
        "title": shown_text(" ".join(filter(None, (header["doc_type"], header["title"])))),
        "issuer": shown_text(document["document_issuer"]),
        "locality": shown_text(document["document_locality"]),
        "province": shown_text(document["document_province"]),
        "date": shown_text(document["document_date_text"]),
        "number": shown_text(document["document_number"]),
        "type": shown_text(document["document_type"]),
        **{severity: counts[severity] for severity in ("error", "warning", "info", "dismissed")},
        "causes": len({card.cause for card in held if not is_dismissed(card)}),
        "numbers": result.report["coverage"]["numbers"],
        "checked": result.report["coverage"]["checked"],
        "copy_of": copy_of,
        "reading": shown_text("\n".join(reading_notes(result.report["source"], language)), "reading"),
    }


def shown_findings(cards: Iterable[Card]) -> Iterator[Shown]:
    """The cards of a file, with the keys of `FINDING`."""
    for card in cards:
        heading = card.place.heading
        yield {
            "severity": card.severity,
            "rule": card.rule,
            "rule_title": shown_text(card.title) or card.rule,
            "number": card.number,
            "group": card.group,
            "message": shown_text(card.arithmetic, "message"),
            "quote": _pieces(card.quote),
            "place": shown_text(card.place.words),
            "page": card.place.page,
            "heading": shown_text(heading.title, "heading") if heading else None,
            "suggestion": shown_text("\n".join(f"{p.words} ({p.reason})" for p in card.proposals), "suggestion"),
            "related": shown_text("\n".join(place.words for place in card.related), "related"),
            "is_across": int(card.is_across),
            "is_dismissed": int(is_dismissed(card)),
            "dismissed_reason": shown_text(card.decision.reason),
            "dismissed_on": shown_text(card.decision.when),
            "confidence": percent_of(card.confidence),
        }


def _pieces(quote: Quotation) -> list[Any]:
    """The quotation as the page reads it: plain words, and figures with 1, those that are wrong with 2."""
    pieces = [Piece(_composed(_cut(piece.text, _LONGEST)), piece.mark) for piece in shortened(quote, _QUOTE).pieces]
    return [piece.text if piece.mark is None else [piece.text, _MARKS[piece.mark]] for piece in pieces]


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


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _composed(text: str) -> str:
    """The text with one character for each letter with its marks, as the search needs it."""
    return unicodedata.normalize("NFC", text)
