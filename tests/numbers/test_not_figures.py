"""Digits that name or refer count nothing; beside each the same digits where they count."""

from __future__ import annotations

import pytest

from de06_extract.numbers.figures import find_figures
from de06_extract.numbers.not_figures import labels

LABELS = {
    "footnote marks": ["chợ nổi.[27]", "lâu đời [3, tr.14]", "nhiều nơi [4; 9; 12]", "đã nêu [1907]", "[5-8]"],
    "lines and pages": ["dòng 7 từ dưới lên", "dòng từ 7 dưới lên", "tr. 19", "tr. 19-23", "dòng thứ 4"],
    "clauses": ["khoản (2)", "Điều 44-1", "điểm (3)", "Điều 12 khoản (1)"],
    "roads": ["đường tỉnh 511", "QL.45", "tỉnh lộ 8", "hẻm 27", "đường huyện 6"],
    "numbers drawn": ["bộ số: 04-09-17-22-35", "Mega 6/45", "03-07-10-24"],
    "telephones": [
        "Tel: (55 4) 554 2210-18", "Fax: 22 1234 567", "hotline 1900 5454 61", "ĐT (024) 39 112 233", "Fax 551 2210",
    ],
    "blocks and exchange ratios": ["gói 20+20Kb", "1:1,45", "tỷ lệ 3:2"],
    "levels": ["nhà thầu cấp 1 và", "xã loại 2,", "nhóm 3.", "hạng 4;", "xã loại 3 được"],
    "numbered things": ["Quận 7,", "nhà ga 3.", "Khu phố 12 đã", "tổ dân phố 5 và", "khu vực 2:"],
    "years of laws and editions": [
        "Luật Đê điều 2006 (", "Bộ luật Lao động 2019.", "Giải Sông Lam 2015,", "Khảo sát Dệt-May 2013 nêu",
        "giữa năm 2009 và 2013,",
    ],
    "years in brackets": ["Thượng tá (2004)", "Trưởng phòng (2011-nay)", "Đại úy (3.2008)", "(Trần 2016, tr. 5)"],
    "from month to month": ["11.2012-10.2016", "2014-6.2017", "8.2011-nay", "5.2019", "- 2008, nguyên phó phòng"],
    "days without a year": ["hôm qua (18/3)", "thứ Sáu (3/5)", "trước 28/4,", "sau 15/9."],
    "days with two digits of the year": ["30/6/23", "30.6.23", "ngày 15/12/22", "đến 1/1/24"],
    "ranks": ["hạng từ 5 xuống 19", "“tụt hạng” từ 8 xuống 17", "vị trí 19 lên 12", "xếp thứ 6 lên 4"],
}  # fmt: skip

NUMBERS = {
    "brackets": [("[1.204/1.310]", ["1204", "1310"]), ("[12,5%]", ["12.5"])],
    "lines": [("dòng 5 km", ["5"]), ("dòng 1.200 hộ", ["1200"])],
    "roads": [("đường tỉnh 12 km", ["12"]), ("hẻm 27 hộ", ["27"])],
    "drawn": [("mã số 27", ["27"]), ("10-20 hộ", ["10"])],
    "telephones": [("điện thoại: 350 cuộc", ["350"]), ("Fax 12 máy", ["12"]), ("Fax 55 1221", ["55", "1221"])],
    "levels": [("đã cấp 5, thu hồi 3", ["5", "3"]), ("cấp 2 giấy phép", ["2"]), ("loại 12 hồ sơ", ["12"])],
    "things": [("tổ 5 người", ["5"]), ("phường 12 tiêu chí", ["12"])],
    "years": [
        ("Sở Tư pháp 2015 hồ sơ", ["2015"]), ("78/2023 hồ sơ", ["78", "2023"]), ("Công an tỉnh (2.015)", ["2015"]),
        ("có 2015", ["2015"]), ("giới thiệu Luật Căn cước cho 1985 bà con", ["1985"]),
    ],
    "months": [("5.201 hồ sơ", ["5201"]), ("11,2012 tỷ", ["11201200000.0000"])],
    "fractions": [("đạt 58,3% (7/11)", ["58.3", "7", "11"]), ("sau 12/15 hồ sơ", ["12", "15"])],
    "three parts": [("5/8/20 xã", ["5", "8", "20"])],
    "ranks": [("giảm từ 6 xuống 4 vụ", ["6", "4"])],
}  # fmt: skip


@pytest.mark.parametrize("text", [text for texts in LABELS.values() for text in texts])
def test_a_label_is_no_figure(text: str) -> None:
    assert [str(figure.value) for figure in find_figures(text)] == []


@pytest.mark.parametrize(("text", "values"), [row for rows in NUMBERS.values() for row in rows])
def test_what_counts_stays_a_figure(text: str, values: list[str]) -> None:
    assert [str(figure.value) for figure in find_figures(text)] == values


@pytest.mark.parametrize("run", ["5/6/", "5-6-", "5, 6, ", "5; ", "5 và ", "5-5 và ", "1:1", "5+", "5 tr. "])
def test_no_label_is_longer_than_a_line(run: str) -> None:
    """Each number is asked what it begins: one that reads to the end of the text would make that quadratic."""
    for label in labels():
        for text in (run * 2_000 + "5", run * 2_000 + "5]"):
            found = label.digits.match(text)
            assert found is None or found.end() <= 600, label.digits.pattern


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("dịch vụ công mức độ 3,4", []),
        ("dịch vụ công mức 3, 4", []),
        ("giá chốt ở mức 75,94 USD/thùng", ["75,94"]),
        ("chỉ số lên mức 7,5 điểm", ["7,5"]),
        ("giá lùi về mức 68 USD", ["68"]),
        ("vượt mốc 1.250 điểm", ["1.250"]),
        ("kế hoạch số: 45", []),
        ("có 45 mô hình: 26 tập thể, 19 cá nhân", ["45", "26", "19"]),
        ("trả đúng ngày 61; quá hạn 5", ["61", "5"]),
        ("ngày 3, 4 và 5", []),
        ("giải quyết số vụ 76/91", ["76", "91"]),
        ("vụ 2015/16", []),
        ("triệu tập 215 hội thẩm", ["215"]),
        ("sách gồm Tập 1, Tập 2", []),
        ("công ty TNHH 2 thành viên", []),
        ("có 2 thành viên", ["2"]),
    ],
)
def test_names_dates_and_levels_are_none_and_what_is_too_much_for_them_is_a_figure(
    text: str, figures: list[str]
) -> None:
    assert [text[figure.start : figure.end].split()[0] for figure in find_figures(text)] == figures
