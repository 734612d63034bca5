"""The commands `check` and `report`: what is printed, kept and written, and what stops them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner, Result

from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_store
from de06_extract.commands.cli import app
from tests.archive.folders import RIGHT, small_archive

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return small_archive(tmp_path)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_check_prints_what_there_is_and_keeps_it(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", archive, "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert "Đã kiểm tra 4 tệp" in result.stdout
    assert "3 đọc được, 1 không đọc được." in result.stdout
    assert "1 tệp trùng nội dung" in result.stdout
    assert "Số liệu cần rà soát lại trong 1 báo cáo: 1 lỗi." in result.stdout
    assert "2024/bản sao.txt · 1 lỗi" in result.stdout
    assert "không phải định dạng đọc được (1)\n   ảnh.jpg" in result.stdout
    assert result.stderr.splitlines()[-1].startswith("4/4 tệp")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["de06-extract.sqlite", "kho"]


def test_a_second_check_knows_everything(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    assert run("check", archive, "--store", store, "-q").output == ""
    result = run("check", archive, "--store", store)
    assert "3 tệp đã có kết quả từ lần trước" in result.stdout
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT count(*) FROM results").fetchone() == (3,)


def test_every_form_of_report_comes_out_of_one_run(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    names = ["a.html", "a.xlsx", "a.csv", "a.jsonl", "a.sarif", "a.parquet"]
    result = run("check", archive, "-q", *(word for name in names for word in ("--report", out / name)))
    assert (result.exit_code, result.output) == (0, "")
    tables = {
        f"a.{table}.{form}" for table in ("files", "findings", "indicators", "claims") for form in ("csv", "parquet")
    }
    assert {path.name for path in out.iterdir()} == {"a.html", "a.xlsx", "a.jsonl", "a.sarif", "a.sqlite", *tables}
    assert "98,77%" in (out / "a.html").read_text("utf-8")
    assert len((out / "a.jsonl").read_text("utf-8").splitlines()) == 4
    assert json.loads((out / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_report_writes_later_what_check_would_have_written(archive: Path, tmp_path: Path) -> None:
    store, first, later = tmp_path / "s.sqlite", tmp_path / "first.html", tmp_path / "later.html"
    run("check", archive, "--store", store, "--report", first, "-q", "--lang", "en")
    result = run("report", store, "--report", later)
    assert result.exit_code == 0
    assert "Results of 4 files: 3 read, 1 unreadable." in result.stdout
    assert f"Written: {later}" in result.stdout
    assert later.read_bytes() == first.read_bytes()


def test_dismissed_findings_do_not_fail_and_stale_ones_are_named(archive: Path, tmp_path: Path) -> None:
    store, baseline = tmp_path / "s.sqlite", tmp_path / "baseline.toml"
    assert run("check", archive, "--store", store, "-q", "--fail-on", "error").exit_code == 1
    written = run("report", store, "-q", "--write-baseline", baseline, "--reason", "đơn vị đã giải trình")
    assert (written.exit_code, written.output) == (0, "")
    result = run(
        "check", archive, "--store", store, "--baseline", baseline, "--fail-on", "info", "-o", tmp_path / "b.html"
    )
    assert result.exit_code == 0, result.output
    assert "1 phát hiện đã được đánh dấu bỏ qua." in result.stdout
    assert "đơn vị đã giải trình" in (tmp_path / "b.html").read_text("utf-8")
    (archive / "sai.txt").write_text(RIGHT, "utf-8")
    stale = run("check", archive, "--store", store, "--baseline", baseline, "-q")
    (line,) = stale.stderr.splitlines()
    assert line.startswith("Mục bỏ qua không còn phát hiện tương ứng: ")
    assert "sai.txt · ratio-mismatch" in line


def test_a_report_is_no_file_of_the_archive(archive: Path) -> None:
    for _ in range(2):
        result = run("check", archive, "--report", archive / "out.csv", "--write-baseline", archive / "b.toml")
        assert "Đã kiểm tra 4 tệp" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "no/such/folder"], "no/such/folder"),
        (["check", "{kho}", "--report", "out.doc"], "out.doc: the name ends in none of"),
        (["check", "{kho}", "--report", "no/such/out.html"], "no such folder"),
        (["check", "{kho}", "--store", "{kho}"], "{kho}"),
        (["check", "{kho}", "--store", "{kho}/sai.txt"], "sai.txt"),
        (["check", "{kho}", "--baseline", "missing.toml"], "missing.toml: cannot be opened"),
        (["check", "{kho}", "--indicators", "missing.toml"], "missing.toml: cannot be opened"),
        (["check", "{kho}", "--indicators", "{kho}/broken.toml"], "broken.toml: indicator entry 1: id"),
        (["check", "{kho}", "--model", "missing.json"], "missing.json: cannot be opened"),
        (["check", "{kho}", "--model", "{kho}/broken.toml"], "broken.toml: is not a model (not JSON"),
        (["check", "{kho}", "--engine", "dask"], "--scheduler"),
        (["check", "{kho}", "--scheduler", "tcp://localhost:1"], "--engine dask"),
        (["check", "{kho}", "--reason", "why"], "--write-baseline"),
        (["check", "{kho}", "--delimiter", "tab"], "--report FILE.csv"),
        (["check", "{kho}", "--baseline", "{kho}/a.toml", "--write-baseline", "{kho}/b.toml"], "is there already"),
        (["report", "missing.sqlite"], "missing.sqlite"),
        (["report", "{kho}/sai.txt"], "sai.txt"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_2(
    arguments: list[str], said: str, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.toml", "b.toml"):
        (archive / name).write_text("", "utf-8")
    (archive / "broken.toml").write_text("[[indicator]]\nid = 7\n", "utf-8")
    result = run(*(argument.format(kho=archive) for argument in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert said.format(kho=archive) in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kho"]


@pytest.mark.parametrize("size", ["2 apples", "-1G", ""])
def test_a_size_is_a_number_with_a_unit(size: str, archive: Path) -> None:
    result = run("check", archive, "--max-memory", size)
    assert result.exit_code == 2
    assert "no size such as 500M or 2G" in result.stderr


def test_an_empty_folder_is_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    result = run("check", tmp_path / "kho", "--store", tmp_path / "s.sqlite")
    assert (result.exit_code, result.stderr) == (2, "Không có tệp nào để kiểm tra.\n")
    assert not (tmp_path / "s.sqlite").exists()


def test_the_store_that_a_run_holds_is_refused_to_another(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    run("check", archive, "--store", store, "-q")
    with open_store(store, Options()):
        result = run("check", archive, "--store", store, "-q")
        assert run("report", store).exit_code == 0
    assert result.exit_code == 2
    assert "in use" in result.stderr


SLOW = """
import sys, time
from de06_extract.archive.store import outcome
from de06_extract.archive.workers import process
whole = outcome.outcome_of
process.outcome_of = lambda *arguments: (time.sleep(0.5), whole(*arguments))[1]
process.main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_no_process_and_can_go_on(end: int, tmp_path: Path) -> None:
    folder, store = tmp_path / "kho", tmp_path / "s.sqlite"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Có {number + 10}/100 xã, đạt {number + 10}%.", "utf-8")
    (tmp_path / "slow_worker.py").write_text(SLOW, "utf-8")
    code = (
        "import sys; from de06_extract.commands import check\n"
        "from de06_extract.archive.workers.local_engine import LocalEngine\n"
        f"command = [sys.executable, {str(tmp_path / 'slow_worker.py')!r}]\n"
        "check.LocalEngine = lambda *a, **k: LocalEngine(*a, **k, command=command)\n"
        "from de06_extract.commands.cli import main; main()"
    )
    words = [sys.executable, "-c", code, "check", str(folder), "--store", str(store), "--jobs", "2"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        children = wait_for_rows(process, store)
        process.send_signal(end)
        _, err = process.communicate(timeout=60)
    if end == signal.SIGINT:
        assert process.returncode == 130
        assert "chạy lại lệnh này để tiếp tục" in err.decode()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive
    done = run("check", folder, "--store", store, "-q")
    assert (done.exit_code, done.output) == (0, "")
    with read_store(store) as opened:
        assert sum(result.reason is None for result in opened.results()) == 40


def wait_for_rows(process: subprocess.Popen[bytes], store: Path) -> list[psutil.Process]:
    """Waits until the run has kept some files; gives its worker processes."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
        if store.exists():
            with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
                try:
                    (rows,) = connection.execute("SELECT count(*) FROM results").fetchone()
                except sqlite3.OperationalError:
                    continue
            if rows:
                return psutil.Process(process.pid).children(recursive=True)
    raise AssertionError("the run kept nothing")


def test_findings_that_are_less_sure_are_left_out_and_stay_in_the_store(archive: Path, tmp_path: Path) -> None:
    store, page, lines = tmp_path / "s.sqlite", tmp_path / "a.html", tmp_path / "a.jsonl"
    result = run(
        "check", archive, "--store", store, "--fail-on", "error", "--min-confidence", 1, "-o", page, "-o", lines
    )
    assert result.exit_code == 0
    assert "1 phát hiện kém tin cậy" in result.stdout
    assert "Số liệu cần rà soát lại" not in result.stdout
    reports = [row["report"] for row in map(json.loads, lines.read_text("utf-8").splitlines()) if row["report"]]
    assert sum(len(report["findings"]) for report in reports) == 0
    assert "kém tin cậy hơn mức yêu cầu" in page.read_text("utf-8")
    assert run("report", store, "--fail-on", "error").exit_code == 1
    assert run("report", store, "--fail-on", "error", "--min-confidence", 0.99999).exit_code == 0


def test_a_baseline_dismisses_what_is_shown_and_forgets_nothing_that_is_not(archive: Path, tmp_path: Path) -> None:
    store, baseline = tmp_path / "s.sqlite", tmp_path / "b.toml"
    run("check", archive, "--store", store, "-q", "--write-baseline", baseline, "--min-confidence", 1)
    assert "[[dismissed]]" not in baseline.read_text("utf-8")
    run("report", store, "-q", "--write-baseline", baseline)
    dismissed = baseline.read_text("utf-8")
    assert "[[dismissed]]" in dismissed
    result = run("report", store, "--write-baseline", baseline, "--baseline", baseline, "--min-confidence", 1)
    assert result.stderr == ""  # nothing that is left out is called stale
    assert baseline.read_text("utf-8") == dismissed
