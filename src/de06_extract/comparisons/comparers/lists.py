"""A stated number of things against the list of them."""

from __future__ import annotations

from collections.abc import Iterable

from de06_extract.comparisons.counts import Counts
from de06_extract.comparisons.lists import find_lists
from de06_extract.schema.report import Comparison


def find(material: Counts) -> Iterable[Comparison]:
    """Each stated number that a list follows."""
    return find_lists(material.reading, material.parts.prose)


COMPARER = find
