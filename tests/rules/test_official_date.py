"""What is held against the date of a report: only that of its own letterhead or signature."""

from __future__ import annotations

import pytest

from de06_extract import check_text

_CITED = "Thực hiện Kế hoạch số 56/KH-UBND ngày 23/12/2023 của UBND tỉnh, đơn vị báo cáo như sau:"
WRONG = (
    f"Số: 12/BC-UBND\n\nBình Long, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\n{_CITED}",
    f"UBND HUYỆN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nTân An, ngày 12 tháng 10 năm 2023\n\nKính "
    f"gửi: Sở Tư pháp\n\n{_CITED}",
    f"BÁO CÁO\n\nKết quả quý III\n\n{_CITED}\n\nTân An, ngày 12 tháng 10 năm 2023\n\nCHỦ TỊCH\n\nNguyễn Văn An",
    f"Số: /BC-UBND\n\nTân An, ngày   tháng 10 năm 2023\n\nBÁO CÁO\n\n{_CITED}",
    f"Tân An, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\nKết quả quý III\n\n{_CITED}",
)
RIGHT = (
    f"TP. HCM, ngày 31/05/2021\nThưa Quý khách, trang này đã mở được mười năm.\n\n{_CITED}",
    f"Tân An, ngày 12 tháng 10 năm 2023\n\nAnh thân mến, em viết cho anh lá thư này.\n\n{_CITED}",
    f"{_CITED}\n\nTrích thư bạn đọc:\n\nHà Nội, ngày 2 tháng 5 năm 2022\n\nEm mới lên thành phố.",
    "Điều 1. A\n\nĐiều 2. B\n\nĐiều 3. C\n\nSố: 12/QĐ-UBND\n\nTân An, ngày 12 tháng 10 năm 2023\n\n" + _CITED,
    f"Số: 12/BC-UBND\n\nTân An, ngày 30 tháng 12 năm 2023\n\nBÁO CÁO\n\n{_CITED}",
)


def accused(text: str) -> bool:
    return any(finding.rule == "reference-after-report" for finding in check_text(text).findings)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_cited_is_younger_than_the_report(text: str) -> None:
    assert accused(text)


@pytest.mark.parametrize("text", RIGHT)
def test_the_date_of_a_letter_is_not_that_of_the_report(text: str) -> None:
    assert not accused(text)
