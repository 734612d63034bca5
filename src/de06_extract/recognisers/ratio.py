"""Ratios: `a/b … p%`, `T, trong đó a, đạt p%`, `a (p%)` with a base that stands elsewhere, and percentages alone.

A slash joins numerator and denominator beyond doubt. Elsewhere the words leave the base open, and the figures close the
gap: of the totals that stand before a percentage, the one that it is a percentage of is its base. Where none fits, the
claim is wrong only if its base is certain from the words and the figure is off by a slip.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from de06_extract.mentions import Mention, Reading
from de06_extract.relation import Found, Recogniser, Relation, figure
from de06_extract.schema import Status
from de06_extract.slips import is_near
from de06_extract.units import compatible
from de06_extract.verdicts import Judgement, judge_ratio

_WINDOW = 80  # mentions back in which a base is looked for
_PARAGRAPHS = 14  # paragraphs back in which a base is looked for
_USED = 3  # paragraphs for which a base goes on being the base
_CERTAIN_CUT = 50  # steps of its last digit below which a percentage fits too many totals if it may be cut
_LARGE = 100  # a base that stands behind its percentages is at least this
_NEAR = Fraction(1, 20)


def find(reading: Reading, found: Found) -> Iterator[Relation]:
    """The ratios of a document in reading order."""
    search = _Search(reading)
    for mention in reading.mentions:
        if mention.over is not None and mention.index not in search.in_change:
            yield search.slash(mention)
    yield from search.by_words()


@dataclass(frozen=True, slots=True)
class _Candidate:
    base: Mention
    cost: float
    judgement: Judgement


class _Bases:
    """The bases found so far, each with the percentage of it, in the order of the percentages."""

    def __init__(self) -> None:
        self._at: list[int] = []
        self._pairs: list[tuple[Mention, Mention]] = []

    def add(self, base: Mention, percent: Mention) -> None:
        place = bisect_left(self._at, percent.index)
        self._at.insert(place, percent.index)
        self._pairs.insert(place, (base, percent))

    def near(self, percent: Mention) -> list[tuple[Mention, Mention]]:
        """Those of percentages within reach, before and behind."""
        low, high = bisect_left(self._at, percent.index - _WINDOW), bisect_right(self._at, percent.index + _WINDOW)
        return self._pairs[low:high]


class _Search:
    """The state of one document: which percentages already have their ratio."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.taken: set[int] = set()
        self.bases = _Bases()
        self.in_change = {m.index for m in reading.mentions if _is_new_over_old(reading, m)}

    def slash(self, numerator: Mention) -> Relation:
        """The ratio of `a/b` with the percentage that goes with it, if any."""
        denominator = numerator.over
        assert denominator is not None
        percent = self._percent_of_slash(numerator, denominator)
        if percent is not None:
            self.taken.add(percent.index)
            self.bases.add(denominator, percent)
        return _relation(numerator, denominator, percent)

    def _percent_of_slash(self, numerator: Mention, denominator: Mention) -> Mention | None:
        before = self._percent_in_front(numerator)
        after = list(self._percents_behind(denominator))
        options = ([before] if before is not None else []) + after
        for percent in options:
            judgement = judge_ratio(numerator.figure, denominator.figure, percent.figure)
            if judgement.verdict in ("consistent", "truncated", "undefined", "unverifiable"):
                return percent
        if before is not None:
            return before
        for percent in after:
            if _is_stated_level(percent) and not _has_level_between(self.reading, denominator, percent):
                return percent if _is_slip(numerator, denominator, percent) or _is_attached(percent) else None
        return None

    def _percent_in_front(self, numerator: Mention) -> Mention | None:
        """The percentage of «100% (155/155)», which has no count of its own before the bracket."""
        host = numerator.host
        if host is None or not host.is_percent or host.role != "level" or host.index in self.taken:
            return None
        return host if numerator.index == host.index + 1 else None

    def _percents_behind(self, denominator: Mention) -> Iterator[Mention]:
        """Free percentages behind a ratio in its sentence, up to the next ratio."""
        for mention in self.reading.after(denominator, 8):
            if mention.sentence != denominator.sentence or mention.over is not None:
                return
            if mention.is_share and mention.role == "level" and mention.index not in self.taken:
                yield mention

    def by_words(self) -> Iterator[Relation]:
        """The ratios of the percentages that no slash claimed."""
        open_ones: list[tuple[Mention, list[Mention]]] = []
        for percent in self.reading.mentions:
            if percent.role != "level" or percent.index in self.taken or not percent.is_share:
                continue
            numerators = list(self._numerators(percent))
            best = self._best(percent, numerators)
            if best is None and not numerators and percent.leads_with("reach"):
                best = self._best(percent, self._numerators_before(percent))
            if best is None:
                open_ones.append((percent, numerators))
                continue
            numerator, candidate = best
            self.bases.add(candidate.base, percent)
            yield _relation(numerator, candidate.base, percent)
        yield from self._unfitting(open_ones)

    def _unfitting(self, open_ones: list[tuple[Mention, list[Mention]]]) -> Iterator[Relation]:
        """Percentages that fit no total before them: of one further on, wrong of a certain base, or of none."""
        later = self._later_bases(open_ones)
        for percent, numerators in open_ones:
            numerator = numerators[0] if numerators else None
            if numerator is None:
                if percent.is_percent:
                    yield _relation(None, None, percent)
                continue
            base = later.get(percent.index)
            if base is not None:
                self.bases.add(base, percent)
            else:
                base = self._certain_base(percent, numerator)
            if base is not None or percent.is_percent:
                own_rate = base is None and percent.names_rate
                yield _relation(None if own_rate else numerator, base, percent)

    def _later_bases(self, open_ones: list[tuple[Mention, list[Mention]]]) -> dict[int, Mention]:
        """Totals named only behind the percentages: at least three that fit the same one close by."""
        fits: dict[Decimal, list[tuple[Mention, Mention]]] = {}
        for percent, numerators in open_ones:
            for base in self.reading.after(percent, _WINDOW) if numerators else ():
                near = base.paragraph - percent.paragraph <= _PARAGRAPHS + 6
                if not near or not base.is_level or not base.figure.exact or base.figure.value < _LARGE:
                    continue
                if not _is_roughly(numerators[0], base, percent):
                    continue
                if judge_ratio(numerators[0].figure, base.figure, percent.figure).verdict == "consistent":
                    fits.setdefault(base.figure.value, []).append((percent, base))
        best = max(fits.values(), key=len, default=[])
        return {percent.index: base for percent, base in best} if len(best) >= 3 else {}

    def _numerators(self, percent: Mention) -> Iterator[Mention]:
        """Counts that the percentage may be the share of, the likeliest first."""
        behind = self.reading.after(percent, 1)
        if behind and behind[0].is_level and behind[0].sentence == percent.sentence and behind[0].leads_with("equals"):
            yield behind[0]
            return
        for mention in self.reading.before(percent, 8):
            if mention.sentence != percent.sentence:
                break
            if mention.is_level and mention.depth <= percent.depth and mention.over is None:
                yield mention

    def _numerators_before(self, percent: Mention) -> list[Mention]:
        """Counts of the sentence before, for «Trong số này, 2.942.327 lượt thành công. Tỷ lệ thành công đạt 61,33%»."""
        before = [m for m in self.reading.before(percent, 10) if m.paragraph == percent.paragraph]
        return [m for m in before if m.sentence == percent.sentence - 1 and m.is_level and m.over is None][:3]

    def _best(self, percent: Mention, numerators: list[Mention]) -> tuple[Mention, _Candidate] | None:
        options: list[tuple[float, int, Mention, _Candidate]] = []
        for rank, numerator in enumerate(numerators[:3]):
            for candidate in self._fitting(percent, numerator):
                options.append((candidate.cost + 3 * rank, len(options), numerator, candidate))
        if not options:
            return None
        _, _, numerator, candidate = min(options, key=lambda option: option[:2])
        return numerator, candidate

    def _fitting(self, percent: Mention, numerator: Mention) -> Iterator[_Candidate]:
        """Totals that the percentage fits, with what speaks against each."""
        precision = (
            float(percent.figure.value) * 10**percent.figure.decimals
        )  # the percentage in steps of its last digit
        for base, distance in self._candidates(percent, numerator):
            if base.figure.value < numerator.figure.value and not (
                base.trails_with("target") or base.leads_with("target")
            ):
                continue
            if base.figure.measured != numerator.figure.measured and base.figure.unit and numerator.figure.unit:
                continue
            if not _is_roughly(numerator, base, percent):
                continue
            judgement = judge_ratio(numerator.figure, base.figure, percent.figure)
            if judgement.verdict in ("inconsistent", "undefined"):
                continue
            if judgement.verdict != "consistent" and (
                distance >= 2 or not _is_slip(numerator, base, percent, bound=True)
            ):
                continue
            cost = distance + (0 if compatible(base.figure, numerator.figure) or distance < 1 else 2)
            if judgement.verdict == "truncated":
                cost += 0.5
                if precision < _CERTAIN_CUT and distance >= 1:
                    continue  # «50%» is cut from too much
            named = percent.trails_with("total", "among") and base.leads_with("total")
            cost += 1 if numerator.sentence != percent.sentence else 0
            if precision >= _required_precision(cost - 1 if named else cost):
                yield _Candidate(base, cost, judgement)

    def _candidates(self, percent: Mention, numerator: Mention) -> Iterator[tuple[Mention, float]]:
        """Totals within reach and how far they are: 0 named behind, 1 in the sentence, up to 4 paragraphs away."""
        for following in self.reading.after(percent, 2):
            if (
                following.sentence == percent.sentence
                and following.is_level
                and following.leads_with("among", "compare")
            ):
                yield following, 0
        used = {base.index for base, by in self.bases.near(percent) if percent.paragraph - by.paragraph <= _USED}
        for mention in self.reading.before(percent, _WINDOW):
            if percent.paragraph - mention.paragraph > _PARAGRAPHS:
                return
            if mention.index == numerator.index or mention.figure.kind != "count" or mention.role != "level":
                continue
            if mention.index in used or (
                mention.under is not None and mention.under.figure.value == numerator.figure.value
            ):
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

    def _certain_base(self, percent: Mention, numerator: Mention) -> Mention | None:
        """The base that the words alone make certain, for a percentage that fits none but is nearly right."""
        if percent.trails_with("target", "base", "compare") or numerator.figure.bound != "exact":
            return None
        if not _is_stated_level(percent) or _has_level_between(self.reading, numerator, percent):
            return None
        for base in self.reading.before(numerator, 6):
            if base.sentence != numerator.sentence:
                break
            if base.is_level and base.depth <= numerator.depth:
                if (numerator.leads_with("part") or compatible(base.figure, numerator.figure)) and _is_slip(
                    numerator, base, percent
                ):
                    return base
                break
        return self._shared_base(percent, numerator)

    def _shared_base(self, percent: Mention, numerator: Mention) -> Mention | None:
        """The base of at least two other percentages close by, if this one misses it by a slip."""
        near = [
            base
            for base, by in self.bases.near(percent)
            if abs(by.paragraph - percent.paragraph) <= 2 and by.footnote == percent.footnote
        ]
        for base in near:
            same = [b for b in near if b.figure.value == base.figure.value]
            if len(same) > 1 and _is_slip(numerator, base, percent):
                return base
        return None


def _is_roughly(numerator: Mention, base: Mention, percent: Mention) -> bool:
    """False where the percentage is out of the question; saves the exact arithmetic for the few that are left."""
    if not base.figure.exact or not numerator.figure.exact or percent.figure.bound != "exact":
        return True
    if not base.figure.value:
        return False
    return abs(100 * numerator.figure.value / base.figure.value - percent.figure.value) <= 4 * percent.figure.slack


def _required_precision(cost: float) -> float:
    """How many steps of its last digit a percentage must hold before a base this far away is no coincidence."""
    return 0 if cost < 1.3 else 20 if cost < 2.5 else 90 if cost < 4 else 250


def _is_slip(numerator: Mention, base: Mention, percent: Mention, *, bound: bool = False) -> bool:
    """True where the percentage is nearly that of the two figures; a bound shows nothing unless `bound` allows it."""
    if (
        not base.figure.value
        or base.figure.value < numerator.figure.value
        or (base.figure.bound != "exact" and not bound)
    ):
        return False
    computed = 100 * Fraction(numerator.figure.value) / Fraction(base.figure.value)
    return is_near(percent.figure, computed, _NEAR)


def _is_stated_level(percent: Mention) -> bool:
    """True where words or a bracket say that the percentage is the level reached."""
    return percent.leads_with("reach", "down_share") or percent.depth > 0


def _is_attached(percent: Mention) -> bool:
    """True where the percentage stands right behind «đạt», «tỷ lệ» or in a bracket, so that it is of what stands before."""
    if percent.trails_with("target", "base", "compare"):
        return False
    steps = percent.steps_from("reach", "down_share")
    return (steps is not None and steps <= 1) or percent.depth > 0


def _has_level_between(reading: Reading, first: Mention, last: Mention) -> bool:
    between = reading.mentions[first.index + 1 : last.index]
    return any(m.is_level and m.depth <= last.depth for m in between)


def _is_new_over_old(reading: Reading, numerator: Mention) -> bool:
    """«giảm 53,5% (20/43 DN)»: the bracket explains a change, new over old."""
    host = numerator.host
    return numerator.over is not None and host is not None and host.is_percent and host.role == "change"


def _relation(numerator: Mention | None, denominator: Mention | None, percent: Mention | None) -> Relation:
    judgement = judge_ratio(figure(numerator), figure(denominator), figure(percent))
    status: Status = (
        "target" if percent is not None and numerator is None and percent.leads_with("target") else "result"
    )
    roles = {"numerator": numerator, "denominator": denominator, "percent": percent}
    return Relation("ratio", dict(roles), judgement, status=status)


RECOGNISER = Recogniser("ratio", find)
