"""Levels worded as increases: «tăng 148,50% (3.175/2.138)» gives new over old, not what was added."""

from __future__ import annotations

from de06_extract.intervals import Interval
from de06_extract.schema import Quantity


def states_level(old: Quantity, new: Quantity, percent: Quantity) -> bool:
    """True where the percentage is 100 · new / old, although it is worded as a change."""
    level = Interval.exact(new.value).percent_of(Interval.exact(old.value))
    return level is not None and level.meets(Interval.rounded(percent.value, percent.decimals))
