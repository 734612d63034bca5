"""A report as flat rows, one an indicator, a claim or a finding, with the names of the JSON.

Rows are made from the report's JSON names alone, so that a report kept as JSON has them too, and the models need not
know of them. Every row of a kind has the same keys, and every key holds values of one type or None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from de06_extract.schema.cards.card import Card
from de06_extract.schema.cards.make import report_cards
from de06_extract.schema.display import Language, one_line, place

Kind = Literal["findings", "indicators", "claims"]
Value = str | int | float | Decimal | date | None
Row = dict[str, Value]
Parsed = Mapping[str, Any]

DOCUMENT = (  # the keys of what a document's header says, in every row
    "document_type",
    "document_number",
    "document_date",
    "document_date_text",
    "document_issuer",
    "document_place",
    "document_locality",
    "document_district",
    "document_province",
    "document_successor",
)
# The roles of the kinds of claim: those that hold one figure, and those that hold a list.
FIGURES = ("numerator", "denominator", "percent", "total", "done", "left", "old", "new", "delta", "base")
LISTS = ("parts", "percents")
_WORST_FIRST = ("error", "warning", "info")


def rows_of(report: Parsed, kind: Kind, *, language: Language = "vi", path: str | None = None) -> Iterator[Row]:
    """The rows of one kind of a report as its JSON holds it, in the order of the text; figures are Decimals.

    `language` is that of the places in words; `path` is where the source file lies, if that is known.
    """
    if kind == "findings":
        cards = sorted(report_cards(report, language), key=lambda card: (card.finding["span"]["start"], card.id))
        return card_rows(report, cards, language=language, path=path)
    flat = _Flat(report, language, path)
    return map(flat.indicator if kind == "indicators" else flat.claim, report[kind])


def card_rows(
    report: Parsed, cards: Iterable[Card], *, language: Language = "vi", path: str | None = None
) -> Iterator[Row]:
    """The rows of a report's findings, in the order of the cards that were made of them."""
    return map(_Flat(report, language, path).finding, cards)


def document_row(report: Parsed, *, path: str | None = None) -> Row:
    """The columns that are the same in all rows of a report: its header, its locality and its file."""
    return dict(_Flat(report, "vi", path).document)


class _Flat:
    """A report, and the tables in which its rows look things up."""

    def __init__(self, report: Parsed, language: Language, path: str | None) -> None:
        self.report, self.language, self.path = report, language, path
        self.sections = {section["id"]: section for section in report["sections"]}
        self.section_starts = [section["span"]["start"] for section in report["sections"]]
        self.claims = {claim["id"]: claim for claim in report["claims"]}
        self.comparisons = {comparison["id"]: comparison for comparison in report["comparisons"]}

    def finding(self, card: Card) -> Row:
        finding = card.finding
        names = (*finding["claims"], *finding["comparisons"])
        first = next((held for name in names if (held := self._relation(name)) is not None), {})
        return {
            "finding_id": card.id,
            "number": card.number,
            "group": card.group,
            "cause": card.cause,
            "severity": card.severity,
            "rule": card.rule,
            "rule_title": finding.get("title"),
            "message": finding["message"],
            "figure": finding["span"]["text"],
            "reported": finding["reported"],
            "expected": finding["expected"],
            "suggestion": _lines(f"{proposal.words} ({proposal.reason})" for proposal in card.proposals),
            "related": _lines(place.words for place in card.related),
            "label": first.get("label"),
            "kind": first.get("kind"),
            "claim_ids": "; ".join(finding["claims"]) or None,
            "comparison_ids": "; ".join(finding["comparisons"]) or None,
            "confidence": card.confidence,
            **self._where(finding, first.get("section")),
            "location": card.place.words or None,
            **self.document,
        }

    def _relation(self, name: str) -> Parsed | None:
        """The claim or comparison of an id."""
        return self.claims.get(name) or self.comparisons.get(name)

    def claim(self, claim: Parsed) -> Row:
        quantities = claim["quantities"]
        listed = [quantity for held in quantities.values() for quantity in _several(held)]
        bounds = dict.fromkeys(quantity["bound"] for quantity in listed if quantity["bound"] != "exact")
        units = (quantity["unit"] for quantity in listed if quantity["unit"] not in (None, "%"))
        return {
            "claim_id": claim["id"],
            "kind": claim["kind"],
            "label": claim["label"],
            "figures": _texts(listed),
            **{role: _value(quantities.get(role)) for role in FIGURES},
            **{role: _texts(_several(quantities.get(role))) for role in LISTS},
            "unit": next(units, None),
            "bound": next(iter(bounds), "exact"),
            "direction": claim["direction"],
            "status": claim["status"],
            "computed": claim["computed"],
            "verdict": claim["verdict"],
            "confidence": claim.get("confidence"),
            "table_id": claim["table"],
            **self._held_against(claim["id"]),
            **self._where(claim, claim["section"]),
            **self.document,
        }

    def indicator(self, indicator: Parsed) -> Row:
        period = indicator["period"] or {"start": None, "end": None}
        same = (
            "value unit numerator denominator denominator_of bound aspect scope level locality channel sector status"
            " verdict"
        )
        return {
            "indicator": indicator["id"],
            "indicator_name": indicator["name"],
            **{key: indicator[key] for key in same.split()},
            "score": indicator["score"],
            "period": "/".join(period[end] or ".." for end in ("start", "end")) if any(period.values()) else None,
            "period_start": whole_date(period["start"]),
            "period_end": whole_date(period["end"]),
            "claim_id": indicator["claim"],
            "table_id": indicator["table"],
            **self._held_against(indicator["claim"]),
            **self._where(indicator, indicator["section"]),
            **self.document,
        }

    @cached_property
    def document(self) -> Row:
        """The columns that are the same in all rows: the file and its header."""
        source, header = self.report["source"], self.report["header"]
        locality = self.report["locality"] or {}
        return {
            "document_type": header["doc_type"],
            "document_number": header["number"],
            "document_date": whole_date(header["date"]),
            "document_date_text": header["date"],
            "document_issuer": header["issuer"],
            "document_place": header["place"],
            "document_locality": f"{locality['kind']} {locality['name']}" if locality else None,
            "document_district": locality.get("district"),
            "document_province": locality.get("province"),
            "document_successor": locality.get("successor"),
            "source_file": source["name"],
            "source_path": self.path,
            "source_sha256": source["sha256"],
        }

    def _where(self, entry: Parsed, section_id: str | None) -> Row:
        """The quotation, its section, and its place: in words, and by the numbers of its first line or cell."""
        section = self.sections.get(section_id or "") or self._section_at(entry["span"]["start"])
        at: Parsed = entry["locations"][0] if entry["locations"] else {}
        return {
            "quote": entry["quote"],
            "section_label": section and section["label"],
            "section_title": section and section["title"],
            "location": place(entry["locations"], self.language) or None,
            "page": at.get("page") or entry["span"]["page"],
            "paragraph": at.get("paragraph"),
            "line": at.get("line"),
            "table_number": at.get("table"),
            "table_row": at.get("row"),
            "table_column": at.get("column"),
            "part": at.get("part"),
            "start": entry["span"]["start"],
            "end": entry["span"]["end"],
        }

    def _section_at(self, offset: int) -> Parsed | None:
        at = bisect_right(self.section_starts, offset) - 1
        found: Parsed | None = self.report["sections"][at] if at >= 0 else None
        return found

    def _held_against(self, claim_id: str | None) -> Row:
        """The worst severity of the findings that concern a claim, and their messages."""
        findings = self._concerning.get(claim_id or "", [])
        severities = {finding["severity"] for finding in findings}
        return {
            "severity": next((severity for severity in _WORST_FIRST if severity in severities), None),
            "findings": _lines(finding["message"] for finding in findings),
        }

    @cached_property
    def _concerning(self) -> dict[str, list[Parsed]]:
        """The findings that concern each claim: those that name it, or that compare a figure which stands in it."""
        holders: dict[int, list[str]] = {}
        for claim in self.report["claims"]:
            for held in claim["quantities"].values():
                for quantity in _several(held):
                    holders.setdefault(quantity["span"]["start"], []).append(claim["id"])
        concerning: dict[str, list[Parsed]] = {}
        for finding in self.report["findings"]:
            compared = (self.comparisons[known] for known in finding["comparisons"] if known in self.comparisons)
            figures = (figure["span"]["start"] for comparison in compared for figure in comparison["figures"])
            holding = (claim_id for start in figures for claim_id in holders.get(start, ()))
            for claim_id in dict.fromkeys((*finding["claims"], *holding)):
                concerning.setdefault(claim_id, []).append(finding)
        return concerning


def _several(held: Any) -> Sequence[Parsed]:
    """A quantity, a list of them or None, as a list."""
    if held is None:
        return ()
    return held if isinstance(held, list | tuple) else (held,)


def _value(quantity: Any) -> Decimal | None:
    return None if quantity is None or isinstance(quantity, list | tuple) else quantity["value"]


def _texts(quantities: Sequence[Parsed]) -> str | None:
    """The figures as written, in a row."""
    return "; ".join(one_line(quantity["text"]) for quantity in quantities) or None


def _lines(texts: Iterable[str]) -> str | None:
    return "\n".join(texts) or None


def whole_date(iso: str | None) -> date | None:
    """The date, None where a part of it is missing or there is no such day.

    >>> whole_date("2023-10-12"), whole_date("2024-04"), whole_date("2023-02-29")
    (datetime.date(2023, 10, 12), None, None)
    """
    try:
        return date.fromisoformat(iso) if iso and len(iso) == len("2023-10-12") else None
    except ValueError:
        return None


def plain(row: Row) -> dict[str, str | int | float | date | None]:
    """The row with figures as floats, so that a column of a data frame has one type; 15 digits are exact.

    >>> plain({"label": "Số hóa", "value": Decimal("98.770"), "page": 3})
    {'label': 'Số hóa', 'value': 98.77, 'page': 3}
    """
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()}
