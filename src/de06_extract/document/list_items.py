"""Items of a list, counted: by their numbers, by the marks between them, or line by line.

Where marks are ambiguous (a comma inside an item, «và» inside a name) there is more than one reading of the number of
items; `ItemCount` holds the least, the most and the likely ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of, whole_words

_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_NUMBER = regex.compile(r"(?<![\p{L}\d])[(⁽]\s?(?P<n>\d{1,2}|[¹²³⁴-⁹⁰]{1,2})\s?[)⁾]")
_NESTED = regex.compile(r"\([^()]*+\)|“[^”]*+”|\"[^\"]*+\"")
_OPEN_END = regex.compile(r"…|\.\.\.?")
_DASHES = regex.compile(r"\s[-–]\s|/")
_ENDS_IN_FIGURE = regex.compile(r"\d[\s%)]*$|:\s*\d")  # «xã A 12», «xã A: 12»
_ENDS_IN_COUNT = regex.compile(r"\s\d++\s(?P<noun>\p{L}++)\W*$")  # «đề A 2 câu»
_NAME = regex.compile(r"\p{Lu}[\p{L}’'-]*+(?:\s+(?:\p{Lu}[\p{L}’'-]*+|\d{1,2})){0,4}")


@dataclass(frozen=True)
class ItemCount:
    """The number of items of a list: one of the `likely` numbers, at least `least`, at most `most`.

    `certain` is False where an item may stand for several things, or where the list may go on.
    """

    likely: frozenset[int]
    least: int
    most: int
    certain: bool = True


def numbers_in(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The numbers «(1)», «⁽²⁾» between two offsets: value, start, end.

    >>> list(numbers_in("gồm: (1) A; (2) B", 0, 17))
    [(1, 5, 8), (2, 12, 15)]
    """
    for match in _NUMBER.finditer(text, start, end):
        yield integer(match["n"].translate(_SUPERSCRIPTS)), match.start(), match.end()


def run_from_one(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The numbers of one list, from the «(1)» right at `start` up to the next «(1)»; empty without one."""
    run: list[tuple[int, int, int]] = []
    first = _NUMBER.match(text, start, end)
    for number in numbers_in(text, start, end) if first is not None else ():
        if (number[0] == 1) == bool(run):
            break
        run.append(number)
    return run


def count_separated(text: str, *, closed: bool) -> ItemCount:
    """The items of a stretch of text between semicolons, commas and «và»; `closed` where it surely ends the list.

    >>> sorted(count_separated("hộ tịch, chứng thực và đất đai", closed=True).likely)
    [2, 3]
    """
    bare = _without_nested(text)
    certain = closed and not _OPEN_END.search(text) and not is_sample(bare) and not _stands_for_several(bare)
    semicolons = _pieces(bare, r";")
    commas = _pieces(bare, r"[;,]")
    joints = len(_joint().findall(bare))
    doubled = sum(1 for piece in commas if _joint().match(piece.lstrip() + " "))  # «, và»
    most = len(commas) + joints - doubled
    if len(semicolons) > 1:
        likely = {len(semicolons), *range(1, len(semicolons) + 1)}
        return ItemCount(frozenset(likely), 1, most + len(_DASHES.findall(bare)), certain)
    likely = {len(commas), most} | ({1 + joints} if joints else set())
    if are_names(bare):
        return ItemCount(frozenset({most}), most, most, certain)
    return ItemCount(frozenset(likely), 1, most + len(_DASHES.findall(bare)), certain)


def are_names(text: str) -> bool:
    """True where every item is a name: «Tân Hiệp, Ngọc Biên và thị trấn Trà Cú»."""
    items = [item for piece in _pieces(text, r"[;,]") for item in _joint().split(f" {piece} ") if item.strip()]
    return len(items) > 1 and all(_NAME.fullmatch(_place().sub("", item.strip(), count=1)) for item in items)


def is_sample(text: str) -> bool:
    """True where a word says that these are only some of the things."""
    return whole_words("listings", "sample").search(text) is not None


def is_statement(text: str) -> bool:
    """True where the words say something of the things instead of naming them."""
    return whole_words("listings", "states").search(text) is not None


def joins(text: str, noun: str) -> bool:
    """True where an item names two of the things: «(2) Mô hình học bạ số và mô hình an sinh»."""
    head = " ".join(noun.split()[:2])
    return (
        whole_words("listings", "joint").search(text) is not None
        and regex.search(rf"{any_of('listings', 'joint')}\s+(?i:{regex.escape(head)})", text) is not None
    )


def names_places_above(text: str, noun: str) -> bool:
    """True where an item is the district that the things lie in: «02 xã: Tân Hiệp, Phú Cần, huyện Trà Cú»."""
    return any(place not in noun.casefold() for place in map(str.casefold, _above().findall(text)))


def names_other_places(text: str, noun: str) -> bool:
    """True where only places of another kind are called so: «6 xã: Tân An, Tân Lập và thị trấn Tân Hòa».

    >>> names_other_places("Tân An và thị trấn Tân Hòa", "xã"), names_other_places("xã Tân An, thị trấn Tân Hòa", "xã")
    (True, False)
    """
    kind_of_place = whole_words("listings", "place")
    kinds = {kind.casefold() for kind in kind_of_place.findall(text)}
    own = kind_of_place.match(noun.strip())
    return own is not None and bool(kinds) and not any(kind in noun.casefold() for kind in kinds)


def has_figures(text: str) -> bool:
    """True where an item begins or ends with a number of its own, or several end with a number of one thing.

    >>> has_figures("03 Nghị quyết; 01 Quyết định"), has_figures("xã A: 12"), has_figures("thư ký và 2 ủy viên")
    (True, True, True)
    >>> has_figures("đọc biểu đồ 2 câu, vẽ biểu đồ 1 câu"), has_figures("Khu phố 3, Khu phố Chợ Mới")
    (True, True)
    >>> has_figures("khai sinh, thẻ cho trẻ dưới 6 tuổi")
    False
    """
    split = [(piece, _joint().split(f" {piece}")) for piece in _pieces(text, r"[;,]")]
    pieces = [part for piece, parts in split for part in (piece, *parts[1:])]
    if any(regex.match(r"\W*\d", piece) or _ENDS_IN_FIGURE.search(piece) for piece in pieces):
        return True
    ends = [_ENDS_IN_COUNT.search(part) for _, parts in split for part in parts]
    nouns = [found["noun"] for found in ends if found is not None]
    return len(nouns) > len(set(nouns))


def _stands_for_several(text: str) -> bool:
    return whole_words("listings", "several").search(text) is not None


def _without_nested(text: str) -> str:
    """The text without what stands in brackets or quotation marks, three levels deep."""
    for _ in range(3):
        text = _NESTED.sub(" ", text)
    return text


def _pieces(text: str, marks: str) -> list[str]:
    return [piece for piece in regex.split(marks, text) if regex.search(r"\p{L}", piece)]


@cache
def _joint() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){any_of('listings', 'joint')}\s")


@cache
def _above() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{any_of('listings', 'above')})(?=\s+\p{{Lu}})")


@cache
def _place() -> regex.Pattern[str]:
    return regex.compile(rf"\A(?i:{any_of('listings', 'place')})\s+")


def line_marks(line: str) -> Iterator[str]:
    """The mark that a line of a list begins with, if any: «+», «-», «(1)», «a)», «1.».

    >>> list(line_marks("- + Tiếp nhận")), list(line_marks("a) Năm 2022")), list(line_marks("Năm 2022"))
    (['-+'], ['a)'], [])
    """
    match = _LINE.match(line)
    if match is not None:
        yield regex.sub(r"\s", "", match["bullet"] or match["label"])


_LINE = regex.compile(
    r"[\s#_]*+(?:(?P<bullet>(?:[-–+•▪*]\s*+)++)(?=[\p{L}\d“\"(])|(?P<label>\(\d{1,2}\)|\d{1,2}[.)]|[a-zđ]\))\s)"
)
