"""The boxes of a first page and what stands behind the body: of made-up pages and of the five reports."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Cm

from de06_extract import check_text, extract
from de06_extract.document.parts import read_parts
from de06_extract.readers import read_document
from de06_extract.schema.report import Header

PAGES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))["page"]
BY_LABEL = pytest.mark.parametrize("page", PAGES, ids=[page["label"] for page in PAGES])


@BY_LABEL
def test_every_box_of_a_page_is_read_and_no_other(page: dict[str, Any]) -> None:
    assert check_text(page["text"]).header == Header.model_validate(page["header"])


@BY_LABEL
def test_the_locality_of_a_page_is_found_or_left_open(page: dict[str, Any]) -> None:
    locality = check_text(page["text"]).locality
    if "locality" not in page:
        assert locality is None
    else:
        assert locality is not None
        assert {name: getattr(locality, name) for name in page["locality"]} == page["locality"]


LEFT = ("UBND TỈNH HẢI DƯƠNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số: 12/BC-SKHCN")
RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hải Dương, ngày 14 tháng 5 năm 2024",
)
BODY = ("BÁO CÁO", "Kết quả ứng dụng dữ liệu dân cư", "Sở Khoa học và Công nghệ báo cáo như sau:", "Đạt 10/20 (50%)./.")
SENT = ("Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT, CNTT.")
SIGNED = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "Phạm Văn Bình")
EXPECTED = Header(
    number="12/BC-SKHCN",
    symbol="BC-SKHCN",
    doc_type="BÁO CÁO",
    title="Kết quả ứng dụng dữ liệu dân cư",
    issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH HẢI DƯƠNG",
    parent="UBND TỈNH HẢI DƯƠNG",
    place="Hải Dương",
    date="2024-05-14",
    signer="Phạm Văn Bình",
    signer_role="KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    recipients=("UBND tỉnh", "Lưu: VT, CNTT"),
    state="signed",
)


def header_of(word: Any) -> Header:
    out = io.BytesIO()
    word.save(out)
    return extract(out.getvalue(), name="bao-cao.docx").header


def add_columns(word: Any, left: Sequence[str], right: Sequence[str], rows: int = 1) -> None:
    """A table without borders, its two columns filled from top to bottom."""
    table = word.add_table(rows, 2)
    for column, lines in enumerate((left, right)):
        for row in range(rows):
            share = lines[row * len(lines) // rows : (row + 1) * len(lines) // rows]
            table.cell(row, column).text = "\n".join(share)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_word_table_of_two_columns_is_read_column_by_column(rows: int) -> None:
    word = docx.Document()
    add_columns(word, LEFT, RIGHT, rows)
    for line in BODY:
        word.add_paragraph(line)
    add_columns(word, SENT, SIGNED)
    assert header_of(word) == EXPECTED


def test_each_line_of_a_column_may_be_a_paragraph() -> None:
    word = docx.Document()
    table = word.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, (LEFT, RIGHT), strict=True):
        for line in lines:
            cell.add_paragraph(line)
    for line in (*BODY, *SENT, *SIGNED):
        word.add_paragraph(line)
    assert header_of(word) == EXPECTED


def test_columns_may_be_set_by_tabs() -> None:
    word = docx.Document()
    for left, right in zip(LEFT, RIGHT, strict=True):
        word.add_paragraph(f"{left}\t{right}").paragraph_format.tab_stops.add_tab_stop(Cm(9))
    for line in BODY:
        word.add_paragraph(line)
    for left, right in zip((*SENT, "", ""), SIGNED, strict=True):
        word.add_paragraph(f"{left}\t{right}")
    assert header_of(word) == EXPECTED


def test_lines_may_stand_below_each_other_in_any_order() -> None:
    word = docx.Document()
    for line in (*RIGHT, *LEFT, *BODY, *SIGNED, *SENT):
        word.add_paragraph(line)
    assert header_of(word) == EXPECTED


def test_the_date_that_references_are_held_against_is_that_of_the_header() -> None:
    for page in PAGES:
        document = read_document(page["text"].encode(), "trang.txt")
        found, date = read_parts(document).report_date, check_text(page["text"]).header.date
        assert found is None or found.date.iso == date
