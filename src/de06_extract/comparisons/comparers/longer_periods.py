"""What was done in a quarter or month against what was done in the longer period that contains it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts, LabelledCount
from de06_extract.schema.report import Comparison

_MOST = 24  # counts under one label
_FEWEST_WORDS = 3
_SURE, _UNSURE = 0.95, 0.5


def find(material: Counts) -> Iterator[Comparison]:
    """Each count of a period with that of the shortest longer one, where label, unit and place are the same."""
    counts: dict[object, list[LabelledCount]] = defaultdict(list)
    for count in material.counts:
        label = count.label
        if count.mention.under is None and _is_done(count) and len(label.words) >= _FEWEST_WORDS:
            counts[label.key, label.places, label.bodies, count.unit].append(count)
    for alike in counts.values():
        for shorter in alike[:_MOST]:
            longer = [c for c in alike[:_MOST] if c.period and shorter.period and c.period.holds(shorter.period)]
            if longer:
                yield _compared(material, shorter, min(longer, key=lambda c: (_days(c), c.mention.index)))


def _is_done(count: LabelledCount) -> bool:
    """True for what is done and added up over time («tiếp nhận»), in a period that is said; a stock may shrink."""
    groups = {group for group, _ in count.label.marks}
    return "act" in groups and not groups & {"frame", "change", "age", "state"} and count.period is not None


def _days(count: LabelledCount) -> int:
    period = count.period
    assert period is not None
    assert period.first is not None
    assert period.last is not None
    return (period.last - period.first).days


def _compared(material: Counts, shorter: LabelledCount, longer: LabelledCount) -> Comparison:
    periods = (shorter.period, longer.period)
    sure = all(period is not None and period.dated for period in periods) and all(
        count.period is not None and material.is_close(count.period, count.mention) for count in (shorter, longer)
    )
    return compare(
        material, "period", [c.mention.quantity(material.document) for c in (shorter, longer)],
        "consistent" if shorter.value <= longer.value else "inconsistent",
        about=material.clause(shorter.mention), certainty=_SURE if sure else _UNSURE,
    )  # fmt: skip


COMPARER = find
