"""What our text lacks of PDFium's is counted: words that are lost or stand elsewhere, and lines that are shuffled."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

import pdf_text
from de06_extract.readers.pdf.reader import read
from de06_extract.schema.source import OcrPage
from reading.drawn import Page, Word
from reading.parts import PROSE, Line, Part, drawn_by_part
from tests.conftest import CORPUS
from tests.readers.pdf.drawing import SCAN, pdf, text_at, with_image

LINES = [f"Trang {number} ghi rang xa thu {number} tiep nhan ho so truc tuyen" for number in range(1, 5)]


NOWHERE = (0.0, 0.0, 0.0, 0.0)
CELL: Part = ("table", 1, 1, 1)
HEADER: Part = ("header", 90, 0, 0)


def drawn(*words: str) -> Page:
    """A page of PDFium's whose words stand one a line, 20 points apart."""
    return Page("\n".join(words), tuple(Word(word, (50.0, 20.0 * at)) for at, word in enumerate(words)))


def at(part: Part, first: int, text: str) -> list[Line]:
    """Lines of ours, a word each, from the place of a word of PDFium's on."""
    words = enumerate(text.split(), first)
    return [Line(part, f" {word}", (0.0, 20.0 * at - 5, 100.0, 20.0 * at + 5)) for at, word in words]


def test_a_lost_word_is_not_held_and_a_moved_one_not_in_order() -> None:
    page = drawn("một", "hai", "ba", "bốn")
    found = pdf_text.compare("a.pdf", [page], {1: [Line(PROSE, "hai ba một", NOWHERE)]})
    assert (found.words, found.held, found.in_order) == (4, 3, 2)
    assert found.shares == (0.75, 0.5, 0.5)


def test_words_of_another_page_do_not_count() -> None:
    ours = {1: [Line(PROSE, "ba", NOWHERE)], 2: [Line(PROSE, "một hai", NOWHERE)]}
    assert pdf_text.compare("a.pdf", [drawn("một", "hai"), drawn("ba")], ours).held == 0


def test_what_is_read_apart_is_in_order_wherever_it_was_drawn() -> None:
    """The header and the cell were drawn amid the prose, and stand behind it in our text."""
    page = drawn("đầu", "trang", "một", "ô", "hai", "ba")
    found = pdf_text.compare("a.pdf", [page], {1: [*at(PROSE, 2, "một"), *at(PROSE, 4, "hai ba"), *at(CELL, 3, "ô")]})
    assert (found.held, found.in_order, found.as_drawn, found.apart) == (4, 4, 3, 1)
    header = [*at(PROSE, 2, "một"), *at(PROSE, 4, "hai ba"), *at(CELL, 3, "ô"), *at(HEADER, 0, "đầu trang")]
    found = pdf_text.compare("a.pdf", [page], {1: header})
    assert (found.held, found.in_order, found.as_drawn, found.apart) == (6, 6, 3, 3)


@pytest.mark.parametrize("part", [PROSE, CELL, HEADER])
def test_what_is_turned_about_within_one_part_is_out_of_order(part: Part) -> None:
    page = drawn("một", "hai", "ba", "bốn")
    ours = [*at(part, 2, "ba bốn"), *at(part, 0, "một hai")]
    assert pdf_text.compare("a.pdf", [page], {1: ours}).in_order == 2


def test_a_word_is_sought_in_the_part_where_it_stands() -> None:
    lines = [*at(CELL, 0, "một"), *at(HEADER, 1, "hai")]
    assert drawn_by_part(drawn("một", "hai", "ba").words, lines) == {CELL: ["một"], HEADER: ["hai"], PROSE: ["ba"]}


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
    pages = [drawn("mười", "hai"), drawn("mười", "ba")]
    recognised = OcrPage(page=2, width=595, height=842, confidence=90)
    assert pdf_text.own_pages(pages, document) == pages
    assert pdf_text.own_pages(pages, replace(document, ocr_pages=(recognised,))) == [pages[0], Page("", ())]


def test_a_report_of_the_corpus_is_held_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pdf_text.py", str(CORPUS / "pdf" / "001.pdf")])
    pdf_text.main()
    said = capsys.readouterr().out
    assert "1 files with 20 words and more" in said
    assert "0.99 of the words: held 1 (100.0%), in order 1 (100.0%), as drawn 1 (100.0%)" in said
    assert "lines shuffled: 0" in said
