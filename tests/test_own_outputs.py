"""What the program wrote itself is known by its mark, whoever saved it meanwhile, and nothing else is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from de06_extract.commands.cli import app
from de06_extract.errors import OwnOutputError
from de06_extract.own_outputs import MARK, is_own_output
from de06_extract.pipeline.extract import extract
from tests.conftest import CORPUS


@pytest.fixture(params=["txt", "xlsx"])
def result(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"kết quả.{request.param}"
    assert CliRunner().invoke(app, [str(CORPUS / "003.txt"), "-o", str(path)]).exit_code == 0
    return path


def test_a_result_is_refused_as_a_report(result: Path) -> None:
    with pytest.raises(OwnOutputError, match="is a result that this program wrote"):
        extract(result)


def test_a_workbook_that_was_filled_in_and_saved_is_still_known(tmp_path: Path) -> None:
    path = tmp_path / "kết quả.xlsx"
    CliRunner().invoke(app, [str(CORPUS / "003.txt"), "-o", str(path)])
    book = openpyxl.load_workbook(path)
    book.active["A1"] = "đã xem"
    book.save(path)
    assert is_own_output(path.read_bytes())


def test_a_word_document_is_known_by_its_keywords() -> None:
    document, plain, marked = docx.Document(), BytesIO(), BytesIO()
    document.save(plain)
    document.core_properties.keywords = MARK
    document.save(marked)
    assert not is_own_output(plain.getvalue())
    assert is_own_output(marked.getvalue())


@pytest.mark.parametrize("name", ["003.txt", "pdf/003.pdf", "docx/003.docx"])
def test_a_report_is_not_taken_for_a_result(name: str) -> None:
    assert not is_own_output((CORPUS / name).read_bytes())


def test_a_package_that_is_damaged_is_left_to_its_reader() -> None:
    assert not is_own_output(b"PK\x03\x04" + bytes(100))
