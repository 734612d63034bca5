"""The genre of a text and its language, by its own marks."""

from __future__ import annotations

import pytest

from de06_extract import check_text

_BODY = "Trong kỳ, các đơn vị đã tiếp nhận 1.250 hồ sơ và giải quyết 1.200 hồ sơ của người dân trên địa bàn huyện. "
GENRES = (
    (
        "report",
        "UBND HUYỆN TÂN AN\n\nSố: 12/BC-UBND\n\nTân An, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\nKết quả quý III\n\n"
        + _BODY,
    ),
    ("report", "Kính gửi: Ủy ban nhân dân tỉnh\n\n" + _BODY),
    ("report", "BÁO CÁO\n\nKết quả thực hiện quý III\n\n" + _BODY),
    ("report", _BODY + "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\n\nNguyễn Văn An"),
    ("report", "Số: 7/TTr-STP\n\nTỜ TRÌNH\n\nVề việc giao kinh phí\n\n" + _BODY),
    ("law", "Điều 1. Phạm vi điều chỉnh\n\nA\n\nĐiều 2. Đối tượng\n\nB\n\nĐiều 3. Hiệu lực\n\n" + _BODY),
    (
        "law",
        "CHÍNH PHỦ\n\nSố: 12/2024/NĐ-CP\n\nHà Nội, ngày 12 tháng 2 năm 2024\n\nNGHỊ ĐỊNH\n\nQuy định về lệ phí\n\n"
        + _BODY,
    ),
    ("law", "Số: 45/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề việc giao chỉ tiêu\n\nĐiều 1. Giao chỉ tiêu.\n\n" + _BODY),
    ("law", " ".join(f"Theo khoản {n} Điều {n + 3}, người nộp hồ sơ phải có giấy tờ." for n in range(1, 8))),
    ("law", "LUẬT\n\nCĂN CƯỚC\n\nChương I\n\nĐiều 1. Phạm vi\n\nĐiều 2. Giải thích từ ngữ\n\n" + _BODY),
    ("news", "Chiều 20/3, ông Lê Văn Hòa cho biết trung tâm đã mở lại. " + _BODY + "Theo bà Mai, người dân rất vui."),
    (
        "news",
        "Giá cổ phiếu tăng\n\nNhà đầu tư vừa có một tuần vui, chuyên gia nhận định. " + _BODY + "CEO của hãng chia sẻ.",
    ),
    ("news", "(Tin Nhanh) - Hôm qua, phóng viên ghi nhận nhiều người xếp hàng. " + _BODY + "Ảnh: Minh Anh"),
    ("news", _BODY + "Bà Mai khẳng định đã làm đúng, theo hãng tin Reuters. Nguyễn Minh Anh"),
    ("news", "Ngày 21/7, cuộc họp báo đã diễn ra. " + _BODY + "Ông Hòa nhấn mạnh điều này, bà Mai cho rằng còn sớm."),
    ("other", "# Tân An\n| Tân An | |\n|---|---|\n[sửa | sửa mã nguồn]\nTân An là một huyện.[1] " + _BODY),
    ("other", "Đã cấp 12 thẻ"),
    ("other", _BODY),
    (
        "other",
        "1. Kết quả\n\n"
        + _BODY
        + "\n\n2. Hạn chế\n\nCòn 50 hồ sơ, theo ông Chủ tịch xã cho biết.\n\n3. Kiến nghị\n\nA",
    ),
    ("other", "Theo Điều 5 Luật Căn cước, huyện đã cấp 1.250 thẻ căn cước cho người dân trên địa bàn."),
)
LANGUAGES = (
    ("vi", _BODY),
    (
        "vi",
        "Trong ky, cac don vi da tiep nhan ho so cua nguoi dan theo quy dinh va tra ket qua cho cac "
        "to chuc tai bo phan mot cua",
    ),
    (
        "en",
        "In the period the offices of the district received 1,250 files, and 1,200 of them were "
        "settled in time for the people.",
    ),
    (
        "fr",
        "Pendant la période les bureaux du district ont reçu les dossiers des habitants et la "
        "plupart des demandes est dans les délais",
    ),
    (None, "Đã cấp 12 thẻ"),
)


@pytest.mark.parametrize(("genre", "text"), GENRES, ids=[text[:40] for _, text in GENRES])
def test_the_genre_is_that_of_the_marks(genre: str, text: str) -> None:
    assert check_text(text).source.genre == genre


@pytest.mark.parametrize(("language", "text"), LANGUAGES, ids=[text[:40] for _, text in LANGUAGES])
def test_the_language_is_that_of_the_short_words(language: str | None, text: str) -> None:
    assert check_text(text).source.language == language
