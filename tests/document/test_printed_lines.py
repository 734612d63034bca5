"""The lines of a document cut into columns, with work in proportion to their length."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract.document import printed_lines
from de06_extract.document.printed_lines import _of_line


def columns(line: str) -> list[str]:
    return [piece.text for piece in _of_line(line, 0)]


@pytest.mark.parametrize("before", ["", "Xã A ", "báo cáo " * 30])
def test_a_gap_that_a_date_leaves_open_ends_no_column(before: str) -> None:
    assert columns(f"{before}Tứ Kỳ, ngày      tháng 4 năm 2024") == [f"{before}Tứ Kỳ, ngày      tháng 4 năm 2024"]
    assert columns(f"{before}UBND HUYỆN      Độc lập") == [f"{before}UBND HUYỆN", "Độc lập"]


def test_what_stands_before_a_gap_is_not_looked_through_to_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of ten thousand cells has as many gaps, and a search is one call, however long."""
    looked, real = list[int](), printed_lines._open_blank()

    class Noted:
        def search(self, line: str, start: int, end: int) -> Any:
            looked.append(end - start)
            return real.search(line, start, end)

    monkeypatch.setattr(printed_lines, "_open_blank", Noted)
    assert columns("1\t" * 2_000) == ["1"] * 2_000
    assert len(looked) > 1_000
    assert max(looked) <= 100
