"""The cards of one file of an archive: those of its report, and those of findings across reports that stand at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from de06_extract.archive.store.results import FileResult
from de06_extract.language.messages import messages
from de06_extract.schema.cards.card import Card, CardDecision, CardPlace, Heading, RelatedPlace
from de06_extract.schema.cards.make import numbered, unnumbered_cards
from de06_extract.schema.cards.quotes import words_with
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Row
from de06_extract.schema.values import Severity

_OTHER_REPORT = re.compile(r"(?P<file>.+?): [«“](?P<quote>.*)[»”](?: \((?P<where>[^()]*(?:\([^()]*\)[^()]*)*)\))?")
_LOCATION = {
    "page": "page",
    "paragraph": "paragraph",
    "line": "line",
    "table_number": "table",
    "table_row": "row",
    "table_column": "column",
    "part": "part",
}


def result_cards(result: FileResult, language: Language = "vi") -> tuple[Card, ...]:
    """The numbered cards of a file's findings, within its report and across reports; none without a report."""
    if result.report is None:
        return ()
    across = (_across(row, language) for row in result.across)
    return numbered((*unnumbered_cards(result.report, language), *across), language)


def _across(row: Row, language: Language) -> Card:
    """The card of a finding across reports, whose row is all that is known of it."""
    severity = cast(Severity, row["severity"])
    text = {key: None if value is None else one_line(str(value)) for key, value in row.items()}
    quote, figure = text.get("quote") or "", text.get("figure")
    return Card(
        id=str(row["finding_id"]),
        number="",
        cause=str(row["finding_id"]),
        group="",
        severity=severity,
        level=messages("report")[language]["severity"][severity],
        rule=str(row["rule"]),
        title=text.get("rule_title") or str(row["rule"]),
        place=_place(row, language),
        reported=text.get("reported"),
        expected=text.get("expected"),
        arithmetic=text["message"] or "",
        quote=words_with(quote, figure),
        related=tuple(_related(str(row.get("related") or ""))),
        decision=_decision(row),
        is_across=True,
        finding=dict(row),
    )


def _decision(row: Row) -> CardDecision:
    """What was decided, or dismissed alone."""
    dismissed = (row.get("dismissed_reason"), row.get("dismissed_on"))
    reason, on = (None if value is None else one_line(str(value)) for value in dismissed)
    if row.get("review_state") is None and (reason is not None or on is not None):
        return CardDecision("dismissed", reason, when=on)
    values = (row.get(f"review_{key}") for key in ("state", "note", "who", "on", "check"))
    state, note, who, when, check = (None if value is None else one_line(str(value)) for value in values)
    is_reason = state == "dismissed"
    return CardDecision(state, note if is_reason else None, None if is_reason else note, who, when, check)


def _place(row: Row, language: Language) -> CardPlace:
    label, title, where = (one_line(str(row.get(key) or "")) for key in ("section_label", "section_title", "location"))
    section = messages("cards")[language]["section"].format(section=label) if label else ""
    location: dict[str, Any] = {name: row[key] for key, name in _LOCATION.items() if row.get(key) is not None}
    page, start, end = (value if isinstance(value := row.get(key), int) else None for key in ("page", "start", "end"))
    return CardPlace(
        words=", ".join(filter(None, (section, where))),
        section=section,
        headings=(Heading(label, title.rstrip(" :;.")),) if label else (),
        page=page,
        locations=(location,) if location else (),
        start=start,
        end=end,
    )


def _related(lines: str) -> Iterator[RelatedPlace]:
    """The other reports, a line each that begins with the name of the file: «q1.pdf: “đạt 98%” (trang 3)»."""
    for line in filter(None, lines.split("\n")):
        held = _OTHER_REPORT.fullmatch(one_line(line))
        if held is None:
            yield RelatedPlace(one_line(line), CardPlace())
        else:
            yield RelatedPlace(held["quote"], CardPlace(words=held["where"] or ""), file=held["file"])
