"""Labels: the relations that a person found in a passage, and whether a candidate is one of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Values = tuple[float | tuple[float, ...] | None, ...]  # of the roles, in the order of the kind; sizes have no sign

GROUPS = {
    "ratios": "ratio",
    "changes": "change",
    "sums": "sum",
    "remainders": "remainder",
    "shares": "distribution",
}
CHECKABLE = frozenset({"ok", "truncated", "mismatch", "undefined"})
OPEN = frozenset({"uncheckable", "unverifiable", "no_base", "no_percent", "impossible"})
VERDICTS = {  # of claims, as labels have them
    "consistent": "ok",
    "inconsistent": "mismatch",
    "truncated": "truncated",
    "undefined": "undefined",
    "unverifiable": "uncheckable",
}
_LOSS = 1e-6  # relative: what floats and sums of them lose


class LabelError(ValueError):
    """A file of labels that has another form than is known."""


@dataclass(frozen=True, slots=True)
class Label:
    """A relation as it was labelled; `bases` are other denominators that a ratio without one may have."""

    kind: str
    values: Values
    verdict: str = "ok"
    debatable: bool = False
    quote: str = ""
    bases: tuple[float, ...] = ()

    @property
    def is_checkable(self) -> bool:
        return self.verdict in CHECKABLE and not self.debatable

    @property
    def is_error(self) -> bool:
        """True where the passage is wrong."""
        return self.verdict in CHECKABLE and self.verdict != "ok"

    def is_stated_by(self, values: Values) -> bool:
        """True where a candidate has these very values.

        >>> Label("ratio", (3.0, 4.0, 75.0)).is_stated_by((3.0, 4.0, 75.0))
        True
        >>> Label("ratio", (3.0, None, 75.0), bases=(4.0, 5.0)).is_stated_by((3.0, 5.0, 75.0))
        True
        """
        if self.kind == "ratio" and self.bases and self.values[1] is None:
            return any(agree((self.values[0], base, self.values[2]), values) for base in self.bases)
        return agree(self.values, values)

    def is_partly_stated_by(self, values: Values) -> bool:
        """True also where a candidate has the old and new value of a change, or its size, and not all that it has.

        >>> Label("change", (None, 30.0, 6.0, 25.0)).is_partly_stated_by((None, 30.0, 6.0, None))
        True
        """
        if self.is_stated_by(values):
            return True
        if self.kind != "change" or values[3] is not None:
            return False
        old, new, size, _ = self.values
        if values[2] is not None:
            return agree((old, new, size), values[:3])
        return old is not None and agree((old, new), values[:2])


def agree(one: Values, other: Values) -> bool:
    """True where the same roles are filled with the same values."""
    return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))


def _same(a: float | tuple[float, ...] | None, b: float | tuple[float, ...] | None) -> bool:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return isinstance(a, tuple) and isinstance(b, tuple) and agree(a, b)
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=_LOSS, abs_tol=1e-9)


def values_of(kind: str, roles: Mapping[str, Any]) -> Values:
    """The values of a labelled relation.

    >>> values_of("sum", {"total": 5, "parts": [3, {"value": 2}]})
    (5.0, (2.0, 3.0))
    """
    try:
        return _ROLES[kind](roles)
    except (TypeError, ValueError, KeyError) as error:
        raise LabelError(f"no values of a {kind}: {dict(roles)!r}") from error


def _value(held: Any) -> float | None:
    if isinstance(held, Mapping):
        held = held.get("value")
    return None if held is None else abs(float(held))


def _values(held: Any) -> tuple[float, ...]:
    found = [_value(value) for value in held or ()]
    if None in found:
        raise ValueError("a list with a value that is missing")
    return tuple(sorted(value for value in found if value is not None))


def _each(*names: str) -> Callable[[Mapping[str, Any]], Values]:
    return lambda roles: tuple(_value(roles.get(name)) for name in names)


_ROLES: dict[str, Callable[[Mapping[str, Any]], Values]] = {
    "ratio": _each("numerator", "denominator", "percent"),
    "change": _each("old", "new", "delta", "percent"),
    "sum": lambda roles: (_value(roles.get("total")), _values(roles.get("parts"))),
    "remainder": _each("total", "done", "left"),
    "distribution": lambda roles: (_values(roles.get("percents")),),
}
