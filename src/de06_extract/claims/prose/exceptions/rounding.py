"""Rounding: relations whose figures fail by no more than zeros at the end, or fewer decimals, may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.relation import Relation

_HALF = Decimal("0.5")
_ROUNDED = Decimal("0.01")  # of a total: what rounding leaves out at most; «100» of 80 and 30 is no rounded one
_ROUND = 2  # zeros at the end of a total that may be rounded


def is_of_rounded(relation: Relation) -> bool:
    """True for «710.800 tấn, tăng 2.180 tấn so với 708.600 tấn»: zeros at the end of all may be what is missing.

    What misses by more than a hundredth of itself is no matter of rounding, however round the figures are.
    """
    roles = [relation.one(role) for role in ("percent", "delta", "new", "old", "numerator", "denominator")]
    stated, *others = [mention for mention in roles if mention is not None]
    if len(others) < 2 or stated is relation.one("new") or not all(_zeros(other) >= _ROUND for other in others):
        return False
    middle = _given(relation, others, [other.figure.value for other in others])
    if middle is None or abs(middle - stated.figure.value) > _ROUNDED * stated.figure.value:
        return False
    return _may_give(relation, stated, others, [_ends(other) for other in others])


def _may_give(
    relation: Relation, stated: Mention, others: Sequence[Mention], ends: Sequence[tuple[Decimal, ...]]
) -> bool:
    """True where the stated figure lies between what the others give at the ends of what they may stand for."""
    found = [_given(relation, others, values) for values in product(*ends)]
    given = [value for value in found if value is not None]
    value, slack = stated.figure.value, stated.figure.slack
    return len(given) == len(found) and min(given) <= value + slack and value - slack <= max(given)


def _given(relation: Relation, others: Sequence[Mention], values: Sequence[Decimal]) -> Decimal | None:
    """The percentage or size that the other figures of a relation give with these values; None where they give none."""
    held = {other.index: value for other, value in zip(others, values, strict=True)}

    def value(role: str) -> Decimal | None:
        mention = relation.one(role)
        return None if mention is None else held.get(mention.index)

    if relation.kind == "ratio":
        part, base = value("numerator"), value("denominator")
    else:
        old, new, sign = value("old"), value("new"), -1 if relation.direction == "down" else 1
        if relation.one("percent") is None:
            return None if old is None or new is None else sign * (new - old)
        part = value("delta") if old is None or new is None else sign * (new - old)
        base = old if old is not None or new is None or part is None else new - sign * part
    return _share(part, base)


def _share(part: Decimal | None, base: Decimal | None) -> Decimal | None:
    return None if part is None or base is None or base <= 0 else 100 * part / base


def _ends(mention: Mention) -> tuple[Decimal, Decimal]:
    """The least and the most that a figure may stand for whose zeros at the end may be rounded."""
    zeros = _zeros(mention)
    half = 10**zeros * mention.figure.scale * _HALF if zeros >= _ROUND else mention.figure.slack
    return mention.figure.value - half, mention.figure.value + half


def is_size_rounded(relation: Relation) -> bool:
    """True for «1.111,18 điểm, tăng 104 điểm (10,34%)»: the size has fewer decimals than the value, and is rounded."""
    new, size, percent = map(relation.one, ("new", "delta", "percent"))
    if new is None or size is None or percent is None or size.figure.slack or not new.figure.decimals:
        return False
    ends = [(size.figure.value - _HALF, size.figure.value + _HALF), (new.figure.value,)]
    return _may_give(relation, percent, (size, new), ends)


def is_total_rounded(stated: Mention, missing: Decimal, finer: bool = False) -> bool:
    """True where the zeros at the end of a figure may stand for what is missing: «còn lại đến 13.000» of 12.941.

    Beside figures with decimals one zero may: «3.950 tỷ đồng, trong đó 3.585,5 tỷ và 361 tỷ».
    """
    zeros = _zeros(stated)
    if stated.figure.decimals or abs(missing) > _ROUNDED * stated.figure.value:
        return False
    return zeros >= (1 if finer else _ROUND) and 2 * abs(missing) <= 10**zeros * stated.figure.scale


def _zeros(mention: Mention) -> int:
    """How many zeros a whole number is written with at its end: 2 of «1.500 tỷ»."""
    if mention.figure.decimals:
        return 0
    digits = str(int(mention.figure.value / mention.figure.scale))
    return len(digits) - len(digits.rstrip("0"))
