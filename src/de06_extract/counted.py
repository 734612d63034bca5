"""Counted: the exact counts of the prose, each with what it counts, when, and what else its sentence says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

import regex

from de06_extract.document import Document
from de06_extract.labels import Label, places_in, read_label, telling_words
from de06_extract.mentions import Mention, Reading
from de06_extract.periods import Calendar, Period
from de06_extract.schema import Claim, Section
from de06_extract.vocabulary import any_of

_BEFORE, _BEHIND = 140, 140  # characters of the words around a figure that say what it counts
_END = regex.compile(r"[;(\n]|[.!?](?=\s|\Z)")
_LAST_END = regex.compile(r"(?:.*[;)\n]|\A)\s*+", regex.DOTALL)
_HEAD = 200  # characters of a paragraph in which the place that it is about is named


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """An exact count: its mention, label, the period that governs it, and the other figures of its sentence."""

    mention: Mention
    label: Label
    period: Period | None
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


class Material:
    """What comparers hold against each other: the document as read, with its claims, periods and counts."""

    def __init__(
        self, document: Document, reading: Reading, claims: Sequence[Claim], sections: Sequence[Section]
    ) -> None:
        self.document, self.reading, self.claims, self.sections = document, reading, claims, sections
        self.calendar = Calendar(document, sections)
        self._heads = [section.span.start for section in sections]

    @cached_property
    def counts(self) -> list[Counted]:
        """The exact counts of the prose, in order."""
        sentences: dict[int, set[Decimal]] = {}
        for mention in self.reading.mentions:
            sentences.setdefault(mention.sentence, set()).add(mention.figure.value)
        return [
            Counted(m, self.label(m), self.calendar.at(m.start), frozenset(sentences[m.sentence] - {m.figure.value}))
            for m in self.reading.mentions
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
        label = read_label(
            self._without_periods(self._before(first), first.start),
            self._without_periods(last.end, self._behind(last)),
        )
        if label.places:
            return label
        block = self.document.blocks[mention.paragraph]
        start = next((low for low, high in block.ranges if low <= mention.start <= high), mention.start)
        places = places_in(self.document.text[start : min(start + _HEAD, mention.start)])
        return replace(label, places=places or self._places_of_heading(mention.start))

    def _places_of_heading(self, offset: int) -> frozenset[str]:
        at = bisect_right(self._heads, offset) - 1
        return places_in(self.sections[at].title) if at >= 0 else frozenset()

    def clause(self, mention: Mention) -> tuple[int, int]:
        """Where the words begin and end that say what a mention counts, the mention between them."""
        first, last = mention.under or mention, mention.over or mention
        low, high = self._before(first), self._behind(last)
        text = self.document.text
        while low < first.start and not (text[low].isalnum() or text[low] in "“("):
            low += 1
        while high > last.end and not text[high - 1].isalnum():
            high -= 1
        return low, high

    def _before(self, mention: Mention) -> int:
        """Where the words in front begin: behind the figure before and its own words, or at the sentence's start."""
        text = self.document.text
        low = max(0, mention.start - min(len(mention.approach), _BEFORE))
        if mention.index and (last := self.reading.mentions[mention.index - 1]).sentence == mention.sentence:
            low = max(low, min(last.end, mention.start))
            return _joint(text, low, mention.start) or low
        said = _LAST_END.match(text[low : mention.start])
        low += said.end() if said else 0
        cut = text.find(" ", low, mention.start)
        return cut if mention.start - low == _BEFORE and cut >= 0 else low

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
            kept.append(text[at : period.start])
            at = max(at, min(period.end, high))
        return " ".join([*kept, text[at:high]])


@cache
def _joints() -> regex.Pattern[str]:
    return regex.compile(rf"[,;:()] | \b (?i: {any_of('wording', 'joint')} ) \b", regex.VERBOSE)


def _joint(text: str, low: int, high: int) -> int | None:
    """Where the words of the later of two figures begin; None where nothing divides what stands between them."""
    last = None
    for last in _joints().finditer(text, low, high):
        if any(c.isalpha() for c in text[last.end() : high]):
            return last.start() + (not last[0].isalpha())
    return None if last is None else last.start()
