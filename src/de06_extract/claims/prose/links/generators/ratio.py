"""Candidates of percentages: a numerator and a base in reach, before and behind, or a numerator alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, takewhile
from typing import NamedTuple

from de06_extract.claims.prose.links.candidate import Anchor, Candidate, Generator
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.features import places
from de06_extract.claims.prose.links.features.siblings import compare_ratios
from de06_extract.claims.prose.links.outcomes import OPEN, Outcome, of_ratio
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import EPSILON, Value, resolution_class
from de06_extract.claims.prose.mentions import Mention

_BEFORE, _BEHIND = 14, 4  # counts of the same paragraph in which base and numerator are sought
_FIGURES_BEFORE, _FIGURES_BEHIND = 40, 12  # figures of any kind among which they are
_NUMERATORS = 9  # the nearest counts that may be numerators
_COMMON = 3  # wholes named once for the whole text
_COMMON_PARAGRAPHS = 60  # between a percentage and such a whole
_COMMON_LEAST = 20  # whole: below, ratios fit by chance
_COMMON_WIDTH = 0.02  # last unit of a percentage as a share of it: coarser ones fit by chance
_COMMON_BEFORE, _COMMON_NUMERATORS = 3, 2  # figures before a percentage, and counts among them, that may be numerators
_MOST_PERCENT = 2000  # a numerator that many percent of the base is none of it


def find(ev: Evidence) -> Iterator[Anchor]:
    """The percentages that may be shares, each with the numerators and bases that they may be of."""
    search = _Search(ev)
    anchors = [anchor for share in search.shares if (anchor := search.anchor(share)) is not None]
    compare_ratios(anchors)
    yield from anchors


class _Base(NamedTuple):
    """A count that may be the base of a percentage, with what is the same for every numerator."""

    mention: Mention
    value: Value
    width: float
    pieces: tuple[Piece, ...]


class _Search:
    """The percentages of a document and the counts that they may be of."""

    def __init__(self, ev: Evidence) -> None:
        self.ev = ev
        self.shares = [mention for mention in ev.mentions if mention.is_share and mention.role != "gap"]
        self.countable = [_is_countable(mention) for mention in ev.mentions]
        self._common = _common(self._fits_of_wholes())

    def anchor(self, percent: Mention) -> Anchor | None:
        """A percentage with its candidates, None where nothing is in reach."""
        near = self._near(percent)
        parts = [m for m in near if abs(m.sentence - percent.sentence) <= 1]
        parts = sorted(parts, key=lambda m: abs(m.index - percent.index))[:_NUMERATORS]
        if not parts:
            return None
        pair = self._written_pair(percent)
        bases = [*near, *(m for m in self.ev.heads(percent) if self.countable[m.index])]
        bases += [m for m in self._wholes(percent) if m not in bases]
        rated = [self._rate(percent, base) for base in bases if self.ev.value(base).value > 0]
        candidates = [candidate for part in parts for candidate in self._candidates(percent, part, rated, pair)]
        return Anchor("ratio", percent, [self.ev.none, self.ev.unary(percent, "rate")], candidates)

    def _written_pair(self, percent: Mention) -> tuple[Mention, Mention] | None:
        """The two sides of «a/b» right before a percentage of the same clause that names no other whole."""
        base = self.ev.neighbour(percent, -1)
        if base is None or base.under is None or base.under.is_season or base.clause != percent.clause:
            return None
        return None if "total" in percent.tail_kinds else (base.under, base)

    def _near(self, percent: Mention) -> list[Mention]:
        """The counts of the same paragraph, the nearest before first, then those behind."""
        reading = self.ev.reading
        before = (m for m in reading.before(percent, _FIGURES_BEFORE) if self.countable[m.index])
        inside = takewhile(lambda m: m.paragraph == percent.paragraph, before)
        behind = (m for m in reading.after(percent, _FIGURES_BEHIND) if self.countable[m.index])
        following = takewhile(lambda m: m.paragraph == percent.paragraph and m.sentence - percent.sentence <= 1, behind)
        return [*islice(inside, _BEFORE), *islice(following, _BEHIND)]

    def _wholes(self, percent: Mention) -> Iterator[Mention]:
        """The wholes named once for the whole text that are near enough."""
        for at in self._common:
            whole = self.ev.mentions[at]
            near = abs(whole.paragraph - percent.paragraph) <= _COMMON_PARAGRAPHS
            if near and whole.footnote == percent.footnote:
                yield whole

    def _fits_of_wholes(self) -> dict[int, set[int]]:
        """The counts of which percentages are, with a count before each, and the percentages."""
        values = self.ev.values
        counts = sorted(
            (value.value, at) for at, value in enumerate(values) if self.countable[at] and value.value >= _COMMON_LEAST
        )
        sizes = [size for size, _ in counts]
        fits: dict[int, set[int]] = defaultdict(set)
        for percent in self.shares:
            share = values[percent.index]
            if share.low <= 0 or share.unit / share.value > _COMMON_WIDTH:
                continue
            for part in self._just_before(percent):
                low, high = (100 * values[part].value / end for end in (share.high, share.low))
                first, behind = bisect_left(sizes, low * (1 - EPSILON)), bisect_right(sizes, high * (1 + EPSILON))
                for _, whole in counts[first:behind]:
                    if whole != part:
                        fits[whole].add(percent.index)
        return fits

    def _just_before(self, percent: Mention) -> Iterable[int]:
        """The counts right before a percentage in its sentence."""
        nearest = self.ev.reading.before(percent, _COMMON_BEFORE)
        counts = (m.index for m in nearest if self.countable[m.index] and m.sentence == percent.sentence)
        return islice(counts, _COMMON_NUMERATORS)

    def _rate(self, percent: Mention, base: Mention) -> _Base:
        ev, value = self.ev, self.ev.value(base)
        pieces = (ev.unary(base, "base"), ev.pair(percent, base, "rate-base"))
        return _Base(base, value, value.relative_width, pieces)

    def _candidates(
        self, percent: Mention, part: Mention, bases: Sequence[_Base], pair: tuple[Mention, Mention] | None
    ) -> Iterator[Candidate]:
        """A numerator with each base that can be its whole, and with none; `pair` are figures that are not parted."""
        ev = self.ev
        rate, one = ev.value(percent), ev.value(part)
        width = rate.unit / max(rate.value, EPSILON) + one.relative_width
        least = 100 * one.value / _MOST_PERCENT
        pieces = [ev.unary(part, "part"), ev.pair(percent, part, "rate-part")]
        for base, whole, own_width, told_of_base in bases:
            if base is part or not self._may_be_of(part, base, whole.value < least):
                continue
            if pair is not None and (part in pair or base in pair) and (part, base) != pair:
                continue
            told = [*pieces, *told_of_base]
            is_equal = one.value == whole.value  # «24/24»: of which 100% is by chance, however many digits they have
            resolution = 0 if is_equal else resolution_class(width + own_width)
            judge = partial(of_ratio, one, whole, slash=part.over is base)
            late = partial(self._late, percent, part, base)
            shape = "equal" if is_equal else "pair"
            yield Candidate((part, base), judge(rate), resolution, shape, told, judge, late=late)
        distance = places.distance(percent, part, places.scope(percent, part))
        told = [*pieces, _NO_BASE, Piece("no base, rate-part", distance)]
        yield Candidate((part, None), OPEN, 0, "open", told, _is_open)

    def _may_be_of(self, part: Mention, base: Mention, is_far_less: bool) -> bool:
        """True where a slash says so; else where both can count the same, by their units or as plain counts.

        Nothing is a part of what stands over it, nor of a base that is so far less.
        """
        if part.over is base:
            return not part.is_season
        if is_far_less or part.under is base:
            return False
        return self.ev.fits(part, base) or not (part.figure.measured or base.figure.measured)

    def _late(self, percent: Mention, part: Mention, base: Mention) -> list[Piece]:
        return [self.ev.pair(part, base, "part-base"), Piece("", tuple(self._say(percent, part, base)))]

    def _say(self, percent: Mention, part: Mention, base: Mention) -> Iterator[str]:
        """How the three stand to each other."""
        yield "pair"
        if min(part.index, percent.index) < base.index < max(part.index, percent.index):
            yield "base between"
        order = places.order({"n": part, "b": base, "p": percent})
        yield f"order {order}"
        if part.over is base:
            yield f"slash, {order}"
            is_next = percent.index == base.index + 1
            yield f"slash, {'next' if is_next else 'apart'}, path {self.ev.path(percent)}"
            if is_next and percent.clause == base.clause:
                yield "slash, next, clause"
                yield from (f"slash, next, cue before {kind}" for kind in _SAID_OF_SHARE if kind in percent.lead_kinds)
        elif part.over is not None or part.under is not None:
            yield "part of another slash"
        if base.index < part.index and base.index < percent.index:
            yield f"counts between base and part {min(3, self._counts_between(base, part))}"

    def _counts_between(self, base: Mention, part: Mention) -> int:
        """How many counts that could be the base as well stand between it and a numerator behind it."""
        ev, countable = self.ev, self.countable
        between = ev.mentions[base.index + 1 : part.index]
        return sum([countable[m.index] and ev.fits(m, base) for m in between])


_SAID_OF_SHARE = ("equals", "open", "rate", "reach")  # between «a/b» and its percentage
_NO_BASE = Piece("", ("no base",))


def _is_countable(mention: Mention) -> bool:
    """True for what can be part or whole of a percentage."""
    if mention.role == "gap" or mention.is_share:
        return False
    return mention.figure.kind in ("count", "other") or mention.over is not None or mention.under is not None


def _common(fits: dict[int, set[int]]) -> list[int]:
    """The counts that several percentages fit best: wholes that are named once for the whole text."""
    best = sorted((at for at, found in fits.items() if len(found) > 1), key=lambda at: (-len(fits[at]), at))
    return best[:_COMMON]


def _is_open(percent: Value) -> Outcome:
    return OPEN


GENERATOR = Generator("ratio", find)
