"""Which documents a text cites, with kind, number, date and issuer; what rules hold against them, and what not."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.document.parts import read_parts
from de06_extract.readers import read_document

TOP = "Số: 12/BC-UBND\n\nAn Phú, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\n"
Cited = tuple[str, str | None, str | None]


def cited(text: str) -> list[Cited]:
    return [(r.type, r.number, r.date) for r in read_parts(read_document(text.encode(), "made-up.txt")).references]


def held(text: str) -> list[str]:
    """The rules that hold something against references, dates or periods of the text, infos aside."""
    families = ("reference-", "known-", "date-", "result-", "period-", "vision-")
    return [f.rule for f in check_text(text).findings if f.rule.startswith(families) and f.severity != "info"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Công văn số 452/TTg-KSTT ngày 23/5/2023", [("Công văn", "452/TTg-KSTT", "2023-05-23")]),
        ("công văn 15/UBND-NC ngày 3 tháng 5 năm 2023", [("Công văn", "15/UBND-NC", "2023-05-03")]),
        ("Nghị quyết số 11/2022/NQ-HĐND (ngày 12.7.2022)", [("Nghị quyết", "11/2022/NQ-HĐND", "2022-07-12")]),
        ("Kế hoạch số 5/KH-UBND, ngày 12-7-2022", [("Kế hoạch", "5/KH-UBND", "2022-07-12")]),
        ("Quyết định số 12/QĐ-UBND tháng 3/2023", [("Quyết định", "12/QĐ-UBND", "2023-03")]),
        ("Quyết định số 12/QĐ-UBND ngày     tháng 3 năm 2023", [("Quyết định", "12/QĐ-UBND", "2023-03")]),
        ("Nghị định 61/2018/NĐ-CP của Chính phủ ngày 23/4/2018", [("Nghị định", "61/2018/NĐ-CP", "2018-04-23")]),
        ("Nghị quyết số 18-NQ/TW ngày 25/10/2017", [("Nghị quyết", "18-NQ/TW", "2017-10-25")]),
        ("Quyết định 127-QĐ/TW", [("Quyết định", "127-QĐ/TW", None)]),
        ("Chỉ thị số 05-CT/TU ngày 15/5/2022 của Tỉnh ủy", [("Chỉ thị", "05-CT/TU", "2022-05-15")]),
        ("Nghị quyết số 30c/NQ-CP ngày 08/11/2011", [("Nghị quyết", "30c/NQ-CP", "2011-11-08")]),
        ("Kế hoạch số 27/KH- STTTT ngày 31/01/2023", [("Kế hoạch", "27/KH-STTTT", "2023-01-31")]),
        ("Kế hoạch số 27 /KH - UBND", [("Kế hoạch", "27/KH-UBND", None)]),
        ("Quyết định số 06/QĐTTg ngày 06/01/2022", [("Quyết định", "06/QĐTTg", "2022-01-06")]),
        ("Công văn số 171/STTTT-CNTT&TT ngày 01/02/2024", [("Công văn", "171/STTTT-CNTT&TT", "2024-02-01")]),
        ("Luật Giao dịch điện tử số 20/2023/QH15", [("Luật", "20/2023/QH15", None)]),
        ("theo Luật Đất đai năm 2013", [("Luật", None, "2013")]),
        ("Bộ luật Dân sự 2015 quy định", [("Bộ luật", None, "2015")]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Cư trú năm 2013", [("Luật", None, "2013")]),
        (
            "Nghị định số 34/2016/NĐ-CP, 154/2020/NĐ-CP và Thông tư số 01/2023/TT-VPCP",
            [
                ("Nghị định", "34/2016/NĐ-CP", None),
                ("Nghị định", "154/2020/NĐ-CP", None),
                ("Thông tư", "01/2023/TT-VPCP", None),
            ],
        ),
        (
            "các Công văn số 12/UBND-NC ngày 03/5/2023, số 15/UBND-VX ngày 04/5/2023 và 17/UBND-KT",
            [
                ("Công văn", "12/UBND-NC", "2023-05-03"),
                ("Công văn", "15/UBND-VX", "2023-05-04"),
                ("Công văn", "17/UBND-KT", None),
            ],
        ),
        ("Quyết định số 06/QĐ-TTg, ngày 25/5/2022 UBND tỉnh ban hành", [("Quyết định", "06/QĐ-TTg", None)]),
        ("Quyết định số 06/QĐ-TTg, ngày 25/5/2022, Công an tỉnh", [("Quyết định", "06/QĐ-TTg", None)]),
        ("Kế hoạch số 5/KH-UBND, ngày 25/5/2022 của UBND tỉnh", [("Kế hoạch", "5/KH-UBND", "2022-05-25")]),
        (
            "văn bản số 36/KH-UBND và văn bản 12/UBND-NC",
            [("Kế hoạch", "36/KH-UBND", None), ("Văn bản", "12/UBND-NC", None)],
        ),
        ("Kế hoạch của UBND tỉnh số 36/KH-UBND ngày 14/4/2023", [("Kế hoạch", "36/KH-UBND", "2023-04-14")]),
        (
            "ban hành 56/KH-UBND ngày 23/3/2023 thay Kế hoạch số 4/KH-UBND",
            [("Kế hoạch", "56/KH-UBND", "2023-03-23"), ("Kế hoạch", "4/KH-UBND", None)],
        ),
        ("QĐ 1323/QĐ-UBND", [("Quyết định", "1323/QĐ-UBND", None)]),
        ("Số: 415/BC-UBND", []),
        ("Số: 415/BC-UBND      An Phú, ngày 12 tháng 10 năm 2023", []),
        ("Đề án 06/CP, đề án 06/CP và Đề án 06 của Chính phủ", []),
        ("đạt 12/15 xã, 3.225/3.265 hồ sơ, 24/7, tháng 9/2023", []),
        ("pháp luật, kỷ luật, Hội Luật gia, Luật sư Nguyễn Văn A, dự án Luật Căn cước", []),
        ("Tổng đài 1900/CSKH hỗ trợ", []),
    ],
)
def test_a_citation_has_kind_number_and_date(text: str, want: list[Cited]) -> None:
    assert cited(text) == want


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Công văn số 452/TTg-KSTT ngày 23/5/2023 của Thủ tướng Chính phủ về tháo gỡ", "Thủ tướng Chính phủ"),
        ("Kế hoạch số 18/KH-STTTT của Sở Thông tin và Truyền thông tỉnh, các", "Sở Thông tin và Truyền thông tỉnh"),
        ("Kế hoạch số 18/KH-UBND của UBND tỉnh và Công văn số 5/UBND-NC", "UBND tỉnh"),
        ("Công văn số 2643/TCTTKĐA của Tổ công tác triển khai Đề án 06 của Chính phủ.", None),
        ("Kế hoạch số 18/KH-UBND ban hành năm 2023", None),
    ],
)
def test_an_issuer_ends_where_its_name_does(text: str, issuer: str | None) -> None:
    first = read_parts(read_document(text.encode(), "made-up.txt")).references[0]
    assert first.issuer == issuer or (issuer is None and (first.issuer or "").startswith("Tổ công tác"))


def test_a_citation_over_a_page_break_is_one() -> None:
    text = "Thực hiện Kế hoạch số 56/KH-UBND ngày\n\n23/3/2023 của UBND tỉnh"
    assert cited(text) == [("Kế hoạch", "56/KH-UBND", "2023-03-23")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Quyết định số 45/QĐ-TTg ngày 03/4/2023 … Quyết định số 45/QĐ-TTg ngày 03/3/2023", "reference-date-conflict"),
        (
            "Kế hoạch số 9/KH-UBND ngày 02/3/2023 của UBND huyện về việc rà soát hồ sơ cư trú; Kế hoạch số 9/KH-UBND "
            "ngày 12/4/2023 của UBND huyện về việc rà soát hồ sơ cư trú",
            "reference-date-conflict",
        ),
        ("Nghị quyết số 07/2021/NQ-HĐND ngày 20/7/2022", "reference-year-mismatch"),
        ("Quyết định số 06/QĐ-TTg ngày 16/01/2022", "known-document-date"),
        ("Nghị định số 30/2020/NĐ-CP ngày 03/5/2020 của Chính phủ", "known-document-date"),
        ("đến ngày 31/11/2023", "date-impossible"),
        ("ngày 30 tháng 02 năm 2024", "date-impossible"),
        (TOP + "Công văn số 9/UBND-NC ngày 13/10/2023 của UBND tỉnh", "reference-after-report"),
        (TOP + "Tính đến ngày 12/11/2023, toàn huyện có 25 hồ sơ.", "result-after-report"),
        ("Chương trình giai đoạn 2030-2021", "period-reversed"),
        ("Chiến lược giai đoạn 2021-2030, tầm nhìn đến năm 2020", "vision-within-period"),
    ],
)
def test_a_wrong_date_is_found(text: str, rule: str) -> None:
    assert held(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 12/KH-UBND ngày 05/01/2022; Kế hoạch số 12/KH-UBND ngày 05/01/2023",
        "Kế hoạch số 12/KH-UBND ngày 05/3/2023 của UBND tỉnh; Kế hoạch số 12/KH-UBND ngày 15/3/2023 của UBND xã",
        "Kế hoạch số 12/KH-UBND ngày 05/3/2023; Kế hoạch số 12/KH-UBND ngày 28/11/2023",
        "Quyết định số 45/QĐ-TTg ngày 03/4/2023; Quyết định số 45/QĐ-TTg ngày 03/4/2022",
        "Quyết định số 45/QĐ-TTg ngày 3/4/2023; Quyết định số 45/QĐ-TTg ngày 03 tháng 4 năm 2023",
        "Quyết định số 45/QĐ-TTg tháng 4/2023; Quyết định số 45/QĐ-TTg ngày 03/4/2023",
        "Công văn số 452/TTg-KSTT ngày 23/5/2023; Công văn số 452/TTg ngày 23/5/2023",
        "Công văn số 15/UBND-NC ngày 06/3/2023 của UBND tỉnh; Công văn số 15/SNV-TCBC ngày 06/3/2023 của Sở Nội vụ",
        "Quyết định số 15/QĐ-UBND ngày 06/3/2023 của UBND tỉnh; Kế hoạch số 15/KH-UBND ngày 06/3/2023 của UBND tỉnh",
        "Công văn số 15/UBND-NC ngày 06/3/2023 của UBND tỉnh; Công văn số 15/UBND-VX ngày 09/11/2023 của UBND tỉnh",
        "Nghị quyết số 43/2023/NQ-HĐND ngày 14/7/2023 sửa đổi Nghị quyết số 17/2019/NQ-HĐND ngày 11/7/2019",
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017; Nghị quyết số 18-NQ/TW ngày 16/6/2022",
        "Luật Căn cước năm 2023; Luật Căn cước công dân năm 2014",
        "Thông tư số 02/2024/TT-BCA ngày 29/12/2023",
        "Quyết định số 06/QĐ-TTg ngày 05/01/2023 của Thủ tướng Chính phủ về việc giao kế hoạch",
        "Quyết định số 06/QĐ-TTg ngày 10/01/2024 về giao vốn; Đề án phát triển ứng dụng dữ liệu về dân cư",
        "Quyết định số 06/QĐ-BCA ngày 15/03/2022",
        "Nghị định số 30/2020/NĐ-CP của Chính phủ; ngày 03/5/2020 Sở Nội vụ ban hành văn bản",
        "ngày 29/02/2020, 31/01/2023, 30.4.1975 và 31/10/2023",
        "ngày 15 có 13/30 hồ sơ; quý 4/2023; tháng 12/2023",
        "trong ngày 15/30 hồ sơ được trả; hết ngày 31/5",
        "An Phú, ngày 12 tháng 10 năm 2023\n\nhọp tại Huế, ngày 5 tháng 10 năm 2023\n\nCông văn 9/TTg ngày 11/10/2023",
        "Căn cứ Quyết định số 06/QĐ-TTg của Thủ tướng Chính phủ, ngày 25/5/2022 UBND tỉnh ban hành Kế hoạch",
        "Biên bản họp tại Hà Nội, ngày 12 tháng 5 năm 2023.\n\nCông văn số 9/UBND-NC ngày 15/12/2023",
        "An Phú, ngày 1 tháng 5 năm 2023\n\nAn Phú, ngày 1 tháng 9 năm 2023\n\nCông văn 9/UBND-NC ngày 3/8/2023",
        "thưởng tháng 13 năm 2023 cho viên chức",
        "Tệp bao_cao_31/6/2023 hoặc www.tinh.gov.vn/31/6/2023",
        TOP + "Công văn số 9/UBND-NC ngày 12/10/2023 của UBND tỉnh",
        TOP + "Nghị định có hiệu lực từ ngày 01/01/2024; hoàn thành trước ngày 31/12/2023",
        TOP + "Đến hết ngày 30/12/2023 phải hoàn thành việc số hóa 120 hồ sơ.",
        TOP + "Dự kiến tính đến ngày 31/12/2023 đạt 95% số hồ sơ.",
        "Hôm nay, ngày 12 tháng 10 năm 2023\n\nCông văn số 9/UBND-NC ngày 15/12/2023",
        "An Phú, ngày    tháng 10 năm 2023\n\nCông văn số 9/UBND-NC ngày 31/10/2023",
        "giai đoạn 2021-2025 và giai đoạn 2026-2030; nhiệm kỳ 2021-2026",
        "Chiến lược đến năm 2025, tầm nhìn đến năm 2030; giai đoạn 2021-2030, tầm nhìn đến năm 2050",
        "năm 2023 so với giai đoạn 2018-2022, định hướng đến năm 2025",
        "giai đoạn 2022-2025; đến năm 2023 hoàn thành",
    ],
)
def test_what_looks_wrong_and_is_right_is_left_alone(text: str) -> None:
    assert held(text) == []


def test_a_finding_shows_the_other_place() -> None:
    text = "Công văn số 452/TTg-KSTT ngày 23/5/2023; Công văn số 452/TTg-KSTT ngày 25/5/2023"
    finding = next(f for f in check_text(text).findings if f.rule == "reference-date-conflict")
    assert [related.span.start for related in finding.related] == [0]
    assert finding.related[0].locations
