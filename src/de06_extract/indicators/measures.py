"""Measures: what a text measures, one for each figure, or for a percentage with the figures it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.claims.prose.subjects import Subject, Subjects
from de06_extract.claims.tables.cells import TableCell
from de06_extract.claims.tables.headings import Heading
from de06_extract.claims.tables.sheets import Sheet
from de06_extract.indicators.scopes import says
from de06_extract.indicators.times import Times
from de06_extract.numbers.figures import Figure
from de06_extract.numbers.units import full_unit
from de06_extract.schema.report import Bound, Claim, Period, Quantity

_SLASH = regex.compile(r"^[\s*_]*+/[\s*_\d.,]*+")


@dataclass(frozen=True)
class Measure:
    """A value with the figures it is made of, its words, its period, and the claim it stands in.

    `start` and `end` are the document's offsets from its first figure to its last. `is_change` marks the size of a
    change or a gap to a target, `denominator_label` what the figure counts that is the denominator.
    """

    start: int
    end: int
    figure: Figure
    unit: str | None
    numerator: Decimal | None
    denominator: Decimal | None
    denominator_label: str
    subject: Subject
    period: Period | None
    claim: Claim | None
    role: str | None
    is_change: bool = False
    table: str | None = None

    @property
    def counted(self) -> str:
        """The words behind the count, behind a slash those behind its denominator."""
        words = self.subject.inside if self.numerator is not None and self.subject.inside else self.subject.after
        return _SLASH.sub("", words)

    @property
    def value(self) -> Decimal:
        """The percentage where there is one, else the count."""
        return self.figure.value

    @property
    def bound(self) -> Bound:
        """The bound that the text puts on the value: about, over, at most …"""
        return self.figure.bound

    @property
    def is_percent(self) -> bool:
        """True where the value is a percentage."""
        return self.figure.kind == "percent"


class _Claims:
    """The claims that a figure stands in, by where it begins."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._of: dict[int, list[tuple[Claim, str]]] = {}
        for claim in claims:
            for role, held in claim.quantities.items():
                for quantity in held if isinstance(held, tuple) else (held,):
                    if quantity is not None:
                        self._of.setdefault(quantity.span.start, []).append((claim, role))

    def ratio(self, start: int) -> tuple[Claim | None, str | None]:
        """The ratio with the figure, and its role there."""
        return next((one for one in self._of.get(start, ()) if one[0].kind == "ratio"), (None, None))

    def of(self, start: int) -> tuple[Claim | None, str | None]:
        """The first claim with the figure, and its role there; one that leaves a remainder says most of it."""
        held = self._of.get(start, [])
        return min(held, key=lambda one: one[0].kind != "remainder", default=(None, None))


def prose_measures(reading: Reading, claims: Sequence[Claim], subjects: Subjects, times: Times) -> Iterator[Measure]:
    """The measures of the prose, those of ratios first."""
    at = {mention.start: mention for mention in reading.mentions}
    held = _Claims(claims)
    used: set[int] = set()
    for claim in claims:
        if claim.kind == "ratio" and claim.table is None:
            members = [m for m in _members(claim, at) if m.start not in used]
            if members and not _are_apart(members, subjects):
                used.update(m.start for m in members)
                yield _ratio(claim, members, at, subjects, times)
    for mention in reading.mentions:
        if mention.start not in used:
            yield _single(mention, at, held, subjects, times)


def _members(claim: Claim, at: dict[int, Mention]) -> list[Mention]:
    """The figures that are the ratio's own: a denominator only behind the slash, another is a figure of its own."""
    found = {role: at.get(q.span.start) for role, q in claim.quantities.items() if isinstance(q, Quantity)}
    numerator, denominator = found.get("numerator"), found.get("denominator")
    if denominator is not None and (numerator is None or numerator.over is not denominator):
        found["denominator"] = None
    return sorted((m for m in found.values() if m is not None), key=lambda m: m.start)


def _are_apart(members: list[Mention], subjects: Subjects) -> bool:
    """True where a count and a share are two measures: «đối với 2 DVC, phấn đấu đạt trên 80%»."""
    first, last = members[0], members[-1]
    if first.paragraph != last.paragraph or first.over is not None:
        return False
    between = subjects.between(first, last)
    return says("target", between) or says("joint", between)


def _ratio(claim: Claim, members: list[Mention], at: dict[int, Mention], subjects: Subjects, times: Times) -> Measure:
    said = {role: q for role, q in claim.quantities.items() if isinstance(q, Quantity)}
    numerator, denominator, percent = (said.get(role) for role in ("numerator", "denominator", "percent"))
    about = percent or numerator or denominator
    assert about is not None  # a ratio states one of them
    first, last = _together(members)
    subject = subjects.of(first, last)
    base = at.get(denominator.span.start) if denominator else None
    counted = numerator or denominator
    return Measure(
        start=members[0].start,
        end=members[-1].end,
        figure=at[about.span.start].figure,
        unit=_unit(at, counted, denominator),
        numerator=numerator.value if numerator else None,
        denominator=denominator.value if denominator else None,
        denominator_label=_label(base, first, last, subjects) if base is not None else "",
        subject=subject,
        period=times.of(first, last, subject),
        claim=claim,
        role=None,
        is_change=any(m.role == "gap" or (m.is_percent and m.role == "change") for m in members),
    )


def _together(members: list[Mention]) -> tuple[Mention, Mention]:
    """The first and last of the members without another figure between them."""
    last = members[0]
    for member in members[1:]:
        if member.index - last.index > 1:
            break
        last = member
    return members[0], last


def _unit(at: dict[int, Mention], *quantities: Quantity | None) -> str | None:
    for quantity in quantities:
        mention = at.get(quantity.span.start) if quantity else None
        if mention is not None and mention.unit:
            return mention.unit
    return None


def _label(base: Mention, first: Mention, last: Mention, subjects: Subjects) -> str:
    """The words of a denominator: behind the slash, or those of the figure it is elsewhere."""
    if first.index <= base.index <= last.index:
        between = subjects.between(base, last) if base is not last else subjects.of(first, last).after
        return " ".join(between.split())
    subject = subjects.of(base, base)
    return " ".join(f"{subject.lead} {base.unit}".split())


def _single(mention: Mention, at: dict[int, Mention], held: _Claims, subjects: Subjects, times: Times) -> Measure:
    claim, role = held.of(mention.start)
    total = claim.quantities.get("total") if claim is not None and role == "parts" else None
    whole = at.get(total.span.start) if isinstance(total, Quantity) else None
    subject = subjects.of(mention, mention, whole)
    return Measure(
        start=mention.start,
        end=mention.end,
        figure=mention.figure,
        unit=mention.unit or None,
        numerator=None,
        denominator=None,
        denominator_label="",
        subject=subject,
        period=times.of(mention, mention, subject),
        claim=claim,
        role=role,
        is_change=mention.role != "level" or role == "delta",
    )


def cell_measures(
    sheets: Sequence[Sheet], claims: Sequence[Claim], subjects: Subjects, times: Times
) -> Iterator[Measure]:
    """The measures of the tables: the ratios of rows, then every other figure under its heading."""
    held = _Claims([claim for claim in claims if claim.table is not None])
    for sheet in sheets:
        wide, period = _around(sheet, subjects, times)
        for row in sheet.rows:
            if not row.is_certain:
                continue
            for at, cell in enumerate(row.cells):
                if cell.figure is None or sheet.kinds[at] == "ordinal":
                    continue
                ratio, role = held.ratio(cell.start)
                if ratio is not None and role != "percent" and ratio.quantities["percent"] is not None:
                    continue  # the percentage stands for all three
                claim, role = (ratio, role) if ratio is not None else held.of(cell.start)
                name = row.name if row.kind == "item" else f"{row.name} {wide}"
                subject = Subject(
                    f"{name}; {_heading(sheet, at)}",
                    paragraph=wide,
                    headings=subjects.headings(cell.start),
                    title=subjects.title,
                )
                own_period = times.of_words(sheet.headings[at].text, row.name)
                yield _cell(sheet, cell, sheet.headings[at], subject, claim, role, own_period or period)


def _heading(sheet: Sheet, at: int) -> str:
    """The heading of a column; of a part («Trong đó: Quý I») with that of the whole to its left."""
    heading = sheet.headings[at]
    if not says("joint", heading.parent):
        return heading.text
    whole = next((sheet.headings[left] for left in range(at - 1, -1, -1)
                  if left in sheet.number_columns and sheet.headings[left].parent != heading.parent), None)  # fmt: skip
    return f"{whole.text} {heading.text}" if whole is not None else heading.text


def _around(sheet: Sheet, subjects: Subjects, times: Times) -> tuple[str, Period | None]:
    """The words over a table that say what it is of, and the period that they name."""
    block = subjects.block_before(sheet.grid.start)
    title = subjects.words(*sheet.grid.title) if sheet.grid.title else ""
    if block is None:
        return title, times.of_words(title)
    text = subjects.last_words(block)
    return f"{title} {text}", times.of_words(title) or times.of_block(block)


def _cell(
    sheet: Sheet,
    cell: TableCell,
    heading: Heading,
    subject: Subject,
    claim: Claim | None,
    role: str | None,
    period: Period | None,
) -> Measure:
    assert cell.figure is not None
    of = claim.quantities if claim is not None and claim.kind == "ratio" else {}
    numerator, denominator = of.get("numerator"), of.get("denominator")
    unit = cell.figure.unit
    return Measure(
        start=min(cell.start, numerator.span.start) if isinstance(numerator, Quantity) else cell.start,
        end=max(cell.end, numerator.span.end) if isinstance(numerator, Quantity) else cell.end,
        figure=cell.figure,
        unit=full_unit(unit) if unit else None,
        numerator=numerator.value if isinstance(numerator, Quantity) else None,
        denominator=denominator.value if isinstance(denominator, Quantity) else None,
        denominator_label="",
        subject=subject,
        period=period,
        claim=claim,
        role=role,
        is_change=role == "delta" or says("grows", heading.text),
        table=sheet.id,
    )
