"""The rows of an archive: its files, and its findings within and across reports, with what was dismissed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from de06_extract.archive.cards import result_cards
from de06_extract.archive.decision import REVIEW
from de06_extract.archive.store.results import FileResult
from de06_extract.schema.cards.card import Card
from de06_extract.schema.display import Language
from de06_extract.schema.reading_notes import reading_notes
from de06_extract.schema.rows import DOCUMENT, Parsed, Row, card_rows, document_row
from de06_extract.schema.severity import SEVERITIES as SEVERITIES

NO_REPORTS = ("unsupported", "own")  # reasons of files that nobody takes for reports: pictures, results of ours
_OF_REPORT = (
    *DOCUMENT,
    "severity",
    "errors",
    "warnings",
    "infos",
    "dismissed",
    "numbers",
    "checked",
    "checked_share",
    "left_out",
    "reading",
)
_TENTH = Decimal("0.1")


def finding_rows(result: FileResult, language: Language = "vi", cards: Sequence[Card] | None = None) -> Iterator[Row]:
    """The findings at one file, a row for each of its cards, the gravest cause first; all have the same keys.

    To the keys of `rows_of(report, "findings")` come `is_across`, `dismissed_reason` and `dismissed_on`, and those of
    `REVIEW`. `cards` are those of the result, where they have been made.
    """
    if result.report is None:
        return
    cards = result_cards(result, language) if cards is None else cards
    within = (card for card in cards if not card.is_across)
    rows = card_rows(result.report, within, language=language, path=result.path)
    document = document_row(result.report, path=result.path)
    for card in cards:
        own = _across(card) | document if card.is_across else next(rows)
        yield own | {"is_across": card.is_across, **_reviewed(card)}


def _across(card: Card) -> Row:
    """The row of a finding across reports, which the store has, with what the card says of it."""
    own = {key: value for key, value in card.finding.items() if key not in ("checker", "path", "position")}
    none = dict.fromkeys(("suggestion", "kind", "claim_ids", "comparison_ids", "confidence"))
    related = "\n".join(place.words for place in card.related) or None
    return {**none, **own, "related": related, "number": card.number, "group": card.group, "cause": card.cause}


def _reviewed(card: Card) -> Row:
    """What was decided of a finding, and why it was dismissed."""
    decided = card.decision
    told = (decided.state, decided.reason or decided.note, decided.who, decided.when, decided.check)
    review: Row = dict(zip(REVIEW, told, strict=True))
    if decided.state != "dismissed":
        return {"dismissed_reason": None, "dismissed_on": None, **review}
    given = (card.finding.get("dismissed") or {}).get("reason") or card.finding.get("dismissed_reason")
    return {"dismissed_reason": given or decided.reason, "dismissed_on": decided.when, **review}


def open_severities(result: FileResult) -> Counter[str]:
    """The number of findings of each severity at one file, within and across reports, without those dismissed."""
    held = result.report["findings"] if result.report is not None else ()
    within = Counter(str(finding["severity"]) for finding in held if not finding.get("dismissed"))
    across = (row for row in result.across if row.get("dismissed_reason") is None)
    return within + Counter(str(row["severity"]) for row in across)


def file_state(result: FileResult) -> str:
    """`checked` where there is a report, the reason where there is none, `pending` where nothing came out yet."""
    return "checked" if result.report is not None else result.reason or "pending"


def file_row(result: FileResult, folder: str | None = None, language: Language = "vi") -> Row:
    """One file: its state, its header, how many findings are open and dismissed, how it was read and checked.

    `path` is as seen from `folder`, if the file lies in it; `severity` is the worst of the open findings. A file
    without a report has the same keys.
    """
    row: Row = {
        **dict.fromkeys(_OF_REPORT),
        "path": below(result.path, folder) or result.path,
        "state": file_state(result),
        "failure": result.message,
        "source_file": result.path.rsplit("/", 1)[-1],
        "source_bytes": result.size,
        "source_path": result.path,
        "source_sha256": result.sha256,
    }
    return row if result.report is None else row | _of_report(result, result.report, language)


def _of_report(result: FileResult, report: Parsed, language: Language) -> Row:
    counts = open_severities(result)
    coverage = report["coverage"]
    return {
        **document_row(report, path=result.path),
        "source_sha256": result.sha256,
        "severity": next((severity for severity in SEVERITIES if counts[severity]), None),
        "errors": counts["error"],
        "warnings": counts["warning"],
        "infos": counts["info"],
        "dismissed": len(report["findings"]) + len(result.across) - counts.total(),
        "numbers": coverage["numbers"],
        "checked": coverage["checked"],
        "checked_share": _share(coverage["checked"], coverage["numbers"]),
        "left_out": report["summary"].get("left_out", 0),
        "reading": "\n".join(reading_notes(report["source"], language)) or None,
    }


def _share(part: int, whole: int) -> Decimal | None:
    return (100 * Decimal(part) / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None


def below(path: str, folder: str | None) -> str | None:
    """The path as seen from a folder, None where it does not lie in it.

    >>> below("/archive/2024/a.pdf", "/archive"), below("/archives/a.pdf", "/archive"), below("/a.pdf", "/")
    ('2024/a.pdf', None, 'a.pdf')
    """
    start = None if folder is None else folder.rstrip("/") + "/"
    return path[len(start) :] if start and path.startswith(start) and path != start else None
