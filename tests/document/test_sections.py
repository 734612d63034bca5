"""Headings are told from items of lists, and know their level, parent and title."""

from __future__ import annotations

import pytest

from de06_extract import check_text


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("I. KẾT QUẢ\n\n1. Về thể chế\n\n1.1. Rà soát\n\na) Năm 2022:\n\nb) Năm 2023:", ["I", "1", "1.1", "a", "b"]),
        ("1. Về thể chế\n\na) Số hóa đạt tỷ lệ 98,77%\n\nb) Ký số đạt 100%;", ["1"]),
        ("1. Về thể chế\n\n* Đối với UBND tỉnh\n\nĐề nghị bố trí kinh phí.", ["1", "*"]),
        ("1. Về thể chế\n\n* Rà soát hồ sơ\n\n* Cấp tài khoản\n\n* Làm sạch dữ liệu", ["1"]),
        ("2. Công an thị xã: Tập trung tối đa nguồn lực để thực hiện.", ["2"]),
        ("- 100% các cán bộ được trang bị máy tính", []),
        ("12. 500 hồ sơ đã được giải quyết", []),
        ("I. KẾT QUẢ\n\nPHỤ LỤC 02\n\nI. SỐ LIỆU", ["I", "PHỤ LỤC 02", "I"]),
        ("Đạt kết quả²\n\n² 1. Dịch vụ cấp tỉnh\n\n2. Dịch vụ cấp huyện\n\n3. Dịch vụ cấp xã", []),
        ("2.1. Rà soát\n\n1. Nghị định của Chính phủ\n\n2. Thông tư của Bộ\n\n2.2. Kết quả", ["2.1", "2.2"]),
        ("A. KẾT QUẢ\n\nI. SỐ HÓA\n\nB. KIẾN NGHỊ", ["A", "I", "B"]),
        ("A. Nguyễn Văn An", []),
    ],
)
def test_headings_are_told_from_items(text: str, want: list[str]) -> None:
    assert [section.label for section in check_text(text).sections] == want


def test_levels_and_parents_follow_the_numbers() -> None:
    sections = check_text(
        "I. KẾT QUẢ\n\n1. Thể chế\n\n1.1. Rà soát\n\n2. Hạ tầng\n\nII. ĐÁNH GIÁ\n\n1. Ưu điểm"
    ).sections
    assert [section.level for section in sections] == [1, 2, 3, 2, 1, 2]
    assert [section.parent for section in sections] == [None, "s1", "s2", "s1", None, "s5"]


def test_a_paragraph_that_begins_with_its_title_is_named_by_it() -> None:
    long = "Tiếp tục phối hợp với lực lượng Công an thị xã làm sạch dữ liệu. " * 8
    titles = [section.title for section in check_text(f"8. Bảo hiểm Xã hội thị xã: {long}\n\n9. {long}").sections]
    assert titles == ["Bảo hiểm Xã hội thị xã", "Tiếp tục phối hợp với lực lượng Công an thị xã làm sạch dữ liệu"]
