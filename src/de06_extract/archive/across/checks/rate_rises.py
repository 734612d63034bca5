"""A share that rises although fewer are counted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from de06_extract.archive.across.rule import AcrossRule, Objection, Reports, stated, written
from de06_extract.archive.across.series import Point, Step
from de06_extract.archive.across.specimens import specimen
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.notation import write_numeral
from de06_extract.rules.rule import both

_SHRUNK = Fraction(95, 100)  # people that are there become a twentieth fewer within a year only if others are counted
_FEWEST = 100


def select(collected: Reports) -> Iterator[Step]:
    """The steps of shares of a steady whole; counts that only grow have a rule of their own."""
    for series, entry in collected.rates():
        for step in series.steps() if entry.accumulates is None else ():
            if step.keeps_its_whole:
                yield step


def judge(step: Step) -> Objection | None:
    """The later share, where it can be higher only if the whole became much smaller."""
    earlier, later = step.earlier, step.later
    if _count(later) >= _count(earlier) or step.value(later) <= step.value(earlier):
        return None
    least, most = _whole(earlier).low, _whole(later).high
    if least is None or most is None or least < _FEWEST or most >= _SHRUNK * least:
        return None
    name, before, after = later.row["indicator_name"], write_numeral(least, 0), write_numeral(most, 0)
    counts = f"{written(earlier, _count(earlier))} → {written(later, _count(later))}"
    return Objection(
        **both(
            "across-rate-rises",
            name=name,
            later=stated(later, step.value(later), "%"),
            earlier=stated(earlier, step.value(earlier), "%"),
            counts=counts,
            before=before,
            after=after,
        ),
        at=later,
        others=(earlier,),
        figure=f"{written(later, step.value(later))}%",
    )


def _count(point: Point) -> Decimal:
    assert point.count is not None  # a share is measured only where it says of how many it is
    return point.count


def _whole(point: Point) -> Interval:
    """The possible wholes: the one that is printed, or those of which the count has the share, rounded or cut off."""
    if point.base is not None:
        return Interval.exact(point.base)
    assert point.rate is not None
    exponent = point.rate.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    share = Interval(Interval.rounded(point.rate, decimals).low, Interval.truncated(point.rate, decimals).high)
    return Interval.exact(_count(point)).percent_of(share) or Interval(None, None)


def _pensions(number: str, issued: str, until: str, rate: str) -> str:
    said = f"có {number} người nhận lương hưu qua tài khoản, đạt {rate}% số người hưởng"
    return specimen(issued, f"Đến ngày {until}, toàn huyện {said}.")


RULE = AcrossRule(
    id="across-rate-rises",
    severity="info",
    select=select,
    judge=judge,
    wrong=(
        (
            _pensions("1.264", "5/4/2024", "31/3/2024", "18,35"),
            _pensions("1.164", "5/7/2024", "30/6/2024", "21,50"),
        ),
    ),
    right=(
        (
            _pensions("1.264", "5/4/2024", "31/3/2024", "18,35"),
            _pensions("1.364", "5/7/2024", "30/6/2024", "19,80"),
        ),
        (
            _pensions("1.264", "5/4/2024", "31/3/2024", "18,35"),
            _pensions("1.254", "5/7/2024", "30/6/2024", "18,41"),
        ),
    ),
)
