"""A part against its whole where the words say part: «T hồ sơ, trong đó a hồ sơ»; a numerator that is a share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention, alike
from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Comparison


def find(material: Counts) -> Iterator[Comparison]:
    """Each whole with the part behind it, and each numerator with the denominator that is its whole."""
    mentions = material.reading.mentions
    for at, part in enumerate(mentions):
        if part.under is not None:
            if _is_share(material, part.under, part):
                yield _compared(material, part, part.under)
        elif at and _is_part(material, mentions[at - 1], part) and not _is_joint(mentions, mentions[at - 1], part):
            yield _compared(material, mentions[at - 1], part)


def _is_part(material: Counts, whole: Mention, part: Mention) -> bool:
    """True where «trong đó» stands between two exact counts of one unit, in one sentence and bracket."""
    if part.sentence != whole.sentence or part.depth != whole.depth or part.over is not None or whole.under is not None:
        return False
    if not (whole.is_level and part.is_level and whole.figure.exact and part.figure.exact and alike(whole, part)):
        return False
    text = material.document.text
    between = _subset().search(text, whole.end, part.start)
    if between is None or _no_share().search(text, whole.end, part.start):
        return False
    words = text[between.end() : part.start]
    if len(words) > _NEAR or words.count(")") > words.count("("):  # «97 loài thú (trong đó có khỉ), 137 loài chim»
        return False
    return part.figure.value <= whole.figure.value or not _is_another(material, whole, part, words)


def _is_another(material: Counts, whole: Mention, part: Mention, words: str) -> bool:
    """True where a larger figure behind «trong đó» need be no part: a remainder, a peak, a later or a gross value."""
    return (
        _is_part_itself(material.document.text, whole, part)
        or _extreme().search(words) is not None
        or _is_later(material, whole, part)
        or _is_net(material, part)
    )


def _is_part_itself(text: str, whole: Mention, part: Mention) -> bool:
    """True where the figure in front is a part of what a sentence before counts: «21 dự án trong số đó …, 113 dự án còn
    lại …»."""
    return (
        _counted_and("among").match(text, whole.end) is not None
        or _counted_and("rest").match(text, part.end) is not None
    )


def _is_later(material: Counts, whole: Mention, part: Mention) -> bool:
    """True where the part is of another time than the whole: «60 xã, trong đó đến năm 2030 là 75 xã»."""
    one, two = material.calendar.at(whole.start), material.calendar.at(part.start)
    return two is not None and two.start > whole.end and not (one is None or one.key == two.key or one.holds(two))


def _is_net(material: Counts, part: Mention) -> bool:
    """True where the next sentence takes something off again: «… trong đó A bán 40, B bán 30. Ngược lại, C mua 20»."""
    following = next((m for m in material.reading.after(part, _FAR) if m.sentence != part.sentence), None)
    return (
        following is not None
        and following.sentence == part.sentence + 1
        and alike(part, following)
        and _contrary().match(following.approach.lstrip(" \n-–*_")) is not None
    )


def _is_joint(mentions: list[Mention], whole: Mention, part: Mention) -> bool:
    """True where only all counts of the sentence up to the part are its whole: «mới 100, kỳ trước 12, trong đó 25»."""
    if part.figure.value <= whole.figure.value:
        return False
    before = mentions[max(0, whole.index - _FAR) : whole.index + 1]
    together = sum(m.figure.value for m in before if m.sentence == whole.sentence and alike(m, whole))
    return together >= part.figure.value


_FAR = 8  # figures
_NEAR = 160  # characters from «trong đó» to the part


def _is_share(material: Counts, numerator: Mention, denominator: Mention) -> bool:
    """True where the words behind call the ratio a share; «trong đó» in front speaks of a whole before it."""
    if (
        not (numerator.figure.exact and denominator.figure.exact)
        or numerator.is_like_date
        or (numerator.unit and denominator.unit and not alike(numerator, denominator))
    ):
        return False
    text, (low, high) = material.document.text, material.clause(numerator)
    behind = denominator.end + _BEHIND
    return _share().search(text, denominator.end, behind) is not None and not _no_share().search(
        text, low, max(high, behind)
    )


_BEHIND = 40  # characters


def _compared(material: Counts, whole: Mention, part: Mention) -> Comparison:
    first, last = sorted((whole, part), key=lambda mention: mention.start)
    return compare(
        material, "part", [whole.quantity(material.document), part.quantity(material.document)],
        "consistent" if part.figure.value <= whole.figure.value else "inconsistent",
        about=(material.clause(first)[0], max(last.end, material.clause(last)[1])), plain=whole.leads_with("total"),
    )  # fmt: skip


_UNIT = 40  # characters of what is counted, behind its number


@cache
def _counted_and(key: str) -> regex.Pattern[str]:
    """«21 dự án trong số đó», «113 dự án còn lại»: no mark between what is counted and the words."""
    return regex.compile(
        rf"[^,;.:()\d]{{0,{_UNIT}}} (?<! \p{{L}} ) (?i: {any_of('comparing', key)} ) \b", regex.VERBOSE
    )


@cache
def _extreme() -> regex.Pattern[str]:
    return regex.compile(rf"\b (?i: {any_of('comparing', 'extreme')} ) \b", regex.VERBOSE)


@cache
def _contrary() -> regex.Pattern[str]:
    return regex.compile(rf"(?i: {any_of('comparing', 'contrary')} ) \b", regex.VERBOSE)


@cache
def _subset() -> regex.Pattern[str]:
    return regex.compile(rf"\b (?i: {any_of('comparing', 'subset')} ) \b", regex.VERBOSE)


@cache
def _share() -> regex.Pattern[str]:
    return regex.compile(
        rf"\b (?i: {any_of('comparing', 'share')} | {any_of('comparing', 'of_total')} ) \b", regex.VERBOSE
    )


@cache
def _no_share() -> regex.Pattern[str]:
    return regex.compile(rf"\b (?i: {any_of('comparing', 'no_share')} ) \b", regex.VERBOSE)


COMPARER = find
