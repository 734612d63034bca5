"""Candidates of totals: runs of counts, cut from several views of what follows or stands before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from de06_extract.claims.prose.links.candidate import Anchor, Candidate, Generator
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.features.places import bucket
from de06_extract.claims.prose.links.features.runs import Run, say_parts
from de06_extract.claims.prose.links.features.siblings import BESIDE, FINE, compare_columns, compare_places
from de06_extract.claims.prose.links.outcomes import (
    BOUND_HOLDS,
    FAILS,
    HOLDS,
    NEAR,
    SHORT_SLIPS,
    WRONG,
    Outcome,
    of_total,
)
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.slips import is_long
from de06_extract.claims.prose.links.unnumbered import unnumbered_items
from de06_extract.claims.prose.links.values import coarsest_width, resolution_class
from de06_extract.claims.prose.links.views import LONGEST, View, counts_near, views_of_total
from de06_extract.claims.prose.mentions import Mention

_SMALLEST = 2  # of totals
_MOST_TIMES, _MOST_MORE = 10, 3  # parts that together are more times the total, and that much more, are none
_FAILING_TIMES = 2  # parts that fail and are together more times the total are none
_FAILING = 12  # runs of one total that fail, after which only those that add up are looked at
_REACH = 6  # figures between a total and the first of its parts
_STARTS = 2  # parts begin at the first figure of a view or the second
_MOST_UNNUMBERED = 3  # items of a list that stand for one each, without a number
_LOST = 1e-6  # relative: what floats lose in additions
_ANNOUNCES = frozenset({"part", "whole", "among", "colon", "open", "item", "stop"})  # before the first part
_ANNOUNCES_LIST = frozenset({"part", "whole", "colon"})  # behind a total whose parts are the next lines
_TOTALS_BEHIND = frozenset({"total", "among"})  # before a total whose parts follow
_TOTALS_BEFORE = frozenset({"total", "raises_total"})  # before a total whose parts stand before it
_ENDS = frozenset({"semicolon", "stop", "item", "part", "close", "rest"})  # before the figure behind the last part
_UNLIKELY = SHORT_SLIPS | {FAILS, NEAR}  # outcomes of runs that are counted as failing


def find(ev: Evidence) -> Iterator[Anchor]:
    """The counts that may be totals, each with the runs that may be its parts."""
    document = _Document(ev)
    searches = {total.index: _Search(ev, total, document) for total in ev.mentions if _may_be_total(ev, total)}
    found = {at: [*search.side(1), *search.side(-1)] for at, search in searches.items()}
    for at, places in list(_columns(ev, found)):
        found[at] += searches[at].column(places)
    anchors = [
        Anchor("sum", ev.mentions[at], [ev.none, ev.unary(ev.mentions[at], "total")], candidates)
        for at, candidates in found.items()
        if candidates
    ]
    compare_columns(anchors)
    compare_places(anchors)
    yield from anchors


def _may_be_total(ev: Evidence, total: Mention) -> bool:
    return total.figure.kind == "count" and total.role != "gap" and ev.value(total).value >= _SMALLEST


def _columns(ev: Evidence, found: Mapping[int, Sequence[Candidate]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Totals and parts, by their places, that stand beside those of a sum that holds, each as far from its own."""
    for at, candidates in found.items():
        for candidate in candidates:
            if candidate.outcome != HOLDS or candidate.resolution < FINE:
                continue
            run = (at, *[part.index for part in candidate.roles if part is not None])
            for step in BESIDE:
                beside = [place + step for place in run]
                if beside[0] in found and set(beside).isdisjoint(run) and _stand_beside(ev, run, beside):
                    yield beside[0], tuple(beside[1:])


def _stand_beside(ev: Evidence, run: Sequence[int], beside: Sequence[int]) -> bool:
    """True where each figure stands in the sentence of the one that it is beside."""
    mentions = ev.mentions
    return max(beside) < len(mentions) and all(
        mentions[a].sentence == mentions[b].sentence for a, b in zip(run, beside, strict=True)
    )


class _Document:
    """What the searches of a document share: its figures as floats, and where runs that do not add up may end."""

    def __init__(self, ev: Evidence) -> None:
        self.sizes = [value.value for value in ev.values]
        self.slacks = [value.slack for value in ev.values]
        self._ends: dict[tuple[int, int], bool] = {}

    def may_end(self, last: Mention, more: Mention | None) -> bool:
        """True where the last part may be followed by a figure that is none; `more` is the next of the view."""
        if more is None:
            return True
        key = (last.index, more.index)
        found = self._ends.get(key)
        if found is None:
            found = self._ends[key] = _may_end(last, more)
        return found


class _Search:
    """The runs that may be the parts of one total; each is looked at once, in the first view that shows it."""

    def __init__(self, ev: Evidence, total: Mention, document: _Document) -> None:
        self.ev, self.total, self.own, self.document = ev, total, ev.value(total), document
        self.most = _MOST_TIMES * self.own.value + _MOST_MORE
        self.room = self.own.slack + _LOST * self.own.value
        self.failing = 0
        self._seen: set[tuple[int, ...]] = set()

    def side(self, side: int) -> Iterator[Candidate]:
        """The candidates behind the total (1) or before it (-1)."""
        counts = counts_near(self.ev, self.total, side)
        if not self._may_add_up(counts, side):
            return
        for view in views_of_total(self.ev, self.total, counts):
            for start in range(min(_STARTS, len(view.figures) - 1)):
                for end in self._cuts(side, view, start):
                    outcome = self._outcome(view.places[start:end])
                    if outcome is not None:
                        yield self._candidate(side, view, start, end, outcome)

    def column(self, places: tuple[int, ...]) -> Iterator[Candidate]:
        """The candidate of the parts at these places, where all may be parts and no view has shown them."""
        parts = [self.ev.mentions[at] for at in places]
        if all(self.ev.may_be_part(part, self.total) for part in parts):
            outcome = self._outcome(places)
            if outcome is not None:
                side = 1 if places[0] > self.total.index else -1
                yield self._candidate(side, View("column", parts[::side], places[::side]), 0, len(parts), outcome)

    def _may_add_up(self, counts: Sequence[Mention], side: int) -> bool:
        """False where no view of these counts can hold a run that is worth a look; cheaper to ask than to view them."""
        values = [self.ev.values[m.index] for m in counts]
        if len(values) < 2 or sum(sorted([value.value for value in values])[:2]) > self.most:
            return False
        reached = (
            counts if self.total.under is not None else counts[: _REACH if side > 0 else 1]
        )  # words reach no further
        if any(self._is_announced(first, side) for first in reached):
            return True
        small = [value for value in values if value.low <= self.own.value + self.room]
        return len(small) > 1 and sum([value.high for value in small]) >= self.own.value - self.room

    def _is_announced(self, first: Mention, side: int) -> bool:
        """True where a word, a mark or a list says that parts follow, of the total or of what it is a pair with."""
        ev, total = self.ev, self.total
        if _is_announced(total, first, side):
            return True
        if side < 0 or first.index - total.index > _REACH:
            return False
        if first.paragraph != total.paragraph:
            listed = ev.list_mark(first) not in ("", ev.list_mark(total))
            return listed or (first.index == total.index + 1 and not total.tail_kinds.isdisjoint(_ANNOUNCES_LIST))
        whole, part = ev.mate(total), ev.mate(first)
        return whole is not None and part is not None and _is_announced(whole, part, side)

    def _cuts(self, side: int, view: View, start: int) -> Iterator[int]:
        """Where runs may end that begin at a figure of a view.

        Runs that do not add up need a word that announces parts, are only so many, and end where a list may.
        """
        figures, sizes, slacks = view.figures, self.document.sizes, self.document.slacks
        announced = self._is_announced(figures[start], side)
        over, room = sizes[view.places[start]] - self.own.value, self.room + slacks[view.places[start]]
        most = self.most - self.own.value
        for end in range(start + 2, min(start + LONGEST, len(figures)) + 1):
            over += sizes[view.places[end - 1]]
            room += slacks[view.places[end - 1]]
            if over > most:
                return
            if -room <= over <= room:
                yield end
            elif not announced or self.failing >= _FAILING:
                if over > room:
                    return
            elif self.document.may_end(figures[end - 1], figures[end] if end < len(figures) else None):
                yield end

    def _outcome(self, places: tuple[int, ...]) -> Outcome | None:
        """How a run comes out; None for one that was seen and for one that fails by far."""
        if places in self._seen or self._is_one_whole(places):
            return None
        outcome = of_total([self.ev.values[at] for at in places], self.own)
        if outcome in WRONG and self._is_made_up_for(places):
            outcome = BOUND_HOLDS
        self._seen.add(places)
        self.failing += outcome in _UNLIKELY
        if outcome in WRONG and self._is_repeated(places):
            return None
        return None if outcome == FAILS and self._is_hopeless(places) else outcome

    def _is_made_up_for(self, places: tuple[int, ...]) -> bool:
        """True where as much is missing as items of the list have no number: «22 người, gồm Trưởng đoàn, 21 …»."""
        missing = self.own.value - sum([self.document.sizes[at] for at in places])
        if not 0 < missing <= _MOST_UNNUMBERED:
            return False
        return missing == unnumbered_items([self.ev.mentions[at] for at in places], self.ev.text)

    def _is_one_whole(self, places: tuple[int, ...]) -> bool:
        """True for the 91 and 91 of «132 container, … 35/91 … 56/91»: one whole, written with each of its parts."""
        unders = [self.ev.mentions[at].under for at in places]
        return None not in unders and len({self.document.sizes[at] for at in places}) == 1

    def _is_repeated(self, places: tuple[int, ...]) -> bool:
        """True where the total itself stands among the figures: «6,969 ha. Trong 6,969 ha, đất ở 6,269 ha»."""
        return is_long(self.own) and any(self.document.sizes[at] == self.own.value for at in places)

    def _is_hopeless(self, places: tuple[int, ...]) -> bool:
        """True for a run that fails by more than a report would: a part is above the total, or all are far above it.

        Few parts of a large total are worth a look: «84 văn bản (03 Nghị quyết; 01 Chỉ thị)».
        """
        sizes, own = [self.document.sizes[at] for at in places], self.own.value
        return max(sizes) > own or sum(sizes) > _FAILING_TIMES * own

    def _candidate(self, side: int, view: View, start: int, end: int, outcome: Outcome) -> Candidate:
        ev, total = self.ev, self.total
        parts, more = view.figures[start:end], view.figures[end] if end < len(view.figures) else None
        if side < 0:
            parts.reverse()
        values = [ev.value(part) for part in parts]
        pieces = [
            ev.unary(parts[0], "first part"),
            ev.unary(parts[-1], "last part"),
            ev.pair(total, parts[0] if side > 0 else parts[-1], "total-part"),
            ev.pair(parts[-2], parts[-1], "part-last"),
            Piece("parts", tuple(say_parts(ev, total, Run(parts, more, view.name, side, start)))),
        ]
        resolution = resolution_class(coarsest_width([self.own, *values]) / self.own.value)
        shape = f"{bucket(len(parts))} {'behind' if side > 0 else 'before'}"
        return Candidate(tuple(parts), outcome, resolution, shape, pieces, partial(of_total, values))


def _is_announced(total: Mention, first: Mention, side: int) -> bool:
    """True where a word or mark says that parts follow, or that a total does."""
    if side < 0:
        return not total.lead_kinds.isdisjoint(_TOTALS_BEFORE)
    if first.index - total.index <= _REACH and not first.lead_kinds.isdisjoint(_ANNOUNCES):
        return True
    both_under = total.under is not None and first.under is not None  # «56/80 xã, gồm 12/20, 44/60»
    return both_under or not total.lead_kinds.isdisjoint(_TOTALS_BEHIND)


def _may_end(last: Mention, more: Mention) -> bool:
    """True before another clause, sentence, item or depth, behind «và», or where figures are left out."""
    if "and" in last.lead_kinds or not more.lead_kinds.isdisjoint(_ENDS):
        return True
    same = more.sentence == last.sentence and more.clause == last.clause and more.depth == last.depth
    return not same or more.index - last.index > 1


GENERATOR = Generator("sum", find)
