"""The counts of all units of a territory, and the count of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from de06_extract.archive.across.families import Family
from de06_extract.archive.across.rule import (
    AcrossRule,
    Objection,
    Reports,
    file_name,
    numeral,
    stated_en,
    stated_vi,
    written,
)
from de06_extract.archive.across.specimens import specimen
from de06_extract.rules.rule import REVIEW

_SHOWN = 12  # units in a message


def select(collected: Reports) -> Iterator[Family]:
    """The families that are complete."""
    yield from collected.families


def judge(family: Family) -> Objection | None:
    """The count of the whole, where those of its units make another."""
    parent = family.parent
    total, made = _count(parent.count), sum((_count(child.count) for child in family.children), Decimal(0))
    if made == total:
        return None
    name, gap = parent.row["indicator_name"], numeral(abs(made - total))
    files = ", ".join(file_name(child) for child in family.children[:_SHOWN])
    return Objection(
        vi=(
            f"{name}: {stated_vi(parent, total)}, còn {len(family.children)} đơn vị trực thuộc báo cáo cùng kỳ cộng "
            f"lại là {_sum(family)} = {numeral(made)}, chênh {gap} ({files}); {REVIEW}"
        ),
        en=(
            f"{name}: {stated_en(parent, total)}, its {len(family.children)} units report {_sum(family)} = "
            f"{numeral(made)} for the same time, a difference of {gap} ({files})"
        ),
        at=parent,
        others=family.children,
        figure=written(parent, total),
        expected=numeral(made),
    )


def _count(value: Decimal | None) -> Decimal:
    assert value is not None  # a family is one of counts
    return value


def _sum(family: Family) -> str:
    figures = [written(child, _count(child.count)) for child in family.children]
    return " + ".join((*figures[:_SHOWN], "…") if len(figures) > _SHOWN else figures)


_UNITS = {
    "thành phố Lai Châu": "18.321",
    "huyện Mường Tè": "9.412",
    "huyện Nậm Nhùn": "6.033",
    "huyện Phong Thổ": "21.507",
    "huyện Sìn Hồ": "17.940",
    "huyện Tam Đường": "14.288",
    "huyện Tân Uyên": "15.116",
    "huyện Than Uyên": "16.755",
}


def _archive(total: str, units: dict[str, str] = _UNITS) -> tuple[str, ...]:
    said = "Đến ngày 31/3/2024, trên địa bàn {} đã kích hoạt {} tài khoản định danh điện tử."
    counts = {"tỉnh Lai Châu": total, **units}
    return tuple(specimen("5/4/2024", said.format(unit, count), unit=unit) for unit, count in counts.items())


RULE = AcrossRule(
    id="across-parts-add-up",
    severity="info",
    title="Số của các đơn vị trực thuộc cộng lại không bằng số của cấp trên",
    title_en="The counts of all units do not add up to that of the whole",
    explanation=(
        "Số người, số tài khoản của toàn tỉnh (huyện) là tổng số của các đơn vị trực thuộc. Chỉ cộng khi mọi đơn vị "
        "trực thuộc đều có báo cáo cùng nội dung, cùng kỳ: danh sách lấy từ danh mục đơn vị hành chính, hoặc từ bảng "
        "trong báo cáo cấp trên khi bảng đó cộng đúng. Số của riêng «cấp tỉnh» không phải là tổng."
    ),
    explanation_en=(
        "The people or accounts of a whole province are those of its units. Added up only where every unit has a "
        "report on the same thing and time: which units there are is known from the list of units, or from a table "
        "of the report on the whole that adds up. What the offices of one level did is no such sum."
    ),
    select=select,
    judge=judge,
    wrong=(_archive("119.732"), _archive("119.373")),
    right=(
        _archive("119.372"),
        _archive("119.732", {unit: count for unit, count in _UNITS.items() if unit != "huyện Sìn Hồ"}),
    ),
)
