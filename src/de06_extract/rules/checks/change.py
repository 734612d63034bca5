"""A change against the old and the new value."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.numbers.slips import states_level
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import of_kind
from de06_extract.schema.report import Quantity

_ID = "change-mismatch"
_SIGN = {"up": 1, "down": -1}


def judge(case: ClaimCase) -> Objection | None:
    """The size or percentage that does not follow; levels worded as increases have a rule of their own."""
    old, new, delta, percent = (case.maybe(role) for role in ("old", "new", "delta", "percent"))
    if case.claim.verdict != "inconsistent" or (old and new and percent and states_level(old, new, percent)):
        return None
    way = "down" if case.claim.direction == "down" else "up"
    if old is not None and new is not None:
        return _by_values(old, new, delta, percent, way)
    if delta is None or percent is None:
        return None
    return _by_size(old, new, delta, percent, way)


def _by_size(
    old: Quantity | None, new: Quantity | None, delta: Quantity, percent: Quantity, way: str
) -> Objection | None:
    """The percentage that the size of the change does not make of the one value stated."""
    value = new or old
    if value is None:
        return None
    sign = _SIGN[way]
    size = Fraction(delta.value)
    base = Fraction(value.value) - (sign * size if new is not None else 0)
    right, before = write_like(percent, 100 * size / base), write_like(value, base)
    return Objection(
        **both(_ID, "size", way=both(_ID, way), delta=delta.text, before=before, right=right, percent=percent.text),
        span=percent.span,
        reported=percent.text,
        expected=right,
    )


def _by_values(old: Quantity, new: Quantity, delta: Quantity | None, percent: Quantity | None, way: str) -> Objection:
    """The size or percentage that the two values do not make, or the new value where it lies the other way."""
    sign = _SIGN[way]
    size = sign * (Fraction(new.value) - Fraction(old.value))
    stated = delta if delta is not None and Fraction(delta.value) != size else percent or new
    if size < 0 or stated is new:
        return Objection(
            **both(
                _ID,
                "same" if not size else "falls" if way == "up" else "rises",
                old=old.text,
                new=new.text,
                way=both(_ID, way),
            ),
            span=new.span,
            reported=new.text,
        )
    right = write_like(stated, size if stated is delta else 100 * size / Fraction(old.value))
    size_text = right.lstrip("-−–+")
    return Objection(
        **both(_ID, "values", old=old.text, new=new.text, way=both(_ID, way), right=size_text, stated=stated.text),
        span=stated.span,
        reported=stated.text,
        expected=right,
    )


RULE = Rule(
    id="change-mismatch",
    severity="error",
    select=of_kind("change"),
    judge=judge,
    wrong=("Toàn tỉnh xảy ra 420 vụ, tăng 20 vụ (5,2%) so với cùng kỳ", "Hộ nghèo giảm từ 3,99% xuống còn 4,96%"),
    right=("Toàn tỉnh xảy ra 420 vụ, tăng 20 vụ (5%) so với cùng kỳ", "Hộ nghèo giảm từ 4,96% xuống còn 3,99%"),
)
