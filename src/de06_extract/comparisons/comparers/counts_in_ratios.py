"""A ratio that takes up the count before it, with a slip: «tiếp nhận 90.461 hồ sơ …, trực tuyến 8.204/90.641 hồ sơ»."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import regex

from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts, LabelledCount, other_units
from de06_extract.language.labels import oppose, shared
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.slips import is_one_edit, is_swapped
from de06_extract.schema.report import CERTAIN, Comparison, Quantity

_FEWEST_DIGITS = 4
_BACK = 8  # counts before the ratio among which the one may be that it takes up
_CLOSE = 4  # counts; farther back only swapped digits or a percentage tell
_AROUND = 24  # counts on either side; a figure that another one there equals is not mistyped
_BARE = regex.compile(r"[\s*_]*+[,;.]")  # behind the things that a ratio counts: no word narrows them down
_PROVEN, _SWAPPED, _CHANGED = 0.95, CERTAIN, 0.5


def find(material: Counts) -> Iterator[Comparison]:
    """Each part of a ratio that is one slip away from a count before it, which nothing else there equals."""
    yield from _introduced(material)
    counts = material.counts
    shares = _shares(material)
    window: Counter[Decimal] = Counter(count.value for count in counts[:_AROUND])
    for at, count in enumerate(counts):
        if at + _AROUND < len(counts):
            window[counts[at + _AROUND].value] += 1
        if at > _AROUND:
            window[counts[at - _AROUND - 1].value] -= 1
        if count.mention.over is None and count.mention.under is None:
            continue
        if len(count.digits) >= _FEWEST_DIGITS and _own(count) >= window[count.value]:
            yield from _slips(material, counts[max(0, at - _BACK) : at], count, window, shares)


def _proven(material: Counts) -> dict[int, int]:
    """Where the denominator stands for each numerator whose remainder behind holds: «25/44 …, còn lại 19»."""
    wholes = {}
    for claim in material.claims:
        if claim.kind == "remainder" and claim.verdict == "consistent" and not claim.table:
            total, done = claim.quantities["total"], claim.quantities["done"]
            if isinstance(total, Quantity) and isinstance(done, Quantity):
                wholes[done.span.start] = total.span.start
    return wholes


def _introduced(material: Counts) -> Iterator[Comparison]:
    """A count of things, and in its sentence a ratio of just these things over another number.

    «Tổng hợp 24 mô hình …, đã triển khai 25/44 mô hình, 19 mô hình còn lại»: what is left of 44 says that 44 is right.
    """
    proven = _proven(material)
    counts = material.counts
    for told, count in zip(counts, counts[2:], strict=False):  # the numerator stands between them
        numerator = count.mention.under
        if numerator is None or proven.get(numerator.start) != count.mention.start or told.value == count.value:
            continue
        if _is_of_same_things(told, count) and _is_bare(material, count):
            yield compare(
                material, "words", [c.mention.quantity(material.document) for c in (told, count)],
                "inconsistent", about=material.clause(told.mention), certainty=_PROVEN,
            )  # fmt: skip


def _is_of_same_things(told: LabelledCount, count: LabelledCount) -> bool:
    """True for a count outside of ratios that is of one unit, in one sentence and bracket with the other."""
    if told.mention.over is not None or told.mention.under is not None or not told.unit or told.unit != count.unit:
        return False
    if told.mention.sentence != count.mention.sentence or told.mention.depth != count.mention.depth:
        return False
    return not oppose(told.label, count.label)


def _is_bare(material: Counts, count: LabelledCount) -> bool:
    """True where no word behind the unit narrows down what is counted: «25/44 mô hình, …»."""
    behind = count.mention.end + len(" ") + len(count.mention.figure.unit or "")
    return _BARE.match(material.document.text, behind) is not None


def _own(count: LabelledCount) -> int:
    """The number of times that the ratio itself holds the figure: «8.150/8.150» twice."""
    other = count.mention.over or count.mention.under
    return 1 + (other is not None and other.figure.value == count.value)


def _shares(material: Counts) -> dict[int, tuple[Decimal, Decimal, Quantity]]:
    """The offset of each count in a ratio with a percentage, to its numerator, denominator and percentage."""
    out = {}
    for claim in material.claims:
        held = [claim.quantities.get(role) for role in ("numerator", "denominator", "percent")]
        if claim.kind == "ratio" and not claim.table and all(isinstance(quantity, Quantity) for quantity in held):
            a, b, percent = (quantity for quantity in held if isinstance(quantity, Quantity))
            out[a.span.start] = out[b.span.start] = a.value, b.value, percent
    return out


def _slips(
    material: Counts,
    before: list[LabelledCount],
    count: LabelledCount,
    window: Counter[Decimal],
    shares: dict[int, tuple[Decimal, Decimal, Quantity]],
) -> Iterator[Comparison]:
    for steps, told in enumerate(reversed(before), 1):
        if told.mention.over is not None or told.mention.under is not None or window[told.value] > 1:
            continue
        if is_one_edit(told.digits, count.digits) and told.value != count.value and _may_take_up(told, count, steps):
            certainty = _certainty(told, count, steps, shares.get(count.mention.start))
            if certainty:
                yield compare(
                    material, "words", [c.mention.quantity(material.document) for c in (told, count)],
                    "inconsistent", about=material.clause(count.mention), certainty=certainty,
                )  # fmt: skip
            return


def _may_take_up(told: LabelledCount, count: LabelledCount, steps: int) -> bool:
    """True where unit, period, place and distance allow it; a numerator takes up only what was said right before."""
    if told.mention.footnote != count.mention.footnote or other_units(told, count):
        return False
    if told.period is not None and count.period is not None and told.period.key != count.period.key:
        return False
    if told.label.places and count.label.places and not told.label.places & count.label.places:
        return False
    if oppose(told.label, count.label):
        return False
    if count.mention.under is None:
        return steps == 1 and told.mention.paragraph == count.mention.paragraph
    return told.mention.sentence == count.mention.sentence or shared(told.label, count.label) > 1


def _certainty(
    told: LabelledCount, count: LabelledCount, steps: int, ratio: tuple[Decimal, Decimal, Quantity] | None
) -> float:
    if ratio is not None:
        a, b, percent = ratio
        c, d = (told.value, b) if count.mention.under is None else (a, told.value)
        if _gives(c, d, percent) and not _gives(a, b, percent):
            return _PROVEN
    if is_swapped(told.digits, count.digits) and _is_whole(told, count):
        return _SWAPPED
    return _CHANGED if steps <= _CLOSE else 0.0


def _is_whole(told: LabelledCount, count: LabelledCount) -> bool:
    """True where the count told before is called a total, or is what the same sentence takes a ratio of."""
    is_denominator = count.mention.under is not None
    return is_denominator and (told.mention.leads_with("total") or told.mention.sentence == count.mention.sentence)


def _gives(numerator: Decimal, denominator: Decimal, percent: Quantity) -> bool:
    share = Interval.exact(numerator).percent_of(Interval.exact(denominator))
    return share is not None and share.meets(Interval.rounded(percent.value, percent.decimals))


COMPARER = find
