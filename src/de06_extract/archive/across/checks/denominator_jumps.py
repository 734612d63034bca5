"""The number of people or things that a share is taken of, very different from one report to the next."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from de06_extract.archive.across.rule import AcrossRule, Objection, Reports, stated, written
from de06_extract.archive.across.series import Point, Step
from de06_extract.archive.across.specimens import specimen
from de06_extract.numbers.notation import write_numeral
from de06_extract.rules.rule import both

# Children under 14 are a quarter of the population, so that a change of who is counted makes 1.33; migration and births
# make some hundredths in a year. What lies above is neither.
_JUMP = Fraction(7, 5)
_FEWEST = 100  # of a few, a handful more is much


def select(collected: Reports) -> Iterator[Step]:
    """The steps of bases that hardly change within a year, where both reports say alike what they count."""
    for series, _ in collected.bases():
        for step in series.steps():
            if step.keeps_its_whole:
                yield step


def judge(step: Step) -> Objection | None:
    """The later base, where it is far from the earlier, and no other report tells which of the two is the odd one."""
    earlier, later = step.earlier, step.later
    before, after = step.value(earlier), step.value(later)
    if max(before, after) < _FEWEST or not _jumps(step, earlier, later) or _is_settled(step):
        return None
    name, times = later.row["indicator_name"], _times(before, after)
    return Objection(
        **both(
            "across-denominator-jumps",
            name=name,
            later=stated(later, after),
            earlier=stated(earlier, before),
            times=times,
        ),
        at=later,
        others=(earlier,),
        figure=written(later, after),
    )


def _is_settled(step: Step) -> bool:
    """True where the report before agrees with the later one, or the report after does."""
    return any(point is not None and not _jumps(step, point, step.later) for point in (step.before, step.following))


def _jumps(step: Step, a: Point, b: Point) -> bool:
    low, high = sorted((step.value(a), step.value(b)))
    return low <= 0 or Fraction(high) / Fraction(low) > _JUMP


def _times(a: Decimal, b: Decimal) -> str:
    low, high = sorted((a, b))
    return write_numeral(Fraction(high) / Fraction(low), 1) if low > 0 else "∞"


def _share(number: str, issued: str, until: str, total: str, rate: str) -> str:
    done = f"đã kích hoạt {number}/{total} tài khoản định danh điện tử"
    return specimen(issued, f"Đến ngày {until}, {done} cho công dân đủ điều kiện, đạt {rate}%.")


RULE = AcrossRule(
    id="across-denominator-jumps",
    severity="warning",
    select=select,
    judge=judge,
    wrong=(
        (
            _share("45.300", "5/4/2024", "31/3/2024", "102.345", "44,26"),
            _share("48.100", "5/7/2024", "30/6/2024", "202.345", "23,77"),
        ),
        (
            _share("45.300", "5/4/2024", "31/3/2024", "102.345", "44,26"),
            _share("48.100", "5/7/2024", "30/6/2024", "1.202.345", "4,00"),
            _share("51.700", "5/10/2024", "30/9/2024", "102.910", "50,24"),
        ),
    ),
    right=(
        (
            _share("45.300", "5/4/2024", "31/3/2024", "102.345", "44,26"),
            _share("48.100", "5/7/2024", "30/6/2024", "104.392", "46,08"),
        ),
        (
            _share("45.300", "5/4/2024", "31/3/2024", "102.345", "44,26"),
            _share("48.100", "5/7/2024", "30/6/2024", "152.345", "31,57"),
            _share("51.700", "5/10/2024", "30/9/2024", "152.910", "33,81"),
        ),
        (
            specimen("5/4/2024", "Quý I/2024, số hóa đầu vào 3.225/3.265 hồ sơ, đạt 98,77%."),
            specimen("5/7/2024", "Quý II/2024, số hóa đầu vào 7.225/7.265 hồ sơ, đạt 99,45%."),
        ),
    ),
)
