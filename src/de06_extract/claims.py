"""Claims: relations between figures, as the report states them, with label, quote, places and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from de06_extract.document import Document
from de06_extract.intervals import approximate
from de06_extract.mentions import Mention, Reading, light_words
from de06_extract.reading import read_mentions
from de06_extract.recognisers import recognisers
from de06_extract.relation import Found, Relation
from de06_extract.schema import Claim, Quantity
from de06_extract.vocabulary import words as vocabulary_words


def find_claims(document: Document, reading: Reading | None = None) -> tuple[Claim, ...]:
    """Every claim of the prose in the order in which it begins, identified c1, c2, …"""
    reading = reading or read_mentions(document)
    found = Found()
    for recogniser in recognisers():
        found.relations.extend(recogniser.find(reading, found))
    relations = _distinct(_without_shares(found.relations))
    relations.sort(key=lambda relation: (_extent(relation), relation.kind))
    return tuple(_claim(document, relation, f"c{n}") for n, relation in enumerate(relations, 1))


def _without_shares(relations: Sequence[Relation]) -> list[Relation]:
    """Ratios that are nothing but a percentage of a distribution or a change are left out: those say it all."""
    base_of = {share: r.one("base") for r in relations if r.kind == "distribution" for share in r.several("percents")}
    changed = {percent for r in relations if r.kind == "change" and (percent := r.one("percent")) is not None}
    return [r for r in relations if r.kind != "ratio" or not _is_bare_share(r, base_of, changed)]


def _is_bare_share(ratio: Relation, base_of: dict[Mention, Mention | None], changed: set[Mention]) -> bool:
    percent, numerator = ratio.one("percent"), ratio.one("numerator")
    if percent is None or ratio.one("denominator") is not None:
        return False
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


def _claim(document: Document, relation: Relation, claim_id: str) -> Claim:
    start, end = _extent(relation)
    first = min(relation.mentions(), key=lambda m: m.start)
    quote_start = min(_subject(document.text, first)[0], start)
    end = _with_bracket(document.text, quote_start, end)
    return Claim(
        id=claim_id,
        kind=relation.kind,
        label=_label(document.text, relation),
        quote=document.text[quote_start:end],
        span=document.span(quote_start, end),
        locations=document.locations(start, end),
        quantities={
            role: None if held is None
            else _quantity(document, held) if isinstance(held, Mention)
            else tuple(_quantity(document, mention) for mention in held)
            for role, held in relation.roles.items()
        },
        direction=relation.direction,
        status=relation.status,
        verdict=relation.judgement.verdict,
        computed=None if relation.judgement.computed is None else approximate(relation.judgement.computed),
    )  # fmt: skip


def _with_bracket(text: str, start: int, end: int) -> int:
    """The end of a quote, a bracket that it opens included: «(đạt 53,8%)»."""
    inside = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if inside and text[end : end + 1] == ")" else end


_KEPT = frozenset({"số"})  # «tổng số»
_LONG_SUBJECT = 80  # characters; of longer ones the last clause is taken
_SEGMENT = regex.compile(r"[^;()\[\]]*+\Z")
_MARKS = " \t\n*_#:,;.-–+•/"


def _subject(text: str, mention: Mention) -> tuple[int, int]:
    """Where the words stand that say what a figure counts: since the figure or clause before, behind a colon if any."""
    begin = mention.start - len(mention.approach)
    segment = _SEGMENT.search(text, max(0, begin), mention.start)
    start, end = segment.span() if segment else (mention.start, mention.start)
    behind_colon = text.rfind(":", start, end) + 1
    if behind_colon > start and any(c.isalpha() for c in text[behind_colon:end]):
        start = behind_colon
    comma = text.rfind(",", start, end) + 1
    if comma > start and end - start > _LONG_SUBJECT and any(c.isalpha() for c in text[comma:end]):
        start = comma
    while start < end and text[start] in _MARKS:
        start += 1
    return start, end


def _label(text: str, relation: Relation) -> str:
    """What is counted: the words before the figure that the claim is about, or those behind it."""
    about = relation.one("numerator") or relation.one("left") or relation.one("new") or relation.one("total")
    about = about or min(relation.mentions(), key=lambda m: m.start)
    words = text[slice(*_subject(text, about))].strip(_MARKS).split()
    while words and words[-1].lower() in (light_words() | _verbs()) - _KEPT:
        words.pop()
    if not words:
        last = about.over or about
        behind = regex.split(r"[,;.(\n]", text[last.end : last.end + _LONG_SUBJECT], maxsplit=1)[0]
        words = behind.strip(_MARKS + "%)").split()
    return " ".join(words)


@cache
def _verbs() -> frozenset[str]:
    """Words of reaching, one by one: they end a label without saying what is counted."""
    return frozenset(word for phrase in vocabulary_words("cues", "reach") for word in phrase.split())


def _quantity(document: Document, mention: Mention) -> Quantity:
    figure = mention.figure
    return Quantity(
        value=figure.value,
        decimals=figure.decimals,
        text=document.text[mention.start : mention.end],
        unit="%" if mention.is_percent else figure.unit,
        scale=figure.scale,
        bound=figure.bound,
        upper=figure.upper,
        span=document.span(mention.start, mention.end),
    )
