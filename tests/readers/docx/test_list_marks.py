"""The numbers and bullets that Word shows before the items of a list."""

from __future__ import annotations

import docx

from de06_extract.readers.docx.reader import read
from tests.readers.docx.building import NUMBERING, RULED, note_xml, read_body, rows_of_grid, saved


def test_lists_of_python_docx_are_marked() -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    document.add_paragraph("ba", style="List Number")
    assert read(saved(document), "a.docx").text == "1. một\n2. hai\n- gạch\n3. ba"


def test_levels_forms_and_restarts_of_a_list() -> None:
    body = "".join(
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr></w:pPr>"
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for level, list_id, text in (
            (0, 1, "A"), (1, 1, "B"), (1, 1, "C"), (2, 1, "D"), (0, 1, "E"), (1, 1, "F"),
            (0, 2, "G"), (0, 3, "H"), (0, 3, "I"), (3, 1, "K"), (0, 0, "L"), (0, 9, "M"), (4, 1, "N"), (0, 4, "O"),
        )
    )  # fmt: skip
    marks = [line[:-1].strip() for line in read_body(body, numbering=NUMBERING).text.split("\n")]
    assert marks == ["I.", "I.1.", "I.2.", "a)", "II.", "II.1.", "III.", "V.", "VI.", "-", "", "", "+", "05/"]


def test_a_list_mark_belongs_to_the_text_and_shifts_what_follows() -> None:
    body = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Đề án 06</w:t>"
        "<w:footnoteReference w:id='2'/></w:r></w:p><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    )
    document = read_body(body, numbering=NUMBERING, footnotes=note_xml("footnote", 2, "ghi chú"))
    assert document.text == "I. Đề án 06¹\n¹ ghi chú"
    assert document.blocks[1].anchor == 11


def test_automatic_numbers_alone_in_a_cell_are_read() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    row = f"<w:tr><w:tc>{numbered}</w:tc><w:tc><w:p><w:r><w:t>Xã</w:t></w:r></w:p></w:tc></w:tr>"
    assert rows_of_grid(read_body(f"<w:tbl>{RULED}{row * 3}</w:tbl>", numbering=NUMBERING)) == [
        ["I.", "Xã"],
        ["II.", "Xã"],
        ["III.", "Xã"],
    ]
