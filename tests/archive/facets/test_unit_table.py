"""The units by rules: what stands in the cells, and which rows and columns there are."""

from __future__ import annotations

from pathlib import Path

from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.unit_table import UnitCounts
from tests.archive.facets.archives import TRA_CU, TU_KY, seen


def test_cells_are_the_findings_of_a_unit_by_a_rule(archive: Path) -> None:
    with seen(archive) as view:
        table = view.units()
    assert [rule.rule for rule in table.rules] == [
        "ratio-mismatch",
        "sum-mismatch",
        "cumulative-falls",
        "ratio-truncated",
    ]
    rows = {row.name: (row.reports, row.findings, [cell.findings for cell in row.cells]) for row in table.units}
    assert rows == {TU_KY: (2, 4, [3, 1, 0, 0]), TRA_CU: (2, 2, [0, 1, 1, 0]), None: (1, 1, [0, 0, 0, 1])}
    assert [cell.worst for cell in table.units[0].cells] == ["error", "warning", None, None]


def test_the_table_is_that_of_what_is_looked_at(archive: Path) -> None:
    with seen(archive, Filter(severity=("warning",), month=("2024-05",))) as view:
        (row,) = view.units().units
    assert (row.name, row.warning, [cell.findings for cell in row.cells]) == (TRA_CU, 1, [1])


def test_what_has_no_row_or_column_is_counted() -> None:
    counts = UnitCounts()
    for number in range(5):
        counts.add(f"xã {number}", number, [(f"rule-{rule}", "", "error") for rule in range(number + 1)])
    counts.add("xã sạch", 5, [])
    table = counts.table(most_units=2, most_rules=3)
    assert [row.name for row in table.units] == ["xã 4", "xã 3"]
    assert [rule.rule for rule in table.rules] == ["rule-0", "rule-1", "rule-2"]
    assert (table.more_units, table.more_rules) == (3, 2)
    assert (table.units[0].findings, [cell.findings for cell in table.units[0].cells]) == (5, [1, 1, 1])


def test_a_unit_is_the_same_however_it_is_written() -> None:
    counts = UnitCounts()
    counts.add("Xã  An", 1, [("r", "", "error")])
    counts.add("XÃ AN", 2, [("r", "", "error")])
    (row,) = counts.table().units
    assert (row.name, row.reports, row.findings) == ("Xã  An", 2, 2)
