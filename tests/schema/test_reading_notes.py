"""What people are told of how a file was read, wherever results are shown."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract.schema.reading_notes import reading_notes
from de06_extract.schema.source import UNREAD_PAGES, OcrPage, Remark, Source

PAGES = tuple(OcrPage(page=page, width=595, height=842, confidence=sure) for page, sure in ((1, 91.0), (2, 94.2)))


def notes(language: Any = "vi", **read: Any) -> list[str]:
    source = Source(name="a.pdf", sha256="0", media_type="application/pdf", bytes=9, text_from="mixed", **read)
    return list(reading_notes(source.model_dump(), language))


def test_a_file_that_was_read_whole_has_no_notes() -> None:
    assert notes() == []
    assert list(reading_notes({"name": "of an older version"}, "vi")) == []


def test_pages_that_were_not_read_come_first_then_those_read_from_images_then_the_rest() -> None:
    remarks = (Remark(about="hidden-sheet", detail="Phụ\nlục"), Remark(about="read-as", detail="PDF"))
    said = notes(unread_pages=(3, 4, 5, 9), ocr_pages=PAGES, remarks=remarks)
    assert said[0] == "Trang 3–5, 9 là ảnh, chữ và số trên đó chưa đọc được."
    assert said[1].startswith("Trang 1, 2 đọc từ ảnh quét bằng nhận dạng chữ (OCR), độ tin cậy trung bình 93%")
    assert said[2].startswith("Trang tính ẩn “Phụ")
    assert "\n" not in said[2]
    assert "PDF" in said[3]


@pytest.mark.parametrize(
    "about", ["unread-part", "read-as", "hidden-sheet", "legacy-encoding", "attachment", "page-pictures", UNREAD_PAGES]
)
def test_every_remark_has_words_in_both_languages(about: str) -> None:
    remark = (Remark(about=about, detail="X1"),)
    (vi,), (en,) = notes("vi", remarks=remark), notes("en", remarks=remark)
    assert vi != en
    assert "X1" in vi
    assert "X1" in en
