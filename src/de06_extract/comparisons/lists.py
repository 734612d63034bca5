"""Stated numbers of things against the lists of them: «11 mô hình gồm: (1) …», «07 lĩnh vực: hộ tịch, chứng thực, …».

A list is called wrong only where no reading of it gives the stated number, where it is surely complete, and where the
two are close: a list of one thing out of many is a sample, whatever its words say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.document.document import Block, Document
from de06_extract.document.list_items import (
    ItemCount,
    are_names,
    count_separated,
    has_figures,
    is_sample,
    is_statement,
    joins,
    line_marks,
    names_other_places,
    names_places_above,
    numbers_in,
    run_from_one,
)
from de06_extract.document.paragraphs import Prose
from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of, whole_words
from de06_extract.schema.report import Comparison, Verdict

_FEWEST, _MOST = 2, 60  # items that somebody counts and lists
_NOUN = 120  # characters of the words between the number and the list
_AFTER = _NOUN + 40  # characters from the number to the list
_LONG_NOUN = 9  # words between the number and a colon or bracket that alone opens the list
_SHORT_NOUN = 5  # with more words than these a colon may as well open a statement
_AHEAD = 60  # blocks in which a list goes on
_BESIDE = ("footnote", "header", "footer")  # blocks that may stand between two lines of a list
_APART = 8  # blocks of other text between two numbered items
_SLIP = 2  # items; a longer list is another one
_MARKED, _JUDGED = 1.0, 0.8  # certainty where the items are numbered, and where marks between them are counted
_COUNT_BEFORE = regex.compile(
    r"\d[^,;.:()\n\d]{2,40},\s*+\Z"
)  # «15 xã, 4 phường (A, B, C)»: of both, or of places in them
_LONGEST = 1500  # characters of a list inside a sentence
_WORDY = 8  # words of an item; longer ones are sentences


@dataclass(frozen=True)
class _Stated:
    """A number of things, and where the list of them begins in the paragraph."""

    mention: Mention
    prose: Prose
    noun: str
    opener: str
    start: int

    @property
    def value(self) -> int:
        return int(self.mention.figure.value)

    @property
    def is_bare(self) -> bool:
        """True where a colon or bracket alone opens the list."""
        return self.opener in (":", "(")

    @property
    def is_in_digits(self) -> bool:
        """True for «3 khu phố»; «hai» is said of two sides, of two kinds, more loosely than it is counted."""
        figure = self.mention.figure
        return self.prose.text[figure.start : figure.end][:1].isdigit()

    @property
    def in_bracket(self) -> bool:
        return self.opener.startswith("(")


def find_lists(reading: Reading, prose: Mapping[int, Prose]) -> Iterator[Comparison]:
    """Every stated number with its list, in the order of the text; `prose` holds the paragraphs by their blocks."""
    found = ((stated, _count(stated)) for stated in _stated(reading, prose))
    return (_comparison(stated, *counted) for stated, counted in found if counted is not None)


@cache
def _stop() -> regex.Pattern[str]:
    """Where a sentence ends: not behind the «TP.» of «Đà Nẵng, TP. Hồ Chí Minh»."""
    short = any_of("fillers", "abbreviated")
    return regex.compile(rf"(?<!\b{short})[.!?](?=\s+[\p{{Lu}}“\"]|\s*\Z)|\n")


@cache
def _opener() -> regex.Pattern[str]:
    opener, alone = any_of("listings", "opener"), any_of("listings", "list")
    return regex.compile(
        rf"""
        (?P<noun> (?: [^,;.:()\n\d“”"] | \( [\p{{Lu}}\d&]{{2,12}} \) ){{2,{_NOUN}}}? )
        (?P<opener>
            \s*+ \( \s*+ (?i: {alone} ) \s*+ :?
          | [,\s]\s*+ (?i: {alone} ) \s*+ :? (?= \s )
          | [,\s]\s*+ (?i: {opener} ) \s*+ :
          | \s*+ :
          | \s \( (?! [\p{{Lu}}\d&]{{2,12}} \) )
        ) \s*+
        """,
        regex.VERBOSE,
    )


@cache
def _announcement() -> regex.Pattern[str]:
    """A pattern for «… thuộc thẩm quyền của các phòng, ban, cụ thể:» at the end of a paragraph."""
    opener = any_of("listings", "opener")
    return regex.compile(
        rf"(?P<noun> [^;.:\n\d]{{2,{_NOUN}}}? ) [,\s]\s*+ (?P<opener> (?i: {opener} ) \s*+ : ) [\s*_]*+ \Z",
        regex.VERBOSE,
    )


def _stated(reading: Reading, prose_of: Mapping[int, Prose]) -> Iterator[_Stated]:
    """The numbers of things that a list follows."""
    for mention in reading.mentions:
        figure = mention.figure
        if not mention.is_level or not figure.exact or not _FEWEST <= figure.value <= _MOST:
            continue
        prose = prose_of[mention.paragraph]
        begin = mention.over.figure.end if mention.over is not None else figure.end
        match = _opener().match(prose.text, begin, min(len(prose.text), begin + _AFTER))
        if match is None and len(prose.text) - begin < _AFTER:
            match = _announcement().match(prose.text, begin)
        if match is None or is_sample(match["noun"]) or _opens(match[0]):
            continue
        opener = regex.sub(r"[\s,]", "", match["opener"])
        stated = _Stated(mention, prose, match["noun"], opener, match.end())
        if not stated.is_bare or len(match["noun"].split()) <= _LONG_NOUN:
            yield stated


def _opens(said: str) -> bool:
    """True where no noun stands behind a number, which is a name: «cảng số 05 bao gồm: …», «Sơn Hà 3 và các xã: …»."""
    opener, joined = any_of("listings", "opener"), any_of("cues", "and")
    return regex.fullmatch(rf"(?i: {opener} \s*+ :? | {joined} \s .* )", said.strip(), regex.VERBOSE) is not None


def _count(stated: _Stated) -> tuple[ItemCount, float, int] | None:
    """The items, how sure they are, and the document's offset at their end; None where no list follows."""
    text, start = stated.prose.text, stated.start
    numbers = run_from_one(text, start, len(text))
    if numbers:
        return _numbered(stated, numbers)
    if not text[start : start + _AFTER].strip(" *_"):
        return None if stated.in_bracket else _lines(stated)
    if stated.in_bracket:
        end = _closing(text, start)
        return None if end is None else _separated(stated, end, closed=True)
    stop = _stop().search(text, start, start + _LONGEST)
    if stop is None and len(text) > start + _LONGEST:
        return None
    return _separated(stated, stop.start() if stop else len(text), closed=stop is not None)


def _numbered(stated: _Stated, numbers: list[tuple[int, int, int]]) -> tuple[ItemCount, float, int]:
    """The items «(1) … (n)», also in the paragraphs behind."""
    document, text = stated.prose.document, stated.prose.text
    last, behind, begins = 0, 0, []
    for value, _, end in numbers:
        if value == last + 1:
            last, behind = value, end
            begins.append(text[end : end + _AFTER])
    stop = _stop().search(text, behind)
    at = stop.end() if stop else len(text)
    several = any(has_figures(words[:8]) or _is_several(words) for words in begins)
    listed = text[stated.start : at]
    is_open = regex.search(r"…|\.\.", text[behind : at + 2])  # behind the last item; inside another it opens that one
    certain = not several and not is_open and len(begins) == len(numbers)
    offset = stated.prose.span(at - 1, at).end
    if not text[at:].strip(" *_"):
        last, offset, ended = _numbered_on(document, stated.mention.paragraph, last, offset)
        certain = certain and ended
    counted = ItemCount(frozenset({last}), last, last, certain and not joins(listed, stated.noun))
    return counted, _MARKED, offset


def _is_several(words: str) -> bool:
    """True where an item begins with a word for more than one thing."""
    first = " ".join(words.split()[:2])
    return not count_separated(f"{first}, {first}", closed=True).certain


def _numbered_on(document: Document, paragraph: int, last: int, offset: int) -> tuple[int, int, bool]:
    """The last number of a list that goes on behind its paragraph, where it ends, and whether it surely ends there."""
    apart = 0
    for block in document.blocks[paragraph + 1 : paragraph + 1 + _AHEAD]:
        values = [value for value, _, _ in numbers_in(document.text, block.start, block.end)]
        if last + 1 in values and 1 in values:
            return last, offset, False
        if last + 1 in values:
            while last + 1 in values:
                last += 1
            apart, offset = 0, block.end
        elif 1 in values or apart >= _APART:
            break
        else:
            apart += 1
    return last, offset, True


def _separated(stated: _Stated, end: int, *, closed: bool) -> tuple[ItemCount, float, int] | None:
    """The items up to an offset, between semicolons, commas and «và»; None where they are not a list of things."""
    text = stated.prose.text[stated.start : end]
    if has_figures(text) or not regex.search(r"[,;]|\s[-–]\s", text):
        return None
    if stated.is_bare and is_statement(text) and not are_names(text):
        return None
    counted = count_separated(text, closed=closed and end - stated.start > 0)
    if _is_doubtful(stated, text, counted):
        counted = replace(counted, certain=False)
    return counted, _JUDGED, stated.prose.span(end - 1, end).end


def _is_doubtful(stated: _Stated, text: str, counted: ItemCount) -> bool:
    """True where the words behind the number may be no list of what it counts, or an item may be several things."""
    wordy = any(len(piece.split()) > _WORDY for piece in regex.split(r"[,;]", text))
    if _may_list_others(stated, text) or (wordy and stated.value > counted.most):
        return True
    if not stated.is_bare:
        return False
    return (wordy or counted.most <= _SLIP) and not are_names(text)  # so few items are a slip away from none


def _may_list_others(stated: _Stated, text: str) -> bool:
    """True where the items may be other things than those counted, or some of them are."""
    if names_places_above(text, stated.noun) or names_other_places(text, stated.noun):
        return True
    if stated.in_bracket and _COUNT_BEFORE.search(stated.prose.text, 0, stated.mention.figure.start):
        return True
    names_others = whole_words("listings", "others").search(stated.noun) is not None
    return stated.is_bare and (names_others or len(stated.noun.split()) > _SHORT_NOUN)


def _closing(text: str, start: int) -> int | None:
    """The offset of the bracket that closes the one before `start`."""
    depth = 1
    for mark in regex.finditer(r"[()]", text, pos=start, endpos=start + _LONGEST):
        depth += 1 if mark[0] == "(" else -1
        if not depth:
            return mark.start()
    return None


def _lines(stated: _Stated) -> tuple[ItemCount, float, int] | None:
    """The lines behind the paragraph that begin with one mark, or with numbers that run on."""
    document = stated.prose.document
    items = _marked_lines(document, stated.mention.paragraph)
    if not _FEWEST <= len(items) <= stated.value + _SLIP:
        return None  # more lines are another list
    texts = [document.text[block.start : block.end].rstrip(" *_\n") for block in items]
    certain = _are_closed(texts) and not any(map(_may_be_several, texts))
    count = len(items)
    most = sum(count_separated(text, closed=True).most for text in texts)  # a line may name two things
    return ItemCount(frozenset({count}), count, max(count, most), certain), _JUDGED, items[-1].end


def _marked_lines(document: Document, paragraph: int) -> list[Block]:
    """The blocks behind a paragraph, up to the first that is not marked as the first of them is."""
    items: list[Block] = []
    first = ""
    for block in document.blocks[paragraph + 1 : paragraph + 1 + _AHEAD]:
        if block.kind in _BESIDE:
            continue
        mark = next(line_marks(document.text[block.start : block.end]), "")
        first = first or mark
        if not mark or block.kind == "table" or not _goes_on(first, mark, len(items)):
            break
        items.append(block)
    return items


def _goes_on(first: str, mark: str, before: int) -> bool:
    """True where a mark is of the style of the first, and if it is a number the one behind so many others."""
    return _style(mark) == _style(first) and (_style(mark) != "number" or _value(mark) == before + 1)


def _are_closed(lines: Sequence[str]) -> bool:
    """True where all lines but the last say that the list goes on, and the last that it ends."""
    return all(line.endswith((";", ",")) for line in lines[:-1]) and lines[-1].endswith((".", "./."))


def _may_be_several(line: str) -> bool:
    """True where a line names examples, leaves things out, or begins with a word for more than one thing."""
    return is_sample(line) or "…" in line or "..." in line or _is_several(_said(line))


def _said(line: str) -> str:
    return line.lstrip(" -–+•▪*#_()0123456789.")


def _style(mark: str) -> str:
    return "number" if mark[0].isdigit() or mark[0] == "(" else "letter" if mark[0].isalpha() else mark


def _value(mark: str) -> int:
    return integer(mark.strip("().") or "0")


def _verdict(stated: _Stated, counted: ItemCount) -> Verdict:
    """Consistent with a likely reading; inconsistent where no reading gives the number and one comes close."""
    values = {stated.value}
    if stated.mention.over is not None:
        values.add(int(stated.mention.over.figure.value))  # «11/14 dịch vụ, cụ thể:» may list either
    if values & counted.likely:
        return "consistent"
    if (
        any(counted.least <= value <= counted.most for value in values)
        or not counted.certain
        or not stated.is_in_digits
    ):
        return "unverifiable"
    nearest = counted.most if stated.value > counted.most else counted.least
    apart = abs(stated.value - nearest)
    return "inconsistent" if apart <= _SLIP and 2 * apart < max(stated.value, nearest) else "unverifiable"


def _comparison(stated: _Stated, counted: ItemCount, certainty: float, end: int) -> Comparison:
    document, mention = stated.prose.document, stated.mention
    verdict = _verdict(stated, counted)
    nearest = counted.least if stated.value < counted.least else min(counted.most, max(counted.likely))
    return Comparison(
        id="",
        kind="list",
        label=" ".join(stated.noun.split()),
        quote=document.text[mention.start : end],
        span=document.span(mention.start, end),
        locations=document.locations(mention.start, end),
        figures=(mention.quantity(document),),
        verdict=verdict,
        computed=Decimal(stated.value if verdict == "consistent" else nearest),
        certainty=certainty,
    )
