"""Doubts: readings that fail and are likely, but not sure enough to be held against the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from de06_extract.claims.prose.links.linker import Link
from de06_extract.claims.prose.links.outcomes import FAILS, LAST_DIGIT, NEAR, SLIPS, WRONG
from de06_extract.claims.prose.links.relations import relation_of
from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.relation import Relation

LIKELY = 0.5  # confidence from which a reading that fails is worth a look: it is sooner meant than not
SAID = 0.25  # what words alone give such a reading at least
# How a reading misses that is worth a look. Parts of a total, and shares, may always be others than those that are
# taken for them: of these only a slip or a near miss is told. Nor is a change that misses by far, whose size is mostly
# an old value: «đạt 8,37 tỷ, so với mức 6,17 tỷ, tăng 35,7%».
_CLOSE = SLIPS | {LAST_DIGIT, NEAR}
_MISSES = {
    "ratio": WRONG,
    "remainder": WRONG,
    "change": WRONG - {FAILS},
    "sum": _CLOSE,
    "distribution": _CLOSE,
}


def doubts(found: Mapping[str, Sequence[Link]], relations: Sequence[Relation]) -> list[Relation]:
    """The failing readings of figures that no relation with a verdict explains, each figure once, the likeliest first.

    What a relation is held against the report for is not doubted a second time.

    `relations` are those that the report is taken to state.
    """
    taken = {mention for relation in relations if _is_judged(relation) for mention in _stated(relation)}
    told: list[Relation] = []
    seen = [frozenset(r.mentions()) for r in relations if r.judgement.verdict == "inconsistent"]
    for link in sorted(_likely(found), key=lambda link: -link.wrong):
        relation = relation_of(link)
        figures = frozenset(relation.mentions())
        if relation.judgement.verdict != "inconsistent" or link.anchor.mention in taken:
            continue
        if any(figures <= others or others <= figures for others in seen):
            continue
        told.append(relation)
        seen.append(figures)
        taken.add(link.anchor.mention)
    return told


def _likely(found: Mapping[str, Sequence[Link]]) -> Iterator[Link]:
    for links in found.values():
        yield from filter(_is_likely, links)


def _is_likely(link: Link) -> bool:
    misses = link.candidate.outcome in _MISSES[link.kind]
    return misses and link.prior >= SAID and link.model.calibrated(link.wrong) >= LIKELY


def _is_judged(relation: Relation) -> bool:
    return relation.judgement.verdict != "unverifiable"


def _stated(relation: Relation) -> Iterator[Mention]:
    """The figures that a relation says something of others with: it explains them."""
    for role in ("percent", "delta", "total", "left") if relation.kind != "remainder" else ("left",):
        mention = relation.one(role)
        if mention is not None:
            yield mention
    yield from relation.several("percents")
