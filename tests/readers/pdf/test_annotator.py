"""Notes in a copy of a PDF: not a byte of the file is touched, and every kind of file shows the note on its figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.errors import DependencyError

from de06_extract.errors import NotCopiedError
from de06_extract.readers.pdf.annotator import annotate
from de06_extract.readers.pdf.reader import read
from tests.conftest import CORPUS, report_on
from tests.readers.pdf.annotating import (
    ASIDE,
    FIGURE,
    MADE_AT,
    TEXT,
    annotated,
    changed_box,
    highlights,
    is_clean,
    made_by_qpdf,
    note_on,
)
from tests.readers.pdf.drawing import pdf, text_at

LINE = text_at(72, 700, "So ho so 3.225/3.265 dat ty le 98,57% trong quy")
PLAIN = pdf(LINE)


def hybrid() -> bytes:
    """The file with a second section as Word writes it: a table, and a stream for those who can read it."""
    start = len(PLAIN)
    hidden = b"7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 10 >>\nstream\n8 0 <<>>  \nendstream\nendobj\n"
    entries = b"\x01" + start.to_bytes(4, "big") + b"\0\0" + b"\x02" + (7).to_bytes(4, "big") + b"\0\0"
    at = start + len(hidden)
    stream = b"9 0 obj\n<< /Type /XRef /Size 10 /W [1 4 2] /Index [7 2] /Root 1 0 R /Length %d >>\nstream\n" % len(
        entries
    )
    stream += entries + b"\nendstream\nendobj\n"
    table = at + len(stream)
    before = re.findall(rb"startxref\n(\d+)", PLAIN)[-1].decode()
    tail = (
        f"xref\n0 1\n0000000000 65535 f \ntrailer << /Size 10 /Root 1 0 R /Prev {before} /XRefStm {at} >>\n"
        f"startxref\n{table}\n%%EOF\n"
    )
    return PLAIN + hidden + stream + tail.encode()


def with_pages(**keys: str) -> bytes:
    return pdf(LINE, page_keys=" ".join(f"/{name} {value}" for name, value in keys.items()))


KINDS: dict[str, Callable[[], bytes]] = {
    "classic": lambda: PLAIN,
    "streams": lambda: made_by_qpdf(PLAIN, "--object-streams=generate"),
    "linearised": lambda: made_by_qpdf(PLAIN, "--linearize"),
    "linearised streams": lambda: made_by_qpdf(PLAIN, "--linearize", "--object-streams=generate"),
    "hybrid": hybrid,
    "turned": lambda: with_pages(Rotate="90"),
    "upside down": lambda: with_pages(Rotate="180"),
    "turned back": lambda: with_pages(Rotate="270"),
    "cropped": lambda: with_pages(CropBox="[50 600 500 800]"),
    "cropped and turned": lambda: with_pages(CropBox="[50 600 500 800]", Rotate="90"),
    "off the corner": lambda: PLAIN.replace(b"[0 0 595 842]", b"[9 9 595 842]"),
    "notes of others": lambda: pdf(LINE, page_keys="/Annots [<< /Subtype /Text /Rect [10 10 20 20] /Contents (a) >>]"),
    "a list of notes": lambda: pdf(LINE, page_keys="/Annots 6 0 R", more=[b"[]"]),
    "no end of line": lambda: PLAIN.rstrip(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_shows_the_note_on_its_figure(kind: str) -> None:
    data = KINDS[kind]()
    note = note_on(data)
    copy = annotated(data, note)
    assert copy.data.startswith(data)
    assert not copy.cautions
    assert is_clean(copy.data)
    (mark,) = highlights(copy.data)
    assert (mark["/Contents"], mark["/T"], mark["/Subj"]) == (TEXT, "de06-extract", note.heading)
    assert (mark["/NM"], mark["/M"], mark["/F"]) == ("f1", "D:20261130070500Z", 4)
    box, (place,) = changed_box(data, copy.data), note.marks[0].locations
    assert box is not None
    assert place.bbox is not None
    assert box == pytest.approx(place.bbox, abs=2)


@pytest.mark.parametrize("kind", KINDS)
def test_the_update_ends_in_the_kind_of_reference_that_the_file_has(kind: str) -> None:
    data = KINDS[kind]()
    (*_, start) = re.findall(rb"startxref\s+(\d+)", annotated(data).data)
    (*_, old) = re.findall(rb"startxref\s+(\d+)", data)
    copy = annotated(data).data
    assert copy.startswith(b"xref", int(start)) == data.startswith(b"xref", int(old))


def test_a_second_note_lies_behind_the_first() -> None:
    once = annotated(PLAIN).data
    twice = annotated(once, note_on(once, "3.265", name="f2")).data
    assert twice.startswith(once)
    assert is_clean(twice)
    assert [mark["/NM"] for mark in highlights(twice)] == ["f1", "f2"]


def test_every_figure_of_a_relation_is_marked_and_the_doubted_one_has_a_frame() -> None:
    copy = annotated(PLAIN, note_on(PLAIN, FIGURE, "3.225", "3.265"))
    marks = highlights(copy.data)
    assert [mark["/NM"] for mark in marks] == ["f1", "f1-2", "f1-3"]
    drawn = [mark["/AP"]["/N"].get_data().decode() for mark in marks]  # type: ignore[index]
    assert [mark["/Contents"] for mark in marks] == [TEXT, ASIDE, ASIDE]
    assert [mark.get("/RT") for mark in marks] == [None, "/Group", "/Group"]
    assert [mark["/IRT"]["/NM"] for mark in marks[1:]] == ["f1", "f1"]  # type: ignore[index]
    assert [text.endswith(" S") for text in drawn] == [True, False, False]
    assert all("/M gs" in text for text in drawn)


def test_a_figure_over_two_lines_has_a_quad_on_each() -> None:
    data = pdf(text_at(72, 700, "Tong so ho so tiep nhan la 12.345") + text_at(72, 684, "va 678 ho so"))
    text = read(data, "a.pdf").text
    (mark,) = highlights(annotated(data, note_on(data, text[text.index("12.345") : text.index(" ho so", 30)])).data)
    quads = [float(edge) for edge in mark["/QuadPoints"]]  # type: ignore[attr-defined]
    assert len(quads) == 16
    first, second = quads[:8], quads[8:]
    assert first[1] > first[5] > second[1] > second[5]  # the top over the bottom, one line over the other
    assert first[0] == first[4] < first[2] == first[6]


def test_pages_that_share_a_list_of_notes_get_lists_of_their_own() -> None:
    data = pdf(LINE, text_at(72, 700, "Trang hai 12 xa"), page_keys="/Annots 8 0 R", more=[b"[]"])
    copy = annotated(data)
    assert (len(highlights(copy.data, 0)), len(highlights(copy.data, 1))) == (1, 0)
    assert is_clean(copy.data)


@pytest.mark.parametrize(
    ("method", "options"),
    [("rc4", ["128", "--use-aes=n", "--allow-weak-crypto"]), ("aes", ["128", "--use-aes=y"]), ("aes-256", ["256"])],
)
def test_an_encrypted_file_that_opens_without_a_password_gets_an_encrypted_note(
    method: str, options: list[str]
) -> None:
    weak = [option for option in options if option == "--allow-weak-crypto"]
    bits, *rest = [option for option in options if option not in weak]
    data = made_by_qpdf(PLAIN, *weak, "--encrypt", "", "chu", bits, *rest, "--modify=none", "--")
    copy = annotated(data)
    assert copy.data.startswith(data)
    assert dict(copy.cautions) == {"encrypted": 1}
    assert "báo cáo".encode("utf-16-be") not in copy.data
    (mark,) = highlights(copy.data)
    assert mark["/Contents"] == TEXT
    assert is_clean(copy.data)
    assert changed_box(data, copy.data) is not None


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda: re.sub(rb"startxref\n\d+", b"startxref\n12", PLAIN), id="reference elsewhere"),
        pytest.param(lambda: b"From mail\r\n" + PLAIN, id="words before the file"),
    ],
)
def test_a_file_with_a_damaged_reference_is_written_anew_and_that_is_said(damaged: object) -> None:
    data = damaged()  # type: ignore[operator]
    copy = annotated(data)
    assert dict(copy.cautions) == {"rewritten": 1}
    (mark,) = highlights(copy.data)
    assert mark["/Contents"] == TEXT
    assert is_clean(copy.data)
    assert changed_box(data, copy.data) == changed_box(PLAIN, annotated(PLAIN).data)


def test_what_is_no_pdf_is_refused_in_a_word() -> None:
    with pytest.raises(NotCopiedError) as caught:
        annotated(b"%PDF-1.4\nnothing\n%%EOF\n", note_on(PLAIN))
    assert caught.value.reason == "damaged-pdf"


def test_a_note_on_a_page_that_the_file_does_not_show_is_counted() -> None:
    copy = annotated(PLAIN, note_on(pdf(text_at(72, 700, "Trang dau 1 xa"), LINE)))
    assert copy.data == PLAIN
    assert dict(copy.cautions) == {"unplaced": 1}


def test_without_notes_the_copy_is_the_file() -> None:
    assert annotate(PLAIN, "a.pdf", (), MADE_AT).data == PLAIN


@pytest.mark.parametrize("name", ["001", "003", "004"])
def test_reports_of_the_corpus_keep_every_byte_and_the_text(name: str) -> None:
    path = CORPUS / "pdf" / f"{name}.pdf"
    data, found = path.read_bytes(), report_on(path).findings
    notes = [note_on(data, finding.span.text, name=finding.id) for finding in found]
    copy = annotated(data, *notes)
    assert copy.data.startswith(data)
    assert is_clean(copy.data)
    pages = range(len(PdfReader(BytesIO(data)).pages))
    assert sum(len(highlights(copy.data, page)) for page in pages) == len(found)


def test_an_encryption_that_needs_a_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DependencyError

    data = made_by_qpdf(PLAIN, "--encrypt", "", "chu", "256", "--")
    note = note_on(data)
    monkeypatch.setattr("pypdf._encryption.CryptAES.__init__", fail)
    monkeypatch.setattr("pypdf._encryption.AlgV5.verify_owner_password", fail)
    with pytest.raises(NotCopiedError) as caught:
        annotated(data, note)
    assert caught.value.reason == "encrypted-pdf"
