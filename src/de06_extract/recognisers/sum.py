"""Sums: a total with its parts, in one sentence, in a bracket, over list items or over paragraphs of one build.

A total is searched for the run of figures behind it that adds up to it. Runs are read on three levels: all figures of
one depth, those with the total's unit, those with the same words in front. Totals are taken from last to first, so that
a part that is itself a sum is stepped over as one. A sum that fails is reported only where the words say that the list
is complete and the total is missed by a slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from de06_extract.intervals import Interval
from de06_extract.mentions import Mention, Reading, compatible
from de06_extract.relation import Found, Recogniser, Relation
from de06_extract.slips import is_near
from de06_extract.tokens import fold
from de06_extract.verdicts import interval, judge_sum

_WINDOW = 60       # mentions behind a total in which its parts are looked for
_PARAGRAPHS = 12
_STARTS = 4        # parts may begin a few figures behind the total
_LARGE = 1000      # a total that no chance run adds up to


def find(reading: Reading, found: Found) -> Iterator[Relation]:
    """The sums of a document, in order of their totals."""
    sums: dict[int, list[tuple[Mention, ...]]] = {}
    out: list[Relation] = []
    for total in reversed(reading.mentions):
        if not _can_total(total):
            continue
        for parts in _search(reading, total, sums):
            sums.setdefault(total.index, []).append(parts)
            out.append(_relation(total, parts))
        if total.index not in sums:
            wrong = _complete_list(reading, total)
            if wrong is not None:
                out.append(_relation(total, wrong))
    out.extend(_backwards(reading))
    yield from sorted(out, key=lambda relation: min(m.index for m in relation.mentions()))


def _relation(total: Mention, parts: Sequence[Mention]) -> Relation:
    judgement = judge_sum(total.figure, [part.figure for part in parts])
    return Relation("sum", {"total": total, "parts": tuple(parts)}, judgement)


def _can_total(mention: Mention) -> bool:
    return mention.figure.kind == "count" and mention.role == "level" and mention.figure.value > 1 and mention.figure.upper is None


def _can_be_part(mention: Mention) -> bool:
    return mention.is_level and mention.figure.upper is None


def _search(reading: Reading, total: Mention, sums: dict[int, list[tuple[Mention, ...]]]) -> Iterator[tuple[Mention, ...]]:
    """The runs of parts behind a total that add up to it; a second breakdown may follow the first."""
    behind = [
        m for m in reading.after(total, _WINDOW)
        if _can_be_part(m) and m.paragraph - total.paragraph <= _PARAGRAPHS
    ]  # fmt: skip
    seen: set[tuple[int, ...]] = set()
    for level in _levels(total, behind):
        at = 0
        while at < min(len(level), _STARTS if not seen else len(level)):
            parts = _run(total, level, at, sums)
            if parts is None or not _is_meant(total, parts):
                at += 1
                continue
            key = tuple(part.index for part in parts)
            if key not in seen:
                seen.add(key)
                yield parts
            at = level.index(parts[-1]) + 1


def _levels(total: Mention, behind: list[Mention]) -> Iterator[list[Mention]]:
    """The same stretch of figures on each level of reading."""
    if behind:
        depth = behind[0].depth
        if depth > total.depth:
            yield [m for m in behind if m.depth == depth and m.host is behind[0].host]
        yield [m for m in behind if m.depth <= total.depth]
    unit = total.figure.unit
    if unit:
        yield [m for m in behind if m.figure.unit and fold(m.figure.unit) == fold(unit) and m.depth <= total.depth]
    verb = _verb(total)
    if verb:
        yield [m for m in behind if _verb(m) == verb]


def _verb(mention: Mention) -> str:
    """The last words before a figure, which say what was done: «đã giải quyết»."""
    return fold(" ".join(mention.words.replace("*", " ").split()[-2:]))


def _run(
    total: Mention, level: list[Mention], at: int, sums: dict[int, list[tuple[Mention, ...]]]
) -> tuple[Mention, ...] | None:
    """The figures from `at` on that add up to the total, parts of parts stepped over; None where they do not."""
    goal = interval(total.figure)
    if goal.high is None:
        goal = Interval.rounded(total.figure.value, total.figure.decimals, total.figure.scale)
    for step_over in (True, False):
        parts: list[Mention] = []
        low = high = Fraction(0)
        skipped: set[int] = set()
        for mention in level[at:]:
            if mention.index in skipped:
                continue
            if step_over:
                skipped.update(part.index for parts_of in sums.get(mention.index, ()) for part in parts_of)
            value = Fraction(mention.figure.value)
            spread = (goal.high - goal.low) if goal.low is not None and goal.high is not None and not goal.is_exact else Fraction(0)
            own = interval(mention.figure)
            half = (own.high - own.low) / 2 if own.low is not None and own.high is not None and mention.figure.bound == "exact" else spread
            low, high = low + value - half, high + value + half
            parts.append(mention)
            if len(parts) > 1 and goal.low is not None and goal.high is not None and low <= goal.high and high >= goal.low:
                return tuple(parts)
            if goal.high is not None and low > goal.high:
                break
    return None


def _is_meant(total: Mention, parts: Sequence[Mention]) -> bool:
    """True where words, brackets or sheer size say that the run is no coincidence."""
    first = parts[0]
    if not all(compatible(total.figure, part.figure) for part in parts) and not first.leads_with("part"):
        return False
    near = first.sentence == total.sentence
    called = first.leads_with("part", "colon", "open") or total.leads_with("total", "among") or first.depth > total.depth
    if near and called:
        return True
    if total.figure.value >= _LARGE and total.figure.exact:
        return True
    return (near or first.leads_with("part")) and total.figure.value >= 20 or first.leads_with("part")


def _complete_list(reading: Reading, total: Mention) -> tuple[Mention, ...] | None:
    """The parts of a list that claims to be complete and misses its total by a slip."""
    behind = [m for m in reading.after(total, 30) if m.sentence == total.sentence and _can_be_part(m)]
    if not behind or total.figure.bound != "exact":
        return None
    first = behind[0]
    if first.depth > total.depth and first.host is total:
        parts = [m for m in behind if m.depth == first.depth and m.host is total]
    elif first.leads_with("part") and first.depth == total.depth:
        parts = [m for m in behind if m.depth == total.depth]
    else:
        return None
    if len(parts) < 2 or not all(_states_unit_of(total, part) for part in parts):
        return None
    if any(part.figure.bound != "exact" or part.leads_with("open_list") for part in parts):
        return None
    computed = sum((Fraction(part.figure.value) for part in parts), Fraction(0))
    tolerance = Fraction(1, 10) if parts[-1].leads_with("other", "and") else Fraction(1, 50)
    return tuple(parts) if is_near(total.figure, computed, tolerance) else None


def _states_unit_of(total: Mention, part: Mention) -> bool:
    return compatible(total.figure, part.figure) and not part.trails_with("open_list")


def _backwards(reading: Reading) -> Iterator[Relation]:
    """Totals that follow their parts: «… nâng tổng số lên 213 trường»."""
    for total in reading.mentions:
        if not _can_total(total) or not total.leads_with("total", "raises_total") or total.figure.bound != "exact":
            continue
        before = [m for m in reading.before(total, 12) if m.paragraph >= total.paragraph - 1]
        wanted: Callable[[Mention], bool] = lambda m: m.figure.kind == "count" and m.under is None and compatible(m.figure, total.figure)  # noqa: E731
        amount, parts = Fraction(0), []
        for mention in filter(wanted, before):
            amount += Fraction(mention.figure.value)
            parts.append(mention)
            if amount > total.figure.value:
                break
            if amount == total.figure.value and len(parts) > 1:
                yield _relation(total, parts[::-1])
                break


RECOGNISER = Recogniser("sum", find)
