"""Counted: the exact counts of the prose, each with what it counts, when, and what else its sentence says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

import regex

from de06_extract.claims.figures import Figures
from de06_extract.claims.prose.mentions import Mention
from de06_extract.document.parts import DocumentParts
from de06_extract.document.periods import WordedPeriod
from de06_extract.heartbeat import stepping
from de06_extract.language.labels import Label, frame, places_in, read_label, telling_words
from de06_extract.language.vocabulary import words
from de06_extract.schema.report import Claim

_SENTENCE_END = regex.compile(r"[;\n]|[.!?]\s")
_NEAR_PERIOD = 160  # characters
_MANY = 5  # sentences
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

    def __init__(self, parts: DocumentParts, figures: Figures, claims: Sequence[Claim]) -> None:
        self.parts, self.figures, self.claims = parts, figures, claims
        self.document, self.reading, self.calendar = parts.document, figures.reading, parts.calendar
        self._subjects, self._clauses = figures.subjects, figures.subjects.clauses
        self._labels: dict[Mention, Label] = {}

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

    def is_rare(self, value: Decimal) -> bool:
        """True where few sentences hold the value: «…/159 xã» in many of them is the base of many counts."""
        return self._sentences_with[value] < _MANY

    @cached_property
    def _sentences_with(self) -> Counter[Decimal]:
        return Counter(value for value, _ in {(m.figure.value, m.sentence) for m in self.reading.mentions})

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
        if mention not in self._labels:
            self._labels[mention] = self._label(mention)
        return self._labels[mention]

    def _label(self, mention: Mention) -> Label:
        first, last = mention.under or mention, mention.over or mention
        low, high = self._clauses.around(first, last)
        label = read_label(self._without_periods(low, first.start), self._without_periods(last.end, high))
        run_up = self.document.text[self.sentence_start(first) : first.start]
        label = replace(label, marks=label.marks | frame(run_up))
        if label.places:
            return label
        block = self.document.blocks[mention.paragraph]
        start = next((low for low, high in block.ranges if low <= mention.start <= high), mention.start)
        places = places_in(self.document.text[start : min(start + _HEAD, mention.start)])
        section = self._subjects.section(mention.start)
        return replace(label, places=places or places_in(section.title if section is not None else ""))

    def is_close(self, period: WordedPeriod, mention: Mention) -> bool:
        """True where a period stands in the sentence of a mention, in front of it, or in a heading over it."""
        between = self.document.text[period.end : mention.start]
        if len(between) < _NEAR_PERIOD and not _SENTENCE_END.search(between):
            return True
        heading = self.calendar.of_heading(mention.start)
        return heading is not None and heading.key == period.key

    def clause(self, mention: Mention) -> tuple[int, int]:
        """Where the words begin and end that say what a mention counts, the mention between them."""
        return self._clauses.of(mention)

    def sentence_start(self, mention: Mention) -> int:
        """Where the sentence of a mention begins."""
        return self._clauses.sentence_start(mention)

    def _without_periods(self, low: int, high: int) -> str:
        text, kept, at = self.document.text, [], low
        for period in self.calendar.within(low, high):
            kept.append(text[at : max(at, period.start)])
            at = max(at, min(period.end, high))
        return " ".join([*kept, text[at:high]])
