"""A reading of figures that does not hold, where the words leave open whether it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from de06_extract.numbers.notation import write_like, write_numeral
from de06_extract.rules.cases import DoubtCase
from de06_extract.rules.facts import Facts
from de06_extract.rules.repairs.equations import equations
from de06_extract.rules.rule import Both, Objection, Rule, both, join
from de06_extract.schema.report import Quantity

_ID = "unsure"
_STATED = {"ratio": ("percent",), "change": ("percent", "delta", "new"), "sum": ("total",), "remainder": ("left",)}


class _Doubt(NamedTuple):
    """The figure in doubt, what the report says and what would follow; None where the direction alone is wrong."""

    figure: Quantity
    reported: str
    expected: str | None


def select(facts: Facts) -> Iterator[DoubtCase]:
    """The readings that fail and may not be meant."""
    return (DoubtCase(claim) for claim in facts.doubts)


def judge(case: DoubtCase) -> Objection:
    """The figure in doubt, the reading on which that rests, and what would follow from it."""
    doubt = _shares(case) if case.claim.kind == "distribution" else _figure(case)
    reading = _READINGS[case.claim.kind](case, doubt.figure)
    right = doubt.expected
    key = "message" if right else "other_way"
    return Objection(
        **both(_ID, key, reading=reading, right=right, reported=doubt.reported),
        span=doubt.figure.span,
        reported=doubt.reported,
        expected=right,
        related=tuple(q.span for q in case.claim.figures() if q.span.start != doubt.figure.span.start),
    )


def _figure(case: DoubtCase) -> _Doubt:
    """The first of the figures that say something of the others which does not follow from them."""
    (equation,) = equations([case.claim], ())
    stated = [q for role in _STATED[case.claim.kind] if (q := case.maybe(role)) is not None]
    for figure in stated:
        room = equation.room(figure.span.start)
        if room is not None and room.low is not None and room.high is not None and room.high >= 0:
            right = write_like(figure, (room.low + room.high) / 2)
            if right != figure.text:
                return _Doubt(figure, figure.text, right)
    return _Doubt(stated[0], stated[0].text, None)


def _shares(case: DoubtCase) -> _Doubt:
    """What the shares add up to, where it should be 100%; none of them is more in doubt than the others."""
    percents = case.several("percents")
    total = sum(percent.value for percent in percents)
    return _Doubt(percents[0], f"{write_numeral(total, max(percent.decimals for percent in percents))}%", "100%")


def _ratio(case: DoubtCase, figure: Quantity) -> Both:
    part, whole = case.quantity("numerator").text, case.quantity("denominator").text
    return both(_ID, "ratio", whole=whole, part=part, figure=figure.text)


def _change(case: DoubtCase, figure: Quantity) -> Both:
    """The direction with the values and the size that are printed: «từ A đến B», «đến B», «từ A»."""
    old, new, delta = (case.maybe(role) for role in ("old", "new", "delta"))
    around = {
        key: "" if held is None or held is figure else both(_ID, key, figure=held.text)
        for key, held in (("size", delta), ("before", old), ("behind", new))
    }
    return both(_ID, "change", figure=figure.text, way=both(_ID, case.claim.direction or "up"), **around)


def _sum(case: DoubtCase, figure: Quantity) -> Both:
    return both(_ID, "sum", figure=figure.text, parts=join(case.several("parts"), " + "))


def _remainder(case: DoubtCase, figure: Quantity) -> Both:
    whole, done = case.quantity("total").text, case.quantity("done").text
    return both(_ID, "remainder", figure=figure.text, whole=whole, done=done)


def _distribution(case: DoubtCase, figure: Quantity) -> Both:
    return both(_ID, "distribution", shares=join(case.several("percents"), " + "))


_READINGS = {
    "ratio": _ratio,
    "change": _change,
    "sum": _sum,
    "remainder": _remainder,
    "distribution": _distribution,
}

RULE = Rule(
    id="unsure",
    severity="info",
    select=select,
    judge=judge,
    wrong=("Số giao dịch trực tuyến là 4.731 và số giao dịch nộp phí là 5.208, đạt tỷ lệ 93,84%.",),
    right=(
        "Số giao dịch trực tuyến đạt 4.731 và 5.208 giao dịch nộp phí, chiếm 90,84%.",
        "Tổng số đã cấp là 154.590 thẻ (khối nghề 22.340/44.680, đạt 50%; khối phổ thông 132.250/165.312, đạt 80%).",
        "Tỉnh thu hút 15.482 lượt khách, doanh thu 13.344 triệu đồng, công suất phòng đạt 86,91%.",
    ),
)
