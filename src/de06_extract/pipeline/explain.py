"""Explain: one figure of a document, and why it is read as it is."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from de06_extract.claims.prose.links.linker import Link
from de06_extract.claims.prose.links.outcomes import WRONG
from de06_extract.claims.prose.links.relations import lacks, relation_of
from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.model_file import ModelFile, models_of, read_model_file
from de06_extract.claims.prose.relation import Relation
from de06_extract.claims.prose.weighing import WeighedAnchor, WeighedReading, readings_of
from de06_extract.document.document import Document
from de06_extract.document.personal_data import without_personal_data
from de06_extract.pipeline.asked import Figures
from de06_extract.pipeline.extract import read_source
from de06_extract.pipeline.stages import find_claims, judge, take_apart
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Language
from de06_extract.schema.explanation import (
    Evidence,
    ExplainedAnchor,
    ExplainedReading,
    Explanation,
    Lacking,
    PartOf,
    Status,
)
from de06_extract.schema.report import Claim, Finding, Quantity, Span

_AROUND = 160  # characters on either side of the figure that are quoted, up to the ends of its line
_LEAST = 0.0005  # posterior of a reading that is told
_MOST = 12  # readings of one anchor


def explain(
    source: str | PathLike[str] | bytes,
    asked: str,
    *,
    name: str | None = None,
    lang: Language = "vi",
    model: str | PathLike[str] | ModelFile | None = None,
) -> Explanation:
    """Why a figure of a file, given by its path or as its bytes, is read as it is.

    `asked` is the id of a claim or a finding, «@» with an offset in the text, or a figure as it is written. Raises an
    `ExplainError` where that is no figure, or several, and what `extract` raises.
    """
    if model is not None and not isinstance(model, ModelFile):
        model = read_model_file(Path(model))
    document = without_personal_data(read_source(source, name)[0])
    parts, figures = take_apart(document)
    facts = find_claims(parts, figures, models_of(model))
    findings = judge(facts, lang).findings
    mention = Figures(document, figures.reading.mentions, facts.claims, findings, lang).find(asked)
    held = tuple(claim for claim in facts.claims if claim.table is None and _holds(claim, mention))
    ids = {claim.id for claim in held}
    readings = readings_of(figures.reading, mention, models_of(model))
    return Explanation(
        source=document.name,
        asked=asked,
        model=None if model is None else model.sha256,
        figure=mention.quantity(document),
        quote=_quote(document, mention),
        locations=document.locations(mention.start, mention.end),
        claims=held,
        findings=tuple(f for f in findings if ids & set(f.claims) or _speaks_of(f, mention)),
        anchors=tuple(_anchor(document, anchor, facts) for anchor in readings.anchors),
        part_of=tuple(_part_of(document, link, mention) for link in readings.elsewhere),
    )


def _holds(claim: Claim, mention: Mention) -> bool:
    return any(quantity.span.start == mention.start for quantity in claim.figures())


def _speaks_of(finding: Finding, mention: Mention) -> bool:
    """True for a finding at this figure that no claim stands for."""
    return not finding.claims and finding.span.start <= mention.start < max(finding.span.end, finding.span.start + 1)


def _quote(document: Document, mention: Mention) -> Span:
    text = document.text
    first = max(text.rfind("\n", 0, mention.start) + 1, mention.start - _AROUND)
    end = text.find("\n", mention.end)
    return document.span(first, min(len(text) if end < 0 else end, mention.end + _AROUND))


def _anchor(document: Document, weighed: WeighedAnchor, facts: Facts) -> ExplainedAnchor:
    link = weighed.link
    best_of_others = next((one for one in weighed.readings if one.relation is not None), None)
    told = [
        one for one in weighed.readings if one.posterior >= _LEAST or one.relation is None or one is best_of_others
    ][:_MOST]
    best = relation_of(link)
    missing = () if _claim(best, facts.claims) else tuple(lacks(link))
    return ExplainedAnchor(
        kind=link.kind,
        candidates=len(link.anchor.candidates),
        left=_rounded(weighed.left),
        status=_status(link, best, facts),
        lacks=tuple(Lacking(reason=one.reason, has=_shown(one.has), needs=one.needs) for one in missing),
        readings=tuple(_reading(document, one, facts) for one in told),
    )


def _status(link: Link, best: Relation, facts: Facts) -> Status:
    """What became of the likeliest reading."""
    if _claim(best, facts.claims) is not None:
        return "stated"
    if link.candidate.outcome in WRONG and _claim(best, facts.doubts) is not None:
        return "unsure"
    if next(lacks(link), None) is None:
        return "taken"
    return "none" if link.none > link.posterior else "not-stated"


def _claim(relation: Relation, claims: tuple[Claim, ...]) -> str | None:
    """The id of the claim with these figures in these roles; empty for one without an id."""
    wanted = {mention.start for mention in relation.mentions()}
    for claim in claims:
        if claim.kind == relation.kind and {quantity.span.start for quantity in claim.figures()} == wanted:
            return claim.id
    return None


def _reading(document: Document, weighed: WeighedReading, facts: Facts) -> ExplainedReading:
    relation = weighed.relation
    return ExplainedReading(
        quantities=None if relation is None else _quantities(document, relation),
        direction=None if relation is None else relation.direction,
        outcome=weighed.outcome,
        arithmetic=_rounded(weighed.arithmetic),
        prior=_rounded(weighed.prior),
        posterior=_rounded(weighed.posterior),
        claim=None if relation is None else _claim(relation, facts.claims) or None,
        evidence=tuple(
            Evidence(
                feature=feature.name,
                weight=feature.weight,
                span=None if feature.mention is None else document.span(feature.mention.start, feature.mention.end),
            )
            for feature in weighed.features
        ),
    )


def _quantities(document: Document, relation: Relation) -> dict[str, Quantity | tuple[Quantity, ...] | None]:
    return {
        role: None if held is None
        else held.quantity(document) if isinstance(held, Mention)
        else tuple(mention.quantity(document) for mention in held)
        for role, held in relation.roles.items()
    }  # fmt: skip


def _part_of(document: Document, link: Link, mention: Mention) -> PartOf:
    relation = relation_of(link)
    role = next(
        role
        for role, held in relation.roles.items()
        if held is mention or (isinstance(held, tuple) and mention in held)
    )
    figure = link.anchor.mention.quantity(document)
    return PartOf(kind=link.kind, figure=figure, role=role, posterior=_rounded(link.posterior))


def _rounded(value: float) -> float:
    return min(1.0, round(value, 4)) if value <= 1 else round(value, 4)


def _shown(value: float | None) -> float | None:
    return None if value is None else _rounded(value)
