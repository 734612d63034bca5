"""A report looked at, decided on and taken away, as the browser asks for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from de06_extract.archive.check import update_store
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.heads import path_key
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_store
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.web.desk.desk import Desk
from tests.conftest import corpus
from tests.web.clients import JSON, page_of, send

WRONG = "Trong tháng đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%.\n".encode()
NAME = "Báo cáo “quý I”.pdf"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Desk]]:
    with page_of(tmp_path_factory.mktemp("web"), reviewer="Nguyễn An") as opened:
        yield opened


@pytest.fixture(scope="module")
def pdf(page: tuple[TestClient, Desk]) -> str:
    """Where the review of a report in PDF is."""
    return str(send(page[0], NAME, corpus("003", "pdf").read_bytes())["href"])


@pytest.fixture(scope="module")
def text(page: tuple[TestClient, Desk]) -> str:
    """Where the review of a report in plain text is."""
    return str(send(page[0], "a.txt", WRONG)["href"])


def finding_ids(desk: Desk, address: str) -> list[str]:
    result = desk.own.result(address.rsplit("/", 1)[-1])
    assert result is not None
    assert result.report is not None
    return [finding["id"] for finding in result.report["findings"]]


def decide(page: tuple[TestClient, Desk], address: str, **fields: str) -> Any:
    client, desk = page
    sent = {"finding": finding_ids(desk, address)[0], **fields}
    return client.post(f"{address}/decisions", data=sent, headers=JSON)


def test_the_text_is_shown_with_its_figures_marked(page: tuple[TestClient, Desk], text: str) -> None:
    shown = page[0].get(text).text
    assert '<html lang="vi">' in shown
    assert 'data-cards="f1" title="P-01: số bị cho là sai">98,57%</mark>' in shown
    assert shown.count('class="card finding') == 1
    assert "3.225/3.265 là 98,77%, báo cáo ghi 98,57%" in shown


def test_the_pages_of_a_report_are_pictures(page: tuple[TestClient, Desk], pdf: str) -> None:
    from PIL import Image

    client, _ = page
    for number in (1, 5):
        answer = client.get(f"{pdf}/pages/{number}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] in ("image/png", "image/jpeg")
        image = Image.open(BytesIO(answer.content))
        assert image.width == 1240
        assert image.height == pytest.approx(1240 * 842 / 595, abs=12)
    for number in (0, 6):
        refused = client.get(f"{pdf}/pages/{number}", headers=JSON)
        assert refused.status_code == 404
        assert refused.json()["message"] == f"Không vẽ được trang {number}."


@pytest.mark.parametrize("fields", [{}, {"reason": "nothing"}, {"reason": "other"}, {"reason": "other", "note": "  "}])
def test_nothing_is_dismissed_without_a_reason(
    page: tuple[TestClient, Desk], text: str, fields: dict[str, Any]
) -> None:
    answer = decide(page, text, state="dismissed", **fields)
    assert answer.status_code == 422
    assert "lý do" in answer.json()["message"]
    assert "1 chưa xử lý" in page[0].get(text).text


def test_what_is_no_decision_is_refused(page: tuple[TestClient, Desk], text: str) -> None:
    assert decide(page, text, state="deleted").status_code == 422
    assert decide(page, text, state="confirmed", note="a" * 1_001).status_code == 422
    assert decide(page, text, state="confirmed", finding="unknown").status_code == 404
    assert decide(page, text, state="confirmed", note="a" * 70_000).status_code == 413


def test_a_decision_is_kept_with_who_and_taken_back_to_the_one_before(page: tuple[TestClient, Desk], text: str) -> None:
    first = decide(page, text, state="confirmed").json()
    assert first["counts"] == "0 chưa xử lý · 1 xác nhận sai · 0 bỏ qua"
    assert 'data-state="confirmed"' in first["card"]
    second = decide(page, text, state="dismissed", reason="rounding", note="theo mẫu").json()
    assert "Làm tròn theo quy ước: theo mẫu · Nguyễn An" in second["card"]
    assert "dismissed" in second["looks"].values()
    assert "1 xác nhận sai" in decide(page, text, state="undo").json()["counts"]
    assert "1 chưa xử lý" in decide(page, text, state="undo").json()["counts"]
    assert "1 chưa xử lý" in decide(page, text, state="undo").json()["counts"]  # nothing is left to take back


def test_without_a_script_a_decision_leads_back_to_its_card(page: tuple[TestClient, Desk], text: str) -> None:
    client, desk = page
    sent = {"finding": finding_ids(desk, text)[0], "state": "asked"}
    answer = client.post(f"{text}/decisions", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{text}#f1")
    decide(page, text, state="undo")


def test_decisions_are_there_after_a_new_start_and_for_the_same_file(tmp_path: Path) -> None:
    with page_of(tmp_path) as opened:
        address = str(send(opened[0], "a.txt", WRONG)["href"])
        decide(opened, address, state="dismissed", reason="source")
    with page_of(tmp_path) as (client, _):
        assert "1 bỏ qua" in client.get(address).text
        again = send(client, "b.txt", WRONG)
        assert again["href"] == address
        assert "Đúng theo số liệu gốc" in client.get(address).text


def test_the_annotated_copy_begins_as_the_original_and_leaves_out_what_was_dismissed(
    page: tuple[TestClient, Desk], pdf: str, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    def highlights() -> set[str]:
        answer = page[0].get(f"{pdf}/download/notes")
        assert answer.status_code == 200
        assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20" in answer.headers["content-disposition"]
        assert answer.content.startswith(corpus("003", "pdf").read_bytes())
        (tmp_path / "copy.pdf").write_bytes(answer.content)
        found = [note.get_object() for at in PdfReader(BytesIO(answer.content)).pages for note in at.get("/Annots", ())]
        assert all("/AP" in note for note in found if note["/Subtype"] == "/Highlight")
        return {str(note["/NM"]).split("-P-")[0] for note in found if note["/Subtype"] == "/Highlight"}

    every = highlights()
    assert decide(page, pdf, state="dismissed", reason="scope").status_code == 200
    assert len(every - highlights()) == 1
    decide(page, pdf, state="undo")
    if shutil.which("qpdf") is None:
        pytest.skip("no qpdf: apt-get install qpdf")
    subprocess.run(["qpdf", "--check", str(tmp_path / "copy.pdf")], check=True, capture_output=True)


def test_the_workbook_has_the_reasons_and_no_formula(page: tuple[TestClient, Desk], pdf: str) -> None:
    import openpyxl

    decide(page, pdf, state="dismissed", reason="other", note="=1+1")
    answer = page[0].get(f"{pdf}/download/workbook")
    decide(page, pdf, state="undo")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_the_commented_word_file_has_the_text_of_the_original(page: tuple[TestClient, Desk]) -> None:
    import docx

    client, _ = page
    address = send(client, "003.docx", corpus("003", "docx").read_bytes())["href"]
    answer = client.get(f"{address}/download/notes")
    assert answer.headers["content-disposition"].endswith("003.ghi-chu.docx")
    before, after = docx.Document(str(corpus("003", "docx"))), docx.Document(BytesIO(answer.content))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert len(after.part._comments_part.comments) > 3


def test_a_note_to_hand_on(page: tuple[TestClient, Desk], text: str) -> None:
    import docx

    answer = page[0].get(f"{text}/download/note")
    assert answer.headers["content-disposition"].endswith("a.phieu.docx")
    words = "".join(cell.text for table in docx.Document(BytesIO(answer.content)).tables for cell in table._cells)
    assert "98,57%" in words


def test_a_copy_that_there_cannot_be_is_refused_in_words(page: tuple[TestClient, Desk], text: str) -> None:
    answer = page[0].get(f"{text}/download/notes", headers=JSON)
    assert answer.status_code == 409
    assert "PDF và Word" in answer.json()["message"]
    assert page[0].get(f"{text}/download/anything").status_code == 404


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A store of an archive of two files."""
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_bytes(WRONG)
    shutil.copy(corpus("003", "pdf"), folder / "b.pdf")
    store = tmp_path / "kho.sqlite"
    with open_store(store, Options("vi")) as opened, closing(LocalEngine(Options("vi"))) as engine:
        update_store(opened, find_entries([folder]), engine)
    return store


def test_reports_of_an_archive_are_looked_at_and_decided_in_its_store(tmp_path: Path, archive: Path) -> None:
    path = (tmp_path / "kho" / "a.txt").resolve().as_posix()
    address = f"/review/archive/{path_key(path)}"
    with page_of(tmp_path / "web", archive=archive) as (client, desk):
        shown = client.get(address).text
        assert ">98,57%</mark>" in shown  # the store does not hold the text: it was read again
        result = desk.shelves["archive"].result(path_key(path))
        assert result is not None
        assert result.report is not None
        sent = {"finding": result.report["findings"][0]["id"], "state": "confirmed"}
        assert client.post(f"{address}/decisions", data=sent, headers=JSON).status_code == 200
    with read_store(archive) as store:
        assert [(one.path, one.state) for one in store.decisions()] == [(path, "confirmed")]


def test_a_file_that_is_gone_leaves_its_findings(tmp_path: Path, archive: Path) -> None:
    for name, route in (("a.txt", ""), ("b.pdf", "/pages/1"), ("b.pdf", "/download/notes")):
        file = (tmp_path / "kho" / name).resolve()
        file.write_bytes(b"something else")
        address = f"/review/archive/{path_key(file.as_posix())}"
        with page_of(tmp_path / "web", archive=archive) as (client, _):
            assert client.get(address).text.count('class="card finding') > 0
            if route:
                refused = client.get(f"{address}{route}", headers=JSON)
                assert refused.status_code == 410
                assert refused.json()["message"].startswith("b.pdf: tệp gốc không còn")
            else:
                assert "Không có tệp gốc" in client.get(address).text


def test_an_archive_that_another_command_writes_is_said_to_be_in_use(tmp_path: Path, archive: Path) -> None:
    address = f"/review/archive/{path_key((tmp_path / 'kho' / 'a.txt').resolve().as_posix())}"
    with page_of(tmp_path / "web", archive=archive) as (client, desk):
        result = desk.shelves["archive"].result(address.rsplit("/", 1)[-1])
        assert result is not None
        assert result.report is not None
        sent = {"finding": result.report["findings"][0]["id"], "state": "confirmed"}
        holder = "import sys; from pathlib import Path; from de06_extract.archive.store.store import open_latest\n"
        holder += "with open_latest(Path(sys.argv[1])):\n    print('open', flush=True); sys.stdin.read()"
        command = [sys.executable, "-c", holder, str(archive)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdin is not None
            assert other.stdout.readline() == "open\n"
            refused = client.post(f"{address}/decisions", data=sent, headers=JSON)
            other.stdin.close()
        assert refused.status_code == 503
        assert "\n" not in refused.json()["message"]
        assert client.post(f"{address}/decisions", data=sent, headers=JSON).status_code == 200
