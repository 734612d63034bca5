"""Clauses: where the words begin and end that say what a figure counts, those of other figures left out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.document.document import Document
from de06_extract.language.vocabulary import any_of

_BEFORE, _BEHIND = 140, 140  # characters of the words around a figure that say what it counts
_ENOUGH = 4  # words behind a figure that say alone what it counts
_TELLING = 8  # letters; fewer behind a figure are a unit at most
_FAR = 6  # figures
_LONG_NAME = 80  # characters; of longer words in front the last clause is taken
_SEGMENT = regex.compile(r"[^;()\[\]]*+\Z")
_END = regex.compile(r"[;(\n]|[.!?](?=\s|\Z)")
_LAST_END = regex.compile(r"(?:.*[;)\n]|\A)\s*+", regex.DOTALL)
MARKS = " \t\n*_#:,;.-–+•/"  # around words that name something


class Clauses:
    """The words around the figures of a document, by their offsets."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self._document, self._mentions = document, reading.mentions
        self._known: dict[Mention, tuple[int, int]] = {}

    def name(self, mention: Mention) -> tuple[int, int]:
        """Where the words in front stand that name what is counted: since the figure or clause before, or the colon."""
        text = self._document.text
        ranges = self._document.blocks[mention.paragraph].ranges
        inside = next((start for start, end in ranges if start <= mention.start <= end), mention.start)
        segment = _SEGMENT.search(text, max(inside, mention.start - len(mention.approach)), mention.start)
        start, end = segment.span() if segment else (mention.start, mention.start)
        behind_colon = text.rfind(":", start, end) + 1
        if behind_colon > start and any(c.isalpha() for c in text[behind_colon:end]):
            start = behind_colon
        comma = text.rfind(",", start, end) + 1
        if comma > start and end - start > _LONG_NAME and any(c.isalpha() for c in text[comma:end]):
            start = comma
        while start < end and text[start] in MARKS:
            start += 1
        return start, end

    def of(self, mention: Mention) -> tuple[int, int]:
        """Where the words begin and end that say what a mention counts, the mention between them."""
        if mention not in self._known:
            self._known[mention] = self._clause(mention)
        return self._known[mention]

    def _clause(self, mention: Mention) -> tuple[int, int]:
        first, last = mention.under or mention, mention.over or mention
        low, high = self.around(first, last)
        text = self._document.text
        opening = _opening().match(text, low, first.start)
        low = opening.end() if opening else low
        while high > last.end and not text[high - 1].isalnum():
            high -= 1
        return low, high

    def around(self, first: Mention, last: Mention) -> tuple[int, int]:
        """Where the words begin and end around figures that belong together; of a long run-up its last clause."""
        low, high = self._before(first), self._behind(last)
        if len(self._document.text[last.end : high].split()) >= _ENOUGH:
            low = max(low, self._document.text.rfind(",", low, first.start) + 1)
        return low, high

    def _before(self, mention: Mention) -> int:
        """Where the words in front begin: behind the figure before and its own words, or at the sentence's start."""
        text = self._document.text
        low = max(0, mention.start - min(len(mention.approach), _BEFORE))
        last = neighbour(self._mentions, mention, -1)
        if last is not None:
            low = min(last.end, mention.start)
            return _joint(text, low, mention.start) or low
        said = _LAST_END.match(text[low : mention.start])
        low += said.end() if said else 0
        cut = text.find(" ", low, mention.start)
        return cut if mention.start - low == _BEFORE and cut >= 0 else low

    def sentence_start(self, mention: Mention) -> int:
        """Where the sentence of a mention begins, or the words of a figure not too far in front."""
        first = mention
        for last in reversed(self._mentions[max(0, mention.index - _FAR) : mention.index]):
            if last.sentence != mention.sentence:
                break
            first = last
        return max(0, first.start - len(first.approach))

    def _behind(self, mention: Mention) -> int:
        """Where the words behind end: before the words of the figure after, or at the clause's end."""
        text, high = self._document.text, min(len(self._document.text), mention.end + _BEHIND)
        if mention.index + 1 < len(self._mentions):
            following = self._mentions[mention.index + 1]
            if mention.end < following.start <= high:
                high = _joint(text, mention.end, following.start) or following.start
        end = _END.search(text, mention.end, high)
        return end.start() if end else high


def neighbour(mentions: Sequence[Mention], mention: Mention, step: int) -> Mention | None:
    """The figure before (-1) or behind (1) in the same sentence; lengths of time belong to the words of others."""
    for at in range(mention.index + step, mention.index + step * (_FAR + 1), step):
        if not 0 <= at < len(mentions) or mentions[at].sentence != mention.sentence:
            return None
        if mentions[at].figure.kind != "time":
            return mentions[at]
    return None


def divide(text: str, low: int, high: int) -> tuple[int, int]:
    """Where, between two figures, the words of the first end and those of the second begin.

    A semicolon divides, else a bracket or a word such as «trong đó», else commas: what stands between the first of them
    and the last may belong to either. Without any of these all of it does.

    >>> text = "5 xã, phường có mạng; 6 xã có đài, trong đó 4 xã có trạm, 2 xã chưa có"
    >>> [text[slice(*divide(text, low, high))] for low, high in ((1, 22), (23, 43), (44, 58))]
    [';', ', trong đó', ',']
    """
    for pattern in _dividers():
        found = list(pattern.finditer(text, low, high))
        if found:
            return found[-1].start(), found[-1 if pattern is _dividers()[0] else 0].end()
    return high, low


@cache
def _dividers() -> tuple[regex.Pattern[str], ...]:
    strong = regex.compile(r"[;\n]")
    words = regex.compile(rf"[()] | ,?+ \s*+ \b (?i: {any_of('scopes', 'joint')} ) \b", regex.VERBOSE)
    return strong, words, regex.compile(","), regex.compile(rf"\b(?i:{any_of('scopes', 'and')})\b")


def says_something(text: str) -> bool:
    """True for words behind a figure that are more than its unit."""
    return sum(map(str.isalpha, text)) >= _TELLING


def start_behind_joint(text: str, low: int, high: int) -> int:
    """Where the words behind the last «trong đó» begin; `low` without one."""
    found = [match.end() for match in _dividers()[1].finditer(text, low, high) if match[0] not in "()"]
    return found[-1] if found else low


@cache
def _joints() -> regex.Pattern[str]:
    return regex.compile(rf"[,;:()] | \b (?i: {any_of('comparing', 'joint')} ) \b", regex.VERBOSE)


@cache
def _opening() -> regex.Pattern[str]:
    """What the words around a figure may begin with that says nothing: marks, «và»."""
    return regex.compile(rf"(?: [^\w“]++ | (?i: {any_of('comparing', 'joint')} ) \b )*+", regex.VERBOSE)


def _joint(text: str, low: int, high: int) -> int | None:
    """Where the words of the later of two figures begin; None where nothing divides what stands between them."""
    last = None
    for last in _joints().finditer(text, low, high):
        if any(c.isalpha() for c in text[last.end() : high]):
            return last.start() + (not last[0].isalpha())
    return None if last is None else last.start()
