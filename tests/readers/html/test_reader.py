"""A web page is read as its article, with its tables; what word processors write as a page is read whole."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from de06_extract import EmptyFileError, UnreadableError, extract
from de06_extract.document.document import Document
from de06_extract.errors import NotInstalledError
from de06_extract.readers import read_document
from de06_extract.readers.html.reader import is_mine, read
from tests.readers.docx.building import check_promises

SENTENCE = "Trong quý I, toàn huyện đã giải quyết 3.225/3.265 hồ sơ, đạt 97,77%, còn lại 40 hồ sơ đang trong hạn."
OTHER = "Ủy ban nhân dân huyện yêu cầu các xã, thị trấn tiếp tục số hóa hồ sơ, không để hồ sơ quá hạn trong quý II tới."
TABLE = (
    "<table border='1'><caption>Bảng 1. Hồ sơ</caption>"
    "<tr><th rowspan='2'>TT</th><th rowspan='2'>Đơn vị</th><th colspan='2'>Hồ sơ</th></tr>"
    "<tr><th>2022</th><th>2023</th></tr>"
    "<tr><td>1</td><td>Xã An</td><td>120</td><td>100</td></tr><tr><td>2</td><td>Xã Bình</td><td>80</td><td>75</td></tr>"
    "<tr><td></td><td>Cộng</td><td>200</td><td>185</td></tr></table>"
)
ROWS = "TT\tĐơn vị\tHồ sơ\t\n\t\t2022\t2023\n1\tXã An\t120\t100\n2\tXã Bình\t80\t75\n\tCộng\t200\t185"
MENU = "<header><nav><ul><li><a href='/'>Trang chủ</a></li><li><a href='/k'>Tăng 9/10</a></li></ul></nav></header>"
ASIDE = (
    "<aside><h3>Tin liên quan</h3><ul><li><a href='/1'>Xã An đạt 10/12 tiêu chí</a></li></ul></aside>"
    "<footer>Bản quyền 2024, điện thoại 0912 345 678</footer>"
)


def page(body: str, head: str = "<meta charset='utf-8'>") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Báo</title>{head}</head><body>{body}</body></html>".encode()


def document(body: str) -> Document:
    found = read(page(body), "a.html")
    check_promises(found)
    return found


NEWS = f"{MENU}<div><article><h1>Kết quả quý I</h1><p>{SENTENCE}</p>{TABLE}<p>{OTHER}</p></article>{ASIDE}</div>"


def test_the_article_of_a_page_is_read_and_not_what_is_around_it() -> None:
    found = document(NEWS)
    assert found.text.startswith(f"Kết quả quý I\n{SENTENCE}\n")
    assert found.text.endswith(f"{ROWS}\n{OTHER}")
    assert not any(word in found.text for word in ("Trang chủ", "9/10", "10/12", "0912"))
    (grid,) = found.grids
    assert grid.header_rows == 2


def test_the_table_of_an_article_is_checked() -> None:
    report = extract(page(NEWS), name="tin.html")
    assert report.source.media_type == "text/html"
    found = [finding for finding in report.findings if finding.rule == "sum-mismatch"]
    assert [finding.reported for finding in found] == ["185"]
    assert [(place.table, place.row, place.column) for place in found[0].locations] == [(1, 5, 4)]


def test_a_page_without_a_menu_is_read_whole_without_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert (
        document(f"<p>{SENTENCE}</p><p>{OTHER} <a href='http://a.vn'>a.vn</a></p>").text == f"{SENTENCE}\n{OTHER} a.vn"
    )


def test_a_page_with_a_menu_asks_for_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("trafilatura"):
            raise ModuleNotFoundError(name)
        return usual(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "trafilatura", raising=False)
    monkeypatch.setattr("de06_extract.optional_libraries.import_module", without)
    with pytest.raises(NotInstalledError) as caught:
        read(page(NEWS), "tin.html")
    assert str(caught.value).startswith("tin.html: needs trafilatura, which is not installed")
    assert "pip install 'de06-extract[html]'" in str(caught.value)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Một<p>Hai", "Một\nHai"),
        ("Một<br>hai <b>ba</b>\n bốn", "Một\nhai ba bốn"),
        ("<div>Một<div>Hai</div>Ba</div>", "Một\nHai\nBa"),
        ("<p>120 m<sup>2</sup>, Đề án 06<sup><a href='#n'>1</a></sup></p>", "120 m², Đề án 06¹"),
        ("<p>12.&#8203;345&nbsp;hồ sơ</p>", "12.345 hồ sơ"),
        ("<ul><li>Một<li>Hai</ul><ol start='3'><li>Ba<li>Bốn</ol><ul><li></ul>", "- Một\n- Hai\n3. Ba\n4. Bốn"),
        ("<p style='display:none'>ẩn</p><p hidden>ẩn</p><script>x</script><style>y</style><p>Hiện</p>", "Hiện"),
        ("<pre>Dòng một\n\n  dòng hai</pre>", "Dòng một\ndòng hai"),
        ("<!-- <p>77</p> --><p>a<?php 78 ?></p>", "a"),
        ("<select><option>8</option></select><button>9</button>đạt", "đạt"),
        ("<p>ti&#234;&#769;n</p>", "tiến"),
    ],
)
def test_what_a_page_shows(body: str, text: str) -> None:
    assert document(body).text == text


def test_a_line_broken_inside_a_sentence_is_one_paragraph() -> None:
    found = document(f"<p>{SENTENCE.replace(', đạt', ',<br>đạt')}<br><br>{OTHER}</p>")
    assert [len(block.ranges) for block in found.blocks] == [2, 1]
    assert [claim.verdict for claim in extract(page(found.text.replace("\n", "<br>")), name="a.html").claims]


def test_headings_are_headings() -> None:
    assert [block.kind for block in document("<h2>I. KẾT QUẢ</h2><p>Một</p>").blocks] == ["heading", "paragraph"]


def test_tables_nested_deep_are_read_once_each() -> None:
    page = "Trạm có 12 giường."
    for depth in range(60):
        page = f"<table><tr><td>Trạm {depth}</td><td>{page}</td></tr></table>"
    text = read(f"<html><body>{page}</body></html>".encode(), "a.html").text
    assert text.count("12 giường") == 1
    assert [line for line in text.split("\n") if line.startswith("Trạm")][:2] == ["Trạm 59", "Trạm 58"]


def test_a_table_that_lays_out_the_page_is_read_as_lines() -> None:
    found = document(f"<table><tr><td><p>UBND HUYỆN</p><p>Số: 12</p></td><td>{TABLE}</td></tr></table>")
    assert found.text == f"UBND HUYỆN\nSố: 12\nBảng 1. Hồ sơ\n{ROWS}"
    assert len(found.grids) == 1


@pytest.mark.parametrize("attribute", ["colspan", "rowspan"])
@pytest.mark.parametrize("value", ["1000000000", "0", "-3", "x", "9" * 400])
def test_no_cell_spans_more_than_a_table_has(attribute: str, value: str) -> None:
    row = f"<tr><td {attribute}='{value}'>1</td><td>2</td><td>3</td></tr>"
    assert len(document(f"<table border=1>{row * 3}</table>").text) < 2000


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (page(f"<p>{SENTENCE}</p>", ""), SENTENCE),
        (b"\xef\xbb\xbf" + page(f"<p>{SENTENCE}</p>", ""), SENTENCE),
        (page(f"<p>{SENTENCE}</p>", "").decode().encode("utf-16"), SENTENCE),
        (b"<html><meta charset=windows-1258><body>Ti\xea\xecn 5</html>", "Tiến 5"),
        (b"<?xml version='1.0' encoding='utf-8'?><html><body><p>m\xe1\xbb\x99t</p></body></html>", "một"),
        (b"<html><meta charset='x-unknown'><body>m\xe1\xbb\x99t</html>", "một"),
    ],
)
def test_how_a_page_is_encoded_is_found_out(data: bytes, text: str) -> None:
    assert read(data, "a.html").text == text


SAVED = (
    b"From: <Saved by Blink>\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
    b"----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><body><p>=C4=90=C3=A3 gi=E1=BA=A3i quy=E1=BA=BFt 3/4</p></body></html>\r\n"
    b"----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----x--\r\n"
)


def test_a_page_saved_with_its_pictures_is_read() -> None:
    assert is_mine(SAVED[:1024], ())
    assert read(SAVED, "a.mht").text == "Đã giải quyết 3/4"


def test_a_page_is_known_by_its_content_and_its_wrong_ending_is_told() -> None:
    for name in ("a.txt", "a.docx"):
        found = read_document(page(f"<p>{SENTENCE}</p>"), name)
        assert found.text == SENTENCE
        assert [(remark.about, remark.detail) for remark in found.remarks] == [("read-as", "HTML")]
    assert not read_document(page(f"<p>{SENTENCE}</p>"), "a.htm").remarks
    assert read_document("<b>Đạt</b> 5% trong <html>".encode(), "a.md").media_type == "text/plain"


@pytest.mark.parametrize("data", [page(""), page("<script>1</script>"), b"<html>", b"<!doctype html>", SAVED[:200]])
def test_a_page_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyFileError, match=r"^a\.html: "):
        read(data, "a.html")


def read_or_refuse(data: bytes) -> str:
    """The text, or the message of the refusal."""
    try:
        found = read(data, "a.html")
    except UnreadableError as error:
        return str(error)
    check_promises(found)
    return found.text


def test_a_page_cut_off_or_nested_deep_is_read_or_refused() -> None:
    whole = page(NEWS)
    for end in range(0, len(whole), 97):
        assert read_or_refuse(whole[:end])
    said = read_or_refuse(page("<div>" * 5000 + SENTENCE + "</div>" * 5000))
    assert said == SENTENCE or said.startswith("a.html: ")
