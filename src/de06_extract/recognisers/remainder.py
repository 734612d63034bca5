"""Remainders: what is left of a total when a part is done, `13.236/27.410 … hiện còn 14.174`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from de06_extract.mentions import Mention, Reading
from de06_extract.relation import Found, Recogniser, Relation
from de06_extract.slips import is_near
from de06_extract.units import compatible
from de06_extract.verdicts import judge_remainder

_WINDOW = 24
_NEAR = Fraction(1, 10)


def find(reading: Reading, found: Found) -> Iterator[Relation]:
    """The remainders of a document in reading order."""
    pairs = [
        (total, done) for ratio in found.of("ratio")
        if (total := ratio.one("denominator")) is not None and (done := ratio.one("numerator")) is not None
    ]  # fmt: skip
    said: Mention | None = None
    for left in reading.mentions:
        if not left.is_level or left.over is not None or left.figure.upper is not None:
            continue
        if left.leads_with("rest") or left.trails_close("rest") or (said is not None and _goes_on(said, left)):
            said = left
            relation = _search(reading, left, pairs)
            if relation is not None:
                yield relation


def _goes_on(said: Mention, left: Mention) -> bool:
    """True for a further remainder of one list: «còn lại 17 đơn/13 vụ khiếu nại và 10 đơn/10 vụ tố cáo»."""
    return left.sentence == said.sentence and left.index - said.index <= 2 and not left.leads_with("part", "semicolon")


def _search(reading: Reading, left: Mention, pairs: list[tuple[Mention, Mention]]) -> Relation | None:
    """The total and the part that leave this remainder: those of a ratio first, then any two close before."""
    near = [(t, d) for t, d in pairs if d.index < left.index <= d.index + _WINDOW and left.paragraph - d.paragraph <= 3]
    for total, done in reversed(near):
        if _holds(total, done, left):
            return _relation(total, done, left)
    before = [
        m for m in reading.before(left, _WINDOW)
        if m.figure.kind == "count" and m.role == "level" and m.paragraph >= left.paragraph - 3
    ]  # fmt: skip
    for at, first in enumerate(before):
        for second in before[:at]:
            for total, done in ((first, second), (second, first)):
                if total.figure.value > done.figure.value and _holds(total, done, left):
                    return _relation(total, done, left)
    return _by_words(before, left) or _after_ratio(near, left)


def _after_ratio(near: list[tuple[Mention, Mention]], left: Mention) -> Relation | None:
    """«thụ lý 6.218 vụ, giải quyết 5.209 vụ, đạt 83,74% … Còn tồn 1.011 vụ»: a remainder of the ratio just stated."""
    if not near or not _is_stated_rest(left) or not left.leads_with("rest"):
        return None
    total, done = near[-1]
    computed = Fraction(total.figure.value) - Fraction(done.figure.value)
    alike = compatible(done.figure, left.figure) and done.paragraph == left.paragraph
    return _relation(total, done, left) if alike and is_near(left.figure, computed, _NEAR) else None


def _holds(total: Mention, done: Mention, left: Mention) -> bool:
    if not compatible(total.figure, done.figure) and done.over is not total:
        return False
    verdict = judge_remainder(total.figure, done.figure, left.figure).verdict
    small = left.figure.value < 10 and left.sentence != done.sentence
    return verdict == "consistent" and not small


def _by_words(before: list[Mention], left: Mention) -> Relation | None:
    """`a/b … còn c` in a sentence or the one before: the words leave no doubt which figures are meant."""
    for done in before:
        total = done.over
        if total is None:
            continue
        if left.sentence - done.sentence > 1 or done.paragraph != left.paragraph:
            return None
        computed = Fraction(total.figure.value) - Fraction(done.figure.value)
        near = is_near(left.figure, computed, _NEAR) or (left.leads_with("left") and left.sentence == done.sentence)
        return _relation(total, done, left) if _is_stated_rest(left) and near else None
    if len(before) >= 2 and before[0].sentence >= left.sentence - 1:
        done, total = before[0], before[1]
        computed = Fraction(total.figure.value) - Fraction(done.figure.value)
        certain = (
            total.sentence == done.sentence
            and compatible(total.figure, done.figure)
            and compatible(done.figure, left.figure)
        )
        if (
            certain
            and computed > 0
            and _is_stated_rest(left)
            and total.leads_with("total")
            and is_near(left.figure, computed, _NEAR)
        ):
            return _relation(total, done, left)
    return None


def _is_stated_rest(left: Mention) -> bool:
    return left.figure.bound == "exact" and left.depth == 0


def _relation(total: Mention, done: Mention, left: Mention) -> Relation:
    judgement = judge_remainder(total.figure, done.figure, left.figure)
    return Relation("remainder", {"total": total, "done": done, "left": left}, judgement)


RECOGNISER = Recogniser("remainder", find, after=("ratio",))
