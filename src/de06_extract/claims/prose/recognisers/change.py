"""Changes: `new … tăng delta (percent)`, `từ old lên new`, `giảm p% (new/old)`, and changes of the sentence before.

The size of a change stands right behind its direction. Which value it is a change of may stand in the same clause or a
sentence earlier; where size and percentage are both given, the value that they fit is the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from de06_extract.claims.prose.mentions import Mention, Reading, alike
from de06_extract.claims.prose.relation import Recogniser, Relation, Relations, figure
from de06_extract.language.spelling import fold
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import is_near, lost_or_added
from de06_extract.numbers.units import compatible
from de06_extract.numbers.verdicts import Judgement
from de06_extract.schema.report import Direction

judge_change = kind_of("change").judge

_WINDOW = 24  # mentions back in which the changed value is looked for
_PARTNER = 3  # mentions behind a size in which its percentage may stand
_NOUN = 40  # characters behind a size in which its noun stands
_NEAR = Fraction(1, 20)
_TIED = Fraction(1, 4)
_PRECISE = 100  # steps of its last digit from which a percentage that fits a pair is no chance


def find(reading: Reading, found: Relations) -> Iterator[Relation]:
    """The changes of a document in reading order."""
    done: set[int] = set()
    for relation in _from_to(reading):
        done.update(m.index for m in relation.mentions())
        yield relation
    for mention in reading.mentions:
        if mention.role != "change" or mention.index in done or mention.figure.kind in ("time", "other"):
            continue
        if mention.over is not None or mention.under is not None:
            continue
        relation = _Change(reading, mention).relation()
        done.update(m.index for m in relation.mentions() if m.role == "change")
        yield relation


class _Change:
    """One change on its way to a relation: the size or percentage said first, and what it may belong to."""

    def __init__(self, reading: Reading, said: Mention) -> None:
        self.reading, self.said = reading, said
        self.values = list(self._values())

    def relation(self) -> Relation:
        """The change with the values that its figures fit, or that its words name."""
        said, partner = self.said, self._partner()
        slash = self._new_over_old()
        partners = [partner] if partner is not None else [*self._loose_partners(), None]
        for other in partners:
            delta, percent = _size_and_share(said, other)
            if slash is not None and (other is partner or self._fits(slash.over, slash, delta, percent)):
                return self._relate(slash.over, slash, delta, percent)
            for old in [*self._olds(other, delta), None]:
                for new in self.values:
                    if self._fits(old, new, delta, percent):
                        return self._relate(old, new, delta, percent)
        return self._by_words(partner)

    def _partner(self) -> Mention | None:
        """The percentage beside a size, or the size beside a percentage, of the same change."""
        said, behind = self.said, self.reading.after(self.said, 1)
        other = behind[0] if behind and behind[0].sentence == said.sentence else None
        if other is None or other.is_share == said.is_share or other.figure.kind in ("time", "other"):
            return None
        if other.role != "change" or other.direction != said.direction or other.over is not None:
            return None
        close = other.depth > said.depth or other.leads_with("equals", "open")
        return other if close or other.figure.sign is not None else None

    def _loose_partners(self) -> Iterator[Mention]:
        """Percentages behind a size that words join loosely: «tăng 64 vụ so với năm trước, tương đương 7,5%»."""
        if self.said.is_share:
            return
        for other in self.reading.after(self.said, _PARTNER):
            passed = other.is_level and other.depth <= self.said.depth and not other.is_share
            if other.sentence != self.said.sentence or passed:
                return
            alike_change = other.role == "level" or other.direction == self.said.direction
            if other.is_share and other.over is None and alike_change:
                yield other

    def _new_over_old(self) -> Mention | None:
        """The numerator of «giảm 53,5% (20/43 DN)» and of «giảm 03 vụ (45/48 vụ)»."""
        for other in self.reading.after(self.said, 2):
            if other.over is not None and other.host is not None and other.host.role == "change":
                if self.said.is_share and other.host is self.said:
                    return other
                size = judge_change(other.over.figure, other.figure, self.said.figure, None, self.said.direction)
                return other if not self.said.is_share and size.verdict == "consistent" else None
        return None

    def _olds(self, partner: Mention | None, delta: Mention | None) -> list[Mention]:
        """Old values: in a bracket behind «so với …» first, then levels of the same unit before the new one."""
        said = self.said
        near = [*self.reading.before(said, 2), *self.reading.after(partner or said, 4)]
        inside = [m for m in near if m.sentence == said.sentence and m.is_level and m.depth > said.depth]
        if delta is not None:
            inside = [m for m in inside if compatible(m.figure, delta.figure)]
            inside.sort(key=lambda m: m.figure.unit != delta.figure.unit)
        if delta is None:
            return inside
        return inside + [m for m in self.values[:3] if m.sentence == said.sentence and not m.is_share]

    def _values(self) -> Iterator[Mention]:
        """Levels that the change may be one of, the nearest first; a plan in a bracket is none."""
        for other in self.reading.after(self.said, 2):
            if other.sentence == self.said.sentence and other.is_level and other.leads_with("rest", "level"):
                yield other  # «giảm 1.264 hộ so với đầu năm, còn 3.518 hộ»
        for other in self.reading.before(self.said, _WINDOW):
            if self.said.paragraph - other.paragraph > 1:
                return
            if other.is_share and other.role == "level":
                if other.sentence == self.said.sentence:
                    yield other
            elif other.is_level and not (other.depth > self.said.depth and other.leads_with("open", "target")):
                yield other

    def _fits(self, old: Mention | None, new: Mention, delta: Mention | None, percent: Mention | None) -> bool:
        """True where at least three figures agree."""
        known = [m for m in (old, new, delta, percent) if m is not None]
        if new.is_share or new is old or len(known) < 3:
            return False
        if delta is not None and not compatible(new.figure, delta.figure):
            return False
        return self._judge(old, new, delta, percent).verdict in ("consistent", "truncated")

    def _by_words(self, partner: Mention | None) -> Relation:
        """The change where no figures agree: of the value in its sentence, or of none."""
        said = self.said
        delta, percent = _size_and_share(said, partner)
        new = self._value_in_sentence()
        if new is not None and delta is not None and not compatible(new.figure, delta.figure):
            new = None
        if new is not None and not new.is_share:
            old = self._stated_old(new, delta, percent)
            if old is not None:
                return self._relate(old, new, delta, percent)
        sole = False
        if new is None and delta is not None:
            candidates = [m for m in self.values if m.paragraph == said.paragraph and alike(m, delta)]
            near = [m for m in candidates if m.sentence == said.sentence - 1]
            named = [m for m in near if self._names(m)]
            new, sole = (next(iter(named or candidates), None)), len(named or near) == 1
        if delta is not None and percent is not None and self._is_compared():
            of_new = next((m for m in self._comparable(delta) if _is_share_of_new(m, delta, percent)), None)
            if of_new is not None and percent.figure.value.scaleb(percent.figure.decimals) >= _PRECISE:
                return self._relate(None, of_new, delta, percent)  # «9.416/214.608»: over new, not over old
        if delta is not None and percent is not None and new is not None and not new.is_share:
            tied = sole or (new.clause == said.clause and new.sentence == said.sentence)
            if not self._is_slip(new, delta, percent, 3 * _NEAR if tied else _NEAR, tied):
                new = None
        return self._relate(None, new, delta, percent)

    def _comparable(self, delta: Mention) -> Iterator[Mention]:
        """Values of this sentence and the one before that the size may have changed."""
        for value in self.values:
            near = value.paragraph == self.said.paragraph and value.sentence >= self.said.sentence - 1
            larger = value.figure.value > delta.figure.value and not value.is_share
            if near and larger and compatible(value.figure, delta.figure):
                yield value

    def _names(self, value: Mention) -> bool:
        """True for «làm chết 96 người … giảm 9 người chết»: the words before the value stand behind the size."""
        end = self.said.end
        behind = set(fold(self.reading.document.text[end : end + _NOUN]).replace("(", " ").split()[:4])
        return bool(behind & (set(value.verb.split()) - set(value.unit.split())))

    def _stated_old(self, new: Mention, delta: Mention | None, percent: Mention | None) -> Mention | None:
        """The old value that a bracket right behind «so với …» names, where the change misses it by not too much."""
        for old in self.reading.after(self.said, 4):
            if old.sentence != self.said.sentence or not old.is_level:
                continue
            named = old.leads_with("compare") and old.leads_with("open") and not old.leads_with("target")
            if not named or not compatible(old.figure, new.figure) or not old.figure.value:
                return None
            size = abs(Fraction(new.figure.value) - Fraction(old.figure.value))
            share = 100 * size / Fraction(old.figure.value)
            level = 100 * Fraction(new.figure.value) / Fraction(old.figure.value)
            near = [is_near(delta.figure, size, _TIED)] if delta is not None else []
            if percent is not None:
                near += [is_near(percent.figure, share, _TIED), abs(Fraction(percent.figure.value) - level) < 1]
            return old if any(near) else None
        return None

    def _value_in_sentence(self) -> Mention | None:
        """The nearest value before; past «đạt 91,28% kế hoạch», but not past a rate that changed itself."""
        for value in self.values:
            if value.sentence != self.said.sentence:
                return None
            if not (value.is_share and value.trails_with("target")):
                return value
        return None

    def _is_slip(self, new: Mention, delta: Mention, percent: Mention, share: Fraction, tied: bool) -> bool:
        """True where the three agree or miss by a slip, of the percentage or of one digit of a count."""
        judgement = self._judge(None, new, delta, percent)
        if judgement.verdict != "inconsistent":
            return True
        if _is_share_of_new(new, delta, percent) and not self._is_compared():
            return False  # «1.800 thủ tục, cắt giảm 45 thủ tục (2,5%)»: of what was there before, stated first
        if judgement.computed is not None and is_near(percent.figure, judgement.computed, share):
            return True
        return tied and self._one_digit_off(new, delta, percent)

    def _is_compared(self) -> bool:
        near = [self.said, *self.reading.after(self.said, 2), *self.reading.before(self.said, 6)]
        return any(
            m.leads_with("compare") or m.trails_with("compare") for m in near if m.sentence == self.said.sentence
        )

    def _one_digit_off(self, new: Mention, delta: Mention, percent: Mention) -> bool:
        """True where one digit of the size or of the value makes the change true; the percentage must be precise."""
        if percent.figure.value * 10**percent.figure.decimals < 100 or not (new.figure.exact and delta.figure.exact):
            return False
        sign = -1 if self.said.direction == "down" else 1
        size, value = int(delta.figure.value), int(new.figure.value)
        pairs = [(d, value) for d in lost_or_added(size)] if size > 99 else []
        pairs += [(size, v) for v in lost_or_added(value)] if value > 99 else []
        low, high = (percent.figure.value + d for d in (-percent.figure.slack, percent.figure.slack))
        return any(v > sign * d and low * (v - sign * d) <= 100 * d <= high * (v - sign * d) for d, v in pairs)

    def _judge(
        self, old: Mention | None, new: Mention | None, delta: Mention | None, percent: Mention | None
    ) -> Judgement:
        return judge_change(figure(old), figure(new), figure(delta), figure(percent), self.said.direction)

    def _relate(
        self, old: Mention | None, new: Mention | None, delta: Mention | None, percent: Mention | None
    ) -> Relation:
        return _relation(old, None if new is not None and new.is_share else new, delta, percent, self.said.direction)


def _size_and_share(said: Mention, partner: Mention | None) -> tuple[Mention | None, Mention | None]:
    """Which of the two is the size and which the percentage."""
    return (partner, said) if said.is_share else (said, partner)


def _is_share_of_new(new: Mention, delta: Mention, percent: Mention) -> bool:
    if not new.figure.value:
        return False
    share = 100 * delta.figure.value / new.figure.value
    return abs(share - percent.figure.value) <= percent.figure.slack


def _from_to(reading: Reading) -> Iterator[Relation]:
    """«giảm từ 4,96% xuống còn 3,99%», «từ 845 xuống còn 731, giảm 114 (13,5%)»: old, new, and what they give."""
    for old in reading.mentions:
        if not old.leads_with("from") or old.figure.kind not in ("count", "percent") or old.role != "level":
            continue
        behind = [m for m in reading.after(old, 3) if m.sentence == old.sentence]
        if not behind or not behind[0].leads_with("level") or behind[0].figure.kind != old.figure.kind:
            continue
        new, direction = behind[0], behind[0].direction or old.direction
        if direction is None or not compatible(old.figure, new.figure):
            continue
        sizes = _sizes(behind[1:], old, new, direction)
        delta = next((m for m in sizes if not m.is_share), None)
        percent = next((m for m in sizes if m.is_share), None) if not old.is_percent else None
        yield _relation(old, new, delta, percent, direction)


def _sizes(behind: Sequence[Mention], old: Mention, new: Mention, direction: Direction) -> list[Mention]:
    """The changes right behind a new value, in its direction; a bare percentage in a bracket if it fits."""
    out: list[Mention] = []
    for mention in behind:
        fits = mention.is_share and mention.leads_with("open", "equals")
        fits = fits and judge_change(old.figure, new.figure, None, mention.figure, direction).verdict == "consistent"
        if not fits and (mention.role != "change" or mention.direction != direction):
            break
        out.append(mention)
    return out


def _relation(
    old: Mention | None,
    new: Mention | None,
    delta: Mention | None,
    percent: Mention | None,
    direction: Direction | None,
) -> Relation:
    judgement = judge_change(figure(old), figure(new), figure(delta), figure(percent), direction)
    roles = {"old": old, "new": new, "delta": delta, "percent": percent}
    return Relation("change", dict(roles), judgement, direction=direction)


RECOGNISER = Recogniser("change", find)
