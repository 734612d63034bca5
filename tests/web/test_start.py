"""Files are dropped: what is kept, what is read, and what is said of one that is not."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from de06_extract.archive.store.file import StoreError
from de06_extract.web.desk.desk import Desk, DeskError
from de06_extract.web.settings import WebSettings
from tests.web.clients import JSON, finished, page_of, send

pytestmark = pytest.mark.slow
WRONG = "Trong tháng đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%.\n".encode()
RIGHT = "Trong tháng đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,77%.\n".encode()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Desk]]:
    with page_of(tmp_path_factory.mktemp("web"), most_bytes=1 << 20) as opened:
        yield opened


def test_a_file_is_read_and_listed(page: tuple[TestClient, Desk]) -> None:
    client, _ = page
    shown = send(client, "Báo cáo quý I.txt", WRONG)
    assert (shown["state"], shown["name"]) == ("done", "Báo cáo quý I.txt")
    assert shown["href"].startswith("/review/files/")
    start = client.get("/").text
    assert '<html lang="vi">' in start
    assert f'<a href="{shown["href"]}"><bdi>Báo cáo quý I.txt</bdi></a>' in start


def test_the_same_content_is_read_once(page: tuple[TestClient, Desk]) -> None:
    client, desk = page
    first = send(client, "một.txt", RIGHT)
    again = client.post("/files", files={"file": ("hai.txt", RIGHT)}, headers=JSON).json()["readings"][0]
    assert (again["state"], again["href"]) == ("done", first["href"])
    assert sum(kept.path.name in ("một.txt", "hai.txt") for kept in desk.kept) == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("hỏng.pdf", b"%PDF-1.7 and nothing else", "hỏng.pdf: "),
        ("không phải.pdf", b"\x7fELF\x02\x01\x01" + bytes(100), "không phải.pdf: "),
        ("rỗng.txt", b"", "rỗng.txt: "),
    ],
)
def test_why_a_file_cannot_be_read_is_one_sentence(
    page: tuple[TestClient, Desk], name: str, data: bytes, said: str
) -> None:
    shown = send(page[0], name, data)
    assert shown["state"] == "failed"
    assert shown["words"].startswith(said)
    assert shown["href"] is None
    assert "\n" not in shown["words"]
    assert "Traceback" not in shown["words"]


@pytest.mark.parametrize("has_length", [True, False])
def test_more_than_may_be_sent_is_not_kept(page: tuple[TestClient, Desk], *, has_length: bool) -> None:
    client, desk = page
    before = [kept.path for kept in desk.kept]
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="lon.txt"\r\n\r\n'
    body = part + bytes(2 << 20) + b"\r\n--x--\r\n"
    headers = {**JSON, "Content-Type": "multipart/form-data; boundary=x"}
    sent: Any = body if has_length else iter([body[: 1 << 19], body[1 << 19 :]])
    answer = client.post("/files", content=sent, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["message"].startswith("Gửi nhiều hơn 1 MiB")
    assert [kept.path for kept in desk.kept] == before


def test_a_form_without_a_file_is_refused(page: tuple[TestClient, Desk]) -> None:
    answer = page[0].post("/files", data={"file": "text"}, headers=JSON)
    assert (answer.status_code, answer.json()["message"]) == (422, "Chưa chọn tệp nào.")


def test_a_full_disk_is_said_and_leaves_nothing(page: tuple[TestClient, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    client, desk = page

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    before = sorted(path.name for path in (desk.kept.folder / "files").iterdir())
    answer = client.post("/files", files={"file": ("mới.txt", WRONG + b"1")}, headers=JSON)
    assert answer.status_code == 507
    assert answer.json()["message"].startswith("Đĩa đầy")
    assert sorted(path.name for path in (desk.kept.folder / "files").iterdir()) == before


def test_without_a_script_the_form_leads_back(page: tuple[TestClient, Desk]) -> None:
    answer = page[0].post("/files", files=[("file", ("a.txt", RIGHT)), ("file", ("b.md", RIGHT))])
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_what_an_earlier_start_could_not_finish_is_read(tmp_path: Path) -> None:
    with page_of(tmp_path) as (_, desk):
        desk.readings.close()  # as if it had been ended before the file was read
        with (tmp_path / "b.txt").open("w+b") as file:
            file.write(WRONG)
            file.seek(0)
            desk.take(file, "b.txt")
    with page_of(tmp_path) as (client, desk):
        assert [reading.name for reading in desk.readings.all()] == ["b.txt"]
        assert finished(client, 1)["state"] == "done"


def test_a_folder_is_used_by_one_page_at_a_time(tmp_path: Path) -> None:
    with page_of(tmp_path), pytest.raises(DeskError) as refused:
        Desk(WebSettings(tmp_path))
    assert "\n" not in str(refused.value)
    with page_of(tmp_path) as (client, _):
        assert client.get("/").status_code == 200


def test_nobody_else_may_look_into_the_folder(tmp_path: Path) -> None:
    with page_of(tmp_path / "data") as (client, desk):
        send(client, "a.txt", RIGHT)
        modes = {path.stat().st_mode & 0o077 for path in [desk.kept.folder, *desk.kept.folder.rglob("*.sqlite")]}
    assert modes == {0}


def test_what_cannot_be_kept_is_told_and_read_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with page_of(tmp_path) as (client, desk):
        monkeypatch.setattr(desk.readings, "_keep", _no_room)
        shown = send(client, "a.txt", WRONG)
        assert (shown["state"], shown["words"]) == ("failed", "a.txt: store.sqlite: đĩa đầy")
    with page_of(tmp_path) as (client, _):
        assert finished(client, 1)["state"] == "done"


def _no_room(attempt: object) -> None:
    raise StoreError("store.sqlite: đĩa đầy")


def test_files_sent_at_the_same_time_are_all_read(page: tuple[TestClient, Desk]) -> None:
    client, _ = page
    texts = [WRONG + f"Dòng {number}.\n".encode() for number in range(20)]

    def sent(text: bytes) -> int:
        answer = client.post("/files", files={"file": ("cùng lúc.txt", text)}, headers=JSON)
        return int(answer.json()["readings"][0]["number"])

    with ThreadPoolExecutor(20) as threads:
        numbers = list(threads.map(sent, texts))
    assert len(set(numbers)) == 20
    assert {finished(client, number)["state"] for number in numbers} == {"done"}


def test_a_worker_that_is_ended_costs_its_file_alone(
    page: tuple[TestClient, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    import psutil

    client, desk = page
    send(client, "before.txt", WRONG + b"1")  # a worker runs
    text = "".join(f"Xã {n} đã giải quyết {n}/{n + 9} hồ sơ, đạt tỷ lệ 98,57%.\n" for n in range(1_000, 3_000))
    number = client.post("/files", files={"file": ("dài.txt", text.encode())}, headers=JSON).json()["readings"][0][
        "number"
    ]
    reading = next(one for one in desk.readings.all() if one.number == number)
    until = time.monotonic() + 60
    while not reading.stage and reading.state in ("waiting", "reading") and time.monotonic() < until:
        time.sleep(0.01)
    for worker in psutil.Process().children():
        worker.kill()
    shown = finished(client, number)
    assert shown["state"] == "failed"
    assert shown["words"].startswith("dài.txt: ")
    assert send(client, "after.txt", WRONG + b"2")["state"] == "done"


def test_a_file_is_taken_away_with_every_word_of_it(tmp_path: Path) -> None:
    with page_of(tmp_path) as (client, desk):
        kept = send(client, "giữ.txt", RIGHT)
        gone = send(client, "bỏ.txt", WRONG)
        key = gone["href"].rsplit("/", 1)[-1]
        result = desk.own.result(key)
        assert result is not None
        assert result.report is not None
        sent = {"finding": result.report["findings"][0]["id"], "state": "asked"}
        assert client.post(f"{gone['href']}/decisions", data=sent).status_code == 303
        assert b"98,57%" in (tmp_path / "store.sqlite").read_bytes()
        answer = client.post(f"/files/{key}/remove")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert client.get(gone["href"]).status_code == 404
        assert client.get(kept["href"]).status_code == 200
        assert client.post(f"/files/{key}/remove").status_code == 404
        assert [file.path.name for file in desk.kept] == ["giữ.txt"]
        assert b"98,57%" not in (tmp_path / "store.sqlite").read_bytes()
    with page_of(tmp_path) as (client, desk):
        assert desk.readings.all() == []
        assert send(client, "bỏ.txt", WRONG)["state"] == "done"
