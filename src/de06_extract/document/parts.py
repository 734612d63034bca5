"""The parts of a document that are no figures, each read once: header, sections, notes, citations, periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from de06_extract.document.document import Document
from de06_extract.document.footnotes import find_footnotes
from de06_extract.document.genre import TextKind, read_kind
from de06_extract.document.header.header import read_header
from de06_extract.document.header.letterhead import ReportDate, find_report_date
from de06_extract.document.paragraphs import PROSE, Prose, passages
from de06_extract.document.periods import Calendar
from de06_extract.document.printed_lines import pieces
from de06_extract.document.programmes import Programme, find_programmes
from de06_extract.document.references import find_references
from de06_extract.document.sections import find_sections
from de06_extract.schema.report import Footnote, Header, Reference, Section


@dataclass(frozen=True)
class DocumentParts:
    """A document with its parts.

    `kind` is what kind of text it is, `report_date` the date of its line of place and date, `passages` are its
    paragraphs and behind them the cells of its tables, `calendar` holds the periods that figures speak of, `programmes`
    the years of programmes.
    """

    document: Document
    header: Header
    kind: TextKind
    report_date: ReportDate | None
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    passages: tuple[Prose, ...]
    references: tuple[Reference, ...]
    programmes: tuple[Programme, ...]
    calendar: Calendar

    @property
    def official_date(self) -> ReportDate | None:
        """The report's date where it is that of its own letterhead or signature, and the text may be a report."""
        date = self.report_date
        return date if date is not None and date.is_official and self.kind.may_report else None

    @cached_property
    def paragraphs(self) -> tuple[Prose, ...]:
        """Every paragraph, heading and footnote in the order of the document."""
        return tuple(passage for passage in self.passages if passage.block is not None)

    @cached_property
    def prose(self) -> dict[int, Prose]:
        """The same by the number of their block."""
        numbers = (number for number, block in enumerate(self.document.blocks) if block.kind in PROSE)
        return dict(zip(numbers, self.paragraphs, strict=True))


def read_parts(document: Document) -> DocumentParts:
    """The parts of a document.

    >>> from de06_extract.document.document import Block
    >>> parts = read_parts(Document("a.txt", "Quý I/2023", blocks=(Block("paragraph", ((0, 10),)),)))
    >>> len(parts.paragraphs), [str(period.last) for period in parts.calendar.periods]
    (1, ['2023-03-31'])
    """
    lines = tuple(pieces(document))
    header = read_header(document, lines)
    sections = find_sections(document)
    found = tuple(passages(document))
    return DocumentParts(
        document,
        header=header,
        kind=read_kind(document, header),
        report_date=find_report_date(document, lines),
        sections=sections,
        footnotes=find_footnotes(document, sections),
        passages=found,
        references=find_references(found),
        programmes=tuple(find_programmes(found)),
        calendar=Calendar(document, sections),
    )
