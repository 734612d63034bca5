"""Several figures that had to change from one period to the next, and did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from de06_extract.archive.across.rule import (
    AcrossRule,
    Objection,
    Reports,
    period_words,
    report_words,
    written,
)
from de06_extract.archive.across.series import Step
from de06_extract.archive.across.specimens import specimen
from de06_extract.rules.rule import Both, both

_FEWEST = 3  # figures: two independent counts of hundreds are the same once in some hundred reports, three never
_SHOWN = 5
_SMALLEST = 100
_ROUND = 10  # «1.500 tờ rơi» is printed anew each time


@dataclass(frozen=True)
class Copies:
    """The figures that two reports have alike, in the order of the later one's text, `of` so many that could be held.

    What a report says twice counts once.
    """

    steps: tuple[Step, ...]
    of: int


def select(collected: Reports) -> Iterator[Copies]:
    """The pairs of reports of successive periods, with what they count alike."""
    pairs: dict[tuple[str, str], dict[tuple[str, Decimal], Step]] = defaultdict(dict)
    every = (step for series, _ in (*collected.flows(), *collected.counts()) for step in series.steps())
    for step in sorted(filter(_can_move, every), key=lambda step: step.later.order):
        figure = step.later.indicator, step.value(step.later)
        pairs[step.earlier.path, step.later.path].setdefault(figure, step)
    for _, found in sorted(pairs.items()):
        yield Copies(tuple(step for step in found.values() if _is_unchanged(step)), len(found))


def _can_move(step: Step) -> bool:
    """True for a count that is large, not round, and not complete in the earlier report."""
    value = step.value(step.earlier)
    done = step.earlier.base == step.earlier.count or step.earlier.rate == 100
    return value >= _SMALLEST and value % _ROUND != 0 and not done


def _is_unchanged(step: Step) -> bool:
    return step.value(step.earlier) == step.value(step.later)


def judge(copies: Copies) -> Objection | None:
    """The later report, where several figures and at least half of those that could change are those of the earlier."""
    if len(copies.steps) < _FEWEST or 2 * len(copies.steps) < copies.of:
        return None
    first = copies.steps[0]
    earlier, later = first.earlier, first.later
    return Objection(
        **both(
            "across-copied-figures",
            later=report_words(later),
            later_period=period_words(later),
            count=len(copies.steps),
            earlier=report_words(earlier),
            earlier_period=period_words(earlier),
            of=copies.of,
            figures=Both(vi=_listed(copies, "indicator_name"), en=_listed(copies, "indicator")),
        ),
        at=later,
        others=tuple(step.earlier for step in copies.steps),
        figure=written(later, first.value(later)),
    )


def _listed(copies: Copies, key: str) -> str:
    shown = [f"{step.later.row[key]} {written(step.later, step.value(step.later))}" for step in copies.steps[:_SHOWN]]
    return "; ".join((*shown, "…") if len(copies.steps) > _SHOWN else shown)


_ONE_STOP = "bộ phận Một cửa tiếp nhận {} hồ sơ TTHC"
_ISSUED = "toàn huyện cấp {} thẻ căn cước công dân"
_SENT = "toàn huyện có {} văn bản đi"


def _quarter(issued: str, period: str, *figures: str) -> str:
    sentences = (text.format(figure) for text, figure in zip((_ONE_STOP, _ISSUED, _SENT), figures, strict=True))
    return specimen(issued, *(f"{period}, {sentence}.\n" for sentence in sentences))


RULE = AcrossRule(
    id="across-copied-figures",
    severity="info",
    select=select,
    judge=judge,
    wrong=(
        (
            _quarter("5/4/2024", "Quý I/2024", "12.345", "2.187", "1.463"),
            _quarter("5/7/2024", "Quý II/2024", "12.345", "2.187", "1.463"),
        ),
    ),
    right=(
        (
            _quarter("5/4/2024", "Quý I/2024", "12.345", "2.187", "1.463"),
            _quarter("5/7/2024", "Quý II/2024", "12.345", "2.187", "1.521"),
        ),
        (
            _quarter("5/4/2024", "Quý I/2024", "12.345", "2.187", "1.463"),
            _quarter("25/4/2024", "Quý I/2024", "12.345", "2.187", "1.463"),
        ),
        (
            _quarter("5/4/2024", "Quý I/2024", "12.000", "2.100", "1.500"),
            _quarter("5/7/2024", "Quý II/2024", "12.000", "2.100", "1.500"),
        ),
    ),
)
