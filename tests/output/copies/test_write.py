"""Copies of files: with notes, with changes, as patches; and when there is none, in a sentence."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import docx
import pytest

from de06_extract import extract
from de06_extract.errors import ReportFormError
from de06_extract.output.format import Settings
from de06_extract.output.formats import formats
from de06_extract.output.report import write_report
from de06_extract.readers.docx.reader import read as read_docx
from tests.conftest import CORPUS
from tests.readers.pdf.annotating import highlights

TEXT = "Có 10/12 xã (đạt 83,4%).\nCó 10/13 thôn (đạt 77,0%).\nHết."
FIXED = TEXT.replace("77,0", "76,9").replace("83,4", "83,3")


def written(form: str, path: Path, **settings: object) -> tuple[bytes, tuple[str, ...]]:
    """A form of the report on a file, and what is said of it."""
    asked = replace(Settings(source=path.read_bytes, output=Path(f"a{path.suffix}")), **settings)  # type: ignore[arg-type]
    out = BytesIO()
    said = write_report(extract(path, lang=asked.language), formats()[form], [out], asked)
    return out.getvalue(), said


def refusal(form: str, path: Path, **settings: object) -> str:
    with pytest.raises(ReportFormError) as caught:
        written(form, path, **settings)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{path.name}: ")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "báo cáo.docx"))
    return tmp_path / "báo cáo.docx"


def test_a_pdf_gets_notes() -> None:
    path = CORPUS / "pdf" / "004.pdf"
    data, said = written("notes", path)
    assert data.startswith(path.read_bytes())
    assert said == ()
    contents = [str(mark["/Contents"]) for page in range(3) for mark in highlights(data, page)]
    assert any(text.startswith("9/27 là 33,33%, báo cáo ghi 32,76%") for text in contents)


def test_a_word_document_gets_comments(word: Path) -> None:
    data, said = written("notes", word)
    assert said == ()
    comments = [comment.text for comment in docx.Document(BytesIO(data)).comments]
    assert [text.split("\n")[0][:4] for text in comments] == ["P-01", "P-02"]
    assert read_docx(data, "a.docx").text == TEXT


def test_a_word_document_gets_tracked_changes(word: Path) -> None:
    data, said = written("fixed", word)
    assert said == ()
    assert read_docx(data, "a.docx").text == FIXED
    assert extract(data, name="a.docx").findings == ()


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "letters and marks apart": lambda text: normalize("NFD", text).encode(),
    "an invisible sign": lambda text: text.replace("Có", "C\u200bó").encode(),
    "Windows-1258": lambda text: normalize("NFD", text).encode("cp1258", "ignore"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_keeps_its_encoding_and_all_else(encoding: str, text: Path) -> None:
    encode = ENCODINGS[encoding]
    text.write_bytes(encode(TEXT))
    data, said = written("fixed", text)
    assert said == ()
    assert data == encode(FIXED)


def test_a_wide_text_is_changed_and_has_no_patch(text: Path) -> None:
    text.write_bytes(TEXT.encode("utf-16"))
    assert written("fixed", text)[0].decode("utf-16") == FIXED
    assert refusal("patch", text) == "không làm được bản vá cho văn bản UTF-16; hãy dùng --fix"


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if name != "Windows-1258"])
@pytest.mark.parametrize("program", ["git", "patch"])
def test_a_patch_makes_of_the_text_what_is_proposed(program: str, encoding: str, text: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (apt install {program})")
    text.write_bytes(ENCODINGS[encoding](TEXT))
    patch, said = written("patch", text)
    assert said == ()
    options = ["git", "apply", "-"] if program == "git" else ["patch", "--binary", "-p1"]
    subprocess.run(options, cwd=text.parent, input=patch, check=True, capture_output=True)
    assert text.read_bytes() == ENCODINGS[encoding](FIXED)


def test_a_file_that_cannot_be_copied_is_refused_in_a_sentence(text: Path, word: Path, tmp_path: Path) -> None:
    pdf = CORPUS / "pdf" / "004.pdf"
    right = tmp_path / "đúng.txt"
    right.write_text("Có 10/12 xã (đạt 83,3%).", "utf-8")
    assert refusal("notes", text).startswith("chỉ ghi chú được vào tệp PDF và Word (.docx)")
    assert refusal("fixed", pdf).startswith("chỉ ghi đề xuất sửa được vào tệp Word")
    assert refusal("patch", word).startswith("bản vá (--diff) chỉ dùng cho văn bản thuần")
    assert refusal("fixed", right).startswith("không có đề xuất sửa nào chắc chắn")
    assert refusal("notes", word, output=Path("a.ghi-chu.pdf")).startswith("đuôi tệp ghi ra phải cùng loại")
    assert refusal("notes", word, source=None).startswith("cần tệp trên đĩa")
    assert refusal("notes", word, source=partial(bytes, b"changed")).startswith("tệp đã thay đổi")
    assert refusal("notes", text, language="en").startswith("notes can be put into PDF and Word files")
