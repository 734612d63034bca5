"""Figures of scanned pages that make a relation fail, looked at once more before they are held against the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from de06_extract.document.document import Document, SecondReading
from de06_extract.heartbeat import step
from de06_extract.pipeline.corrections import corrected
from de06_extract.rules.facts import Facts, Misreading
from de06_extract.rules.misreadings import figures_in, find_misreadings, held_back

_SURE = 85  # of 100: a figure that is read so a second time is the one that is printed
_MOST = 40  # figures of a document that are looked at again; a page that cannot be read has more

Looks = dict[int, SecondReading | None]
"""By the offset of a figure what the second look at it read."""


def misreadings_of(facts: Facts) -> tuple[Sequence[Misreading], Looks]:
    """The figures that may be misread, and what a second look at each of them read."""
    document = facts.document
    found = list(find_misreadings(document, facts.claims, facts.comparisons)) if document.ocr_pages else []
    looks: Looks = {}
    for misreading in found:
        start = misreading.quantity.span.start
        if start not in looks and len(looks) < _MOST:
            looks[start] = _look(document, start, misreading.quantity.span.end)
            step()
    return found, looks


def _look(document: Document, start: int, end: int) -> SecondReading | None:
    places = document.locations(start, end)
    return document.read_again(places[0]) if document.read_again is not None and len(places) == 1 else None


def with_corrections(document: Document, misreadings: Sequence[Misreading], looks: Looks) -> Document:
    """The document with those figures changed that a second look read as one with which all holds."""
    right = dict[int, tuple[int, str]]()
    for misreading in misreadings:
        again, span = looks.get(misreading.quantity.span.start), misreading.quantity.span
        likely = {figure for text in misreading.likely for figure in figures_in(text)}
        read = [figure for figure in figures_in(again.text if again else "") if figure in likely]
        written = figures_in(span.text)
        if len(read) == len(written) == 1 and written[0] not in read:
            at = span.start + span.text.index(written[0])
            right.setdefault(at, (at + len(written[0]), read[0]))
    for start, (end, text) in sorted(right.items(), reverse=True):
        document = corrected(document, start, end, text)
    return document


def without_doubtful(facts: Facts, misreadings: Sequence[Misreading], looks: Looks) -> Facts:
    """The facts, nothing said of relations on a figure that a second look did not confirm."""
    left = tuple(
        replace(misreading, again=again.text if again else None)
        for misreading in misreadings
        if not _is_confirmed(misreading, again := looks.get(misreading.quantity.span.start))
    )
    doubtful = {misreading.relation for misreading in left}
    return replace(
        facts,
        misprints=tuple(one for one in facts.misprints if doubtful.isdisjoint(claim.id for claim in one.claims)),
        claims=held_back(facts.claims, left),
        comparisons=held_back(facts.comparisons, left),
        misreadings=_foremost(left),
    )


def _foremost(misreadings: Sequence[Misreading]) -> tuple[Misreading, ...]:
    """Of each relation the figure that most likely was misread: one that would settle it, else the least sure."""
    first: dict[str, Misreading] = {}
    for misreading in sorted(misreadings, key=lambda one: (not one.likely, one.confidence)):
        first.setdefault(misreading.relation, misreading)
    return tuple(sorted(first.values(), key=lambda one: one.quantity.span.start))


def _is_confirmed(misreading: Misreading, again: SecondReading | None) -> bool:
    """True where the second look read the same figure, and is sure of it if another one would settle the matter."""
    if again is None or not set(figures_in(misreading.quantity.text)) <= set(figures_in(again.text)):
        return False
    return again.confidence >= _SURE or not misreading.likely
