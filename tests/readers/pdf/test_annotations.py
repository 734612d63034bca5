"""Form fields, free text, stamps and signatures are read where they stand on the page."""

from __future__ import annotations

import pytest

from de06_extract.readers.pdf.reader import read
from tests.readers.pdf.drawing import pdf, text_at

FORM = "/AcroForm << /Fields [6 0 R] /NeedAppearances true /DA (/F 12 Tf 0 g) /DR << /Font << /F 3 0 R >> >> >>"


def with_annotation(*drawn: str, entries: str, rect: str, shown: str | None = None, page_keys: str = "") -> bytes:
    """A page with one annotation, drawn as its appearance says or left to the program that shows it."""
    appearance = "" if shown is None else "/AP << /N 7 0 R >>"
    more = [f"<< /Type /Annot {entries} /Rect [{rect}] {appearance} >>".encode()]
    if shown is not None:
        left, bottom, right, top = (float(edge) for edge in rect.split())
        box = f"/BBox [0 0 {right - left} {top - bottom}] /Resources << /Font << /F 3 0 R >> >>"
        more.append(
            f"<< /Type /XObject /Subtype /Form {box} /Length {len(shown)} >>\nstream\n{shown}\nendstream".encode()
        )
    data = pdf(" ".join(drawn), page_keys=f"/Annots [6 0 R] {page_keys}", more=more)
    return data if "/Widget" not in entries else data.replace(b"/Type /Catalog", f"/Type /Catalog {FORM}".encode())


def text_of(data: bytes) -> str:
    return read(data, "form.pdf").text


FIELD = "/Subtype /Widget /FT /Tx /T (so) /V (8.204) /DA (/F 12 Tf 0 g) /F 4"
CHOICE = "/Subtype /Widget /FT /Ch /Ff 131072 /T (so) /V (8.204) /Opt [(7.100) (8.204)] /DA (/F 12 Tf 0 g)"
SIGNATURE = "/Subtype /Widget /FT /Sig /T (ky)"
SHOWN = "/Tx BMC BT /F 12 Tf 0 2 Td (8.204) Tj ET EMC"


@pytest.mark.parametrize("blanks", [13, 16])
@pytest.mark.parametrize(
    ("entries", "shown"), [(FIELD, SHOWN), (FIELD, None), (CHOICE, None), ("/Subtype /FreeText", SHOWN)]
)
def test_a_figure_in_a_field_stands_in_its_sentence(entries: str, shown: str | None, blanks: int) -> None:
    line = text_at(72, 700, f"So ho so da giai quyet: {' ' * blanks}/90.461 ho so, chiem 9,05%")
    data = with_annotation(line, text_at(72, 660, "Con lai 11."), entries=entries, rect="190 697 228 713", shown=shown)
    assert "".join(text_of(data).split()) == "Sohosodagiaiquyet:8.204/90.461hoso,chiem9,05%Conlai11."
    assert "8.204" in text_of(data)


def test_a_figure_in_a_field_between_two_drawings_stands_between_them() -> None:
    drawn = (
        text_at(72, 700, "Tong so"),
        text_at(155, 700, "ho so, trong do"),
        text_at(72, 680, "dung han 7.100 ho so"),
    )
    data = with_annotation(*drawn, entries=FIELD, rect="116 696 152 712", shown=SHOWN)
    assert " ".join(text_of(data).split()) == "Tong so 8.204 ho so, trong do dung han 7.100 ho so"


def test_a_signature_stands_below_what_it_signs() -> None:
    shown = "BT /F 9 Tf 2 20 Td (Nguoi ky: Uy ban nhan dan) Tj 0 -12 Td (Thoi gian ky: 12.01.2023) Tj ET"
    drawn = (text_at(72, 700, "Tong so 8.204 ho so."), text_at(72, 500, "Noi nhan: Luu."))
    data = with_annotation(*drawn, entries=SIGNATURE, rect="300 600 460 640", shown=shown)
    words = text_of(data)
    assert words.index("8.204") < words.index("Nguoi ky") < words.index("Thoi gian ky") < words.index("Noi nhan")


def test_a_field_has_its_own_box_on_a_page_displayed_on_its_side() -> None:
    data = with_annotation(
        text_at(72, 700, "Tong so"), entries=FIELD, rect="116 696 152 712", shown=SHOWN, page_keys="/Rotate 90"
    )
    found = read(data, "form.pdf")
    start = found.text.index("8.204")
    (place,) = found.locations(start, start + 5)
    assert place.bbox is not None
    x0, top, x1, bottom = place.bbox
    assert 690 < x0 < x1 < 715
    assert top < 130 < bottom


@pytest.mark.parametrize(
    "entries",
    [
        "/Subtype /Link /Border [0 0 0] /F 4",
        FIELD.replace("/F 4", "/F 2"),
        "/Subtype /FreeText /F 2",
        "/Subtype /Popup /F 4",
    ],
)
def test_what_is_hidden_or_no_writing_is_not_read(entries: str) -> None:
    data = with_annotation(text_at(72, 700, "Tong so"), entries=entries, rect="116 696 152 712", shown=SHOWN)
    assert text_of(data) == "Tong so"


def test_fonts_that_pages_share_are_kept_on_a_page_with_a_field() -> None:
    """The font's letters are known from the pages' common resources alone."""
    to_unicode = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <78> <0111> endbfchar endcmap"
    )
    data = with_annotation(text_at(72, 700, "Tong so x"), entries=FIELD, rect="130 696 166 712", shown=SHOWN)
    shared = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode {0} >> >> >>"
    own = b"/Resources << /Font << /F 3 0 R >> >> /Contents"
    assert own in data
    data = data.replace(own, b"/Contents").replace(b"/Type /Pages ", f"/Type /Pages {shared} ".format("5 0 R").encode())
    start, end = data.index(b"5 0 obj") + len(b"5 0 obj"), data.index(b"endobj", data.index(b"5 0 obj"))
    drawn = data[start:end]
    table = f"\n<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream\n".encode()
    data = data.replace(b"/Contents 5 0 R", b"/Contents 8 0 R").replace(drawn, table)
    data = data.replace(b"\nxref\n", b"\n8 0 obj" + drawn + b"endobj\nxref\n")
    assert text_of(data).split() == ["Tong", "so", "\u0111", "8.204"]
