"""Exceptions: relations that fail by their figures but not by their words, and are held against no report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import regex

from de06_extract.claims.prose.exceptions.rounding import is_of_rounded, is_size_rounded, is_total_rounded
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.claims.prose.relation import Relation, figure
from de06_extract.language.vocabulary import any_of, whole_words, words
from de06_extract.numbers.figures import Figure
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.verdicts import HOLDS

_OWN_SUBJECT = 2  # words between the figures of a change and its size that name another thing: «giá vốn tăng 18%»
_SAID_OF_CHANGE = (
    "up", "down", "equals", "reach", "level", "upto", "downto", "compare", "exceed", "and", "rate", "rest",
)  # fmt: skip
_LOST_UNIT = 1000  # times: a value that rises «from 8 triệu tấn to 20» has lost its unit
_AROUND, _BEHIND = 120, 30  # characters around a ratio, and behind a figure, in which words may take it out
_SIGN = 4  # characters before a value in which its sign stands
_GOES_ON = 6  # figures behind a list among which the part that was left out may stand
_THOUSAND_DIGITS = 3  # behind a mark between thousands
_FIGURES = {"ratio": ("numerator", "denominator", "percent"), "change": ("old", "new", "delta", "percent")}
_NAMED = 100  # of two numbers that follow each other and count nothing, from which they are names
_SPLIT = 100  # to which both sides of «tỷ lệ 60/40» add up


def is_excepted(relation: Relation, reading: Reading) -> bool:
    """True where words say that the figures of a relation are not meant to give each other."""
    text = reading.document.text
    if relation.kind in ("ratio", "change") and (_is_in_thousands(relation, text) or is_of_rounded(relation)):
        return True
    if relation.kind == "change":
        return _is_excepted_change(relation, text)
    if relation.kind == "ratio":
        return _is_excepted_ratio(relation, text)
    if relation.kind == "sum":
        total, parts = relation.one("total"), relation.several("parts")
        return total is not None and _is_excepted_sum(total, parts, reading)
    total, done, left = map(relation.one, ("total", "done", "left"))
    if total is None or done is None or left is None:
        return False
    return _is_missing_named(total, (done, left), reading) or is_total_rounded(left, _missing(total, (done, left)))


def _is_excepted_change(relation: Relation, text: str) -> bool:
    old, new = relation.one("old"), relation.one("new")
    if old is None or new is None:
        return is_size_rounded(relation)
    sizes = [m for role in ("delta", "percent") if (m := relation.one(role)) is not None]
    rises = new.figure.value > old.figure.value
    if relation.direction == ("down" if rises else "up") and _is_incomparable(old, new):
        return True
    are_new = _is_reached(old) and _is_reached(new)  # «thép ngoài khối lên 20%, trong khối lên 10%»
    if are_new or _is_below_zero(old, new, text):
        return True
    return any(_is_mean(m, text) or _has_own_subject(m, old, new) or _has_own_base(m, old, text) for m in sizes)


def _is_below_zero(old: Mention, new: Mention, text: str) -> bool:
    """True for «giảm từ - 4% xuống - 13%», and for a profit that was a loss before."""
    if any(_MINUS.search(text, max(0, value.start - _SIGN), value.start) for value in (old, new)):
        return True
    return not old.leads_with("from") and _says(old.words, "loss") != _says(new.words, "loss")


def _is_reached(value: Mention) -> bool:
    """True where the last word before it that says which value it is makes it a new one: «từ các nước lên 20%»."""
    said = (token.kinds for token in reversed(value.lead) if not token.kinds.isdisjoint(("from", "upto", "downto")))
    return "from" not in next(said, {"from"})


def _is_in_thousands(relation: Relation, text: str) -> bool:
    """True for «từ 1 triệu lên 17 triệu, tăng 1.600%» and «giảm 0,2% (9 USD), còn 5,717 USD».

    The mark before three digits is one between thousands; but beside «3.265» it is a slip in «3,225».
    """
    figures = {role: relation.one(role) for role in _FIGURES[relation.kind]}
    thousands = {role for role, m in figures.items() if m is not None and _THOUSANDS.match(text, m.start, m.end)}
    if not thousands or any(m and _DOTTED.match(text, m.start, m.end) for m in figures.values()):
        return False
    read = [_whole(figure(m)) if role in thousands else figure(m) for role, m in figures.items()]
    kind = kind_of(relation.kind)
    judgement = kind.judge(*read) if relation.kind == "ratio" else kind.judge(*read, relation.direction)
    return judgement.verdict in HOLDS


def _whole(read: Figure | None) -> Figure | None:
    """A figure of three decimals with a mark between thousands in their place."""
    if read is None or read.decimals != _THOUSAND_DIGITS:
        return read
    return replace(read, value=read.value * 10**_THOUSAND_DIGITS, decimals=0)


def _is_incomparable(old: Mention, new: Mention) -> bool:
    """True for places in a ranking, a plan, values in the wrong order, one that lost its unit, and unlike counts."""
    is_start = bool(new.lead) and "from" in new.lead[-1].kinds  # «từ giá 30 cent về 10 cent»: the old value
    if _rank().search(old.approach) or old.leads_with("target") or is_start:
        return True
    least, most = sorted((old.figure.value, new.figure.value))
    if most > _LOST_UNIT * least:
        return True
    counts = not (old.figure.slack or new.figure.slack)
    return counts and not (old.leads_with("up", "down") or (old.unit and old.unit == new.unit))


def _is_mean(size: Mention, text: str) -> bool:
    """True for «trung bình năm tăng 755.000 người» and «tăng trưởng 10,1%/năm»."""
    behind = text[size.end : size.end + _BEHIND].lstrip()
    return _says(size.words, "average") or behind.startswith(words("exceptions", "per"))


def _has_own_base(size: Mention, old: Mention, text: str) -> bool:
    """True for the 2,78% of «từ 39.800 đồng lên 40.700 đồng, tăng 2,78% so với tham chiếu»."""
    found = _by_reference().match(text, size.end)
    around = text[max(0, old.start - _BEHIND) : old.end + _BEHIND].casefold()
    return found is not None and found["base"].casefold() not in around


def _has_own_subject(size: Mention, old: Mention, new: Mention) -> bool:
    """True for the 18% of «từ 103 tỷ lên 153 tỷ đồng, giá vốn hàng bán tăng 18%», and of «…, MSB tăng 18%»."""
    if size.index < max(old.index, new.index):
        return False
    named = _NAME.search(size.words) is not None
    if named and size.leads_with("comma", "semicolon"):
        return True
    said = sum(len(found[0].split()) for found in whole_words("exceptions", "size").finditer(size.words))
    return size.other_words(*_SAID_OF_CHANGE) - said >= _OWN_SUBJECT


def _is_excepted_ratio(relation: Relation, text: str) -> bool:
    percent, numerator, base = map(relation.one, ("percent", "numerator", "denominator"))
    if percent is None or numerator is None or base is None:
        return False
    if numerator.over is base and (_counts_nothing(numerator, base) or _is_unit_fraction(percent, numerator, base)):
        return True
    if base.sentence < numerator.sentence and _says(numerator.words, "alone"):
        return True
    figures = (percent, numerator, base)
    first, last = min(m.start for m in figures), max(m.end for m in figures)
    around = text[max(0, first - _AROUND) : last + _AROUND]
    counted = any(_says(text[end : end + _BEHIND], "member") for end in (base.end, last))
    return (counted and _says(around, "vote")) or _counts_another_thing(percent, base, text)


def _counts_nothing(one: Mention, other: Mention) -> bool:
    """True for «duy trì tỷ lệ 60/40», and for names that follow each other: «hàng cat. 338/339 đạt 108%»."""
    if other.unit:
        return False
    a, b = one.figure.value, other.figure.value
    return a + b == _SPLIT or (b == a + 1 and a >= _NAMED)


def _is_unit_fraction(percent: Mention, numerator: Mention, base: Mention) -> bool:
    """True for «4,6% (tương đương 1/22)»: one in so many is rounded."""
    if numerator.figure.value != 1 or base.figure.value <= 1:
        return False
    half = Decimal("0.5")
    least, most = (100 / (base.figure.value + end) for end in (half, -half))
    return least <= percent.figure.value <= most


def _counts_another_thing(percent: Mention, base: Mention, text: str) -> bool:
    """True for the 100% of «132/137 xã đạt chuẩn và 100% trạm y tế»: right behind it stands what it is all of."""
    if percent.index < base.index or not percent.lead or "and" not in percent.lead[-1].kinds:
        return False
    thing = _THING.match(text, percent.end)
    return thing is not None and thing["thing"].lower() not in words("fillers", "after_percent")


def _is_excepted_sum(total: Mention, parts: Sequence[Mention], reading: Reading) -> bool:
    """True for names, and where a part counts for several, more follow, or the total may be rounded."""
    if any(_says(part.words, "each") for part in parts) or _are_names((total, *parts)):
        return True
    if parts[-1].index > total.index and (_goes_on_with_rest(parts[-1]) or _goes_on_below(total, parts, reading)):
        return True
    finer = any(part.figure.decimals for part in parts)
    return _is_missing_named(total, parts, reading) or is_total_rounded(total, _missing(total, parts), finer)


def _are_names(figures: Sequence[Mention]) -> bool:
    """True for «PCB 203/(PCB 167 và PCB 187)»: one abbreviation stands right before each."""
    heads = {(figure.approach.split() or [""])[-1].strip("(/") for figure in figures}
    head = heads.pop()
    return not heads and len(head) > 1 and head.isalpha() and head.isupper()


def _goes_on_with_rest(last: Mention) -> bool:
    """True for «(tôm sú 610.000 ha, tôm thẻ 120.000 ha, còn lại là tôm khác)»: a mark, and the rest behind it."""
    mark, *others = last.tail[:2] or (None,)
    joins = mark is not None and not mark.kinds.isdisjoint(("comma", "semicolon", "and"))
    return joins and any("rest" in token.kinds for token in others)


def _goes_on_below(total: Mention, parts: Sequence[Mention], reading: Reading) -> bool:
    """True where parts are items of a list that fall short, and the item below them has no figure."""
    if len({part.paragraph for part in parts}) < len(parts) or _missing(total, parts) <= 0:
        return False
    last, text = parts[-1], reading.document.text
    own = _ITEM.match(text, text.rfind("\n", 0, last.start) + 1)
    end = text.find("\n", last.end)
    below = _ITEM.match(text, end + 1) if end >= 0 else None
    return own is not None and below is not None and own["mark"] == below["mark"] and below["said"] is not None


def _missing(total: Mention, parts: Sequence[Mention]) -> Decimal:
    return total.figure.value - sum((part.figure.value for part in parts), Decimal(0))


def _is_missing_named(total: Mention, parts: Sequence[Mention], reading: Reading) -> bool:
    """True where a figure behind the last part is what they lack: the list goes on, «… Vốn khác: 50 tỷ đồng»."""
    missing, last = _missing(total, parts), max((total, *parts), key=lambda m: m.index)
    behind = [m for m in reading.after(last, _GOES_ON) if m.paragraph == last.paragraph]
    return missing > 0 and any(m.figure.value == missing and m.is_level and m.unit == last.unit for m in behind)


def _says(text: str, key: str) -> bool:
    return whole_words("exceptions", key).search(text) is not None


@cache
def _rank() -> regex.Pattern[str]:
    """«tụt 9 bậc, giảm từ », «vị trí »: what stands before the first of two places."""
    way = rf"(?: {any_of('cues', 'up')} | {any_of('cues', 'down')} )"
    start = rf"(?: \s*+ ,?+ \s*+ (?: {way} \s++ )?+ {any_of('not_figures', 'rank_from')} )?+"
    return regex.compile(rf"(?<! \p{{L}} ) (?i: {any_of('exceptions', 'rank')} ) {start} \s*+ \Z", regex.VERBOSE)


@cache
def _by_reference() -> regex.Pattern[str]:
    """« so với tham chiếu», « (so với giá mở cửa»: right behind the size of a change."""
    return regex.compile(
        rf"\s*+ [(,]?+ \s*+ (?i: {any_of('cues', 'compare')} \s++ (?P<base> {any_of('exceptions', 'reference')} ) )"
        r"(?! \p{L} )",
        regex.VERBOSE,
    )


_MINUS = regex.compile(r"\p{L}\s [-–−] \s? \Z", regex.VERBOSE)  # «giảm từ - 4% xuống - 13%»
_DOTTED = regex.compile(r"[1-9]\d{0,2} (?: \.\d{3} )++ (?! \d | \s*+ % )", regex.VERBOSE)
_THOUSANDS = regex.compile(r"[1-9]\d{0,2} (?: \.\d{3} \s*+ % | ,\d{3} (?!\d) )", regex.VERBOSE)
_ITEM = regex.compile(r"(?mx) [^\S\n]*+ (?P<mark> [-–+*•] ) \s (?P<said> [^\d\n]{3,200}+ $ )?+")
_NAME = regex.compile(r"\A \W*+ \p{Lu}{2,} \s", regex.VERBOSE)  # «…, MSB tăng 134%»
_THING = regex.compile(r"\s*+ (?P<thing> \p{L}++ )", regex.VERBOSE)  # right behind a percentage: «100% trạm y tế»
