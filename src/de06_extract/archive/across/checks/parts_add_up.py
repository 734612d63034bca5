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
    stated,
    written,
)
from de06_extract.archive.across.specimens import specimen
from de06_extract.rules.rule import both

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
        **both(
            "across-parts-add-up",
            name=name,
            whole=stated(parent, total),
            count=len(family.children),
            sum=_sum(family),
            made=numeral(made),
            gap=gap,
            files=files,
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
    select=select,
    judge=judge,
    wrong=(_archive("119.732"), _archive("119.373")),
    right=(
        _archive("119.372"),
        _archive("119.732", {unit: count for unit, count in _UNITS.items() if unit != "huyện Sìn Hồ"}),
    ),
)
