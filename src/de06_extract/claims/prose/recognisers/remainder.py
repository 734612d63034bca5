"""Remainders: what is left of a total when a part is done, `13.236/27.410 … hiện còn 14.174`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction

from de06_extract.claims.prose.mentions import Mention, Reading, alike
from de06_extract.claims.prose.relation import Recogniser, Relation, Relations
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import is_near
from de06_extract.numbers.units import compatible

judge_remainder = kind_of("remainder").judge

_WINDOW = 24
_NEAR = Fraction(1, 10)


def find(reading: Reading, found: Relations) -> Iterator[Relation]:
    """The remainders of a document in reading order."""
    pairs = [
        (total, done) for ratio in found.of("ratio")
        if (total := ratio.one("denominator")) is not None and (done := ratio.one("numerator")) is not None
    ]  # fmt: skip
    pairs.sort(key=lambda pair: pair[1].index)
    sure = {
        done
        for ratio in found.of("ratio")
        if ratio.judgement.verdict == "consistent" and (done := ratio.one("numerator"))
    }
    said: tuple[Mention, Relation] | None = None
    for left in reading.mentions:
        if not left.is_level or left.over is not None or left.figure.upper is not None:
            continue
        goes_on = said is not None and _goes_on(said[0], left)
        if left.leads_with("rest") or left.trails_close("left") or goes_on:
            relation = _search(reading, left, pairs, sure)
            if relation is not None and _is_completed(reading, relation):
                relation = None
            if relation is None and said is not None and goes_on:
                relation = _next_column(said[1], left, reading.before(left, _WINDOW))
            if relation is not None:
                said = (left, relation)
                yield relation


def _is_completed(reading: Reading, relation: Relation) -> bool:
    """True where the rest is in several parts: «còn lại 31 vụ đang điều tra và 3 vụ tạm đình chỉ»."""
    total, done, left = (relation.one(role) for role in ("total", "done", "left"))
    assert total is not None
    assert done is not None
    assert left is not None
    if relation.judgement.verdict != "inconsistent":
        return False
    missing = total.figure.value - done.figure.value - left.figure.value
    for mention in reading.after(left, 4):
        if mention.sentence != left.sentence or not mention.is_level or not compatible(mention.figure, left.figure):
            return False
        missing -= mention.figure.value
        if not missing:
            return True
    return False


def _goes_on(said: Mention, left: Mention) -> bool:
    """True for a further remainder of one list: «còn lại 17 đơn/13 vụ khiếu nại và 10 đơn/10 vụ tố cáo»."""
    near = left.sentence == said.sentence and left.index - said.index <= 2 and left.depth == said.depth
    return near and all(token.kinds & {"slash", "and", "comma"} for token in left.lead)


def _search(
    reading: Reading, left: Mention, pairs: list[tuple[Mention, Mention]], sure: set[Mention]
) -> Relation | None:
    """The total and the part that leave this remainder: those of a ratio first, then any two close before."""
    first = bisect_left(pairs, left.index - _WINDOW, key=lambda pair: pair[1].index)
    behind = bisect_left(pairs, left.index, key=lambda pair: pair[1].index)
    near = [(t, d) for t, d in pairs[first:behind] if left.paragraph - d.paragraph <= 3]
    slash = reading.mentions[left.index - 1] if left.index else left
    said = slash.under is not None and slash.sentence == left.sentence and left.leads_with("left")
    if said and slash.under is not None and _is_stated_rest(left) and compatible(slash.figure, left.figure):
        return _relation(slash, slash.under, left)  # «9/19 mô hình, còn lại 10»
    for total, done in reversed(near):
        if _holds(total, done, left):
            return _relation(total, done, left)
    before = [
        m for m in reading.before(left, _WINDOW)
        if m.figure.kind == "count" and m.role == "level" and m.paragraph >= left.paragraph - 3
    ]  # fmt: skip
    for at, one in enumerate(before):
        for other in before[:at]:
            for total, done in ((one, other), (other, one)):
                if total.figure.value > done.figure.value and _holds(total, done, left):
                    return _relation(total, done, left)
    return _by_words(before, left, sure) or _after_ratio(reading, near, left)


def _after_ratio(reading: Reading, near: list[tuple[Mention, Mention]], left: Mention) -> Relation | None:
    """«thụ lý 6.218 vụ, giải quyết 5.209 vụ, đạt 83,74% … Còn tồn 1.011 vụ»: a remainder of the ratio just stated."""
    if not near or not _is_stated_rest(left) or not left.leads_with("rest"):
        return None
    total, done = near[-1]
    between = [m for m in reading.before(left, 3) if m.sentence == left.sentence and m.index > done.index]
    if any(m.is_level and compatible(m.figure, left.figure) for m in between):
        return None  # «sau đại học 153, đại học 41, còn lại 36» is the rest of a list
    computed = Fraction(total.figure.value) - Fraction(done.figure.value)
    same = compatible(done.figure, left.figure) and done.paragraph == left.paragraph
    return _relation(total, done, left) if same and is_near(left.figure, computed, _NEAR) else None


def _holds(total: Mention, done: Mention, left: Mention) -> bool:
    if not compatible(total.figure, done.figure) and done.over is not total:
        return False
    slack = total.figure.slack + done.figure.slack + left.figure.slack
    if abs(total.figure.value - done.figure.value - left.figure.value) > slack:
        return False
    verdict = judge_remainder(total.figure, done.figure, left.figure).verdict
    small = left.figure.value < 10 and left.sentence != done.sentence
    return verdict == "consistent" and not small


def _by_words(before: list[Mention], left: Mention, sure: set[Mention]) -> Relation | None:
    """`a/b … còn c` and «T, trong đó a, còn lại c»: the words leave no doubt which figures are meant."""
    for done in before:
        total = done.over
        if total is None:
            continue
        if left.sentence - done.sentence > 1 or done.paragraph != left.paragraph:
            return None
        if not _is_stated_rest(left) or not compatible(total.figure, left.figure):
            return None
        computed = Fraction(total.figure.value) - Fraction(done.figure.value)
        certain = left.sentence == done.sentence and (
            left.leads_with("left") or left.trails_close("left") or done in sure
        )
        return _relation(total, done, left) if certain or is_near(left.figure, computed, _NEAR) else None
    same = [m for m in before if m.depth <= left.depth and compatible(m.figure, left.figure)]
    if len(same) < 2 or not _is_stated_rest(left) or same[1].sentence < left.sentence - 1:
        return None
    done, total = same[0], same[1]
    computed = Fraction(total.figure.value) - Fraction(done.figure.value)
    said = left.leads_with("left") or left.trails_close("left")
    stated = total.leads_with("total") or (
        said and (done.leads_with("part") or (alike(total, done) and alike(done, left)))
    )
    row = alike(total, done) and alike(done, left) and total.sentence == left.sentence and left.leads_with("rest")
    if row and total.figure.value > done.figure.value and is_near(left.figure, computed, Fraction(0)):
        return _relation(total, done, left)
    certain = total.sentence == done.sentence and stated and done.index == left.index - 1
    return _relation(total, done, left) if certain and is_near(left.figure, computed, Fraction(3, 20)) else None


def _next_column(said: Relation, left: Mention, before: list[Mention]) -> Relation | None:
    """The second column of «thụ lý 462 vụ/815 bị cáo, giải quyết 431 vụ/762 bị cáo, còn lại 31 vụ/53 bị cáo»."""
    same = [m for m in before if alike(m, left)]
    if said.judgement.verdict != "consistent" or len(same) < 2 or same[1].figure.value <= same[0].figure.value:
        return None
    return _relation(same[1], same[0], left)


def _is_stated_rest(left: Mention) -> bool:
    return left.figure.bound == "exact" and left.depth == 0


def _relation(total: Mention, done: Mention, left: Mention) -> Relation:
    judgement = judge_remainder(total.figure, done.figure, left.figure)
    return Relation("remainder", {"total": total, "done": done, "left": left}, judgement)


RECOGNISER = Recogniser("remainder", find, after=("ratio",))
