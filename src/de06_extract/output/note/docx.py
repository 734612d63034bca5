"""Notes as a Word document, laid out as Nghị định 30/2020/NĐ-CP wants it: motto, number, table, signers, on A4."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from de06_extract.output.note.contents import Note, NoteRow
from de06_extract.own_outputs import MARK
from de06_extract.schema.cards.card import Quotation

_FONT = "Times New Roman"
_SIZE, _CELL_SIZE = 13, 11  # points
_WIDTHS = (13, 26, 40, 38, 24, 24)  # millimetres of the columns: 210 less the margins
_HEAD_WIDTHS = (62, 103)  # of the head: who writes, and the motto
_MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}  # millimetres, as Phụ lục I allows
_DAY = (1980, 1, 1, 0, 0, 0)  # the same notes are the same bytes
_SIGN = 4  # lines for a signature


def write_notes(notes: Iterable[Note], file: BinaryIO) -> None:
    """Writes the notes, each beginning on a page of its own."""
    import docx

    document: Any = docx.Document()
    _set_up(document)
    for number, note in enumerate(notes):
        if number:
            document.add_page_break()
        _add_note(document, note)
    written = BytesIO()
    document.save(written)
    _pack(written, file)


def _set_up(document: Any) -> None:
    """The page, its number at the top but on the first page, and the font."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(number, "PAGE")
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    document.core_properties.author, document.core_properties.keywords = "de06-extract", MARK


def _add_note(document: Any, note: Note) -> None:
    document.core_properties.title = document.core_properties.title or note.title
    _add_head(document, note)
    title = _add_paragraph(document, note.title, bold=True, align="center", before=14)
    title.paragraph_format.keep_with_next = True
    _underline(_add_paragraph(document, note.about, bold=True, align="center", after=8), 0.3)
    _add_paragraph(document, note.to, align="center", after=6)
    _add_paragraph(document, note.intro, align="justify", indent=True, after=6)
    if note.sections:
        _add_table(document, note)
    for number, remark in enumerate(note.remarks, 1):
        is_last = number == len(note.remarks)  # nobody signs a page with nothing on it
        _add_paragraph(document, remark, align="justify", indent=True, before=6 if number == 1 else 3, keep=is_last)
    _add_signers(document, note)


def _add_head(document: Any, note: Note) -> None:
    """Who writes, with a number to fill in, and beside it the motto of the country with place and date."""
    words = note.words
    left, right = _add_frame(document, _HEAD_WIDTHS)
    _fill(left, words["parent"], size=12, align="center")
    _underline(_fill(left, words["issuer"], size=12, bold=True, align="center"), 0.4)
    _fill(left, words["number"], align="center", before=6)
    _fill(right, words["country"], size=12, bold=True, align="center")
    _underline(_fill(right, words["motto"], bold=True, align="center"), 0.62)
    _fill(right, words["place_and_date"], italic=True, align="center", before=6)


def _add_signers(document: Any, note: Note) -> None:
    _add_paragraph(document, "", after=4, keep=True)
    for cell, signer in zip(_add_frame(document, (82, 83)), note.words["signers"], strict=True):
        _fill(cell, signer, bold=True, align="center").paragraph_format.keep_with_next = True
        _fill(cell, note.words["signed"], italic=True, align="center")
        for _ in range(_SIGN):
            _fill(cell, "", align="center")


def _add_table(document: Any, note: Note) -> None:
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    _set_widths(table, _WIDTHS)
    head = table.rows[0]
    for cell, text in zip(head.cells, note.words["heads"], strict=True):
        _fill(cell, text, size=_CELL_SIZE, bold=True, align="center")
    _set_row(head, "w:tblHeader")
    for heading, rows in note.sections:
        if heading is not None:
            row = table.add_row()
            cells = row.cells
            _fill(cells[0].merge(cells[-1]), heading, size=_CELL_SIZE, bold=True, keep=True)
            _set_row(row, "w:cantSplit")
        for held in rows:
            _add_row(table, held)


def _add_row(table: Any, held: NoteRow) -> None:
    row = table.add_row()
    number, place, quoted, arithmetic, proposal, answer = row.cells
    _fill(number, str(held.number), size=_CELL_SIZE, align="center")
    _fill(number, held.group, size=_CELL_SIZE - 1, align="center")
    for text in held.places:
        _fill(place, text, size=_CELL_SIZE)
    _fill(place, f"({held.level})", size=_CELL_SIZE, italic=True)
    for quote in held.quotes:
        _add_quote(quoted, quote)
    for text, related in held.arithmetic:
        _fill(arithmetic, text, size=_CELL_SIZE)
        if related:
            _fill(arithmetic, related, size=_CELL_SIZE - 1, italic=True)
    for cell, texts in ((proposal, held.proposals), (answer, held.answers)):
        for text in texts:
            _fill(cell, text, size=_CELL_SIZE)
    if len(held.arithmetic) == 1:  # a longer row may fill a page and more
        _set_row(row, "w:cantSplit")


def _add_quote(cell: Any, quote: Quotation) -> None:
    """The words of the report, every figure bold and the wrong ones underlined: a printer may have no colours."""
    paragraph = _fill(cell, "“", size=_CELL_SIZE)
    for piece in quote.pieces:
        run = _add_run(paragraph, piece.text, size=_CELL_SIZE, bold=piece.mark is not None)
        run.font.underline = piece.mark == "wrong" or None
    _add_run(paragraph, "”", size=_CELL_SIZE)


def _add_frame(document: Any, widths: tuple[int, ...]) -> Any:
    """The cells of a row without lines around them."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    _set_widths(table, widths)
    return table.rows[0].cells


def _set_widths(table: Any, widths: tuple[int, ...]) -> None:
    from docx.shared import Mm

    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)


def _set_row(row: Any, trait: str) -> None:
    """A trait of a row: that it is not parted by the end of a page, or stands at the top of every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(trait))


def _fill(cell: Any, text: str, **looks: Any) -> Any:
    """A paragraph at the end of a cell; the empty one that every cell begins with is taken first."""
    first = cell.paragraphs[0]
    is_free = len(cell.paragraphs) == 1 and not first.runs
    return _dress(first if is_free else cell.add_paragraph(), text, **looks)


def _add_paragraph(document: Any, text: str, **looks: Any) -> Any:
    return _dress(document.add_paragraph(), text, **looks)


def _dress(
    paragraph: Any,
    text: str,
    *,
    size: int = _SIZE,
    bold: bool = False,
    italic: bool = False,
    align: str = "left",
    indent: bool = False,
    before: int = 0,
    after: int = 0,
    keep: bool = False,
) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    paragraph.paragraph_format.keep_with_next = keep or None
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if text:
        _add_run(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _add_run(paragraph: Any, text: str, *, size: int = _SIZE, bold: bool = False, italic: bool = False) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold or None, italic or None
    return run


def _underline(paragraph: Any, share: float) -> None:
    """A line below a paragraph, as wide as a share of its column: the upper border of an empty paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm
    from docx.text.paragraph import Paragraph

    column = paragraph._p.getparent()
    width = column.width.mm if column.tag == qn("w:tc") else sum(_WIDTHS)
    line = OxmlElement("w:p")
    paragraph._p.addnext(line)
    below = Paragraph(line, paragraph._parent)
    below.paragraph_format.left_indent = below.paragraph_format.right_indent = Mm(width * (1 - share) / 2)
    below.paragraph_format.line_spacing = 0.5
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    line.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _add_field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = _add_run(paragraph, "")
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _pack(written: BytesIO, file: BinaryIO) -> None:
    """The document without the time at which it was written."""
    with ZipFile(written) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(ZipInfo(part.filename, _DAY), before.read(part), ZIP_DEFLATED)
