"""Whose report it is: the province, district or commune that its header names.

The box of the issuer decides, then the title above the signature, then the title of the report; a level without a name
(«UBND HUYỆN») takes that of the place in the date line. What fits several units is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from de06_extract.language.places import PlaceMention, Unit, key, mentions, named, province_of, successor_of
from de06_extract.language.vocabulary import any_of, words
from de06_extract.schema.report import Header, Locality

_LAST_OLD = "2025-06"
_RANK = ("commune", "district", "province")


def locality_of(header: Header, opening: str = "") -> Locality | None:
    """The locality of the report with this header; `opening` is the beginning of its body, which may name the province.

    >>> found = locality_of(Header(issuer="UBND thị xã Bình Long", date="2023-10-12"))
    >>> found.level, found.name, found.province, found.successor
    ('district', 'Bình Long', 'Bình Phước', 'Đồng Nai')
    >>> locality_of(Header(place="Hà Nội", issuer="BỘ CÔNG AN")) is None
    True
    """
    month = _month(header.date)
    own = _own(header)
    if own is None or own.name is None:
        return None
    within = _province(header, opening, month)
    found = [unit for unit in named(own.name, kind=own.kind, month=month) if month or unit.level != "commune"]
    if not found:
        return _commune(header, own, within, month, opening)
    if len(found) > 1:
        found = _settled(found, within, month)
    if not found or _contradicts(header, found[0], month):
        return None
    return _locality(found, month)


def _month(date: str | None) -> str | None:
    """The month of a date; of a year alone the first, except where the units changed in the middle of the year."""
    if date is None or (len(date) == 4 and date in _LAST_OLD):
        return None
    return date[:7] if len(date) >= 7 else f"{date}-01"


def _own(header: Header) -> PlaceMention | None:
    """The unit that the header says is its author's, with its name."""
    for text in (header.issuer, header.parent, header.signer_role):
        if text and (found := _lowest(mentions(text))):
            if found.name:
                return found
            if header.place and named(header.place, kind=found.kind):
                return PlaceMention(found.kind, header.place, 0, 0)
    return _in_title(header)


def _lowest(found: Iterable[PlaceMention]) -> PlaceMention | None:
    """The mention of the lowest level: a commune's office also names the district above it."""
    return min(found, key=lambda mention: (_rank(mention), mention.name is None), default=None)


def _rank(mention: PlaceMention) -> int:
    ranks = [rank for rank, level in enumerate(_RANK) if mention.kind in words("localities", level)]
    if len(ranks) == 1:
        return ranks[0]
    levels = {unit.level for unit in named(mention.name or "", kind=mention.kind)}
    return 2 if levels == {"province"} else 1


def _in_title(header: Header) -> PlaceMention | None:
    """The unit that the title speaks of, where the place of the date line has the same name."""
    if not header.title or not header.place:
        return None
    here = regex.compile(rf"(?i:{any_of('localities', 'here')})\s++\Z")
    for found in mentions(header.title):
        if found.name and key(found.name) == key(header.place) and here.search(header.title[: found.start]):
            return found
    return None


def _province(header: Header, opening: str, month: str | None) -> Unit | None:
    """The province that the header or else the opening names; None where neither names one, or one names several."""
    boxes = (header.issuer, header.parent), (header.signer_role, header.title, *header.recipients), (opening,)
    for texts in boxes:
        found = {unit.code: unit for text in texts for unit in _named_provinces(text or "", month)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _named_provinces(text: str, month: str | None) -> Iterator[Unit]:
    for found in mentions(text):
        if found.name:
            those = named(found.name, kind=found.kind, month=month)
            if those and all(unit.level == "province" for unit in those):
                yield those[0]


def _settled(found: Sequence[Unit], within: Unit | None, month: str | None) -> list[Unit]:
    """One unit of several, by the province that is named; a province of both eras where no date decides; else none."""
    if month is None and all(unit.level == "province" for unit in found):
        return list(found)
    inside = [unit for unit in found if within and unit.within == within.code]
    return inside if len(inside) == 1 else []


def _contradicts(header: Header, unit: Unit, month: str | None) -> bool:
    """True where the issuer's box names another province than that of the unit."""
    boxes = (header.issuer or "", header.parent or "")
    codes = {province.code for text in boxes for province in _named_provinces(text, month)}
    return bool(codes) and (unit.within or unit.code) not in codes


def _locality(found: Sequence[Unit], month: str | None) -> Locality:
    unit = found[0]
    province = province_of(unit, month)
    eras, codes = {each.era for each in found}, {each.code for each in found}
    return Locality(
        level=unit.level,
        kind=unit.kind,
        name=unit.name,
        district=unit.name if unit.level == "district" else None,
        province=province.name,
        era=unit.era if len(eras) == 1 else None,
        code=unit.code if len(eras) == 1 and len(codes) == 1 else None,
        successor=successor_of(province).name,
    )


def _commune(
    header: Header, own: PlaceMention, within: Unit | None, month: str | None, opening: str
) -> Locality | None:
    """The locality of a commune before July 2025, of which no list exists, with the district and province named."""
    if own.kind not in words("localities", "commune") or (month or "") > _LAST_OLD or own.name is None:
        return None
    district = _district(header, within, month, opening)
    province = province_of(district, month) if district else within
    return Locality(
        level="commune",
        kind=own.kind,
        name=own.name.title() if own.name.isupper() else own.name,
        district=district.name if district else None,
        province=province.name if province else None,
        era="until-2025-06" if month or district else None,
        successor=successor_of(province).name if province else None,
    )


def _district(header: Header, within: Unit | None, month: str | None, opening: str) -> Unit | None:
    """The district of a commune: the one that its boxes name, else the one it writes to, else the one it answers."""
    boxes = (header.issuer, header.parent, header.signer_role), (*header.addressees, *header.recipients), (opening,)
    for texts in boxes:
        found = {
            unit.code: unit
            for text in texts
            for mention in mentions(text or "")
            for unit in named(mention.name or "", kind=mention.kind, month=month or _LAST_OLD)
            if unit.level == "district" and (within is None or unit.within == within.code)
        }
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None
