"""Tables as the report shows them: headings joined, rows whole, a title where one stands above."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from tests.conftest import CORPUS, report_on

TEXT = """PHỤ LỤC 1
Kết quả tiếp nhận

STT\tĐơn vị\tHồ sơ\t\tGhi chú
\t\tTổng\tTrực tuyến\t
1\tXã An Phú\t120\t80\t

\tvà khu phố Tân\t\t\tcó bổ sung
2\tXã Hòa\t45\t45\t
"""


def test_a_heading_spreads_over_its_columns_and_a_split_row_is_one() -> None:
    (table,) = check_text(TEXT).tables
    assert table.title == "PHỤ LỤC 1"
    assert table.header == ("STT", "Đơn vị", "Hồ sơ Tổng", "Hồ sơ Trực tuyến", "Ghi chú")
    assert table.rows == (
        ("1", "Xã An Phú và khu phố Tân", "120", "80", "có bổ sung"),
        ("2", "Xã Hòa", "45", "45", ""),
    )


@pytest.mark.parametrize("path", ["002.txt", "pdf/002.pdf", "docx/002.docx", "fallback/002.pdf"])
def test_the_appendix_is_one_table_in_every_format(path: str) -> None:
    (table,) = report_on(CORPUS / path).tables
    assert table.title is not None
    assert table.title.startswith("PHỤ LỤC 02")
    assert len(table.rows) == 26
    assert table.header[:2] == ("STT", "Dịch vụ công trực tuyến")
    assert table.header[4].endswith("Trực tuyến")
    assert [row[0] for row in table.rows[:25]] == [str(n) for n in range(1, 26)]
    assert table.rows[18][2:8] == ("Đã kết nối", "5149", "2764", "54%", "2673", "91")
    assert "tài sản gắn liền với đất" in table.rows[18][1]
