"""PDFs whose parts lead in circles, have no measure or hold programs: each is read to a report, or refused."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from functools import cache

import pytest

from de06_extract import extract
from de06_extract.errors import UnreadableError
from tests.readers.pdf.drawing import pdf, text_at

WORDS = text_at(80, 700, "Dat 3/4 xa, 1.785")
CATALOG, KIDS, BOX = b"<< /Type /Catalog /Pages 2 0 R >>", b"/Count 1 /Kids [4 0 R]", b"/MediaBox [0 0 595 842]"


def changed(before: bytes, after: bytes, *more: bytes) -> bytes:
    """A PDF of one page with other bytes somewhere; what was at an offset is no longer there."""
    data = pdf(WORDS, more=more)
    assert data.count(before) == 1
    return data.replace(before, after)


def with_entries(entries: str, *more: bytes) -> bytes:
    """A PDF whose page has further entries, and further objects from 6 on."""
    return pdf(WORDS, page_keys=entries, more=more)


def in_a_circle_of_tables() -> bytes:
    data = pdf(WORDS, trailer_keys="/Prev 0000000000")
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % data.index(b"xref\n"))


def filtered(times: int) -> bytes:
    content = WORDS.encode()
    for _ in range(times):
        content = zlib.compress(content)
    head = b"<< /Filter [%s] /Length %d >>" % (b"/FlateDecode " * times, len(content))
    return pdf(WORDS, page_keys="/Contents 6 0 R", more=[head + b"\nstream\n" + content + b"\nendstream"])


def spelling(*codes: str) -> bytes:
    """A page whose letters stand for other characters, given in hexadecimal UTF-16."""
    pairs = "".join(f"<{65 + number:02x}> <{code}>\n" for number, code in enumerate(codes))
    codespace = "1 begincodespacerange <00> <ff> endcodespacerange"
    table = f"begincmap\n{codespace}\n{len(codes)} beginbfchar\n{pairs}endbfchar\nendcmap"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 7 0 R >>"
    stream = f"<< /Length {len(table)} >>\nstream\n{table}\nendstream"
    letters = "".join(chr(65 + number) for number in range(len(codes)))
    page = text_at(80, 700, f"{letters} 3/4 {letters}") + f" BT /G 9 Tf 1 0 0 1 80 600 Tm ({letters} 1.785) Tj ET"
    return pdf(page, fonts="/F 3 0 R /G 6 0 R", more=[font.encode(), stream.encode()])


SCRIPT = b"<< /Type /Action /S /JavaScript /JS (app.alert(1); this.submitForm('http://127.0.0.1:9/');) >>"
FORMS = b"<< /XFA 7 0 R /Fields [] /NeedAppearances true >>"
TEMPLATE = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>xfa.host.gotoURL('x')</script></xdp:xdp>"
XFA = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(TEMPLATE), TEMPLATE)
PACKED = b"<< /Type /ObjStm /N 1 /First 4 /Extends 6 0 R /Length 14 >>\nstream\n6 0 << /A 6 0 R >>\nendstream"

MARKS = frozenset("\0\x08\x1b\x7f\u202d\u202e\u2066")  # what a terminal or a page would act on

HOSTILE: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": lambda: changed(KIDS, b"/Count 2 /Kids [2 0 R 4 0 R]"),
    "a page above itself": lambda: changed(b"/Parent 2 0 R", b"/Parent 4 0 R"),
    "two thousand million pages": lambda: changed(KIDS, b"/Count 2147483648 /Kids [4 0 R]"),
    "as many that are there": lambda: changed(KIDS, b"/Count 2147483647 /Kids [4 0 R 4 0 R]"),
    "fewer pages than none": lambda: changed(KIDS, b"/Count -1 /Kids [4 0 R]"),
    "a page without an end": lambda: changed(BOX, b"/MediaBox [0 0 1e38 1e38]"),
    "a page of no number": lambda: changed(BOX, b"/MediaBox [0 0 NaN Infinity]"),
    "a page inside out": lambda: changed(BOX, b"/MediaBox [595 842 -1e9 -1e9]"),
    "a page without a size": lambda: changed(BOX, b"/MediaBox [0 0 0 0]"),
    "tables of objects in a circle": in_a_circle_of_tables,
    "a stream packed fifty times": lambda: filtered(50),
    "a list of a hundred thousand lists": lambda: with_entries("/Annots 6 0 R", b"[" * 100_000 + b"]" * 100_000),
    "dictionaries as deep": lambda: with_entries("/Annots 6 0 R", b"<< /A " * 50_000 + b"1" + b" >>" * 50_000),
    "a program that is run when it is opened": lambda: changed(CATALOG, CATALOG[:-2] + b"/OpenAction 6 0 R >>", SCRIPT),
    "a form with a program": lambda: changed(
        CATALOG,
        CATALOG[:-2] + b"/AcroForm 6 0 R >>",
        FORMS,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(XFA), XFA),
    ),
    "packed objects that go on with themselves": lambda: with_entries("/Annots 6 0 R", PACKED),
    "an object that is itself": lambda: with_entries("/Annots 6 0 R", b"6 0 R"),
    "letters that are halves of letters": lambda: spelling("D800", "DC00", "DBFFDBFF", "DFFFD800"),
    "letters that are marks for programs": lambda: spelling("0000", "001B", "202E", "2066", "FEFF", "FFFF", "0008"),
    "letters that are many pictures": lambda: spelling("D83DDE00" * 120, "0041" * 120, "0301" * 120),
}


@cache
def report_or_line(name: str) -> tuple[str | None, str]:
    """The report on one of these files as JSON, and the line that refuses it."""
    try:
        return extract(HOSTILE[name](), name="a.pdf", with_text=True).model_dump_json(), ""
    except UnreadableError as error:
        return None, str(error)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_read_or_refused(name: str) -> None:
    told, line = report_or_line(name)
    if told is None:
        assert line.startswith("a.pdf: ")
        assert line.isprintable()
        return
    assert told.encode()  # no half of a letter
    text = json.loads(told)["text"]
    assert "1.785" in text
    assert not MARKS & set(text)


def test_most_of_them_are_read() -> None:
    """Else what is odd in them was not looked at."""
    assert sum(report_or_line(name)[0] is not None for name in HOSTILE) > len(HOSTILE) / 2
