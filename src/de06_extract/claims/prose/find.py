"""Claims: relations between figures, as the report states them, with label, quote, places and verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from de06_extract.claims.prose.clauses import Clauses
from de06_extract.claims.prose.doubts import doubts
from de06_extract.claims.prose.exceptions.excepted import is_excepted
from de06_extract.claims.prose.excerpts import label, quote, with_bracket
from de06_extract.claims.prose.links.linker import Link, links
from de06_extract.claims.prose.links.relations import believed, confidence_in, is_explicit, is_meant
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.claims.prose.model_file import Models
from de06_extract.claims.prose.recognisers import recognisers
from de06_extract.claims.prose.relation import Relation, Relations
from de06_extract.document.document import Document
from de06_extract.heartbeat import stepping
from de06_extract.numbers.intervals import approximate
from de06_extract.numbers.verdicts import UNKNOWN
from de06_extract.schema.report import Claim


class ProseClaims(NamedTuple):
    """What the prose states, and readings of it that would fail but may not be meant; the latter have no ids."""

    claims: tuple[Claim, ...]
    doubts: tuple[Claim, ...]


def find_prose_claims(document: Document, reading: Reading, clauses: Clauses, models: Models) -> ProseClaims:
    """Every claim of the prose in the order in which it begins, identified c1, c2, …; `models` weigh the evidence."""
    found = Relations()
    for recogniser in stepping(recognisers()):
        found.relations.extend(recogniser.find(reading, found))
    readings = links(reading, models)
    insisted = {r.one("percent") for r in found.relations if _fails(r) and is_explicit(r)}
    linked = [r for r in believed(readings) if r.one("percent") is None or r.one("percent") not in insisted]
    linked = _with_bases(linked, found.relations)
    besides = (replace(r, confidence=confidence_in(r, readings)) for r in _besides(linked, found.relations, readings))
    relations = _distinct(_without_shares([*linked, *besides]))
    relations = _without_lesser([r for r in relations if not (_fails(r) and is_excepted(r, reading))])
    relations.sort(key=lambda relation: (_extent(relation), relation.kind))
    claims = _claims(document, clauses, relations)
    return ProseClaims(
        tuple(claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(claims, 1)),
        tuple(_claims(document, clauses, (r for r in doubts(readings, relations) if not is_excepted(r, reading)))),
    )


def _fails(relation: Relation) -> bool:
    return relation.judgement.verdict == "inconsistent"


def _claims(document: Document, clauses: Clauses, relations: Iterable[Relation]) -> list[Claim]:
    """The relations as claims without an id, in the order of the text."""
    claims = (_claim(document, clauses, relation) for relation in relations)
    return sorted(claims, key=lambda claim: (claim.span.start, claim.span.end, claim.kind))


def _besides(
    linked: Sequence[Relation], recognised: Sequence[Relation], readings: Mapping[str, Sequence[Link]]
) -> Iterator[Relation]:
    """What recognisers find besides: relations that hold and whose figures nothing else explains."""
    explained = {m for r in linked if r.kind in ("ratio", "change") and (m := r.one("percent")) is not None}
    totals = {m for r in linked if r.kind == "sum" and _fails(r) and (m := r.one("total"))}
    for relation in recognised:
        percent = relation.one("percent")
        if percent is not None and percent in explained:
            continue
        if not _fails(relation):
            if relation.one("total") not in totals or relation.kind != "sum":
                yield relation
        elif is_meant(relation, readings):
            yield relation
        elif relation.kind == "ratio":
            yield Relation("ratio", {"numerator": None, "denominator": None, "percent": percent}, UNKNOWN)


def _with_bases(linked: Sequence[Relation], recognised: Sequence[Relation]) -> list[Relation]:
    """Distributions of shares for which a recogniser knows the base have it, and are judged with it."""
    based = {r.several("percents"): r for r in recognised if r.kind == "distribution" and r.one("base") is not None}
    known = [based.get(r.several("percents")) if r.kind == "distribution" else None for r in linked]
    return [r if of is None else replace(of, confidence=r.confidence) for r, of in zip(linked, known, strict=True)]


def _without_shares(relations: Sequence[Relation]) -> list[Relation]:
    """Ratios that are nothing but a percentage of a distribution or a change are left out: those say it all."""
    base_of = {share: r.one("base") for r in relations if r.kind == "distribution" for share in r.several("percents")}
    changed = {percent for r in relations if r.kind == "change" and (percent := r.one("percent")) is not None}
    return [r for r in relations if r.kind != "ratio" or not _is_bare_share(r, base_of, changed)]


def _without_lesser(relations: Sequence[Relation]) -> list[Relation]:
    """Changes that say nothing are left out where a fuller one has their figures: «7.700, tăng 500 so với 7.200»."""
    changes = [frozenset(r.mentions()) for r in relations if r.kind == "change"]
    lesser = [
        r.kind == "change"
        and r.judgement.verdict == "unverifiable"
        and any(frozenset(r.mentions()) < c for c in changes)
        for r in relations
    ]
    return [r for r, is_lesser in zip(relations, lesser, strict=True) if not is_lesser]


def _is_bare_share(ratio: Relation, base_of: dict[Mention, Mention | None], changed: set[Mention]) -> bool:
    percent, numerator = ratio.one("percent"), ratio.one("numerator")
    if percent is None:
        return False
    if ratio.one("denominator") is not None:  # «giảm từ 2.730 xuống 1.379, giảm 1.351 (tương đương 49,49%)»
        return percent in changed and ratio.judgement.verdict == "inconsistent"
    if percent in changed:
        return True
    return percent in base_of and (numerator is None or numerator is base_of[percent])


def _distinct(relations: Sequence[Relation]) -> list[Relation]:
    """Each relation once."""
    seen: set[object] = set()
    out = []
    for relation in relations:
        key = (relation.kind, tuple(sorted(m.index for m in relation.mentions())))
        if key not in seen:
            seen.add(key)
            out.append(relation)
    return out


def _extent(relation: Relation) -> tuple[int, int]:
    mentions = list(relation.mentions())
    return min(m.start for m in mentions), max(m.end for m in mentions)


def _claim(document: Document, clauses: Clauses, relation: Relation) -> Claim:
    start, end = _extent(relation)
    first = min(relation.mentions(), key=lambda m: m.start)
    quote_start = min(clauses.name(first)[0], start)
    end = with_bracket(document.text, quote_start, end)
    return Claim(
        id="",
        kind=relation.kind,
        label=label(document, clauses, relation),
        quote=quote(document, relation, quote_start, end),
        span=document.span(quote_start, end),
        locations=document.locations(start, end),
        quantities={
            role: None if held is None
            else held.quantity(document) if isinstance(held, Mention)
            else tuple(mention.quantity(document) for mention in held)
            for role, held in relation.roles.items()
        },
        direction=relation.direction,
        status=relation.status,
        verdict=relation.judgement.verdict,
        confidence=relation.confidence,
        computed=None if relation.judgement.computed is None else approximate(relation.judgement.computed),
    )  # fmt: skip
