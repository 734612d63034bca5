"""Rows that lost cells are put right, whatever their width; total rows are many or few."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from tests.counting import lines_run


def _table(*rows: list[str]) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n"


@pytest.mark.parametrize("width", [6, 2_000])
def test_a_row_without_its_last_cell_is_read_however_wide_it_is(width: int) -> None:
    whole = ["1", *["5"] * width]
    report = check_text(_table(whole, whole, whole, whole[:-1], whole))
    (table,) = report.tables
    assert [len(row) for row in table.rows] == [width + 1] * 5
    assert report.findings == ()


@pytest.mark.parametrize(("lost", "placed"), [(16, True), (17, False)])
def test_a_row_that_lost_most_cells_is_not_placed(lost: int, placed: bool) -> None:
    whole = ["Xã", "5", *["chữ"] * 17, "50%"]
    (table,) = check_text(_table(whole, whole, whole, [*whole[: 19 - lost], "40%"], whole)).tables
    assert (table.rows[3][-1] == "40%") == placed


def test_a_row_that_fits_nowhere_is_not_tried_in_every_way() -> None:
    whole = ["1", *["5", "5%"] * 12, "chữ"]
    (table,) = check_text(_table(whole, whole, whole, ["1", *["5"] * 18], whole)).tables
    assert table.rows[3][:19] == ("1", *["5"] * 18)


def test_a_row_that_fits_in_very_many_ways_is_tried_in_a_few_of_them() -> None:
    def work(lost: int) -> int:
        rows = [["STT", "Xã", *(f"Số {n}" for n in range(18))]]
        rows += [[str(row), f"Xã {row}", *(str(100 * row + n) for n in range(18))] for row in range(1, 6)]
        rows[-1] = rows[-1][:-lost]
        return lines_run(lambda: check_text(_table(*rows)))

    work(1)  # what is read once does not count
    assert work(5) <= 1.3 * work(1)


@pytest.mark.parametrize("groups", [4, 30])
def test_every_total_of_a_stretch_is_held_against_it_and_the_last_against_all(groups: int) -> None:
    rows = [["STT", "Tên", "Hồ sơ", "Đạt"]]
    for n in range(groups):
        rows += [["1", f"Xã A{n}", "52", "31"], ["2", f"Xã B{n}", "49", "33"], ["", "Tổng", "101", "64"]]
    rows.append(["", "Tổng cộng", str(101 * groups), str(64 * groups)])
    sums = [claim for claim in check_text(_table(*rows)).claims if claim.kind == "sum"]
    assert len(sums) == 2 * groups + 2
    assert {claim.verdict for claim in sums} == {"consistent"}
