"""Runs: figures behind a total that add up to it.

A run is looked for on several levels of reading: all figures of one depth, those with the total's unit, those with the
same words in front, the first or second of each clause. A part that is itself a sum is stepped over as one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from decimal import Decimal

from de06_extract.claims.prose.mentions import Mention, Reading, alike

WINDOW = 32  # mentions behind a total in which its parts are looked for
PARAGRAPHS = 12  # paragraphs behind a total in which its parts are looked for
_STARTS = 4  # parts may begin a few figures behind the total
_CLAUSES = 12  # or, at a clause of their own, a little further
_COLUMNS = 3

Run = tuple[Mention, ...]
Sums = dict[int, list[Run]]  # index of a total to its runs


def can_be_part(mention: Mention) -> bool:
    """True for a level with one value."""
    return mention.is_level and mention.figure.upper is None


def find_runs(reading: Reading, total: Mention, sums: Sums) -> Generator[Run, bool, None]:
    """The runs that add up to a total, on each level; the caller sends True for those it takes, so that one may follow.

    `sums` holds the runs of totals further on.
    """
    for level in _levels(reading, total):
        at, again = 0, False
        while at < len(level):
            run = _run(total, level, at, sums) if again or _may_start(total, level, at) else None
            if run is None:
                at += 1
                continue
            taken = yield run
            again = again or bool(taken)
            at = level.index(run[-1]) + 1 if taken else at + 1


def _may_start(total: Mention, level: list[Mention], at: int) -> bool:
    """Parts begin close behind the total, or at a clause of its paragraph."""
    if at < _STARTS:
        return True
    return at < _CLAUSES and level[at].paragraph == total.paragraph and level[at].clause != level[at - 1].clause


def _levels(reading: Reading, total: Mention) -> Iterator[list[Mention]]:
    """The same stretch of figures on each level of reading, no level twice."""
    seen: set[tuple[int, ...]] = set()
    for level in _all_levels(reading, total):
        key = tuple(mention.index for mention in level)
        if len(level) > 1 and key not in seen:
            seen.add(key)
            yield level


def _all_levels(reading: Reading, total: Mention) -> Iterator[list[Mention]]:
    within = [m for m in reading.after(total, WINDOW) if m.paragraph - total.paragraph <= PARAGRAPHS]
    behind = [m for m in within if can_be_part(m) and m.figure.value <= total.figure.value + total.figure.slack]
    if behind:
        depth = behind[0].depth
        if depth > total.depth:
            yield [m for m in behind if m.depth == depth and m.host is behind[0].host]
    flat = [m for m in behind if m.depth <= total.depth]
    yield flat
    if total.unit:
        yield [m for m in flat if alike(m, total)]
    if total.verb:
        yield [m for m in behind if m.verb == total.verb]
    yield from _columns(behind)
    if total.under is not None:
        yield [m for m in within if m.under is not None and m.under is not total and m.depth <= total.depth]


def _columns(behind: list[Mention]) -> Iterator[list[Mention]]:
    """The first figure of each clause, the second of each: «7 vụ KN, 12 vụ TC đúng; 19 vụ KN, 37 vụ TC sai»."""
    clauses: dict[tuple[int, int], list[Mention]] = {}
    for mention in behind:
        clauses.setdefault((mention.sentence, mention.clause), []).append(mention)
    widest = max((len(clause) for clause in clauses.values()), default=0)
    for column in range(min(widest, _COLUMNS) if len(clauses) > 1 else 0):
        yield [clause[column] for clause in clauses.values() if column < len(clause)]


def _run(total: Mention, level: Sequence[Mention], at: int, sums: Sums) -> Run | None:
    """The figures from `at` on that add up to the total within their rounding, parts of parts stepped over first."""
    nested = any(mention.index in sums for mention in level[at:])
    for step_over in (True, False) if nested else (False,):
        run = _add_up(total, level, at, sums if step_over else {})
        if run is not None:
            return run
    return None


def _add_up(total: Mention, level: Sequence[Mention], at: int, sums: Sums) -> Run | None:
    goal, slack = total.figure.value, total.figure.slack
    amount = Decimal(0)
    skipped: set[int] = set()
    run: list[Mention] = []
    for mention in level[at:]:
        if mention.index in skipped:
            continue
        for parts in sums.get(mention.index, ()):
            skipped.update(part.index for part in parts)
        amount += mention.figure.value
        slack += mention.figure.slack
        run.append(mention)
        if len(run) > 1 and abs(amount - goal) <= slack:
            return tuple(run)
        if amount - goal > slack:
            return None
    return None
