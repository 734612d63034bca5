"""The five stages from a document to its report: taken apart, its claims found, judged, mapped, written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeVar, get_args

from de06_extract.claims.coverage import checked_figures, find_coverage
from de06_extract.claims.figures import Figures, read_figures
from de06_extract.claims.prose.find import find_prose_claims
from de06_extract.claims.prose.model_file import Models
from de06_extract.claims.tables.find import find_table_claims, name_cell, unchecked_cells
from de06_extract.claims.tables.sheets import show_table
from de06_extract.comparisons.find import find_comparisons
from de06_extract.document.document import Document
from de06_extract.document.header.locality import locality_of
from de06_extract.document.parts import DocumentParts, read_parts
from de06_extract.document.sections import sections_at
from de06_extract.heartbeat import step, stepping
from de06_extract.indicators.aliases import Aliases
from de06_extract.indicators.find import IndicatorMapping, find_indicators
from de06_extract.pipeline.second_look import misreadings_of, with_corrections, without_doubtful
from de06_extract.rules.causes import with_causes
from de06_extract.rules.checks import rules
from de06_extract.rules.facts import Facts
from de06_extract.rules.misreadings import is_legible
from de06_extract.rules.repairs.find import find_repairs
from de06_extract.rules.repairs.misprints import find_misprints
from de06_extract.rules.repairs.suggestions import with_suggestions
from de06_extract.rules.rule import Language
from de06_extract.schema.report import (
    Claim,
    Finding,
    Generator,
    Report,
    Section,
    Severity,
    Source,
    Summary,
    Table,
    Verdict,
)

_OPENING = 3000  # characters in which a report names its province


class Judgement(NamedTuple):
    """The findings of all rules in the order of the text, and how many cases each rule judged."""

    findings: tuple[Finding, ...]
    checked: dict[str, int]


def report_on(
    document: Document, generator: Generator, source: Source, lang: Language, aliases: Aliases, models: Models
) -> Report:
    """The report on a document, whose generator and source it carries."""
    step("figures")
    parts, figures = take_apart(document)
    step("claims")
    facts = find_claims(parts, figures, models)
    if document.ocr_pages:
        figures, facts = look_again(document, figures, facts, models)
    step("rules")
    judgement = judge(facts, lang)
    step("indicators")
    mapping = map_indicators(figures, facts, aliases)
    return write(generator, source, figures, facts, judgement, mapping)


def take_apart(document: Document) -> tuple[DocumentParts, Figures]:
    """What stands in a document, each thing read once: its parts, and its figures in prose and tables."""
    parts = read_parts(document)
    return parts, read_figures(parts)


def find_claims(parts: DocumentParts, figures: Figures, models: Models) -> Facts:
    """What the figures say: the claims of the prose and behind them those of the tables, and figures compared."""
    document, sections, sheets = parts.document, parts.sections, figures.sheets
    prose = find_prose_claims(document, figures.reading, figures.subjects.clauses, models)
    tables = find_table_claims(document, sheets, len(prose.claims) + 1)
    claims = _placed(prose.claims, sections) + _placed(tables, sections)
    return Facts(
        parts,
        claims=claims,
        doubts=_placed(prose.doubts, sections),
        comparisons=find_comparisons(parts, figures, claims),
        tables=_placed([show_table(document, sheet) for sheet in stepping(sheets)], sections),
        misprints=find_misprints(claims, lambda start: name_cell(sheets, start)),
    )


def look_again(document: Document, figures: Figures, facts: Facts, models: Models) -> tuple[Figures, Facts]:
    """The figures and facts of a scan after a second look at figures that may be misread; what stays open is held back.

    What the second look puts right may settle one relation and unsettle another, so that all is read anew once.
    """
    misreadings, looks = misreadings_of(facts)
    mended = with_corrections(document, misreadings, looks)
    if mended is not document:
        parts, figures = take_apart(mended)
        facts = find_claims(parts, figures, models)
        misreadings, looks = misreadings_of(facts)
    return figures, without_doubtful(facts, misreadings, looks)


def judge(facts: Facts, lang: Language) -> Judgement:
    """What the rules hold against the report, with the edits that would repair it, and what has the same cause."""
    found: list[Finding] = []
    checked: dict[str, int] = {}
    for rule in stepping(rules()):
        of_rule, checked[rule.id] = rule.findings(facts, lang)
        found.extend(finding for finding in of_rule if is_legible(facts.document, finding))
    findings = tuple(sorted(found, key=lambda f: (f.span.start, f.span.end, f.rule, f.id)))
    repairs = find_repairs(facts.claims, facts.comparisons)
    suggested = with_suggestions(findings, repairs, facts.document, lang)
    return Judgement(with_causes(suggested, facts, repairs), checked)


def map_indicators(figures: Figures, facts: Facts, aliases: Aliases) -> IndicatorMapping:
    """The figures as indicators of the taxonomy of the aliases, and those that are none of it."""
    return find_indicators(facts.parts, figures, facts.claims, aliases)


def write(
    generator: Generator,
    source: Source,
    figures: Figures,
    facts: Facts,
    judgement: Judgement,
    mapping: IndicatorMapping,
) -> Report:
    """The report that says all of it."""
    parts, document = facts.parts, facts.document
    unchecked = unchecked_cells(document, figures.sheets, checked_figures(facts.claims, facts.comparisons))
    return Report(
        generator=generator,
        source=source.model_copy(update={"language": parts.kind.language, "genre": parts.kind.genre}),
        header=parts.header,
        locality=locality_of(parts.header, document.text[:_OPENING]),
        sections=parts.sections,
        footnotes=parts.footnotes,
        references=parts.references,
        tables=facts.tables,
        claims=facts.claims,
        comparisons=facts.comparisons,
        indicators=mapping.indicators,
        unmapped=mapping.unmapped,
        findings=judgement.findings,
        checked=judgement.checked,
        coverage=find_coverage(figures.reading, facts.claims, facts.comparisons, unchecked),
        summary=_summary(facts.claims, judgement.findings),
    )


T = TypeVar("T", Claim, Table)


def _placed(entries: Sequence[T], sections: Sequence[Section]) -> tuple[T, ...]:
    """The claims or tables, each with the section that it begins in."""
    ids = sections_at(sections, (entry.span.start for entry in entries))
    return tuple(entry.model_copy(update={"section": at}) for entry, at in zip(entries, ids, strict=True))


def _summary(claims: Sequence[Claim], findings: Sequence[Finding]) -> Summary:
    verdicts, severities = Counter(c.verdict for c in claims), Counter(f.severity for f in findings)
    return Summary(
        claims=len(claims),
        verdicts={verdict: verdicts[verdict] for verdict in get_args(Verdict)},
        findings={severity: severities[severity] for severity in get_args(Severity)},
        causes=len({finding.cause for finding in findings}),
    )
