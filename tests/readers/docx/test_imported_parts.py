"""What Word reads in from parts of other formats is read as if it stood in the document; what cannot be is named."""

from __future__ import annotations

import pytest

from de06_extract import EmptyFileError
from de06_extract.document.document import Document
from de06_extract.readers.docx.reader import read
from de06_extract.schema.report import Location
from tests.readers.docx.building import PACKAGE, SPACES, R, check_promises, main_part, zipped

BEFORE, AFTER = "Phần đầu báo cáo.", "Phần cuối báo cáo."
INSIDE = "Đã giải quyết 3.225/3.265 hồ sơ, đạt 97,77%."
ROWS = [["TT", "Xã", "Hồ sơ"], ["1", "An", "12"], ["2", "Bình", "13"]]
TABLE = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
HTML = f"<html><meta charset='utf-8'><body><p>{INSIDE}</p><table border='1'>{TABLE}</table><p>Hết.</p></body></html>"
CHUNK = "<w:altChunk r:id='part'/>"
MHT = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: text/html; charset=utf-8\r\n"
    f"Content-Transfer-Encoding: 8bit\r\n\r\n{HTML}\r\n--x--\r\n"
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def holding(part: str, data: bytes | str, body: str | None = None) -> bytes:
    """A document with a part of another format between two paragraphs."""
    body = body if body is not None else paragraph(BEFORE) + CHUNK + paragraph(AFTER)
    return zipped(
        **{
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="part" '
            f'Type="{R}/aFChunk" Target="{part}"/></Relationships>',
            f"word/{part}": data,
        }
    )


def document(data: bytes) -> Document:
    found = read(data, "a.docx")
    check_promises(found)
    return found


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("part.html", HTML),
        ("part.mht", MHT),
        ("part.txt", INSIDE),
        ("part.docx", main_part(f"<w:body>{paragraph(INSIDE)}</w:body>")),
    ],
)
def test_the_text_of_a_part_stands_in_its_place(part: str, data: bytes | str) -> None:
    text = document(holding(part, data)).text
    assert text.startswith(f"{BEFORE}\n{INSIDE}")
    assert text.endswith(AFTER)


def test_paragraphs_and_tables_of_a_part_are_counted_on() -> None:
    row = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("a", "b", "c"))
    table = f"<w:tbl>{f'<w:tr>{row}</w:tr>' * 3}</w:tbl>"
    found = document(holding("part.html", HTML, table + paragraph(BEFORE) + CHUNK + paragraph(AFTER) + table))
    where = {found.text[place.start : place.end]: place.location for place in found.places}
    assert (where[BEFORE], where[INSIDE]) == (Location(paragraph=1), Location(paragraph=2))
    assert where["Bình"] == Location(table=2, row=3, column=2)
    assert (where["Hết."], where[AFTER]) == (Location(paragraph=3), Location(paragraph=4))
    assert found.places[-1].location == Location(table=3, row=3, column=3)
    assert len(found.grids) == 3


def test_a_part_in_a_cell_is_text_of_the_cell() -> None:
    row = f"<w:tr><w:tc>{paragraph('1')}</w:tc><w:tc>{CHUNK}</w:tc><w:tc>{paragraph('2')}</w:tc></w:tr>"
    assert document(holding("part.html", "<html><p>An<p>Bình", f"<w:tbl>{row * 3}</w:tbl>")).text == "\n".join(
        ["1\tAn Bình\t2"] * 3
    )


@pytest.mark.parametrize(
    ("part", "data"),
    [("part.bin", "?"), ("part.html", "<html></html>"), ("part.docx", "no zip"), ("part.docx", b"PK\x03\x04")],
)
def test_a_part_that_cannot_be_read_is_named(part: str, data: bytes | str) -> None:
    found = document(holding(part, data))
    assert found.text == f"{BEFORE}\n{AFTER}"
    (remark,) = found.remarks
    assert remark.about == "unread-part"
    assert remark.detail.startswith(f"a.docx!/{part}: ")
    with pytest.raises(EmptyFileError, match=rf"there is no text in it but in a\.docx!/{part}: "):
        read(holding(part, data, CHUNK), "a.docx")


def test_a_part_that_is_missing_is_left_out() -> None:
    assert (
        document(holding("part.html", HTML, paragraph(BEFORE) + "<w:altChunk r:id='other'/><w:altChunk/>")).text
        == BEFORE
    )


def test_documents_in_each_other_are_read_to_a_depth() -> None:
    inner = holding("part.txt", INSIDE)
    two = document(holding("part.docx", inner))
    assert (INSIDE in two.text, two.remarks) == (True, ())
    deep = document(holding("part.docx", holding("part.docx", holding("part.docx", inner))))
    assert INSIDE not in deep.text
    assert [remark.about for remark in deep.remarks] == ["unread-part"]
