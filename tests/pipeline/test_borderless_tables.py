"""A table says the same whether rules part its cells or nothing does: in PDF and text, in five shapes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from de06_extract import extract
from de06_extract.schema.report import Report
from tests.pipeline.borderless import (
    OwnTable,
    as_bars,
    as_blanks,
    as_cell_lines,
    as_levels,
    as_ruled,
    as_words,
    own_table,
)

SHAPES = {
    "words": (as_words, "a.pdf"),
    "levels": (as_levels, "a.pdf"),
    "blanks": (as_blanks, "a.txt"),
    "bars": (as_bars, "a.txt"),
    "cell lines": (as_cell_lines, "a.txt"),
}
NUMBERS = range(20)


def said(report: Report) -> list[tuple[str, str, tuple[str, ...]]]:
    """The claims of a report: their kinds, their verdicts and their figures."""
    return sorted(
        (claim.kind, claim.verdict, tuple(sorted(quantity.text for quantity in claim.figures())))
        for claim in report.claims
    )


def accused(report: Report) -> list[tuple[str, str | None]]:
    return sorted((finding.rule, finding.reported) for finding in report.findings)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_table_without_rules_makes_the_claims_of_the_ruled_one(number: int) -> None:
    table = own_table(number)
    ruled = extract(as_ruled(table), name="a.pdf")
    assert said(ruled), "the table claims something"
    assert bool(ruled.findings) == (number % 3 == 0), "what is wrong in it is found"
    for shape, (written, name) in SHAPES.items():
        report = extract(written(table), name=name)
        assert said(report) == said(ruled), shape
        assert accused(report) == accused(ruled), shape


def test_the_tables_differ() -> None:
    tables: list[OwnTable] = [own_table(number) for number in NUMBERS]
    assert len({table.rows for table in tables}) == len(tables)
    assert {len(table.rows) for table in tables} >= {5, 6, 7, 8}
    shapes: set[Callable[[OwnTable], bytes]] = {written for written, _ in SHAPES.values()}
    assert len(shapes) == 5
