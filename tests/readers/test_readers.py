"""Which reader a file goes to: by what its bytes say before its name, and what is said of a file that is nobody's."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from de06_extract import DamagedFileError, UnreadableError, UnsupportedFormatError
from de06_extract.readers import HEAD, read_document, readers

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"
DOCX = (CORPUS / "docx" / "001.docx").read_bytes()
PDF = (CORPUS / "pdf" / "004.pdf").read_bytes()


def zipped(*names: str, method: int = zipfile.ZIP_DEFLATED, **contents: bytes) -> bytes:
    """A ZIP archive with members of these names, the first ones without content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name in names:
            archive.writestr(name, b"")
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(data: bytes, name: str, error: type[UnreadableError] = UnsupportedFormatError) -> str:
    """What is said of a file that is not read."""
    with pytest.raises(error) as caught:
        read_document(data, name)
    assert type(caught.value) is error
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(f"{name}: ")
    return said.removeprefix(f"{name}: ")


def test_a_reader_is_a_folder_with_all_that_is_asked_of_it() -> None:
    package = Path(str(import_module("de06_extract.readers").__file__)).parent
    folders = [path.parent for path in package.glob("*/__init__.py")]
    assert folders
    assert all((folder / "reader.py").exists() for folder in folders)
    assert {reader.MEDIA_TYPE for reader in readers().values()} >= {"application/pdf", "text/plain"}
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in readers())


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a", "a.zip", "a.odt"])
def test_a_word_document_is_one_whatever_it_is_called(name: str) -> None:
    assert read_document(DOCX, name).media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a", "a.zip"])
def test_a_pdf_is_one_whatever_it_is_called(name: str) -> None:
    assert read_document(PDF, name).media_type == "application/pdf"


@pytest.mark.parametrize("before", [b"\0\x80" + bytes(100), b"Content-Type: application/pdf\r\n\r\n", b"\n"])
def test_something_may_stand_before_a_pdf(before: bytes) -> None:
    assert read_document(before + PDF, "a.bin").media_type == "application/pdf"
    assert refusal(before + bytes(HEAD) + PDF, "a.bin").startswith("not a document of a known format")


@pytest.mark.parametrize("mention", ["Tệp bắt đầu bằng %PDF-1.7. ", "\n%PDF-1.7\n", "x" * 1000 + " %PDF-1.4 là"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_text_may_speak_of_pdf(mention: str, name: str) -> None:
    assert read_document((mention + TEXT).encode(), name).media_type == "text/plain"
    assert read_document((mention + TEXT).encode("utf-16"), name).media_type == "text/plain"


def test_only_a_name_says_that_a_file_is_a_text() -> None:
    assert refusal(TEXT.encode(), "a.csv").startswith("not a document of a known format (.doc, .docx, ")
    assert refusal(TEXT.encode(), "a").startswith("not a document of a known format (.doc, .docx, ")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a.zip", "a"])
@pytest.mark.parametrize(
    ("members", "what"),
    [
        (("[Content_Types].xml", "xl/workbook.bin"), "an Excel workbook"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint presentation"),
        (("[Content_Types].xml", "visio/document.xml"), "a Visio drawing"),
        (("[Content_Types].xml", "FixedDocSeq.fdseq"), "a file of an Office format"),
        (("mimetype", "content.xml"), "an OpenDocument file"),
        (("mimetype", "META-INF/container.xml"), "an EPUB book"),
        (("META-INF/", "META-INF/MANIFEST.MF", "A.class"), "a Java archive"),
        (("Index/Document.iwa",), "a document of Apple's Pages, Numbers or Keynote"),
        (("q1/", "q1/a.pdf", "q1/b.docx"), "a ZIP archive (2 files)"),
        (("a.txt",), "a ZIP archive (1 file)"),
    ],
)
def test_a_zip_that_is_nobodys_is_called_what_it_looks_like(name: str, members: tuple[str, ...], what: str) -> None:
    known = ", ".join(sorted(readers()))
    assert refusal(zipped(*members), name) == f"{what}, not a document of a known format ({known})"


@pytest.mark.parametrize(
    ("kind", "what"),
    [("presentation", "an OpenDocument presentation (.odp)"), ("graphics", "an OpenDocument file")],
)
def test_an_opendocument_file_says_of_which_kind_it_is(kind: str, what: str) -> None:
    stored = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<c/>"}
    assert refusal(zipped(method=zipfile.ZIP_STORED, **stored), "a.docx").startswith(f"{what}, not a document")


def test_an_archive_of_stored_pdfs_is_no_pdf() -> None:
    content = zipped(method=zipfile.ZIP_STORED, **{"a.pdf": b"\n" + PDF})
    assert refusal(content, "a.pdf").startswith("a ZIP archive (1 file), ")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.docx", "DOCX"), ("a.xlsx", "XLSX"), ("a.pptx", "ZIP"), ("a", "ZIP"), ("a.zip", "ZIP"), ("a.pdf", "PDF")],
)
@pytest.mark.parametrize("data", [DOCX[:-500], DOCX[: len(DOCX) // 2], b"PK\x03\x04", zipped("a.pdf")[:-1]])
def test_a_zip_that_was_cut_is_damaged(data: bytes, name: str, kind: str) -> None:
    assert refusal(data, name, DamagedFileError).startswith(f"not a whole {kind} file: ")


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.xls", "a.txt", "a"])
@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("", "an old Office file or another compound file"),
        ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
    ],
)
def test_a_compound_file_that_is_nobodys_is_called_what_it_looks_like(name: str, stream: str, what: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")
    assert refusal(data, name).startswith(f"{what}, not a document of a known format")


def test_a_list_of_contents_beyond_any_document_is_not_read() -> None:
    data = zipped(*(f"word/{number:050}.xml" for number in range(12_000)))
    tracemalloc.start()
    said = refusal(data, "a.docx")
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "a ZIP archive of more files than any document has"
    assert highest < 200_000  # a list of that many names takes megabytes


def test_a_document_with_thousands_of_pictures_is_read() -> None:
    stream = io.BytesIO(DOCX)
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(3000):
            archive.writestr(f"word/media/image{number}.jpeg", b"")
    assert read_document(stream.getvalue(), "a.docx").text == read_document(DOCX, "a.docx").text
