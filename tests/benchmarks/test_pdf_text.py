"""What our text lacks of PDFium's is counted: words that are lost or stand elsewhere, and lines that are shuffled."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

import pdf_text
from de06_extract.readers.pdf.reader import read
from de06_extract.schema.source import OcrPage
from tests.conftest import CORPUS
from tests.readers.pdf.drawing import SCAN, pdf, text_at, with_image

LINES = [f"Trang {number} ghi rang xa thu {number} tiep nhan ho so truc tuyen" for number in range(1, 5)]


def test_a_lost_word_is_not_held_and_a_moved_one_not_in_order() -> None:
    found = pdf_text.compare("a.pdf", ["một hai ba bốn"], {1: "hai ba một"})
    assert (found.words, found.held, found.in_order) == (4, 3, 2)
    assert found.shares == (0.75, 0.5)


def test_words_of_another_page_do_not_count() -> None:
    assert pdf_text.compare("a.pdf", ["một hai", "ba"], {1: "ba", 2: "một hai"}).held == 0


@pytest.mark.parametrize(
    ("ours", "shuffled"),
    [
        ("tiếp nhận hồ sơ", []),
        ("hồ sơ tiếp nhận", []),
        ("tnihếậpn hồ sơ", ["tiếp nhận"]),
        ("", []),  # what is lost is not shuffled
    ],
)
def test_a_line_is_shuffled_if_its_letters_stand_there_without_its_words(ours: str, shuffled: list[str]) -> None:
    assert list(pdf_text.shuffled_lines("tiếp nhận\nhồ sơ", ours)) == shuffled


def test_a_file_is_measured_by_what_it_draws(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(" ".join(text_at(60, 700 - 20 * at, line) for at, line in enumerate(LINES))))
    found = pdf_text.measure(path, 60)
    assert (found.words, found.held, found.in_order, found.shuffled, found.reason) == (52, 52, 52, (), "")


def test_few_words_and_files_that_cannot_be_read_are_counted_apart(tmp_path: Path) -> None:
    few, broken = tmp_path / "few.pdf", tmp_path / "broken.pdf"
    few.write_bytes(pdf(text_at(60, 700, "ba tu thoi")))
    broken.write_bytes(b"%PDF-1.7 no more")
    assert pdf_text.measure(few, 60).reason == "fewer than 20 words"
    assert pdf_text.measure(broken, 60).reason.startswith("PdfiumError")


def test_pages_that_are_read_from_images_are_not_compared(tmp_path: Path) -> None:
    """Their words are not those that the file has, but those that stand on the image."""
    path = tmp_path / "a.pdf"
    path.write_bytes(with_image(" ".join(text_at(60, 700 - 20 * at, line) for at, line in enumerate(LINES)), SCAN))
    document = read(path.read_bytes(), path.name)
    pages = ["mười hai", "mười ba"]
    recognised = OcrPage(page=2, width=595, height=842, confidence=90)
    assert pdf_text.own_pages(pages, document) == pages
    assert pdf_text.own_pages(pages, replace(document, ocr_pages=(recognised,))) == ["mười hai", ""]


def test_a_report_of_the_corpus_is_held_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pdf_text.py", str(CORPUS / "pdf" / "001.pdf")])
    pdf_text.main()
    said = capsys.readouterr().out
    assert "1 files with 20 words and more" in said
    assert "0.99 of the words: held 1 (100.0%), in order 1 (100.0%)" in said
    assert "lines shuffled: 0" in said
