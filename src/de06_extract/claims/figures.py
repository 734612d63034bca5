"""The figures of a document, read once: those of the prose with what they count, those of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from de06_extract.claims.prose.mentions import Reading
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.claims.prose.subjects import Subjects
from de06_extract.claims.tables.sheets import Sheet, read_sheets
from de06_extract.document.parts import DocumentParts


@dataclass(frozen=True)
class Figures:
    """The figures of a document: the mentions of its prose, what they count, and its tables as columns and rows."""

    reading: Reading
    subjects: Subjects
    sheets: tuple[Sheet, ...]


def read_figures(parts: DocumentParts) -> Figures:
    """The figures of a document that was taken apart.

    >>> from de06_extract.document.document import Block, Document
    >>> from de06_extract.document.parts import read_parts
    >>> parts = read_parts(Document("a.txt", "Cấp 12 thẻ", blocks=(Block("paragraph", ((0, 10),)),)))
    >>> figures = read_figures(parts)
    >>> [(str(m.figure.value), figures.subjects.of(m, m).lead) for m in figures.reading.mentions]
    [('12', 'Cấp ')]
    """
    reading = read_mentions(parts.document)
    return Figures(reading, Subjects(parts, reading), read_sheets(parts.document))
