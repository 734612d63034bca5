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
    between = _subset().search(material.document.text, whole.end, part.start)
    return between is not None and not _no_share().search(material.document.text, whole.end, part.start)


def _is_joint(mentions: list[Mention], whole: Mention, part: Mention) -> bool:
    """True where only all counts of the sentence up to the part are its whole: «mới 100, kỳ trước 12, trong đó 25»."""
    if part.figure.value <= whole.figure.value:
        return False
    before = mentions[max(0, whole.index - _FAR) : whole.index + 1]
    together = sum(m.figure.value for m in before if m.sentence == whole.sentence and alike(m, whole))
    return together >= part.figure.value


_FAR = 8  # figures


def _is_share(material: Counts, numerator: Mention, denominator: Mention) -> bool:
    """True where the words behind call the ratio a share; «trong đó» in front speaks of a whole before it."""
    if not (numerator.figure.exact and denominator.figure.exact) or (
        numerator.unit and denominator.unit and not alike(numerator, denominator)
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
        about=(material.clause(first)[0], max(last.end, material.clause(last)[1])),
    )  # fmt: skip


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
