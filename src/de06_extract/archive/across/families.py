"""Families: what a unit says of its whole territory, and what each of the units within it says of its own.

A family is complete or it is none. Which units there are is known for a province, from the list of units; for any unit
whose report has a table of its units that adds up to its total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from de06_extract.archive.across.series import Point, are_alike, is_commune, settled, spelled
from de06_extract.language.places import Unit, units

Name = tuple[str, str]  # of a unit within its province: the district that it lies in, where it has one, and its own

_FEWEST = 2  # children
_LAST_OLD = "2025-06"


@dataclass(frozen=True)
class Family:
    """The count of a whole territory, and those of all units within it, of the same thing and time."""

    parent: Point
    children: tuple[Point, ...]


def families_of(points: Iterable[Point]) -> Iterator[Family]:
    """The complete families among the points of one province and one indicator."""
    groups: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    for point in points:
        if point.count is not None and point.says("speaks", of="document_issuer"):
            said = (str(point.row[key] or "") for key in ("aspect", "channel"))
            groups[(*said, point.start or "", point.end)].append(point)
    for _, group in sorted(groups.items()):
        yield from _families(group)


def _families(points: Sequence[Point]) -> Iterator[Family]:
    """The complete families among points of one thing and one time."""
    own = _own(points)
    for unit, parent in sorted(own.items()):
        if not parent.says("whole"):
            continue
        for names in (_listed(parent, points), _within(unit[1], parent.end[:7])):
            children = [own[name] for name in sorted(names) if name in own and name != unit]
            if len(children) == len(names) >= _FEWEST and all(are_alike(parent, one) for one in children):
                yield Family(parent, tuple(children))
                break


def _own(points: Sequence[Point]) -> Mapping[Name, Point]:
    """The figure that each unit states for its own territory, where its reports agree."""
    found: dict[Name, list[Point]] = defaultdict(list)
    for point in points:
        if spelled(point.row["locality"]) in ("", spelled(point.row["document_locality"])) and not point.says("level"):
            found[_name(point)].append(point)
    certain = {unit: list(settled(those, "count")) for unit, those in found.items() if unit[1]}
    return {unit: those[0] for unit, those in certain.items() if those}


def _name(point: Point) -> Name:
    locality = spelled(point.row["document_locality"])
    return spelled(point.row["document_district"]) if is_commune(locality) else "", locality


def _listed(parent: Point, points: Sequence[Point]) -> set[Name]:
    """The units of a table in the parent's report, where they add up to its count: then none is missing."""
    tables: dict[str, dict[Name, Point]] = defaultdict(dict)
    district = spelled(parent.row["document_district"])
    for point in points:
        named = spelled(point.row["locality"])
        if point.path == parent.path and point.row["table_id"] and named not in ("", _name(parent)[1]):
            tables[str(point.row["table_id"])][district if is_commune(named) else "", named] = point
    for _, listed in sorted(tables.items()):
        if sum(point.count or 0 for point in listed.values()) == parent.count:
            return set(listed)
    return set()


@lru_cache(maxsize=4096)
def _within(locality: str, month: str) -> frozenset[Name]:
    """The units of which a province consists in a month: districts until June 2025, communes since; else none."""
    of_province = (unit for unit in units() if not unit.within and unit.existed(month))
    province = next((unit for unit in of_province if _spelled(unit) == locality), None)
    if province is None:
        return frozenset()
    level = "district" if month <= _LAST_OLD else "commune"
    inside = (unit for unit in units() if unit.within == province.code and unit.era == province.era)
    return frozenset(("", _spelled(unit)) for unit in inside if unit.existed(month) and unit.level == level)


def _spelled(unit: Unit) -> str:
    return spelled(f"{unit.kind} {unit.name}")
