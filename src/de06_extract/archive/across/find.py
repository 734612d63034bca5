"""What no report says alone: the findings across the reports of an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.families import families_of
from de06_extract.archive.across.rule import Reports
from de06_extract.archive.across.series import Point, is_certain, reporter_of
from de06_extract.archive.store.results import StoredResults
from de06_extract.indicators.taxonomy import Taxonomy, taxonomy
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row


def find_across(store: StoredResults, language: Language, known: Taxonomy | None = None) -> Iterator[tuple[str, Row]]:
    """The rows of the findings with the paths of the files that they stand at, as `Store.save_across` takes them.

    The figures of one reporter are held at a time, then those of one province and indicator; the order depends on
    nothing but what the store holds.
    """
    known = known or taxonomy()
    for collected in _collected(store, known):
        for rule in across_rules():
            yield from rule.findings(collected, language)


def _collected(store: StoredResults, known: Taxonomy) -> Iterator[Reports]:
    for points in _reporters(store.certain_rows("reporter")):
        yield Reports(known, points)
    adding = [entry.id for entry in known.entries.values() if entry.adds_up]
    for points in _territories(store.certain_rows("indicator", adding)):
        yield Reports(known, families=tuple(families_of(points)))


def _reporters(rows: Iterable[tuple[str, Row]]) -> Iterator[list[Point]]:
    """The certain figures of each reporter; the rows come locality by locality."""
    for _, group in groupby(rows, key=_whereabouts):
        reporters: dict[tuple[str, ...], list[Point]] = defaultdict(list)
        for path, row in group:
            reporter = reporter_of(row) if is_certain(row) else None
            if reporter is not None:
                reporters[reporter].append(Point(path, row))
        yield from (points for _, points in sorted(reporters.items()))


def _territories(rows: Iterable[tuple[str, Row]]) -> Iterator[list[Point]]:
    """The certain figures of each province and indicator."""
    for (province, _), group in groupby(rows, key=_kind):
        if province:
            yield [Point(path, row) for path, row in group if is_certain(row) and reporter_of(row) is not None]


def _kind(entry: tuple[str, Row]) -> tuple[object, object]:
    _, row = entry
    return row["document_province"], row["indicator"]


def _whereabouts(entry: tuple[str, Row]) -> tuple[object, ...]:
    _, row = entry
    return row["document_province"], row["document_locality"] or row["document_issuer"], row["document_district"]
