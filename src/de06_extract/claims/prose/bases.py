"""Bases: of which total a percentage is.

The figures tell: of the totals within reach, the one that fits the percentage and its count is the base, if it is near
enough for the percentage's precision to rule out chance. Where none fits, the words may still make one certain; then
the percentage is wrong, but only if it misses by a slip.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf

from de06_extract.claims.prose.mentions import Mention, Reading, alike, says_year
from de06_extract.language.vocabulary import words
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import is_near, mends, mends_ratio
from de06_extract.numbers.units import compatible

judge_ratio = kind_of("ratio").judge

WINDOW = 80  # mentions in which a base is looked for
PARAGRAPHS = 14  # paragraphs back in which a base is looked for
_USED = 3  # paragraphs for which a base goes on being the base
_SHARED = 2  # paragraphs around a percentage whose neighbours' base may be its own
_CERTAIN_CUT = 50  # steps of its last digit below which a percentage fits too many totals if it may be cut
_PRECISE = 300  # steps from which a count one digit off can be told from chance
_EQUAL = 100  # counts from which two that are equal are the same
_NEAR = Fraction(1, 20)
_LEAST_SUM = 50  # a total that parts add up to by no chance
_NOUN = 40  # characters behind a percentage in which the noun of its base stands
_TINY = 1e-300  # above 0, below any total
_NEXT_WORD = re.compile(r"[ \t*]+(?P<word>[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class BaseCandidate:
    """A base that fits, and what speaks against it: 0 for one named with the percentage, more with distance."""

    base: Mention
    cost: float


class Bases:
    """The bases found so far, each with the percentage of it, in the order of the percentages."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._sizes = [_size(mention) for mention in reading.mentions]
        self._at: list[int] = []
        self._pairs: list[tuple[Mention, Mention]] = []

    def add(self, base: Mention, percent: Mention) -> None:
        """Remember a base."""
        place = bisect_left(self._at, percent.index)
        self._at.insert(place, percent.index)
        self._pairs.insert(place, (base, percent))

    def _near(self, percent: Mention) -> list[tuple[Mention, Mention]]:
        low, high = bisect_left(self._at, percent.index - WINDOW), bisect_right(self._at, percent.index + WINDOW)
        return self._pairs[low:high]

    def fitting(self, percent: Mention, numerator: Mention) -> Iterator[BaseCandidate]:
        """Totals that the percentage fits."""
        precision = steps(percent)
        vague = numerator.figure.bound != "exact" or percent.figure.bound != "exact"
        for base, distance in self._candidates(percent, numerator):
            if distance >= 2 and vague:
                continue  # only figures without a bound can tell a base that far away
            if (distance >= 2 and base.figure.bound != "exact") or not is_roughly(numerator, base, percent):
                continue
            plan = base.trails_with("target") or base.leads_with("target")
            if base.figure.value < numerator.figure.value and not plan and distance > 0:
                continue
            if distance >= 2 and percent.figure.value == 100 and base.figure.value < _EQUAL:
                continue  # small counts are equal by chance
            if base.figure.measured != numerator.figure.measured and base.figure.unit and numerator.figure.unit:
                continue
            verdict = judge_ratio(numerator.figure, base.figure, percent.figure).verdict
            cost = distance + (0 if compatible(base.figure, numerator.figure) or distance < 1 else 2)
            cost += 1 if numerator.sentence != percent.sentence else 0
            if verdict in ("inconsistent", "undefined"):
                continue
            if verdict == "unverifiable" and (distance >= 2 or not is_slip(numerator, base, percent, bound=True)):
                continue
            if verdict == "truncated":
                if distance >= 2 or (precision < _CERTAIN_CUT and distance >= 1):
                    continue  # «50%» is cut from too much
                cost += 0.5
            named = percent.trails_with("total", "among") and base.leads_with("total")
            if precision >= _required_steps(cost - 1 if named else cost):
                yield BaseCandidate(base, cost)

    def _candidates(self, percent: Mention, numerator: Mention) -> Iterator[tuple[Mention, float]]:
        """Totals within reach and how far they are: 0 named with the percentage, up to 4 paragraphs away."""
        for named in self._named_behind(percent, numerator):
            yield named, 0
        used = {base.index for base, by in self._near(percent) if percent.paragraph - by.paragraph <= _USED}
        least, most = _range(percent, numerator)
        for index in range(percent.index - 1, max(-1, percent.index - 1 - WINDOW), -1):
            size = self._sizes[index]
            if size < least or most < size < inf:
                continue
            mention = self._reading.mentions[index]
            if percent.paragraph - mention.paragraph > PARAGRAPHS:
                return
            if index == numerator.index or mention.footnote != percent.footnote:
                continue
            again = mention.under is not None and mention.under.figure.value == numerator.figure.value
            if mention.index in used or again:
                yield mention, 0.9
            elif mention.sentence == percent.sentence:
                yield mention, 1
            elif mention.sentence == percent.sentence - 1 and (
                numerator.leads_with("part") or mention.paragraph == percent.paragraph
            ):
                yield mention, 1.4
            elif mention.paragraph == percent.paragraph:
                yield mention, 2
            else:
                close = percent.paragraph - mention.paragraph == 1 or mention.leads_with("total")
                yield mention, 3 if close else 4

    def _named_behind(self, percent: Mention, numerator: Mention) -> Iterator[Mention]:
        """«chiếm 4,86% tổng số hộ dân (26.987 hộ)», «đạt 62,5% kế hoạch là 4.874 cây», «… trên tổng số 52 phiếu»."""
        for following in self._reading.after(percent, 8):
            if following.sentence != percent.sentence:
                return
            if not following.is_level or following.index == numerator.index:
                continue
            adjacent = following.index == percent.index + 1
            if following.leads_with("among") or (adjacent and _is_named(following)):
                yield following

    def certain(self, percent: Mention, numerator: Mention) -> Mention | None:
        """The base that the words make certain, for a percentage that fits none but is nearly right."""
        if numerator.figure.bound != "exact" or percent.figure.bound != "exact":
            return None
        for base in self._stated(percent, numerator):
            same = compatible(base.figure, numerator.figure)
            named = base.leads_with("total") and numerator.clause == percent.clause
            if same and is_slip(numerator, base, percent):
                return base
            if (
                named
                and (same or steps(percent) >= _PRECISE)
                and mends_ratio(numerator.figure, base.figure, percent.figure)
            ):
                return base
        return self._shared(percent, numerator)

    def _stated(self, percent: Mention, numerator: Mention) -> Iterator[Mention]:
        """Bases by their words: named behind the percentage, in the count's bracket, or the total before the count."""
        adjacent = self._reading.after(percent, 1)
        yield from (m for m in adjacent if m.sentence == percent.sentence and m.is_level and _is_named(m))
        between = self._reading.mentions[numerator.index + 1 : percent.index]
        yield from (m for m in between if m.is_level and m.host is numerator and m.leads_with("target"))
        yield from (m for m in between if m.is_level and m.leads_with("among"))
        if any(m.is_level and m.depth <= percent.depth and m.host is not numerator for m in between):
            return
        apart = numerator.clause != percent.clause and percent.other_words("reach") > 0
        if apart or self._is_elsewhere(numerator) or any(m.is_share and m.role == "level" for m in between):
            return
        planned = percent.trails_with("target", "base", "compare")
        own_base = self.names_base(percent)
        for base in self._totals_before(percent, numerator):
            settled = numerator.words_hold("done") and not base.words_hold("done")
            if not (settled or numerator.leads_with("part")) and self._has_share(base):
                continue  # «450.000 người (98%), mũi 2 cho 430.000 người (93,6%)»: both are of a total further before
            open_to_all = base.leads_with("target") if planned else not own_base or base.leads_with("total")
            if self._says_unit(percent, base) or open_to_all:
                part = numerator.leads_with("part") or compatible(base.figure, numerator.figure)
                part = part or (base.leads_with("total") and base.clause < numerator.clause)
                yield from (base,) if part else ()
            return

    def _totals_before(self, percent: Mention, numerator: Mention) -> Iterator[Mention]:
        """Levels before the count in its sentence; where it opens its sentence, the only one of the sentence before."""
        before = [m for m in self._reading.before(numerator, 12) if m.is_level and m.over is None]
        inside = [m for m in before if m.sentence == numerator.sentence and m.depth <= numerator.depth]
        yield from inside[:6]
        opens = numerator.leads_with("part") or not inside
        if not opens or percent.names_rate or self._is_elsewhere(numerator):
            return
        previous = [m for m in before if m.sentence == numerator.sentence - 1 and not m.depth]
        sole = [m for m in previous if compatible(m.figure, numerator.figure)]
        if len(sole) == 1 and numerator.paragraph - sole[0].paragraph <= 1:
            yield sole[0]

    def _says_unit(self, percent: Mention, base: Mention) -> bool:
        """«chiếm 44,04% tổng số trường» behind «482 trường»."""
        if not base.unit or percent.trails_with("target", "compare") or not percent.tail:
            return False
        first = percent.tail[0]
        text = self._reading.document.text[percent.end : percent.end + _NOUN].lower()
        return "total" in first.kinds and first.start - percent.figure.end <= 1 and base.unit in text

    def _is_elsewhere(self, numerator: Mention) -> bool:
        """True for a figure of another period or of a part: «năm trước có», «riêng xã», «năm 2022»."""
        return numerator.leads_with("elsewhere") or says_year(numerator.approach)

    def _has_share(self, mention: Mention) -> bool:
        """True for a count that its own percentage follows, with no other count between."""
        for behind in self._reading.after(mention, 2):
            if (behind.sentence, behind.clause) != (mention.sentence, mention.clause) or behind.is_level:
                return behind.is_share and behind.role == "level" and behind.clause == mention.clause
            if behind.is_share and behind.role == "level":
                return True
        return False

    def names_base(self, percent: Mention) -> bool:
        """True for «5,15% số phải thu»: the word right behind says what it is a percentage of."""
        behind = _NEXT_WORD.match(self._reading.document.text, percent.end)
        return behind is not None and behind["word"].lower() not in words("fillers", "after_percent")

    def _shared(self, percent: Mention, numerator: Mention) -> Mention | None:
        """The base of at least two other percentages close by, if this one misses it by a slip."""
        if percent.trails_with("target", "compare") or (
            self.names_base(percent) and not percent.trails_with("total", "among")
        ):
            return None
        if numerator.depth or self._is_elsewhere(numerator):
            return None
        frame = percent.approach.split()
        near = [
            base
            for base, by in self._near(percent)
            if (abs(by.paragraph - percent.paragraph) <= _SHARED or (by.approach.split() == frame and percent.item))
            and by.footnote == percent.footnote
            and base is not numerator
        ]
        alike_ones: dict[Decimal, list[Mention]] = {}
        for base in near:
            alike_ones.setdefault(base.figure.value, []).append(base)
        for bases in alike_ones.values():
            base = bases[0]
            alike_units = compatible(base.figure, numerator.figure) or numerator.unit in words("comparing", "case")
            if len(bases) > 1 and alike_units and is_slip(numerator, base, percent):
                return base
        return None

    def of_proven_sum(self, percent: Mention, numerator: Mention) -> Mention | None:
        """The total of parts that add up to it, another of which already has its percentage of that total."""
        low, high = max(0, numerator.index - 12), numerator.index + 12
        levels = [m for m in self._reading.mentions[low:high] if m.is_level and m.over is None]
        levels = [m for m in levels if m.paragraph == numerator.paragraph and m.depth == numerator.depth]
        if numerator not in levels or percent.trails_with("compare"):
            return None
        proven = {base.figure.value: by for base, by in self._near(percent)}
        at = levels.index(numerator)
        for start in range(max(0, at - 3), at):
            total, amount = levels[start], Decimal(0)
            by = proven.get(total.figure.value)
            if by is None or not total.figure.exact or total.figure.value < _LEAST_SUM:
                continue
            for end, part in enumerate(levels[start + 1 : start + 6], start + 1):
                amount += part.figure.value
                near = any(0 < by.index - q.index <= 2 for q in levels[start + 1 : end + 1])
                if amount == total.figure.value and end >= at and end > start + 1 and near:
                    return total
        return None

    def alike_pair(self, percent: Mention, numerators: list[Mention]) -> tuple[Mention, Mention] | None:
        """«236 vụ, làm rõ 209 vụ, bắt giữ 341 đối tượng, đạt 86,58%»: count and total of one unit that it misses."""
        for numerator in numerators[1:3]:
            for base in self._reading.before(numerator, 2):
                same = (base.sentence, numerator.clause) == (numerator.sentence, percent.clause) and base.is_level
                same = same and alike(base, numerator)
                same = same and not numerator.leads_with("and") and not base.leads_with("part")  # two parts
                if same and is_slip(numerator, base, percent):
                    return numerator, base
        return None


def _size(mention: Mention) -> float:
    """What a quick look at a total needs of it: its size, 0 for what is none, infinity where the size is not exact."""
    if mention.figure.kind != "count" or mention.role != "level":
        return 0.0
    return float(mention.figure.value) if mention.figure.exact else inf


def _range(percent: Mention, numerator: Mention) -> tuple[float, float]:
    """Between which sizes a total can lie that the percentage may fit; wide enough that no float can mislead."""
    part, share = numerator.figure, percent.figure
    if part.bound != "exact" or share.bound != "exact" or part.upper or share.upper:
        return _TINY, inf
    low = 99 * float(part.value - part.slack) / float(share.value + 4 * share.slack or 1)
    narrow = float(share.value - 4 * share.slack)
    return max(low, _TINY), 101 * float(part.value + part.slack) / narrow if narrow > 0 else inf


def _is_named(base: Mention) -> bool:
    """True where the words between percentage and figure name it as the whole or the plan."""
    if base.leads_with("up", "down", "part", "equals", "semicolon", "rest"):
        return False
    return base.leads_with("among", "total", "target") or (
        base.leads_with("compare", "base") and base.leads_with("open")
    )


def steps(percent: Mention) -> float:
    """How many units of its last digit the percentage holds: what it can tell totals apart by."""
    return float(percent.figure.value.scaleb(percent.figure.decimals))


def _required_steps(cost: float) -> float:
    """How many steps a percentage must hold before a base this far away is no coincidence."""
    return 0 if cost < 1.3 else 20 if cost < 2.5 else 90 if cost < 4 else 250


def is_slip(numerator: Mention, base: Mention, percent: Mention, *, bound: bool = False) -> bool:
    """True where the percentage is nearly that of the two figures, or becomes it by one digit of a count.

    A bound shows nothing unless `bound` allows it.
    """
    whole, part = base.figure, numerator.figure
    if not whole.value or (whole.bound != "exact" and not bound):
        return False
    planned = whole.value >= part.value or base.leads_with("target")
    share = 100 * Fraction(part.value) / Fraction(whole.value)
    if planned and is_near(percent.figure, share, _NEAR):
        return True
    if bound or not mends_ratio(part, whole, percent.figure):
        return False
    if steps(percent) >= _PRECISE:
        return True
    lost = percent.figure.decimals and share * 10**percent.figure.decimals >= _PRECISE  # «9,5%» for 99,5%
    return bool(lost and planned and mends(percent.figure, share, share))


def is_roughly(numerator: Mention, base: Mention, percent: Mention) -> bool:
    """False where the percentage is out of the question; saves the exact arithmetic for the few that are left."""
    part, whole, share = numerator.figure, base.figure, percent.figure
    if not (part.bound == whole.bound == share.bound == "exact") or part.upper or whole.upper or share.upper:
        return True
    if whole.value <= whole.slack:
        return False
    low, high = share.value - 4 * share.slack, share.value + 4 * share.slack
    most, least = 100 * (part.value + part.slack), 100 * (part.value - part.slack)
    return low * (whole.value - whole.slack) <= most and least <= high * (whole.value + whole.slack)
