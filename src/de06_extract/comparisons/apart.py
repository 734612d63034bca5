"""Subjects apart: two counts whose own words are alike, and whose items, names or thresholds say that they are not one.

«- Về giáo dục mầm non: đã có 158/159 xã» and «- Về xóa mù chữ: đã có 159/159 xã» say the same of two things.
"""

from __future__ import annotations

from functools import cache

import regex

from de06_extract.comparisons.counts import Counts, LabelledCount
from de06_extract.language.labels import read_label
from de06_extract.language.vocabulary import any_of

_ITEM = 120  # characters of the words at the start of a paragraph that say what it is about, up to a colon
_CLAUSE = 160  # characters before a figure in which its sentence names its subject
_BEHIND = 60  # characters behind a figure
_OPENING = regex.compile(r"[^:;.\n\d]++:")
_NAME = regex.compile(r"(?<=[\p{L}\d,:]\s)\p{Lu}[\p{L}\d-]*+(?:\s\p{Lu}[\p{L}\d-]*+)++")
_MODEL = regex.compile(r"(?<![\p{L}\d])(?=\p{L}*\d)(?=\d*\p{L})[\p{Lu}\d][\p{L}\d-]++")

_EQUALS = regex.compile(r"[=×]\s*+\Z|\d\D{0,30}\s[x*]\s++\Z")
_TIMES = regex.compile(r"[^,;.:()\d]{0,30}?\s*+(?:×|(?<=\s)[x*](?=\s))\s*+\d")


def are_apart(material: Counts, a: LabelledCount, b: LabelledCount) -> bool:
    """True where the items or names of the two counts are not the same, or one is a threshold or part of a formula."""
    if any(_is_threshold(material, count) or _is_operand(material, count) for count in (a, b)):
        return True
    return any(_differ(*(words(material, count) for count in (a, b))) for words in (_item, _names))


def _differ(one: frozenset[str], two: frozenset[str]) -> bool:
    """True where each says something that the other does not."""
    return bool(one - two and two - one)


def _item(material: Counts, count: LabelledCount) -> frozenset[str]:
    """The words in front of the colon with which the paragraph of a count begins: «- Về giáo dục mầm non: …»."""
    start = material.document.blocks[count.mention.paragraph].start
    opening = _OPENING.match(material.document.text, start, min(start + _ITEM, count.mention.start))
    return read_label(opening[0]).words if opening else frozenset()


def _names(material: Counts, count: LabelledCount) -> frozenset[str]:
    """The names in the sentence of a count, up to it: of companies, of programmes, of models."""
    first = count.mention.under or count.mention
    said = material.document.text[material.sentence_start(first) : first.start][-_CLAUSE:]
    return frozenset(match[0].casefold() for pattern in (_NAME, _MODEL) for match in pattern.finditer(said))


def _is_operand(material: Counts, count: LabelledCount) -> bool:
    """True for «Kinh phí = 80.000 người x 5 triệu đồng»: every item of a budget has its own."""
    text, mention = material.document.text, count.mention
    return _EQUALS.search(text, max(0, mention.start - _BEHIND), mention.start) is not None or (
        _TIMES.match(text, mention.end, mention.end + _BEHIND) is not None
    )


def _is_threshold(material: Counts, count: LabelledCount) -> bool:
    """True for «từ 6.000 hộ trở xuống»: a rule gives every kind of thing its own."""
    return _threshold().match(material.document.text, count.mention.end, count.mention.end + _BEHIND) is not None


@cache
def _threshold() -> regex.Pattern[str]:
    return regex.compile(
        rf"[^,;.:()\d]{{0,30}} (?<! \p{{L}} ) (?i: {any_of('comparing', 'threshold')} ) \b", regex.VERBOSE
    )
