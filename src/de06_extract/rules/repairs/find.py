"""Repairs: the smallest change of a written figure that makes what was said of it true and breaks nothing else.

All claims of a document, with the repeats among its figures, are equations over what is written. Where one does not
hold, the figures that could be the wrong one are changed as a slip of the pen changes figures; what mends most and
breaks nothing is proposed, if nothing else does as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.repeat import REPEAT
from de06_extract.numbers.verdicts import HOLDS
from de06_extract.rules.repairs.edits import edits, rewritten, whole_values
from de06_extract.rules.repairs.equations import Equation, Values, equations, implied
from de06_extract.rules.repairs.plain_slips import plain_slips
from de06_extract.schema.report import Claim, Comparison, Quantity, Verdict

_TELLING = 100  # a smaller number stands in two places by chance
_TWINS = 8  # how many other places of a number are asked
_PLAIN = ("rounding", "level", "exchanged")  # slips that hardly any other figure agrees with by chance
_NAMED = ("rounding", "level")  # what the rules call by its name
_COMPUTED = "computed"  # no slip: the figure that follows from the others
_FAR = 5  # a change by a fifth and more is far: among nearer figures many are one edit apart
_NARROW = 2000  # what leaves less than that part of a figure open is narrow
_NEAR, _MANY = 1500, 3  # characters among which as many percentages that miss are of another base
_OFTEN = 12  # a figure that stands in more places than these is no slip
_ROUNDS = 3  # looks at what does not hold: what one accepts leaves the next less to choose from
_MOST_VIOLATED = 100  # where more does not hold, the first are looked at: so many are hardly slips
_MOST_FIGURES = 40  # in longer sums nearly every figure could be the wrong one
_UNBROKEN: tuple[Verdict, ...] = (*HOLDS, "unverifiable")  # from the best on


@dataclass(frozen=True, eq=False)
class RepairCandidate:
    """Figures as they would stand instead, what slip that would undo, and the equations that then hold."""

    slip: str
    changes: Values
    mends: tuple[Equation, ...]

    @property
    def is_slip(self) -> bool:
        """True for a slip of the pen; False for a figure that was computed from the others."""
        return self.slip != _COMPUTED

    @property
    def worth(self) -> int:
        """How many statements it mends, each counted once however often the report makes it.

        Shares of a larger base are nearly always possible: that they become so says nothing.
        """
        return len({_statement(equation) for equation in self.mends if equation.kind.is_telling})

    @property
    def replacements(self) -> frozenset[tuple[int, str]]:
        """What would stand where."""
        return frozenset((start, quantity.text) for start, quantity in self.changes.items())


@dataclass(frozen=True)
class Repair:
    """For one claim or comparison: its figures that change, the slips that made them, and the equations that then hold.

    `elsewhere` are the other places where the same figure must change.
    """

    changes: Values
    slips: tuple[str, ...]
    equations: tuple[Equation, ...]
    elsewhere: tuple[Quantity, ...] = ()


def find_repairs(claims: Sequence[Claim], comparisons: Sequence[Comparison] = ()) -> dict[str, Repair]:
    """The repair of each claim and comparison that has a single best one, by its id."""
    if "inconsistent" not in {*(claim.verdict for claim in claims), *(c.verdict for c in comparisons)}:
        return {}
    sure = [comparison for comparison in comparisons if comparison.is_certain]
    same = [comparison for comparison in sure if _is_one_figure(comparison)]
    others = [comparison for comparison in sure if not _is_one_figure(comparison)]
    return _Search(equations(claims, others), same).run()


def _is_one_figure(comparison: Comparison) -> bool:
    """True where the figures are one and the same, in several places."""
    return comparison.kind == "repeat" and comparison.verdict == "consistent" and comparison.computed is None


@dataclass
class _Search:
    """The equations of one document, and what its figures are taken to be so far."""

    equations: list[Equation]
    repeats: Sequence[Comparison]
    values: dict[int, Quantity] = field(default_factory=dict)
    accepted: list[RepairCandidate] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.violated = [e for e in self.equations if e.said == "inconsistent" and e.follows]
        self.touching: dict[int, list[Equation]] = {}
        self.twins: dict[Decimal, list[tuple[Equation, Quantity]]] = {}
        self.figures: dict[int, Quantity] = {}
        for equation in (*self.equations, *implied(self.violated[:_MOST_VIOLATED], self.equations)):
            for quantity in equation.quantities:
                self.figures.setdefault(quantity.span.start, quantity)
                self.touching.setdefault(quantity.span.start, []).append(equation)
                if equation.said == "consistent" and quantity.value >= _TELLING:
                    self.twins.setdefault(quantity.value, []).append((equation, quantity))
        self.places = self._places()

    def _places(self) -> dict[int, tuple[int, ...]]:
        """Where else a figure stands."""
        out: dict[int, tuple[int, ...]] = {}
        for quantities in chain.from_iterable(map(_same_figures, self.repeats)):
            for quantity in quantities:
                self.figures.setdefault(quantity.span.start, quantity)
            starts = {quantity.span.start for quantity in quantities}
            starts |= {other for start in starts for other in out.get(start, ())}
            out.update(dict.fromkeys(starts, tuple(sorted(starts))))
        return out

    def run(self) -> dict[str, Repair]:
        """Accept what is certain, look again with that, and say for each equation what it comes to."""
        open_ = [e for e in self.violated[:_MOST_VIOLATED] if len(list(e.quantities)) <= _MOST_FIGURES]
        for _ in range(_ROUNDS):
            taken = [candidate for candidate in self._certain(open_) if self._take(candidate)]
            open_ = [equation for equation in open_ if not self._is_mended(equation)]
            if not taken or not open_:
                break
        if not self.values:
            return {}
        return {equation.id: self._repair(equation) for equation in self.violated if self._is_mended(equation)}

    def _certain(self, violated: Sequence[Equation]) -> list[RepairCandidate]:
        """The candidates that nothing speaks against, those that mend most first."""
        best = {e: candidate for e in violated if (candidate := self._best(e)) is not None}
        single = [candidate for e, candidate in best.items() if not _is_one_of_many(e, best)]
        return sorted(_undisputed(single), key=_rank)

    def _at(self, start: int) -> list[Equation]:
        """The equations that hold the figure there."""
        return [equation for equation in self.touching.get(start, ()) if equation.follows]

    def _is_mended(self, equation: Equation) -> bool:
        return equation.with_values(self.values).verdict() == "consistent"

    def _take(self, candidate: RepairCandidate) -> bool:
        """Change the figures, if what was accepted before still leaves that to be done."""
        if any(start in self.values for start in candidate.changes):
            return False
        mends = self._mends(candidate.changes)
        if not mends:
            return False
        self.values.update(candidate.changes)
        self.accepted.append(RepairCandidate(candidate.slip, candidate.changes, mends))
        return True

    def _repair(self, equation: Equation) -> Repair:
        """What was accepted of its figures, and all that this mends."""
        own = {q.span.start for q in equation.quantities}
        used = [candidate for candidate in self.accepted if own & set(candidate.changes)]
        changes = {start: q for candidate in used for start, q in candidate.changes.items()}
        return Repair(
            changes={start: q for start, q in changes.items() if start in own},
            slips=tuple(dict.fromkeys(candidate.slip for candidate in used)),
            equations=tuple(e.with_values(self.values) for e in self._mended(equation, changes)),
            elsewhere=tuple(self.figures[start] for start in sorted(set(changes) - own)),
        )

    def _mended(self, equation: Equation, changes: Values) -> Iterable[Equation]:
        """The equation and the others over the changed figures, those that did not hold and do now, each once."""
        touched = dict.fromkeys([equation, *(e for start in changes for e in self._at(start))])
        return [e for e in touched if e.said == "inconsistent" and self._is_mended(e)]

    def _best(self, equation: Equation) -> RepairCandidate | None:
        """The one candidate that mends more than any other and is no matter of chance, or None."""
        candidates = list({c.replacements: c for c in reversed(list(self._candidates(equation)))}.values())
        most = max((candidate.worth for candidate in candidates), default=0)
        top = [candidate for candidate in candidates if candidate.worth == most]
        best = self._likeliest(equation, top)
        if len(best) != 1 or not self._is_convincing(equation, best[0], alone=len(_figures(top)) == 1):
            return None
        return best[0]

    def _likeliest(self, equation: Equation, candidates: list[RepairCandidate]) -> list[RepairCandidate]:
        """Of candidates that mend as much: slips with a name, slips to a known figure, any; without one percentages."""
        slips = [c for c in candidates if c.is_slip]
        if not slips:
            return [c for c in candidates if _changes_share(equation, c)] or candidates
        named = [c for c in slips if c.slip in _NAMED]
        return named or [c for c in slips if self._is_known(equation, c)] or slips

    def _is_convincing(self, equation: Equation, candidate: RepairCandidate, *, alone: bool) -> bool:
        """Two statements agree with it, or it is a plain slip, or the other figures are confirmed elsewhere."""
        if candidate.slip in _PLAIN or (candidate.worth > 1 and (alone or candidate.slip == "swapped")):
            return True
        changes_share = _changes_share(equation, candidate)
        if changes_share and self._states_change(equation):
            return False
        if candidate.is_slip and (self._is_known(equation, candidate) or self._is_sharp(equation, candidate)):
            return True
        return (candidate.is_slip or changes_share) and self._are_others_confirmed(equation, candidate)

    def _are_others_confirmed(self, equation: Equation, candidate: RepairCandidate) -> bool:
        """True where the figures that the candidate leaves are said elsewhere, or two places at least say the same."""
        others = [q for q in equation.quantities if q.span.start not in candidate.changes]
        if equation.kind is REPEAT and len(others) > 1:
            return True
        enough = any if candidate.is_slip and equation.kind.adds_up else all  # of a sum no other slip explains it
        return enough(self._is_confirmed(equation, q) for q in others)

    def _states_change(self, equation: Equation) -> bool:
        """True for a ratio of new to old: «giảm từ 1.188 xuống 611, giảm 577 (tương đương …%)» may mean the change."""
        own = {q.span.start for q in equation.quantities}
        around = {other for start in own for other in self._at(start) if other.kind is kind_of("change")}
        return equation.kind is kind_of("ratio") and any(
            {q.span.start for role in ("old", "new") if (q := other.quantity(role)) is not None} <= own
            for other in around
        )

    def _is_known(self, equation: Equation, candidate: RepairCandidate) -> bool:
        """True where claims that hold state each new figure elsewhere."""
        own = {q.span.start for q in equation.quantities}
        return all(
            any(own.isdisjoint(q.span.start for q in other.quantities) for other, _ in self._twins_of(changed))
            for changed in candidate.changes.values()
        )

    def _twins_of(self, quantity: Quantity) -> list[tuple[Equation, Quantity]]:
        """Claims that hold and state the same figure, each with where."""
        return [(e, twin) for e, twin in self.twins.get(quantity.value, [])[:_TWINS] if e.follows]

    def _is_sharp(self, equation: Equation, candidate: RepairCandidate) -> bool:
        """True where the figure changes by much, to one of few values that the others leave: no chance agreement."""
        now = equation.with_values(self.values)
        for start, changed in candidate.changes.items():
            room, written = now.room(start), self.figures[start].value
            if room is None or room.low is None or room.high is None or abs(changed.value - written) * _FAR < written:
                return False
            width = room.high - room.low + Fraction(changed.scale, 10**changed.decimals)
            if candidate.worth == 1 and width * _NARROW > Fraction(changed.value):
                return False
        return True

    def _is_confirmed(self, equation: Equation, quantity: Quantity) -> bool:
        """True where another claim that holds states the same figure, so that this one is hardly the wrong one."""
        touching = (e for start in self._all_places(quantity) for e in self._at(start))
        own = any(e is not equation and e.said == "consistent" for e in touching)
        return own or any(e is not equation for e, _ in self._twins_of(quantity))

    def _all_places(self, quantity: Quantity) -> tuple[int, ...]:
        return self.places.get(quantity.span.start, (quantity.span.start,))

    def _candidates(self, equation: Equation) -> Iterator[RepairCandidate]:
        now = equation.with_values(self.values)
        exchanged = False  # what stands in the other's place is told, or nothing: no third figure makes it right
        for slip, changes in plain_slips(now):
            yield from self._checked(equation, slip, changes)
            exchanged |= slip == "exchanged" and bool(changes) and now.with_values(changes).verdict() == "consistent"
        for quantity in () if exchanged else now.quantities:
            room = now.room(quantity.span.start)
            if room is None or quantity.bound != "exact" or quantity.upper is not None:
                continue
            room = self._room(equation, quantity, room)
            if room is None:
                continue
            for edit in edits(quantity, room):
                yield from self._checked(equation, edit.slip, {quantity.span.start: edit.quantity})
            yield from self._checked(equation, _COMPUTED, self._computed(equation, quantity, room))

    def _room(self, equation: Equation, quantity: Quantity, room: Interval | None) -> Interval | None:
        """What is left of `room` by the other equations of the figure that hold."""
        for other in self._others(equation, quantity):
            if room is not None and other.said == "consistent":
                left = other.with_values(self.values).room(quantity.span.start)
                room = room if left is None else room & _widened(left, quantity)
        return room

    def _others(self, equation: Equation, quantity: Quantity) -> list[Equation]:
        return [other for other in self._at(quantity.span.start) if other is not equation]

    def _computed(self, equation: Equation, quantity: Quantity, room: Interval) -> Values:
        """The figure as the others give it, where they give one value; as many equations as agree have a say."""
        for other in self._others(equation, quantity):
            if other.said == "inconsistent":
                left = other.with_values(self.values).room(quantity.span.start)
                both = None if left is None else room & left
                room = room if both is None else both
        values = whole_values(quantity, room)
        return {quantity.span.start: rewritten(quantity, values[0])} if len(values) == 1 else {}

    def _checked(self, equation: Equation, slip: str, changes: Values) -> Iterator[RepairCandidate]:
        """The candidate, if it mends the equation and breaks no other."""
        if any(len(self.places.get(start, ())) > _OFTEN for start in changes):
            return
        spread = dict(self._spread(changes))
        mends = self._mends(spread) if spread else ()
        if equation in mends and not any(self._is_denied(equation, start, q) for start, q in spread.items()):
            yield RepairCandidate(slip, spread, mends)

    def _spread(self, changes: Values) -> Iterator[tuple[int, Quantity]]:
        """The changes wherever the figures stand."""
        for start, changed in changes.items():
            yield start, changed
            for place in self.places.get(start, ()):
                if place != start:
                    yield place, rewritten(self.figures[place], Fraction(changed.value))

    def _mends(self, changes: Values) -> tuple[Equation, ...]:
        """The equations that the changes make hold; none where they break one."""
        values, out = {**self.values, **changes}, []
        for equation in dict.fromkeys(e for start in changes for e in self._at(start)):
            before, after = self._verdict(equation), equation.with_values(values).verdict()
            if before in _UNBROKEN and (after not in _UNBROKEN or _UNBROKEN.index(after) > _UNBROKEN.index(before)):
                return ()
            if before == "inconsistent" and after == "consistent":
                out.append(equation)
        return tuple(out)

    def _verdict(self, equation: Equation) -> Verdict:
        return equation.with_values(self.values).verdict() if self.values else equation.said

    def _is_denied(self, equation: Equation, start: int, changed: Quantity) -> bool:
        """True where a claim that holds states the figure elsewhere as it is written, and would not hold if changed."""
        written = self.figures[start]
        for other, twin in self._twins_of(written):
            if other is not equation and twin.span.start not in self._all_places(written) and twin.unit == written.unit:
                value = {twin.span.start: rewritten(twin, Fraction(changed.value))}
                if other.with_values(value).verdict() != "consistent":
                    return True
        return False


def _same_figures(repeat: Comparison) -> Iterator[tuple[Quantity, ...]]:
    """Which figures of a repeat that holds are one: all, or those of two rows place by place."""
    figures = repeat.figures
    half = len(figures) // 2
    rows = list(zip(figures[:half], figures[half:], strict=False)) if len(figures) % 2 == 0 else []
    for group in (figures,) if _agree(repeat, figures) else rows:
        if _agree(repeat, group):
            yield group


def _agree(repeat: Comparison, figures: tuple[Quantity, ...]) -> bool:
    return Equation(repeat.id, REPEAT, {"figures": figures}, repeat.verdict).verdict() == "consistent"


def _rank(candidate: RepairCandidate) -> tuple[int, int]:
    return -candidate.worth, min(candidate.changes)


def _is_one_of_many(equation: Equation, best: Mapping[Equation, RepairCandidate]) -> bool:
    """True for a percentage close to others that miss as well: they are of another base, and no slips."""
    candidate = best[equation]
    if candidate.worth > 1 or candidate.slip in _PLAIN or not _changes_share(equation, candidate):
        return False
    (start,) = candidate.changes
    near = [e for e, other in best.items() if _changes_share(e, other) and other.slip not in _PLAIN]
    return sum(abs(min(best[e].changes) - start) <= _NEAR for e in near) >= _MANY


def _undisputed(candidates: Sequence[RepairCandidate]) -> list[RepairCandidate]:
    """Those but for the ones that would write different figures in one place, unless one of them mends more."""
    most: dict[int, int] = {}
    for candidate in candidates:
        most.update({start: max(most.get(start, 0), candidate.worth) for start in candidate.changes})
    best = [c for c in candidates if all(c.worth == most[start] for start in c.changes)]
    wanted: dict[int, set[str]] = {}
    for candidate in best:
        for start, quantity in candidate.changes.items():
            wanted.setdefault(start, set()).add(quantity.text)
    return [c for c in best if all(len(wanted[start]) == 1 for start in c.changes)]


def _figures(candidates: Iterable[RepairCandidate]) -> set[frozenset[int]]:
    """The figures that are accused, set by set."""
    return {frozenset(candidate.changes) for candidate in candidates}


def _statement(equation: Equation) -> tuple[object, ...]:
    return equation.kind, tuple(sorted(str(quantity.value.normalize()) for quantity in equation.quantities))


def _changes_share(equation: Equation, candidate: RepairCandidate) -> bool:
    """True where it changes a percentage, which was computed from the counts, and nothing else."""
    percent = equation.quantity("percent")
    return percent is not None and set(candidate.changes) == {percent.span.start}


def _widened(room: Interval, quantity: Quantity) -> Interval:
    """The room with half a unit of the figure's last digit more: any value that it could be rounded to."""
    half = Fraction(quantity.scale, 2 * 10**quantity.decimals)
    return Interval(None if room.low is None else room.low - half, None if room.high is None else room.high + half)
