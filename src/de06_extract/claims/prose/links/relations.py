"""Readings that are believed, as relations: those that hold, and those that fail although they are meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from de06_extract.claims.prose.links.features.siblings import stands_beside_a_sum
from de06_extract.claims.prose.links.linker import Key, Link, key_of
from de06_extract.claims.prose.links.outcomes import (
    FAILS,
    LAST_DIGIT,
    NEAR,
    OPEN,
    SHORT_SLIP,
    SHORT_SLIPS,
    SLIP,
    SLIPS,
    WRONG,
    WRONG_WAY,
    Outcome,
)
from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.relation import Relation, Roles, figure
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.verdicts import Judgement

BELIEVED = 0.5  # posterior from which a reading that holds is a claim
UNANNOUNCED = 0.98  # the same of parts that no word or mark announces: small numbers often add up
EXPLICIT = 0.95  # what words give a value that fell «từ A lên B», or a share of `a/b`, that is held against the report


class Bar(NamedTuple):
    """What a failing reading needs to be held against the report: by all failing ones together, and by words alone."""

    wrong: float
    prior: float


# The less the miss itself tells of a mistake, the surer words must be: nearly any two numbers of two digits are one
# key apart, and what nothing explains is sooner not meant. Of several bars one is enough.
ACCUSED = {
    SLIP: (Bar(0.7, 0.2),),
    LAST_DIGIT: (Bar(0.65, 0.33),),
    NEAR: (Bar(0.5, 0.86),),
    SHORT_SLIP: (Bar(0.75, 0.7), Bar(0.55, 0.95)),
    FAILS: (Bar(0.6, 0.95),),
}
# Kinds of whose slips more are meant than of others', or fewer: a change repeats what its values say, a percentage may
# be one of something else.
ACCUSED_OF = {
    ("distribution", SLIP): (Bar(0.55, 0.3),),
    ("ratio", SLIP): (Bar(0.93, 0.15), Bar(0.7, 0.5), Bar(0.55, 0.7)),
    ("sum", SLIP): (Bar(0.7, 0.2), Bar(0.6, 0.3), Bar(0.55, 0.55)),
    ("change", SLIP): (Bar(0.6, 0.3), Bar(0.45, 0.7)),
    ("change", SHORT_SLIP): (Bar(0.55, 0.85),),
}
_PRIOR_OF_NAMED = 0.5  # what words give a base at least where a percentage names a whole of its own
# Misses that are held against no report unless the relation is written out: shares far from 100 are sooner not all of
# them, and a percentage far from the share is sooner one of something else.
_NEVER = {"distribution": SHORT_SLIPS | {FAILS}, "ratio": {FAILS}}
# The same of a reading that a recogniser, which knows whole sentences, holds to fail too: what words give it, where it
# misses as one does by mistake, and where the miss tells nothing of one.
JOINTLY = {"ratio": 0.7, "change": 0.75, "sum": 0.7, "remainder": 0.2, "distribution": 0.75}
JOINTLY_FAR = {"ratio": 0.85, "change": 0.9, "sum": 0.77, "remainder": 0.75, "distribution": 0.85}
SPELLED_OUT = 0.5  # the same of a percentage or a rest beside «a/b», and of «từ … xuống …»
_FROM = 30  # characters between «từ» and the old value of a change
_FAR = {
    "ratio": SHORT_SLIPS | {FAILS, NEAR},
    "change": SHORT_SLIPS | {FAILS, WRONG_WAY},
    "sum": SHORT_SLIPS | {FAILS},
    "remainder": SHORT_SLIPS | {FAILS},
    "distribution": SHORT_SLIPS | {FAILS},
}
SURELY = 0.9  # mass of failing readings from which a recogniser's slip is held against the report, whatever words say

_RATIO, _CHANGE, _SUM, _REMAINDER, _DISTRIBUTION = map(kind_of, ("ratio", "change", "sum", "remainder", "distribution"))


def believed(found: dict[str, list[Link]]) -> list[Relation]:
    """The relations of a document that its words and its arithmetic make likely."""
    relations = list(_changes(found["change"]))
    changed = {m for r in relations if (m := r.one("percent")) is not None}
    relations += _ratios(found["ratio"], changed)
    remainders = [_remainder(link) for link in found["remainder"] if _is_believed(link)]
    told = {frozenset(relation.mentions()) for relation in remainders}  # a rest says what a sum of its figures would
    sums = _sums([link for link in found["sum"] if _is_believed(link)])
    relations += (relation for relation in sums if frozenset(relation.mentions()) not in told)
    relations += remainders
    relations += (_distribution(link) for link in _longest(found["distribution"]))
    return relations


def relation_of(link: Link) -> Relation:
    """The best reading of an anchor as a relation, believed or not."""
    return _MAKERS[link.kind](link)


def is_meant(relation: Relation, found: Mapping[str, Sequence[Link]]) -> bool:
    """True where words make a relation likely that a recogniser holds to fail, or all readings of its anchor fail."""
    anchor, roles = _reading(relation)
    key = key_of(relation.kind, roles)
    links = (link for link in found[relation.kind] if link.anchor.mention is anchor)
    return is_explicit(relation) or any(_is_shared(link, key) for link in links)


def confidence_in(relation: Relation, found: Mapping[str, Sequence[Link]]) -> float | None:
    """How sure the model is of a relation that a recogniser found; None where it was not asked.

    Of one that fails, what words give it counts too: the recogniser, which knows whole sentences, agrees.
    """
    anchor, roles = _reading(relation)
    key = key_of(relation.kind, roles)
    fails = relation.judgement.verdict == "inconsistent"
    for link in found[relation.kind] if not is_explicit(relation) else ():
        if link.anchor.mention is anchor and fails and link.prior_of(key) > 0:
            return round(link.model.calibrated(max(link.wrong, link.prior_of(key))), 3)
        if link.anchor.mention is anchor and key_of(link.kind, link.candidate.roles) == key:
            return round(link.model.calibrated(link.posterior), 3)
    return None


def _reading(relation: Relation) -> tuple[Mention | None, tuple[Mention | None, ...]]:
    """The anchor of a relation, and the other figures in the order of its kind's roles."""
    if relation.kind == "distribution":
        shares = relation.several("percents")
        return shares[0], shares
    if relation.kind == "sum":
        return relation.one("total"), relation.several("parts")
    anchors, others = _ANCHORS[relation.kind]
    anchor = next((m for role in anchors if (m := relation.one(role)) is not None), None)
    return anchor, tuple(relation.one(role) for role in others)


_ANCHORS = {
    "ratio": (("percent",), ("numerator", "denominator")),
    "change": (("percent", "delta", "new"), ("old", "new", "delta", "percent")),
    "remainder": (("left",), ("total", "done")),
}


def is_explicit(relation: Relation) -> bool:
    """True for a change whose new value stands over its old one: «tăng 148,50% (3.175/2.138)»; «30/4» may be a date."""
    new = relation.one("new") if relation.kind == "change" else None
    return new is not None and new.over is not None and new.over is relation.one("old") and not new.is_like_date


def _is_shared(link: Link, roles: Key) -> bool:
    if link.candidate.outcome == FAILS and _names_its_whole(link):
        return False
    prior, outcome = link.prior_of(roles), link.outcome_of(roles)
    if outcome in _FAR[link.kind]:
        return prior >= (SPELLED_OUT if _is_spelled_out(link.kind, roles) else JOINTLY_FAR[link.kind])
    return prior >= JOINTLY[link.kind] or (prior > 0 and link.wrong >= SURELY)


def _is_spelled_out(kind: str, roles: Key) -> bool:
    """True for «9/27 ngày, tỷ lệ cắt giảm 32,76%», «9/19 mô hình, còn lại 15», «giảm từ 2,5 xuống còn 3,6»."""
    if not isinstance(roles, tuple):
        return False
    first, second = roles[:2]
    if first is None or second is None:
        return False
    if kind == "ratio":
        return first.over is second
    if kind == "remainder":
        return second.over is first
    return kind == "change" and _is_started_from(first) and second.leads_with("level")


def _is_started_from(old: Mention) -> bool:
    """True for «từ mức 2,5», not for «nghiên cứu từ Viện Địa lý công bố hôm qua cho biết 2,5»."""
    return any("from" in token.kinds and old.start - token.end <= _FROM for token in old.lead)


@dataclass(frozen=True, slots=True)
class Lack:
    """Why the best reading of an anchor is not believed: a share that it has and the one it needs, or one word."""

    reason: Literal["open", "prior", "wrong", "posterior", "written_out", "announced"]
    has: float | None = None
    needs: float | None = None


def _is_believed(link: Link) -> bool:
    return next(lacks(link), None) is None


def lacks(link: Link) -> Iterator[Lack]:
    """What the best reading of an anchor lacks to be believed, and held against the report where it fails."""
    outcome = link.candidate.outcome
    if outcome == OPEN:
        yield Lack("open")
    elif outcome == WRONG_WAY:
        yield from _lacks_of_explicit(link)
    elif outcome in WRONG:
        if outcome == FAILS and not any(_lacks_of_explicit(link)):
            return
        if outcome in _NEVER.get(link.kind, ()):
            yield Lack("written_out")
        bars = _bars(link.kind, outcome)
        yield from min((list(_lacks_of_failing(link, bar)) for bar in bars), key=len)
    else:
        least = BELIEVED if _is_announced(link) else UNANNOUNCED
        if link.posterior < least:
            yield Lack("posterior", link.posterior, least)


def _bars(kind: str, outcome: Outcome) -> tuple[Bar, ...]:
    """The bars of a miss: of slips of one length there is one set, since what each tells is in the mass it gets."""
    like = SLIP if outcome in SLIPS else SHORT_SLIP if outcome in SHORT_SLIPS else outcome
    return ACCUSED_OF.get((kind, like), ACCUSED[like])


def _lacks_of_explicit(link: Link) -> Iterator[Lack]:
    if link.prior < EXPLICIT:
        yield Lack("prior", link.prior, EXPLICIT)
    if not _is_written_out(link):
        yield Lack("written_out")


def _lacks_of_failing(link: Link, bar: Bar) -> Iterator[Lack]:
    if link.wrong < bar.wrong:
        yield Lack("wrong", link.wrong, bar.wrong)
    prior = max(bar.prior, _PRIOR_OF_NAMED) if _names_its_whole(link) else bar.prior
    if link.prior < prior:
        yield Lack("prior", link.prior, prior)
    if not (_is_announced(link) and _moves(link)):
        yield Lack("announced")


def _moves(link: Link) -> bool:
    """False for a change whose figures no word says to rise or fall: «từ 3 đến 5 triệu đồng … trị giá 3 triệu đồng»."""
    figures = (link.anchor.mention, *link.candidate.roles)
    return link.kind != "change" or any(m.direction or m.is_size for m in figures if m is not None)


def _is_written_out(link: Link) -> bool:
    """True for `a/b p%`, for «từ A lên B, tăng d», and for a percentage that fails beside the figures that give it."""
    if link.kind == "ratio":
        return _is_spelled_out(link.kind, link.candidate.roles) and not _names_its_whole(link)
    if link.anchor.kind != "change":
        return False
    return _is_spelled_out(link.kind, link.candidate.roles) or link.candidate.outcome == FAILS


def _names_its_whole(link: Link) -> bool:
    """True for a percentage behind which a whole is named that is not the base: «446/448 (93,31% tổng số đại biểu)».

    A base that follows is that whole.
    """
    percent = link.anchor.mention
    if link.kind != "ratio" or not percent.tail or "total" not in percent.tail[0].kinds:
        return False
    base = link.candidate.roles[1]
    return base is None or (base.index < percent.index and "total" not in base.lead_kinds)


def _is_announced(link: Link) -> bool:
    """True unless a run of counts is taken for all parts that no word or mark announces, nor a sum beside."""
    if link.kind != "sum" or stands_beside_a_sum(link.candidate):
        return True
    first = link.candidate.roles[0]
    assert first is not None
    if "open_list" in first.lead_kinds:
        return False  # «trong đó, một số tiện ích có nhiều người dùng, như: …» announces some of the parts
    total = link.anchor.mention
    kinds = first.lead_kinds | (total.lead_kinds & {"total", "among"})
    if first.index == total.index + 1 and first.paragraph != total.paragraph:  # «51 nhiệm vụ, trong đó:» and a list
        kinds |= total.tail_kinds
    return bool(kinds & {"part", "whole", "among", "colon", "open", "total"})


def _sums(links: Sequence[Link]) -> Iterator[Relation]:
    """The sums, without those that fail whose very parts add up to another total."""
    sums = [_sum(link) for link in links]
    added = [frozenset(r.several("parts")) for r in sums if r.judgement.verdict != "inconsistent"]
    for relation in sums:
        if relation.judgement.verdict != "inconsistent" or frozenset(relation.several("parts")) not in added:
            yield relation


def _ratios(links: list[Link], changed: set[Mention]) -> Iterator[Relation]:
    for link in links:
        if _is_believed(link) and link.anchor.mention not in changed:
            yield _ratio(link)


def _ratio(link: Link) -> Relation:
    numerator, base = link.candidate.roles
    percent = link.anchor.mention
    judgement = _judged(link, _RATIO.judge(figure(numerator), figure(base), figure(percent)))
    roles: Roles = {"numerator": numerator, "denominator": base, "percent": percent}
    return Relation("ratio", roles, judgement, confidence=_confidence(link))


def _changes(links: list[Link]) -> Iterator[Relation]:
    """Percentages first; a size, and a new value alone, only where no fuller change holds them."""
    told: set[tuple[Mention | None, ...]] = set()
    sizes: set[Mention] = set()
    for kind in ("change", "size", "level"):
        for link in links:
            if link.anchor.kind != kind or not _is_believed(link):
                continue
            old, new, size, _ = link.candidate.roles
            if kind != "change" and (size in sizes or (old, new) in told):
                continue
            told.add((old, new))
            if size is not None:
                sizes.add(size)
            yield _change(link)


def _change(link: Link) -> Relation:
    old, new, size, percent = link.candidate.roles
    direction = link.candidate.direction
    judgement = _judged(link, _CHANGE.judge(figure(old), figure(new), figure(size), figure(percent), direction))
    roles: Roles = {"old": old, "new": new, "delta": size, "percent": percent}
    return Relation("change", roles, judgement, direction=direction, confidence=_confidence(link))


def _sum(link: Link) -> Relation:
    parts = tuple(m for m in link.candidate.roles if m is not None)
    judgement = _judged(link, _SUM.judge(link.anchor.mention.figure, [part.figure for part in parts]))
    return Relation("sum", {"total": link.anchor.mention, "parts": parts}, judgement, confidence=_confidence(link))


def _remainder(link: Link) -> Relation:
    total, done = link.candidate.roles
    judgement = _judged(link, _REMAINDER.judge(figure(total), figure(done), link.anchor.mention.figure))
    roles: Roles = {"total": total, "done": done, "left": link.anchor.mention}
    return Relation("remainder", roles, judgement, confidence=_confidence(link))


def _distribution(link: Link) -> Relation:
    percents = tuple(m for m in link.candidate.roles if m is not None)
    judgement = _judged(link, _DISTRIBUTION.judge(None, [percent.figure for percent in percents]))
    return Relation("distribution", {"base": None, "percents": percents}, judgement, confidence=_confidence(link))


_MAKERS = {
    "ratio": _ratio,
    "change": _change,
    "sum": _sum,
    "remainder": _remainder,
    "distribution": _distribution,
}


def _longest(links: list[Link]) -> Iterator[Link]:
    """Distributions that are believed; of overlapping ones the longest, since any run begins at each of its shares."""
    taken: set[Mention] = set()
    for link in sorted((x for x in links if _is_believed(x)), key=lambda x: (-len(x.candidate.roles), -x.posterior)):
        shares = {m for m in link.candidate.roles if m is not None}
        if not shares & taken:
            taken |= shares
            yield link


def _judged(link: Link, judgement: Judgement) -> Judgement:
    """The verdict; figures that are only bounds decide nothing against the report."""
    if judgement.verdict == "inconsistent" and link.candidate.outcome not in WRONG:
        return Judgement("unverifiable", judgement.computed)
    return judgement


def _confidence(link: Link) -> float:
    """How sure the model is of a reading; where words alone accuse, that they mean it."""
    if link.candidate.outcome not in WRONG:
        said = link.posterior
    elif link.candidate.outcome in (FAILS, WRONG_WAY) and not any(_lacks_of_explicit(link)):
        said = max(link.wrong, link.prior)
    else:
        said = link.wrong
    return round(link.model.calibrated(said), 3)
