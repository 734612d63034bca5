"""From bytes to a report: the one way that the library, the command and the bulk run share."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import TypeVar, get_args

from de06_extract.claims.coverage import checked_figures, find_coverage
from de06_extract.claims.prose.find import find_claims
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.claims.tables.find import find_table_claims, name_cell, unchecked_cells
from de06_extract.claims.tables.sheets import read_sheets, show_table
from de06_extract.comparisons.find import find_comparisons
from de06_extract.document.document import Document
from de06_extract.document.footnotes import find_footnotes
from de06_extract.document.header.header import read_header
from de06_extract.document.header.locality import locality_of
from de06_extract.document.references import find_references
from de06_extract.document.sections import find_sections, sections_at
from de06_extract.errors import MissingFileError, UnsupportedFormatError
from de06_extract.heartbeat import stepping
from de06_extract.indicators.aliases import Aliases, aliases_of
from de06_extract.indicators.find import find_indicators
from de06_extract.indicators.taxonomy import TaxonomyFile, read_taxonomy_file
from de06_extract.readers import read_document
from de06_extract.rules.checks import rules
from de06_extract.rules.repairs.find import find_repairs
from de06_extract.rules.repairs.misprints import find_misprints
from de06_extract.rules.repairs.suggestions import with_suggestions
from de06_extract.rules.rule import Facts, Language
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

NAME = "de06-extract"
_OPENING = 3000  # characters in which a report names its province


@cache
def program_version() -> str:
    """The version of the program that runs, looked up once: it stays what it is if another one is installed now."""
    return version(NAME)


def extract(
    source: str | PathLike[str] | bytes,
    *,
    name: str | None = None,
    lang: Language = "vi",
    indicators: str | PathLike[str] | TaxonomyFile | None = None,
) -> Report:
    """The report on a file, given by its path or as its bytes.

    `name` is what the source is called where bytes are given; its suffix tells text formats apart. `lang` is the
    language of the findings' messages. `indicators` is a TOML file with further indicators, read already or not.
    Raises an `UnreadableError` with one line that says which file and why, a `TaxonomyError` where that TOML file
    cannot be used.
    """
    if indicators is not None and not isinstance(indicators, TaxonomyFile):
        indicators = read_taxonomy_file(Path(indicators))
    aliases = aliases_of(indicators) if indicators is not None else aliases_of()
    if isinstance(source, bytes):
        data, name = source, _printable(name or "document.txt")
    else:
        path = Path(source)
        data, name = _bytes(path), _printable(name or path.name)
    return check(read_document(data, name), data, lang=lang, aliases=aliases)


def check_text(text: str, *, name: str = "text.txt", lang: Language = "vi") -> Report:
    """The report on a text, as `extract` gives it for a file that holds it. Raises `EmptyFileError` without text."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnsupportedFormatError(f"{name}: not a text, character {error.start} is half of a pair") from error
    return extract(data, name=name, lang=lang)


def _printable(name: str) -> str:
    """The name as JSON and one line of an error can hold it: whole characters, no line break."""
    return " ".join(name.encode("utf-8", "replace").decode("utf-8").split())


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise MissingFileError(f"{path}: is a directory, not a file")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingFileError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MissingFileError(f"{path}: cannot be opened ({reason})") from error


def check(document: Document, data: bytes = b"", *, lang: Language = "vi", aliases: Aliases | None = None) -> Report:
    """The report on a document that was read from `data`, its figures mapped to the taxonomy of the aliases."""
    with _collector_paused():
        return _check(document, data, lang, aliases or aliases_of())


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keeps the cyclic collector from walking a document's many small values over and over while they are made.

    They live until the report is done, so that there is nothing for it to find; it took a sixth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _check(document: Document, data: bytes, lang: Language, aliases: Aliases) -> Report:
    reading = read_mentions(document)
    sections = find_sections(document)
    sheets = read_sheets(document)
    prose = find_claims(document, reading)
    claims = _placed(prose, sections) + _placed(find_table_claims(document, sheets, len(prose) + 1), sections)
    facts = Facts(
        document,
        claims=claims,
        comparisons=find_comparisons(document, reading, claims, sections),
        references=find_references(document),
        sections=sections,
        tables=_placed([show_table(document, sheet) for sheet in stepping(sheets)], sections),
        misprints=find_misprints(claims, lambda start: name_cell(sheets, start)),
    )
    findings, checked = _findings(facts, lang)
    findings = with_suggestions(findings, find_repairs(claims, facts.comparisons), document, lang)
    mapped = find_indicators(document, reading, sections, sheets, claims, aliases)
    header = read_header(document)
    return Report(
        generator=Generator(name=NAME, version=program_version()),
        source=Source(
            name=document.name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=document.media_type,
            bytes=len(data),
            pages=document.pages,
            text_from=document.text_from,
            is_verbatim=document.is_verbatim,
        ),
        header=header,
        locality=locality_of(header, document.text[:_OPENING]),
        sections=sections,
        footnotes=find_footnotes(document, sections),
        references=facts.references,
        tables=facts.tables,
        claims=claims,
        comparisons=facts.comparisons,
        indicators=mapped.indicators,
        unmapped=mapped.unmapped,
        findings=findings,
        checked=checked,
        coverage=find_coverage(
            reading,
            claims,
            facts.comparisons,
            unchecked_cells(document, sheets, checked_figures(claims, facts.comparisons)),
        ),
        summary=_summary(claims, findings),
    )


T = TypeVar("T", Claim, Table)


def _placed(entries: Sequence[T], sections: Sequence[Section]) -> tuple[T, ...]:
    """The claims or tables, each with the section that it begins in."""
    ids = sections_at(sections, (entry.span.start for entry in entries))
    return tuple(entry.model_copy(update={"section": at}) for entry, at in zip(entries, ids, strict=True))


def _findings(facts: Facts, lang: Language) -> tuple[tuple[Finding, ...], dict[str, int]]:
    """All findings in the order of the text, and how many cases each rule judged."""
    findings: list[Finding] = []
    checked: dict[str, int] = {}
    for rule in stepping(rules()):
        found, checked[rule.id] = rule.findings(facts, lang)
        findings.extend(found)
    return tuple(sorted(findings, key=lambda f: (f.span.start, f.span.end, f.rule, f.id))), checked


def _summary(claims: Sequence[Claim], findings: Sequence[Finding]) -> Summary:
    verdicts, severities = Counter(c.verdict for c in claims), Counter(f.severity for f in findings)
    return Summary(
        claims=len(claims),
        verdicts={verdict: verdicts[verdict] for verdict in get_args(Verdict)},
        findings={severity: severities[severity] for severity in get_args(Severity)},
    )
