"""Mails and 7z archives are listed and read by a process of its own: what harms it is the outcome of one file."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from de06_extract import Limits, check_archive
from de06_extract.archive.files import containers as module
from de06_extract.archive.files import mails
from de06_extract.archive.files.containers import Containers, container_outcome_of
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.mails import MOST_ATTACHED
from de06_extract.archive.learning import read_texts
from de06_extract.archive.store.outcome import Options
from de06_extract.commands.cli import app
from de06_extract.errors import DamagedFileError, LimitExceededError, MissingFileError, UnreadableError
from de06_extract.readers import attachments
from de06_extract.web.desk.sources import Sources
from tests.archive.files.test_seven_zip import TEXT, archive
from tests.readers.mail.test_reader import REPORT, eml, outlook

GENEROUS = Limits(timeout=60, stall=60, max_memory=2**30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    archive(tmp_path / "a.7z", {"quý 1/a.txt": TEXT, "b.txt": TEXT * 2})
    (tmp_path / "b.eml").write_bytes(eml(files=(("003.docx", REPORT), ("003.docx", b"other"))))
    (tmp_path / "c.msg").write_bytes(outlook())
    (tmp_path / "d.7z").write_bytes((tmp_path / "a.7z").read_bytes()[:-9])
    (tmp_path / "e.txt").write_bytes(TEXT)
    return tmp_path


@pytest.mark.slow
def test_it_lists_and_reads_what_this_process_would(folder: Path) -> None:
    here = find_entries([folder]).entries
    with Containers(GENEROUS) as containers:
        there = find_entries([folder], containers=containers).entries
        assert there == here
        assert [str(entry.failure) for entry in there] == [str(entry.failure) for entry in here]
        for entry in here:
            if entry.failure is None:
                assert entry.read(containers=containers) == entry.read()
        (broken,) = [entry for entry in there if entry.failure is not None]
        assert isinstance(broken.failure, DamagedFileError)
        with pytest.raises(LimitExceededError):
            there[0].read(10, containers=containers)
        (folder / "b.eml").write_bytes(eml())
        mail = next(entry for entry in there if entry.path.endswith("b.eml!/003.docx"))
        with pytest.raises(MissingFileError, match="no longer attached"):
            mail.read(containers=containers)


@pytest.fixture
def not_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process, and no copy of it, may look into mails and archives."""

    def fail(asked: object) -> None:
        raise AssertionError("looked into in this process")

    monkeypatch.setattr(module, "_answer", fail)


INSIDE = {"a.7z!/b.txt", "a.7z!/quý 1/a.txt", "b.eml!/003.docx", "c.msg!/Báo cáo.docx"}


@pytest.mark.slow
@pytest.mark.usefixtures("not_here")
def test_no_run_looks_into_them_in_its_own_process(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    results = {file.path.removeprefix(f"{folder}/"): file for file in check_archive(folder, limits=GENEROUS, jobs=1)}
    assert {name for name, file in results.items() if file.report is not None} >= INSIDE
    table = tmp_path_factory.mktemp("out") / "out.csv"
    ended = CliRunner().invoke(app, ["check", str(folder), "-q", "--jobs", "1", "--report", str(table)])
    assert ended.exit_code == 0, ended.output
    rows = table.with_suffix(".files.csv").read_text("utf-8-sig").splitlines()
    assert [row for row in rows if "!/" in row and "Đã kiểm tra" not in row] == [
        row for row in rows if "2-003.docx" in row
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("not_here")
def test_nor_do_the_page_in_a_browser_and_learning(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    sources = Sources(GENEROUS, "vi")
    try:
        assert sources.content(f"{folder}/a.7z!/b.txt", hashlib.sha256(TEXT * 2).hexdigest()) == TEXT * 2
    finally:
        sources.close()
    with Containers(GENEROUS) as containers:
        entries = find_entries([folder], containers=containers).entries
    assert (TEXT * 2).decode() in {text.text for text in read_texts(entries, GENEROUS, command=None).texts}
    weights = tmp_path_factory.mktemp("out") / "weights.json"
    ended = CliRunner().invoke(app, ["learn", str(folder), "-o", str(weights)])
    assert (ended.exit_code, type(ended.exception)) == (2, SystemExit), ended.output  # of few texts nothing is learned


@pytest.mark.slow
def test_a_file_that_takes_too_long_to_list_is_one_row_and_the_others_are_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a slow.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    with Containers(Limits(timeout=120, stall=15, max_memory=2**30)) as containers:
        worker = containers._worker
        assert worker is not None
        real = worker.outcome

        def outcome(data: bytes, suffix: str) -> object:
            if b"a slow.7z" in data:  # the process stops in the middle of it
                worker._ready()
                assert worker._process is not None
                psutil.Process(worker._process.pid).suspend()
            return real(data, suffix)

        monkeypatch.setattr(worker, "outcome", outcome)
        found = find_entries([folder], containers=containers).entries
    slow = next(entry for entry in found if entry.path.endswith("a slow.7z"))
    with pytest.raises(UnreadableError) as caught:
        slow.read()
    assert (caught.value.reason, str(caught.value)) == ("stalled", "made no progress for 15 s")
    assert [entry.path.rpartition("/")[2] for entry in found if entry.failure is None] == [
        "b.txt", "a.txt", "b.eml", "003.docx", "2-003.docx", "c.msg", "Báo cáo.docx", "e.txt",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_list_for_which_there_is_no_memory_is_one_row(tmp_path: Path) -> None:
    """A mail of a few megabytes that takes some hundred as the library keeps it."""
    part = b"\r\n--b\r\nContent-Disposition: attachment\r\n\r\n"
    mail = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n' + part * 200_000 + b"\r\n--b--\r\n"
    (tmp_path / "a.eml").write_bytes(mail)
    (tmp_path / "b.eml").write_bytes(eml(files=(("a.txt", TEXT),)))
    with Containers(Limits(timeout=120, stall=60, max_memory=150 << 20)) as containers:
        found = find_entries([tmp_path], containers=containers).entries
    assert [entry.path.rpartition("/")[2] for entry in found] == ["a.eml", "b.eml", "a.txt"]


def test_more_files_than_a_mail_has_are_one_failed_row(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(eml(files=(("a.txt", b"x"),) * (MOST_ATTACHED + 1)))
    mail, rest = find_entries([tmp_path]).entries
    assert (mail.failure, rest.path.rpartition("/")[2]) == (None, "*")
    with pytest.raises(LimitExceededError, match="1001 files are attached, and 1000 are taken"):
        rest.read()


def test_a_mail_is_parsed_once_for_all_that_is_attached_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.eml").write_bytes(eml(files=tuple((f"{number}.txt", b"%d" % number) for number in range(50))))
    parsed, real = list[str](), attachments

    def counted(data: bytes, name: str) -> tuple[tuple[str, bytes], ...]:
        parsed.append(name)
        return real(data, name)

    monkeypatch.setattr(mails, "attachments", counted)
    _, *entries = find_entries([tmp_path]).entries
    assert sorted(entry.read() for entry in entries) == sorted(b"%d" % number for number in range(50))
    assert len(parsed) == 1


def test_what_it_is_asked_is_answered_or_an_outcome_that_says_why(folder: Path) -> None:
    asked = ("bytes", str(folder / "a.7z"), 2**20, 0, "a.7z!/none")
    assert container_outcome_of(pickle.dumps(asked), "", Options()).reason == "missing"
    assert container_outcome_of(b"nothing of the kind", "", Options()).reason == "internal"
