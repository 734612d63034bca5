"""Values: figures as floats with what was rounded away, and how finely they tell values apart.

Floats serve here, since only the class of an outcome is asked for; the verdict on a relation that is chosen is computed
exactly (`numbers.verdicts`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from de06_extract.claims.prose.mentions import Mention

EPSILON: Final = 1e-9  # relative: what floats lose
INFINITE: Final = 1e18  # beyond any share that a report states: stands for a division by nothing
FINEST: Final = 9  # the last of the classes of resolution


class Value(NamedTuple):
    """A figure as floats: its value and half of its last written unit (0 for a count), and how it is written."""

    value: float
    slack: float
    unit: float  # of the last written digit
    vague: bool  # «hơn 300», «từ 5 đến 10»
    decimals: int = 0
    length: int = 0  # digits as written, zeros in front included: 3 of «0,18», 2 of «08»

    @property
    def low(self) -> float:
        return self.value - self.slack

    @property
    def high(self) -> float:
        return self.value + self.slack

    @property
    def digits(self) -> int:
        """The written digits as a whole number: 9877 of «98,77%»."""
        return round(self.value / self.unit)

    @property
    def relative_width(self) -> float:
        """How wide the interval of true values is as a share of the value."""
        return 2 * self.slack / max(self.value, EPSILON)


def value_of(mention: Mention, text: str) -> Value:
    """The figure of a mention of a text as floats."""
    figure = mention.figure
    return Value(
        float(figure.value),
        float(figure.slack),
        10.0**-figure.decimals * float(figure.scale),
        figure.is_open,
        figure.decimals,
        0 if figure.upper is not None else sum(map(str.isdigit, text[mention.start : mention.end])),
    )


def grain(value: Value) -> float:
    """The unit of the last digit that is not 0: 100 of «1.500»."""
    digits, unit = value.digits, value.unit
    while digits and digits % 10 == 0:
        digits //= 10
        unit *= 10
    return unit


def coarsest_width(values: Sequence[Value]) -> float:
    """How much the figures of an addition leave open: what was rounded away, at least the finest grain among them."""
    return max(2 * sum([value.slack for value in values]), min(map(grain, values)))


def resolution_class(share: float) -> int:
    """0 (coarse) to 9 (fine) in half decades: how finely figures tell values apart, as a share of the anchor's value.

    >>> resolution_class(0.5), resolution_class(0.01), resolution_class(0)
    (0, 4, 9)
    """
    return max(0, min(FINEST, int(-2 * math.log10(min(1.0, max(share, EPSILON))))))


def meets(low: float, high: float, other_low: float, other_high: float) -> bool:
    """True where two closed intervals have a value in common, but for what floats lose."""
    loss = EPSILON * max(abs(high), abs(other_high), EPSILON)
    return low <= other_high + loss and other_low <= high + loss
