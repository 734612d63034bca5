"""The same count said more than once in the prose: equal values, and values that are one slip apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from de06_extract.comparisons.apart import are_apart
from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts, LabelledCount, other_units
from de06_extract.language.labels import Label, differ, exclude, likeness, shared
from de06_extract.numbers.slips import is_one_edit, is_swapped
from de06_extract.schema.report import CERTAIN, Comparison, Verdict

_SMALLEST = 100  # of smaller counts too many are equal or one digit apart
_LOOKED_AT = 8  # mentions of one value
_LONG = 8  # content words; a label so long is hardly that of two quantities
_APART = 0.5  # how sure at most where the words around the two counts name different subjects
_SERIES = 3  # a label with so many values is one of a series: each district has its own
_LONG_FIGURE, _LARGE_FIGURE = 4, 5  # digits, of which two are hardly swapped, and the last hardly one more, by chance
# How sure it is that two counts a slip apart are one: where a figure beside them is equal or one of them stands there
# again, where digits of a long figure are swapped, where the words alone say so, and where the figures alone do.
_CONFIRMED, _LIKELY, _POSSIBLE, _NEIGHBOURS = 0.95, 0.6, 0.5, 0.3
_REWORDED = 0.5  # that a sentence said again means the same, though the figures are no slip apart


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike two labels must be: the content words that both have, and their share of the shorter label."""

    words: int
    share: float

    def is_met(self, a: Label, b: Label) -> bool:
        """True where the labels are as alike as this or more."""
        return shared(a, b) >= self.words and likeness(a, b) >= self.share


_SAME_VALUE = _Likeness(3, 0.6)  # an equal value and these words are hardly both chance
_SAID_TWICE = _Likeness(3, 0.5)  # less for other places of a figure that another one already contradicts
_BESIDE_EQUAL = _Likeness(3, 0.5)  # less where another figure beside them is equal as well
_SURELY_SAME, _LIKELY_SAME = _Likeness(6, 0.8), _Likeness(4, 0.6)  # where digits are swapped, which is rarely chance
_POSSIBLY_SAME = _Likeness(5, 0.7)  # where one digit differs, as it does in many pairs of figures


def find(material: Counts) -> Iterator[Comparison]:
    """Counts that agree with each other, and counts that a slip of the pen sets apart."""
    values: dict[Decimal, list[LabelledCount]] = defaultdict(list)
    for count in material.counts:
        if count.value >= _SMALLEST:
            values[count.value].append(count)
    for counts in values.values():
        yield from _agreeing(material, counts)
    yield from _same_words(material, material.counts)
    series = _series(material.counts)
    for one, two in _slips(values):
        conflict = _conflict(material, values[one][:_LOOKED_AT], values[two][:_LOOKED_AT], series)
        if conflict is not None:
            yield conflict


def _same_words(material: Counts, counts: Iterable[LabelledCount]) -> Iterator[Comparison]:
    """Counts with other values under one long label, another figure beside them equal: a sentence said again."""
    alike: dict[object, list[LabelledCount]] = defaultdict(list)
    for count in counts:
        label = count.label
        if len(label.words) >= _LONG:
            side = count.mention.under is not None
            alike[label.key, label.places, label.bodies, count.unit, side].append(count)
    for found in alike.values():
        pairs = [(a, b) for a, b in pairwise(found) if a.value != b.value]
        if len(pairs) == 1 and len({count.value for count in found}) < _SERIES and _may_be_same(*pairs[0]):
            a, b = pairs[0]
            again = b.mention.paragraph > a.mention.paragraph and any(value > 1 for value in a.rest & b.rest)
            if again and not is_one_edit(a.digits, b.digits):
                yield _comparison(material, [a, b], b, "inconsistent", _REWORDED)


def _agreeing(material: Counts, counts: list[LabelledCount]) -> Iterator[Comparison]:
    """Mentions of one value under labels that are alike."""
    if len(counts) < 2:
        return
    first, *others = counts
    alike = [count for count in others if count.mention.over is not first.mention and _is_same(first, count)]
    if alike:
        yield _comparison(material, [first, *alike], first, "consistent", 1.0)


def _is_same(a: LabelledCount, b: LabelledCount) -> bool:
    """True where unit, period and words allow that both count the same, and enough words say so."""
    return _may_be_same(a, b) and not differ(a.label, b.label) and _SAME_VALUE.is_met(a.label, b.label)


def _may_be_same(a: LabelledCount, b: LabelledCount) -> bool:
    if a.mention.sentence == b.mention.sentence or other_units(a, b):
        return False
    if a.period is not None and b.period is not None and a.period.key != b.period.key:
        return False
    return not exclude(a.label, b.label)


def _slips(values: Iterable[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """The pairs of values that one slip sets apart; looked up by their digits with one left out."""
    without: dict[str, set[Decimal]] = defaultdict(set)
    for value in values:
        digits = str(int(value))
        for key in {digits, *(digits[:at] + digits[at + 1 :] for at in range(len(digits)))}:
            without[key].add(value)
    pairs = {
        (one, two)
        for found in without.values() if len(found) > 1
        for one in found for two in found
        if one < two and is_one_edit(str(int(one)), str(int(two)))
    }  # fmt: skip
    return sorted(pairs)


def _series(counts: Iterable[LabelledCount]) -> frozenset[object]:
    """The labels that go with many values."""
    values: dict[object, set[Decimal]] = defaultdict(set)
    for count in counts:
        values[_series_key(count)].add(count.value)
    return frozenset(key for key, found in values.items() if len(found) >= _SERIES)


def _series_key(count: LabelledCount) -> object:
    """A key that counts of one series share; the figures before and behind a slash are of two."""
    return count.label.key, count.mention.under is not None


def _conflict(
    material: Counts, ones: list[LabelledCount], twos: list[LabelledCount], series: frozenset[object]
) -> Comparison | None:
    pairs = [(_certainty(material, a, b, series), a, b) for a in ones for b in twos if _may_conflict(a, b)]
    certainty, a, b = max(pairs, key=lambda found: found[0], default=(0.0, None, None))
    if a is None or b is None or not certainty:
        return None
    group_a, group_b = _with_alike(a, ones), _with_alike(b, twos)
    if certainty >= _LIKELY and max(len(group_a), len(group_b)) > 1:
        certainty = max(certainty, _CONFIRMED)  # a figure that stands there twice was not mistyped
    if are_apart(material, a, b):
        certainty = min(certainty, _APART)
    odd = a if (len(group_a), -a.mention.index) < (len(group_b), -b.mention.index) else b
    return _comparison(material, [*group_a, *group_b], odd, "inconsistent", certainty)


def _with_alike(count: LabelledCount, counts: list[LabelledCount]) -> list[LabelledCount]:
    """The count and the others of the same value that most of its words go with, whatever their unit."""
    others = (c for c in counts if c.mention.sentence != count.mention.sentence)
    return [count, *(c for c in others if _SAID_TWICE.is_met(count.label, c.label))]


def _certainty(material: Counts, a: LabelledCount, b: LabelledCount, series: frozenset[object]) -> float:
    """The certainty, from 0 to 1, that two counts a slip apart are the same quantity; 0 without a reason for it."""
    if _series_key(a) in series or _series_key(b) in series:
        return 0.0
    if differ(a.label, b.label) or _told_apart(a.label, b.label, material.telling):
        return _by_figures(a, b)
    equal = _equal_beside(a, b)
    if equal and _BESIDE_EQUAL.is_met(a.label, b.label):
        return _said_again(material, equal)
    if a.rest and b.rest and not equal:
        return 0.0  # two sentences of one form, with other figures throughout
    return _by_words(a, b) or _by_figures(a, b)


def _equal_beside(a: LabelledCount, b: LabelledCount) -> frozenset[Decimal]:
    """The figures beside both that are equal, but for small whole ones, which many sentences have."""
    return frozenset(value for value in a.rest & b.rest if value >= _SMALLEST or value != value.to_integral_value())


def _said_again(material: Counts, equal: Iterable[Decimal]) -> float:
    """The certainty where sentences share other figures; one that many sentences hold, as a base, says little."""
    return _CONFIRMED if any(material.is_rare(value) for value in equal) else _REWORDED


def _may_conflict(a: LabelledCount, b: LabelledCount) -> bool:
    """True where both may count the same and are no years: of two things that came about, each has its own."""
    return _may_be_same(a, b) and not (_is_year(a) and _is_year(b))


def _is_year(count: LabelledCount) -> bool:
    """True for «2003» without a unit and without a separator."""
    figure = count.mention.figure
    return not count.unit and figure.end - figure.start == len("2003") and count.digits[:2] in ("19", "20")


def _by_words(a: LabelledCount, b: LabelledCount) -> float:
    """How sure the words make it that two counts a slip apart are the same, surer where long figures are swapped."""
    if len(a.digits) >= _LONG_FIGURE and is_swapped(a.digits, b.digits):
        if _SURELY_SAME.is_met(a.label, b.label):
            return CERTAIN
        if _LIKELY_SAME.is_met(a.label, b.label):
            return _LIKELY
    return _POSSIBLE if _POSSIBLY_SAME.is_met(a.label, b.label) else 0.0


def _by_figures(a: LabelledCount, b: LabelledCount) -> float:
    """How sure the figures alone make it: two large ones of the same unit are hardly one apart by chance."""
    neighbours = len(a.digits) >= _LARGE_FIGURE and abs(a.value - b.value) == 1 and bool(a.unit) and a.unit == b.unit
    return _NEIGHBOURS if neighbours else 0.0


def _told_apart(a: Label, b: Label, telling: frozenset[str]) -> bool:
    """True where each label has a word that the other lacks and that distinguishes labels elsewhere in the document."""
    return bool((a.words - b.words) & telling and (b.words - a.words) & telling)


def _comparison(
    material: Counts, counts: list[LabelledCount], odd: LabelledCount, verdict: Verdict, certainty: float
) -> Comparison:
    mentions = sorted((count.mention for count in counts), key=lambda mention: mention.start)
    figures = [mention.quantity(material.document) for mention in mentions]
    about = material.clause(odd.mention)
    return compare(material, "words", figures, verdict, about=about, certainty=certainty)


COMPARER = find
