"""Comparisons: all that the comparers find, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.claims.figures import Figures
from de06_extract.comparisons.comparers import comparers
from de06_extract.comparisons.counts import Counts
from de06_extract.document.parts import DocumentParts
from de06_extract.heartbeat import stepping
from de06_extract.schema.report import Claim, Comparison


def find_comparisons(parts: DocumentParts, figures: Figures, claims: Sequence[Claim]) -> tuple[Comparison, ...]:
    """The comparisons of a document, identified r1, r2, … in the order in which they begin."""
    material = Counts(parts, figures, claims)
    found = [comparison for find in stepping(comparers()) for comparison in find(material)]
    found.sort(key=lambda c: (c.span.start, c.span.end, c.kind, c.label))
    return tuple(comparison.model_copy(update={"id": f"r{n}"}) for n, comparison in enumerate(found, 1))
