"""Changes: `new … tăng delta (percent)`, `từ old lên new`, `giảm p% (new/old)`, and changes of the sentence before.

The size of a change stands right behind its direction. Which value it is a change of may stand in the same clause or a
sentence earlier; where size and percentage are both given, the value that they fit is the one.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from de06_extract.mentions import Mention, Reading
from de06_extract.relation import Found, Recogniser, Relation, figure
from de06_extract.slips import is_near
from de06_extract.units import compatible
from de06_extract.verdicts import judge_change

_WINDOW = 24  # mentions back in which the changed value is looked for
_NEAR = Fraction(1, 20)


def find(reading: Reading, found: Found) -> Iterator[Relation]:
    """The changes of a document in reading order."""
    yield from _from_to(reading)
    done: set[int] = set()
    for mention in reading.mentions:
        if mention.role != "change" or mention.index in done or mention.figure.kind in ("time", "other"):
            continue
        if mention.over is not None or mention.under is not None:
            continue
        partner = _partner(reading, mention)
        done.update(m.index for m in (mention, partner) if m is not None)
        yield _change(reading, mention, partner)


def _partner(reading: Reading, mention: Mention) -> Mention | None:
    """The percentage beside a size, or the size beside a percentage, of the same change."""
    behind = reading.after(mention, 1)
    if not behind or behind[0].sentence != mention.sentence:
        return None
    other = behind[0]
    if other.is_share == mention.is_share or other.figure.kind in ("time", "other") or other.role != "change":
        return None
    if other.direction != mention.direction or other.over is not None:
        return None
    opens = other.leads_with("open")
    close = other.depth > mention.depth or other.leads_with("equals") or opens
    bare_number = not other.is_share and not mention.is_share
    return other if close and not bare_number else None


def _change(reading: Reading, mention: Mention, partner: Mention | None) -> Relation:
    delta = mention if not mention.is_share else partner
    percent = mention if mention.is_share else partner
    slash = _new_over_old(reading, mention)
    if slash is not None:
        new, old = slash, slash.over
        return _relation(old, new, delta, percent, mention)
    olds = _stated_olds(reading, mention, partner, delta)
    options = list(_values(reading, mention))
    for old in [*olds, None]:
        for new in options:
            if _fits(old, new, delta, percent, mention):
                return _relation(old, new, delta, percent, mention)
    return _by_words(options, delta, percent, mention)


def _by_words(options: list[Mention], delta: Mention | None, percent: Mention | None, said: Mention) -> Relation:
    """The change where no figures agree: of the value in its sentence, or of none."""
    new = _value_in_sentence(options, said)
    if new is not None and delta is not None and not compatible(new.figure, delta.figure):
        new = None
    if new is None and delta is not None:
        new = next((m for m in options if m.paragraph == said.paragraph and _same_unit(m, delta)), None)
    if delta is not None and percent is not None and new is not None and not new.is_share:
        share = _NEAR if new.clause != said.clause else 3 * _NEAR
        if not _is_slip(new, delta, percent, said, share):
            new = None
    return _relation(None, new, delta, percent, said)


def _value_in_sentence(options: list[Mention], said: Mention) -> Mention | None:
    """The nearest value before; past «đạt 91,28% kế hoạch», but not past a rate that changed itself."""
    for value in options:
        if value.sentence != said.sentence:
            return None
        if not (value.is_share and value.trails_with("target")):
            return value
    return None


def _new_over_old(reading: Reading, percent: Mention) -> Mention | None:
    """The numerator of «giảm 53,5% (20/43 DN)»."""
    behind = reading.after(percent, 1)
    if percent.is_share and behind and behind[0].over is not None and behind[0].host is percent:
        return behind[0]
    return None


def _stated_olds(reading: Reading, said: Mention, partner: Mention | None, delta: Mention | None) -> list[Mention]:
    """Old values in a bracket behind «so với …»: «so với cùng kỳ (144.857 việc)», «(55.317 người)»; unit alike first."""
    near = [*reading.before(said, 2), *reading.after(partner or said, 4)]
    inside = [m for m in near if m.sentence == said.sentence and m.is_level and m.depth > said.depth]
    if delta is not None:
        inside = [m for m in inside if compatible(m.figure, delta.figure)]
        inside.sort(key=lambda m: m.figure.unit != delta.figure.unit)
    return inside


def _values(reading: Reading, mention: Mention) -> Iterator[Mention]:
    """Levels that the change may be one of, the nearest first."""
    for other in reading.before(mention, _WINDOW):
        if mention.paragraph - other.paragraph > 1:
            return
        if other.is_level or (other.is_share and other.role == "level" and other.sentence == mention.sentence):
            yield other


def _same_unit(a: Mention, b: Mention) -> bool:
    return bool(a.figure.unit) and bool(b.figure.unit) and compatible(a.figure, b.figure)


def _fits(old: Mention | None, new: Mention, delta: Mention | None, percent: Mention | None, said: Mention) -> bool:
    """True where at least three figures agree."""
    if new.is_share or ((delta is None) == (percent is None) and delta is None):
        return False
    known = [m for m in (old, new, delta, percent) if m is not None]
    if len(known) < 3 or (delta is not None and not compatible(new.figure, delta.figure)):
        return False
    judgement = judge_change(figure(old), figure(new), figure(delta), figure(percent), said.direction)
    return judgement.verdict in ("consistent", "truncated")


def _is_slip(new: Mention, delta: Mention, percent: Mention, said: Mention, share: Fraction) -> bool:
    """True where the three agree or miss by a slip."""
    judgement = judge_change(None, figure(new), figure(delta), figure(percent), said.direction)
    if judgement.verdict != "inconsistent":
        return True
    return judgement.computed is not None and is_near(percent.figure, Fraction(judgement.computed), share)


def _from_to(reading: Reading) -> Iterator[Relation]:
    """«giảm từ 4,96% xuống còn 3,99%»: old and new."""
    for old in reading.mentions:
        if (
            not old.leads_with("from")
            or not old.leads_with("up", "down")
            or old.figure.kind not in ("count", "percent")
        ):
            continue
        behind = reading.after(old, 1)
        if (
            behind
            and behind[0].sentence == old.sentence
            and behind[0].leads_with("level")
            and behind[0].figure.kind == old.figure.kind
        ):
            direction = "up" if old.leads_with("up") else "down"
            judgement = judge_change(old.figure, behind[0].figure, None, None, direction)
            roles = {"old": old, "new": behind[0], "delta": None, "percent": None}
            yield Relation("change", dict(roles), judgement, direction=direction)


def _relation(
    old: Mention | None, new: Mention | None, delta: Mention | None, percent: Mention | None, said: Mention
) -> Relation:
    if new is not None and new.is_share:
        new = None
    judgement = judge_change(figure(old), figure(new), figure(delta), figure(percent), said.direction)
    roles = {"old": old, "new": new, "delta": delta, "percent": percent}
    return Relation("change", dict(roles), judgement, direction=said.direction)


RECOGNISER = Recogniser("change", find)
