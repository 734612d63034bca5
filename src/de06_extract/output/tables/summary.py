"""The first sheet of a workbook, counted while the rows of the others go by: what was checked and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from de06_extract.language.messages import messages
from de06_extract.output.tables.columns import Table, reasons
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row
from de06_extract.schema.units import unit_of

SEVERITIES = ("error", "warning", "info")
_MOST_UNITS = 200  # that are listed; an archive of a million files may name any number
_KEPT_UNITS = 20_000  # that are told apart at all

Cell = str | int | date | None
Line = tuple[str, tuple[Cell, ...]]  # how it looks, and its cells


@dataclass(slots=True)
class Summary:
    """The counts of a workbook; what is dismissed is counted apart."""

    files: int = 0
    places: int = 0
    dismissed: int = 0
    decided: int = 0
    settled: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    reports_with: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    units: dict[str | None, Counter[str]] = field(default_factory=dict)
    _last: dict[str, str | None] = field(default_factory=dict)

    def watched(self, tables: Iterable[Mapping[Table, Iterable[Row]]]) -> Iterator[Mapping[Table, Iterable[Row]]]:
        """The same tables, counted as their rows are taken."""
        count = {"files": self._add_file, "reviews": self._add_finding, "settled": self._add_settled}
        for table in tables:
            yield {kind: _told(rows, count[kind]) if kind in count else rows for kind, rows in table.items()}

    def _add_file(self, row: Row) -> None:
        self.files += 1
        if row["state"] != "checked":
            self.reasons[str(row["state"])] += 1
            return
        unit = self._unit(row)
        unit["reports"] += 1
        for severity in SEVERITIES:
            found = _int(row[f"{severity}s"])
            unit[severity] += found
            self.reports_with[severity] += found > 0
        self.reports_with["any"] += any(_int(row[f"{severity}s"]) for severity in SEVERITIES)
        for key in ("numbers", "checked"):
            self.figures[key] += _int(row[key])

    def _add_finding(self, row: Row) -> None:
        self.decided += row["review_state"] not in (None, "unseen")
        title = str(row["rule_title"] or row["rule"])
        rule = self.rules.setdefault(title, Counter())
        if row["dismissed_on"] is not None or row["dismissed_reason"] is not None:
            self.dismissed += 1
            rule["dismissed"] += 1
            return
        severity = str(row["severity"])
        self.severities[severity] += 1
        rule[severity] += 1
        for key, held in (
            ("rule " + title, str(row["source_path"])),
            ("cause", f"{row['source_path']} {row['cause']}"),
        ):
            if self._last.get(key) != held:  # the rows of a file, and in it those of a cause, follow each other
                self._last[key] = held
                self.places += key == "cause"
                rule["reports"] += key != "cause"

    def _add_settled(self, row: Row) -> None:
        self.settled += 1

    def _unit(self, row: Row) -> Counter[str]:
        name = unit_of(row)
        if name not in self.units and len(self.units) >= _KEPT_UNITS:
            name = None
        return self.units.setdefault(name, Counter())

    def lines(self, language: Language, folder: str | None, made_on: date | None) -> Iterator[Line]:
        """The lines of the sheet, each with how it looks: title, heading, head, row, total, or text."""
        words = messages("workbook")[language]
        yield "title", (words["title"],)
        read = self.files - self.reasons.total()
        for key, value in (
            ("folder", folder),
            ("made_on", made_on),
            ("files", self.files),
            ("read", read),
            ("unread", self.reasons.total()),
            ("reports_with", self.reports_with["any"]),
            ("places", self.places),
            ("findings", self.severities.total()),
            ("dismissed", self.dismissed),
            ("decided", self.decided),
            ("settled", self.settled or None),
            ("numbers", self.figures["numbers"]),
            ("checked", self.figures["checked"]),
        ):
            if value is not None:
                yield "fact", (words[key], value)
        yield "text", (words["caution"],)
        yield from self._levels(words, language)
        yield from _table(words, "rule", self._rules(), language, (*SEVERITIES, "dismissed", "reports"))
        yield from _table(words, "unit", self._units(words), language, ("reports", *SEVERITIES))
        if self.reasons:
            named = reasons(language)
            yield "heading", (words["not_read"],)
            yield "head", (words["reason"], words["count"])
            for reason, count in self.reasons.most_common():
                yield "row", (named.get(reason, reason), count)

    def _levels(self, words: Mapping[str, str], language: Language) -> Iterator[Line]:
        named = messages("columns")["words"][language]["severity"]
        yield "heading", (words["by_level"],)
        yield "head", (words["level"], words["findings"], words["reports"])
        for severity in SEVERITIES:
            yield severity, (named[severity], self.severities[severity], self.reports_with[severity])
        yield "total", (words["total"], self.severities.total(), self.reports_with["any"])

    def _rules(self) -> list[tuple[str, Counter[str]]]:
        return sorted(self.rules.items(), key=lambda pair: (*(-pair[1][key] for key in SEVERITIES), pair[0]))

    def _units(self, words: Mapping[str, str]) -> list[tuple[str, Counter[str]]]:
        """The units with findings first; those beyond the most in one line."""
        every = sorted(self.units.items(), key=lambda pair: (*(-pair[1][key] for key in SEVERITIES), pair[0] or ""))
        listed = [(name or words["no_unit"], counts) for name, counts in every[:_MOST_UNITS]]
        others = sum((counts for _, counts in every[_MOST_UNITS:]), Counter[str]())
        return [*listed, (words["more_units"], others)] if others else listed


def _table(
    words: Mapping[str, str],
    name: str,
    rows: list[tuple[str, Counter[str]]],
    language: Language,
    keys: tuple[str, ...],
) -> Iterator[Line]:
    """The lines of a table of counts, none where there is nothing to count."""
    if not rows:
        return
    heads = {**words, **messages("columns")["words"][language]["severity"]}
    yield "heading", (words[f"by_{name}"],)
    yield "head", (words[name], *(heads[key] for key in keys))
    for title, counts in rows:
        yield "row", (title, *(counts[key] for key in keys))
    if name == "unit":
        totals = sum((counts for _, counts in rows), Counter[str]())
        yield "total", (words["total"], *(totals[key] for key in keys))


def _told(rows: Iterable[Row], count: Any) -> Iterator[Row]:
    for row in rows:
        count(row)
        yield row


def _int(value: Any) -> int:
    return value if isinstance(value, int) else 0
