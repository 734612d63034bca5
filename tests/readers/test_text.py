"""The text reader: encodings, offsets that are the file's own, paragraphs whole over page breaks, tables of tabs."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from de06_extract import EmptyFileError, Report, UnreadableError, UnsupportedFormatError, check_text, extract
from de06_extract.document.document import Document
from de06_extract.readers.text.reader import read

SENTENCE = "Số hóa đầu vào: 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%."


def document(text: str) -> Document:
    """What the reader makes of a text."""
    return read(text.encode(), "a.txt")


def blocks(text: str) -> list[tuple[str, str]]:
    """The kind and the words of each block, its ranges joined by a bar."""
    got = document(text)
    return [(block.kind, "|".join(got.text[start:end] for start, end in block.ranges)) for block in got.blocks]


def ratios(report: Report) -> list[tuple[str, int, int]]:
    """Quote and offsets of each ratio that has all its figures."""
    return [
        (c.quote, c.span.start, c.span.end) for c in report.claims if c.kind == "ratio" and c.verdict != "unverifiable"
    ]


ENCODED = {
    "UTF-8": SENTENCE.encode(),
    "UTF-8 with a BOM": codecs.BOM_UTF8 + SENTENCE.encode(),
    "UTF-16 LE": codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
    "UTF-16 BE": codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
    "NFD": unicodedata.normalize("NFD", SENTENCE).encode(),
    "NFD, UTF-16": codecs.BOM_UTF16_LE + unicodedata.normalize("NFD", SENTENCE).encode("utf-16-le"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=list(ENCODED))
@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "báo cáo.markdown"])
def test_each_encoding_gives_the_same_offsets_in_nfc(data: bytes, name: str) -> None:
    report = extract(data, name=name)
    assert ratios(report) == [(SENTENCE[:-1], 0, len(SENTENCE) - 1)]
    assert report.source.media_type == "text/plain"
    assert report.source.text_from == "plain-text"


@pytest.mark.parametrize("encoding", list(ENCODED))
def test_a_report_says_whether_its_offsets_are_those_of_the_file(encoding: str) -> None:
    assert extract(ENCODED[encoding], name="a.txt").source.is_verbatim is not encoding.startswith("NFD")


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\n\n", "\x0c"])
def test_offsets_count_the_line_breaks_as_they_are_in_the_file(breaks: str) -> None:
    text = f"# **I. KẾT QUẢ**{breaks}  - Nội dung *khác*.{breaks}{SENTENCE}{breaks}"
    (found,) = ratios(check_text(text))
    quote, start, end = found
    assert text[start:end] == quote == SENTENCE[:-1]
    assert text.index(SENTENCE) == start


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("**2.373/3.979** hội viên (đạt **59,64%**)", "consistent"),
        ("**2.373**/**3.979** hội viên (đạt *59,54%*)", "inconsistent"),
        ("- + *Tiếp nhận* **2.373/3.979** hội viên, đạt tỷ lệ **59,54%**", "inconsistent"),
        ("Tiếp nhận 2.373/3.979 hội viên (đạt 59,54%\\*)", "inconsistent"),
        ("> Tiếp nhận 2.373/3.979 hội viên (đạt 59,54%)", "inconsistent"),
    ],
)
def test_markdown_marks_stay_in_the_text_and_do_not_hide_figures(text: str, verdict: str) -> None:
    report = check_text(text)
    (claim,) = [c for c in report.claims if c.quantities.get("denominator") is not None]
    assert claim.verdict == verdict
    assert text[claim.span.start : claim.span.end] == claim.quote


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b" \n\t \r\n", EmptyFileError),
        (codecs.BOM_UTF8, EmptyFileError),
        (codecs.BOM_UTF16_LE, EmptyFileError),
        ("đạt 5%".encode("utf-16-le"), UnsupportedFormatError),
        (b"\xff\xfe\x00\xd8", UnsupportedFormatError),
        (b"\xe1\xbb", UnsupportedFormatError),
        (b"dat 5%\x00", UnsupportedFormatError),
        (bytes(range(256)), UnsupportedFormatError),
    ],
)
def test_what_is_no_text_is_one_line_of_reason(data: bytes, error: type[UnreadableError]) -> None:
    with pytest.raises(error) as caught:
        extract(data, name="bao-cao.txt")
    assert str(caught.value).startswith("bao-cao.txt: ")
    assert "\n" not in str(caught.value)


def test_a_sentence_over_a_page_break_is_one_paragraph() -> None:
    assert blocks("Tổng số hồ sơ tiếp nhận trong kỳ là\n\n3.265 hồ sơ.\n\nNội dung khác.") == [
        ("paragraph", "Tổng số hồ sơ tiếp nhận trong kỳ là|3.265 hồ sơ."),
        ("paragraph", "Nội dung khác."),
    ]


def test_a_sentence_goes_on_behind_a_footnote() -> None:
    text = "Đã số hóa 3.225 hồ sơ¹ trong tổng số\n\n¹ Gồm 5 hồ sơ giấy.\n\n3.265 hồ sơ, đạt 98,57%.\n\nNội dung khác."
    got = document(text)
    body, note, other = got.blocks
    assert [got.text[s:e] for s, e in body.ranges] == [
        "Đã số hóa 3.225 hồ sơ¹ trong tổng số",
        "3.265 hồ sơ, đạt 98,57%.",
    ]
    assert (note.kind, note.mark, note.anchor) == ("footnote", "¹", text.index("¹"))
    assert got.text[other.start : other.end] == "Nội dung khác."
    (claim,) = [c for c in check_text(text).claims if c.verdict == "inconsistent"]
    assert claim.quantities.keys() == {"numerator", "denominator", "percent"}
    assert text[claim.span.start : claim.span.end] == claim.span.text


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số hồ sơ: 5\n\n- Đúng hạn: 3 hồ sơ",
        "Kết quả đạt được.\n\ntrong đó có 5 hồ sơ",
        "# Kết quả\n\nđạt 5 hồ sơ",
        "Kết quả:\n\n1. Tiếp nhận 5 hồ sơ",
        "Kết quả:\n\na) tiếp nhận 5 hồ sơ",
        "12\n\n13",
    ],
)
def test_a_new_item_or_sentence_is_a_new_paragraph(text: str) -> None:
    assert len(blocks(text)) == 2


def test_lines_with_tabs_are_a_table() -> None:
    text = "Biểu 1\nSTT\tTên\tTổng\n1\tXã A\t10\n2\tXã B\t\n\tTổng\t30\n\nHết."
    report = check_text(text)
    (table,) = report.tables
    assert table.header == ("STT", "Tên", "Tổng")
    assert table.rows == (("1", "Xã A", "10"), ("2", "Xã B", ""), ("", "Tổng", "30"))
    assert (
        text[table.span.start : table.span.end]
        == table.span.text
        == "STT\tTên\tTổng\n1\tXã A\t10\n2\tXã B\t\n\tTổng\t30"
    )


def test_cells_quote_themselves() -> None:
    got = document("STT\t Tên \tTổng\n1\t **Xã A** \t 10\n")
    assert [got.text[c.start : c.end] for c in got.grids[0].cells] == ["STT", "Tên", "Tổng", "1", "**Xã A**", "10"]
    assert [(c.row, c.column) for c in got.grids[0].cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_a_row_that_begins_with_empty_cells_is_read() -> None:
    assert check_text("\t\tTổng\t5\n").tables[0].rows or check_text("\t\tTổng\t5\n").tables[0].header


@pytest.mark.parametrize("empty", ["\t\t", "\t", " \t \t ", "\u00a0\t\u00a0"])
@pytest.mark.parametrize("before", ["", "\n\n", "Đạt 5%.\n"])
def test_a_table_may_begin_with_rows_of_empty_cells(empty: str, before: str) -> None:
    text = f"{before}{empty}\n{empty}\n1\tXã A\t20\n{empty}\n2\tXã B\t9\n{empty}\n"
    blocks = [block for block in read(text.encode(), "a.txt").blocks if block.kind == "table"]
    assert [[text[start:end] for start, end in block.ranges] for block in blocks] == [["1\tXã A\t20", "2\tXã B\t9"]]


def test_only_tabs_are_no_text() -> None:
    with pytest.raises(EmptyFileError):
        check_text("\t" * 10_000)


def test_each_line_is_a_place() -> None:
    report = check_text(f"Nội dung.\n\n{SENTENCE}\n")
    (claim,) = [c for c in report.claims if c.verdict == "inconsistent"]
    assert [location.line for location in claim.locations] == [3]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "before",
    [
        "%PDF- là chữ ở đầu tệp. ",
        "%PDF-1.7 là phiên bản của tệp. ",
        "Tệp có chữ %PDF- ở đầu. ",
        "Đầu tệp PDF:\n%PDF-1.7\n\n",
    ],
)
def test_a_text_about_pdf_files_is_a_text(before: str, name: str) -> None:
    report = extract(f"{before}{SENTENCE}".encode(), name=name)
    assert (report.source.media_type, [quote for quote, *_ in ratios(report)]) == ("text/plain", [SENTENCE[:-1]])


def test_hyphens_pasted_from_word_do_not_make_a_file_unreadable() -> None:
    assert check_text(f"Tổ công\x1ftác UBND\x1eVP: {SENTENCE}").claims
