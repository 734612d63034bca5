"""A count that grows with time, smaller in a later report."""

from __future__ import annotations

from collections.abc import Iterator

from de06_extract.archive.across.rule import AcrossRule, Objection, Reports, numeral, stated, written
from de06_extract.archive.across.series import Point, Step
from de06_extract.archive.across.specimens import specimen
from de06_extract.indicators.scopes import says
from de06_extract.indicators.taxonomy import TaxonomyEntry
from de06_extract.rules.rule import both

_HALF = 2  # a count fallen below half of what it was is another one, unless the words say since when it is counted


def select(collected: Reports) -> Iterator[Step]:
    """The steps of counts that cannot fall: of events, over a longer time from the same day."""
    for series, entry in collected.counts():
        for step in series.steps():
            if _is_over_all(step) or (entry.accumulates == "ever" and _is_since_ever(step, entry)):
                yield step


def _is_over_all(step: Step) -> bool:
    """True where both counts are of all the time since a day, and not of a month or a week of it."""
    both = (step.earlier, step.later)
    less = any(
        says(key, str(point.row["quote"] or "")) for point in both for key in ("of_month", "of_quarter", "of_days")
    )
    return step.later.start is not None and not less


def _is_since_ever(step: Step, entry: TaxonomyEntry) -> bool:
    """True where both counts are told as of a day, from one beginning: none of them begins anew with the year.

    The words say so, or the year is the same, or the counts are shares of all the people there are.
    """
    both = (step.earlier, step.later)
    if all(point.says("ever") for point in both):
        return True
    same_year = step.earlier.end[:4] == step.later.end[:4]
    of_all = entry.steady and all(point.base is not None for point in both)
    small = _HALF * step.value(step.later) < step.value(step.earlier)
    return (same_year or of_all) and not small and not any(_counts_within(p) or p.says("ever") for p in both)


def _counts_within(point: Point) -> bool:
    return point.says("within") or point.says("within", of="section_title")


def judge(step: Step) -> Objection | None:
    """The later count, where it is smaller."""
    earlier, later = step.earlier, step.later
    before, after = step.value(earlier), step.value(later)
    if after >= before:
        return None
    name = later.row["indicator_name"]
    gap = f"{written(earlier, before)} − {written(later, after)} = {numeral(before - after)}"
    return Objection(
        **both("across-count-falls", name=name, later=stated(later, after), earlier=stated(earlier, before), gap=gap),
        at=later,
        others=(earlier,),
        figure=written(later, after),
    )


RULE = AcrossRule(
    id="across-count-falls",
    severity="warning",
    select=select,
    judge=judge,
    wrong=(
        (
            specimen("5/4/2024", "Đến ngày 31/3/2024, toàn huyện đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("5/7/2024", "Đến ngày 30/6/2024, toàn huyện đã kích hoạt 60.132 tài khoản định danh điện tử."),
        ),
        (
            specimen("5/7/2024", "6 tháng đầu năm 2024, bộ phận Một cửa tiếp nhận 21.345 hồ sơ TTHC."),
            specimen("5/10/2024", "9 tháng đầu năm 2024, bộ phận Một cửa tiếp nhận 12.988 hồ sơ TTHC."),
        ),
    ),
    right=(
        (
            specimen("5/4/2024", "Đến ngày 31/3/2024, toàn huyện đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("5/7/2024", "Đến ngày 30/6/2024, toàn huyện đã kích hoạt 63.132 tài khoản định danh điện tử."),
        ),
        (
            specimen("5/4/2024", "Quý I/2024, bộ phận Một cửa tiếp nhận 21.345 hồ sơ TTHC."),
            specimen("5/7/2024", "Quý II/2024, bộ phận Một cửa tiếp nhận 12.988 hồ sơ TTHC."),
        ),
        (
            specimen("5/1/2024", "Đến ngày 31/12/2023, toàn huyện đã kích hoạt 9.320 tài khoản định danh điện tử."),
            specimen("5/4/2024", "Đến ngày 31/3/2024, toàn huyện đã kích hoạt 7.132 tài khoản định danh điện tử."),
        ),
    ),
)
