"""Counted: the exact counts of the prose, each with what it counts, when, and what else its sentence says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

import regex

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.document.document import Document
from de06_extract.document.periods import Calendar, WordedPeriod
from de06_extract.heartbeat import stepping
from de06_extract.language.labels import Label, frame, places_in, read_label, telling_words
from de06_extract.language.vocabulary import any_of, words
from de06_extract.schema.report import Claim, Section

_BEFORE, _BEHIND = 140, 140  # characters of the words around a figure that say what it counts
_ENOUGH = 4  # words behind a figure that say alone what it counts
_END = regex.compile(r"[;(\n]|[.!?](?=\s|\Z)")
_LAST_END = regex.compile(r"(?:.*[;)\n]|\A)\s*+", regex.DOTALL)
_SENTENCE_END = regex.compile(r"[;\n]|[.!?]\s")
_FAR = 6  # figures
_NEAR_PERIOD = 160  # characters
_HEAD = 200  # characters of a paragraph in which the place that it is about is named


@dataclass(frozen=True, slots=True, eq=False)
class LabelledCount:
    """An exact count: its mention, label, the period that governs it, and the other figures of its sentence."""

    mention: Mention
    label: Label
    period: WordedPeriod | None
    rest: frozenset[Decimal]

    @property
    def value(self) -> Decimal:
        """What is counted comes to."""
        return self.mention.figure.value

    @property
    def digits(self) -> str:
        """The digits without separators."""
        return str(int(self.value))

    @property
    def unit(self) -> str:
        """The unit, that of the denominator behind a slash for both; empty where none is printed."""
        mention = self.mention
        return mention.unit or (mention.over.unit if mention.over is not None else "")


def other_units(a: LabelledCount, b: LabelledCount) -> bool:
    """True where both units are known and count different things; «trường hợp», «hồ sơ», «dữ liệu» may be one thing."""
    if not a.unit or not b.unit or a.unit == b.unit:
        return False
    return not (a.unit in _any_case() and b.unit in _any_case())


@cache
def _any_case() -> frozenset[str]:
    return frozenset(words("comparing", "case"))


def _others(values: Counter[Decimal], mention: Mention) -> frozenset[Decimal]:
    """The values of a sentence but for one mention: «24/24» has 24 beside 24."""
    own = mention.figure.value
    return frozenset(value for value, count in values.items() if value != own or count > 1)


class Counts:
    """What comparers hold against each other: the document as read, with its claims, periods and counts."""

    def __init__(
        self, document: Document, reading: Reading, claims: Sequence[Claim], sections: Sequence[Section]
    ) -> None:
        self.document, self.reading, self.claims, self.sections = document, reading, claims, sections
        self.calendar = Calendar(document, sections)
        self._heads = [section.span.start for section in sections]

    @cached_property
    def counts(self) -> list[LabelledCount]:
        """The exact counts of the prose, in order."""
        sentences: dict[int, Counter[Decimal]] = defaultdict(Counter)
        for mention in stepping(self.reading.mentions):
            sentences[mention.sentence][mention.figure.value] += 1
        return [
            LabelledCount(m, self.label(m), self.calendar.at(m.start), _others(sentences[m.sentence], m))
            for m in stepping(self.reading.mentions)
            if m.figure.kind == "count" and m.figure.exact and m.role == "level" and not m.is_share
        ]

    @cached_property
    def telling(self) -> frozenset[str]:
        """Words that are the only difference between labels of this document."""
        return telling_words(count.label for count in self.counts)

    @cached_property
    def ratio_starts(self) -> list[int]:
        """Where the ratios of the prose that have a denominator begin."""
        return [c.span.start for c in self.claims if c.kind == "ratio" and not c.table and c.quantities["denominator"]]

    def label(self, mention: Mention) -> Label:
        """What a mention counts: the words before it and behind it, with the place that its paragraph is about."""
        first, last = mention.under or mention, mention.over or mention
        low, high = self._around(first, last)
        label = read_label(self._without_periods(low, first.start), self._without_periods(last.end, high))
        label = replace(label, marks=label.marks | frame(self.document.text[self._sentence_start(first) : first.start]))
        if label.places:
            return label
        block = self.document.blocks[mention.paragraph]
        start = next((low for low, high in block.ranges if low <= mention.start <= high), mention.start)
        places = places_in(self.document.text[start : min(start + _HEAD, mention.start)])
        return replace(label, places=places or self._places_of_heading(mention.start))

    def _places_of_heading(self, offset: int) -> frozenset[str]:
        at = bisect_right(self._heads, offset) - 1
        return places_in(self.sections[at].title) if at >= 0 else frozenset()

    def is_close(self, period: WordedPeriod, mention: Mention) -> bool:
        """True where a period stands in the sentence of a mention, in front of it, or in a heading over it."""
        between = self.document.text[period.end : mention.start]
        if len(between) < _NEAR_PERIOD and not _SENTENCE_END.search(between):
            return True
        heading = self.calendar.of_heading(mention.start)
        return heading is not None and heading.key == period.key

    def clause(self, mention: Mention) -> tuple[int, int]:
        """Where the words begin and end that say what a mention counts, the mention between them."""
        first, last = mention.under or mention, mention.over or mention
        low, high = self._around(first, last)
        text = self.document.text
        opening = _opening().match(text, low, first.start)
        low = opening.end() if opening else low
        while high > last.end and not text[high - 1].isalnum():
            high -= 1
        return low, high

    def _around(self, first: Mention, last: Mention) -> tuple[int, int]:
        """Where the words begin and end around figures that belong together; of a long run-up its last clause."""
        low, high = self._before(first), self._behind(last)
        if len(self.document.text[last.end : high].split()) >= _ENOUGH:
            low = max(low, self.document.text.rfind(",", low, first.start) + 1)
        return low, high

    def _before(self, mention: Mention) -> int:
        """Where the words in front begin: behind the figure before and its own words, or at the sentence's start."""
        text = self.document.text
        low = max(0, mention.start - min(len(mention.approach), _BEFORE))
        last = self._counted_before(mention)
        if last is not None:
            low = min(last.end, mention.start)
            return _joint(text, low, mention.start) or low
        said = _LAST_END.match(text[low : mention.start])
        low += said.end() if said else 0
        cut = text.find(" ", low, mention.start)
        return cut if mention.start - low == _BEFORE and cut >= 0 else low

    def _counted_before(self, mention: Mention) -> Mention | None:
        """The figure before in the same sentence; a length of time («chiến dịch 90 ngày đêm») is passed over."""
        for last in reversed(self.reading.mentions[max(0, mention.index - _FAR) : mention.index]):
            if last.sentence != mention.sentence:
                return None
            if last.figure.kind != "time":
                return last
        return None

    def _sentence_start(self, mention: Mention) -> int:
        """Where the sentence of a mention begins, or the words of a figure not too far in front."""
        first = mention
        for last in reversed(self.reading.mentions[max(0, mention.index - _FAR) : mention.index]):
            if last.sentence != mention.sentence:
                break
            first = last
        return max(0, first.start - len(first.approach))

    def _behind(self, mention: Mention) -> int:
        """Where the words behind end: before the words of the figure after, or at the clause's end."""
        text, high = self.document.text, min(len(self.document.text), mention.end + _BEHIND)
        if mention.index + 1 < len(self.reading.mentions):
            following = self.reading.mentions[mention.index + 1]
            if mention.end < following.start <= high:
                high = _joint(text, mention.end, following.start) or following.start
        end = _END.search(text, mention.end, high)
        return end.start() if end else high

    def _without_periods(self, low: int, high: int) -> str:
        text, kept, at = self.document.text, [], low
        for period in self.calendar.within(low, high):
            kept.append(text[at : max(at, period.start)])
            at = max(at, min(period.end, high))
        return " ".join([*kept, text[at:high]])


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
