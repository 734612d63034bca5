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
from de06_extract.output.formats import formats
from tests.archive.folders import RIGHT, WRONG, small_archive
from tests.output.tables.test_reviews import filled

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
    assert "3 đọc được, 0 không đọc được.\n1 tệp không thuộc loại tệp báo cáo, không tính." in result.stdout
    assert "1 tệp trùng nội dung" in result.stdout
    assert "Số liệu cần rà soát lại trong 1 báo cáo: 1 lỗi." in result.stdout
    assert "2024/bản sao.txt · 1 lỗi" in result.stdout
    assert "Không thuộc loại tệp báo cáo (1)\n   ảnh.heic" in result.stdout
    assert "Kho kết quả: de06-extract.sqlite" in result.stdout
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
    assert "Results of 4 files: 3 read, 0 unreadable." in result.stdout
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


def two_folders(place: Path) -> tuple[Path, Path]:
    """A folder with an error and one without."""
    wrong, right = place / "sai", place / "đúng"
    for folder, text in ((wrong, WRONG), (right, RIGHT)):
        folder.mkdir()
        (folder / "báo cáo.txt").write_text(text, "utf-8")
    return wrong, right


def test_a_check_counts_the_paths_of_its_own_run(tmp_path: Path) -> None:
    wrong, right = two_folders(tmp_path)
    store, page = tmp_path / "s.sqlite", tmp_path / "b.jsonl"
    assert run("check", wrong, "--store", store, "--fail-on", "error").exit_code == 1
    later = run("check", right, "--store", store, "--fail-on", "error", "--report", page)
    assert later.exit_code == 0, later.output
    assert "Đã kiểm tra 1 tệp" in later.stdout
    assert "có cả thảy 2 tệp, trong đó 1 tệp không thuộc lần kiểm tra này" in later.stdout
    assert [json.loads(line)["path"] for line in page.read_text("utf-8").splitlines()] == [f"{right}/báo cáo.txt"]
    assert "Kết quả của 2 tệp" in run("report", store).stdout
    assert run("report", store, "--fail-on", "error").exit_code == 1
    assert run("check", wrong, right, "--store", store, "--fail-on", "error").exit_code == 1


def test_a_check_goes_on_with_the_store_that_knows_its_files_whatever_its_output_is_called(
    archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "kết quả"
    out.mkdir()
    assert run("check", archive, "-o", out / "tuần 1.xlsx", "-q").exit_code == 0
    filled(out / "tuần 1.xlsx", review_state="Số liệu đúng – bỏ qua")
    assert run("check", archive, "--decisions", out / "tuần 1.xlsx", "-o", out / "tuần 2.xlsx", "-q").exit_code == 0
    result = run("check", archive, "-o", out / "tuần 3.html", "--fail-on", "error")
    assert result.exit_code == 0, result.output  # the decision of the first week holds
    assert "3 tệp đã có kết quả từ lần trước" in result.stdout
    assert f"Kho kết quả: {out / 'tuần 1.sqlite'}" in result.stdout
    assert [path.name for path in out.glob("*.sqlite")] == ["tuần 1.sqlite"]


def test_a_check_of_other_files_has_a_store_of_its_own(tmp_path: Path) -> None:
    wrong, right = two_folders(tmp_path)
    for folder, name in ((wrong, "a"), (right, "b"), (wrong, "c")):
        assert run("check", folder, "-o", tmp_path / f"{name}.jsonl", "-q").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.sqlite")) == ["a.sqlite", "b.sqlite"]
    result = run("check", right, "--store", tmp_path / "d.sqlite", "-o", tmp_path / "e.jsonl")
    assert f"Kho kết quả: {tmp_path / 'd.sqlite'}" in result.stdout  # what is named is taken


def test_a_store_beside_the_files_is_none_of_them(archive: Path) -> None:
    for number in range(3):
        result = run("check", archive, "-o", archive / f"{number}.html")
        assert "1 tệp không thuộc loại tệp báo cáo, không tính." in result.stdout, number  # the picture


def test_what_a_check_did_not_look_at_is_dismissed_as_before(tmp_path: Path) -> None:
    wrong, right = two_folders(tmp_path)
    store, baseline = tmp_path / "s.sqlite", tmp_path / "b.toml"
    run("check", wrong, "--store", store, "--write-baseline", baseline)
    before = baseline.read_text("utf-8")
    later = run("check", right, "--store", store, "--baseline", baseline, "--write-baseline", baseline)
    assert later.stderr.splitlines()[1:] == []  # no dismissal is called stale
    assert baseline.read_text("utf-8") == before


@pytest.mark.parametrize("name", ["kết quả.txt", "kết quả.html", "kết quả.xlsx", "kết quả.csv", "kết quả.jsonl"])
def test_results_of_an_earlier_run_are_not_checked(archive: Path, tmp_path: Path, name: str) -> None:
    if name.endswith(".txt"):
        assert run(archive / "sai.txt", "-o", archive / name).exit_code == 0
    else:
        assert run("check", archive, "-q", "--store", tmp_path / "1.sqlite", "-o", archive / name).exit_code == 0
    result = run("check", archive, "--store", tmp_path / "2.sqlite")
    assert "3 đọc được, 0 không đọc được." in result.stdout
    assert "Số liệu cần rà soát lại trong 1 báo cáo: 1 lỗi." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "no/such/folder"], "no/such/folder"),
        (["check", "{kho}", "--report", "out.doc"], "out.doc: đuôi tệp phải là một trong"),
        (["check", "{kho}", "--report", "no/such/out.html"], "không có thư mục này"),
        (["check", "{kho}", "--store", "{kho}"], "{kho}"),
        (["check", "{kho}", "--store", "{kho}/sai.txt"], "sai.txt"),
        (["check", "{kho}", "--baseline", "missing.toml"], "missing.toml: không mở được"),
        (["check", "{kho}", "--indicators", "missing.toml"], "missing.toml: không mở được"),
        (["check", "{kho}", "--indicators", "{kho}/broken.toml"], "broken.toml: indicator entry 1: id"),
        (["check", "{kho}", "--model", "missing.json"], "missing.json: không mở được"),
        (["check", "{kho}", "--model", "{kho}/broken.toml"], "broken.toml: không phải tệp trọng số (không phải JSON"),
        (["check", "{kho}", "--engine", "dask"], "--scheduler"),
        (["check", "{kho}", "--scheduler", "tcp://localhost:1"], "--engine dask"),
        (["check", "{kho}", "--reason", "why"], "--write-baseline"),
        (["check", "{kho}", "--delimiter", "tab"], "--delimiter: chỉ dùng cùng --report FILE.csv"),
        (["check", "{kho}", "--baseline", "{kho}/a.toml", "--write-baseline", "{kho}/b.toml"], "đã có"),
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
    assert f"“{size}” không phải dung lượng, như 500M hoặc 2G" in result.stderr


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
    assert "đang được dùng bởi" in result.stderr


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
        assert process.returncode == 130, err.decode()
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


def test_notes_are_one_file_or_one_a_unit(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    for name in ("sai", "khác"):
        (archive / f"{name}.txt").write_text(f"ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\n\nBÁO CÁO\n\n{WRONG}{name}\n", "utf-8")
    run("check", archive, "--store", store, "-q", "-o", tmp_path / "phiếu.docx")
    assert (tmp_path / "phiếu.docx").read_bytes().startswith(b"PK")
    result = run("report", store, "-o", tmp_path / "phiếu.docx", "-o", tmp_path / "a.phieu.html", "--split-by", "unit")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "phiếu").iterdir()) == [
        "bản sao.docx",  # which names no unit
        "ỦY BAN NHÂN DÂN XÃ AN BÌNH.docx",
    ]
    assert f"Đã ghi {tmp_path / 'phiếu' / 'bản sao.docx'}" in result.stdout
    assert len(list((tmp_path / "a").iterdir())) == 2
    refused = run("report", store, "-o", tmp_path / "a.html", "--split-by", "unit")
    assert (refused.exit_code, refused.stderr) == (2, "--split-by: chỉ dùng cùng --report FILE.docx\n")


@pytest.mark.parametrize("form", ["github", "gitlab", "jsonl", "junit", "sarif"])
def test_a_form_is_printed_in_place_of_the_overview(form: str, archive: Path, tmp_path: Path) -> None:
    store, output = tmp_path / "kho.sqlite", tmp_path / f"a{formats()[form].suffixes[0]}"
    checked = run("check", archive, "--store", store, "--format", form, "-o", output, "-q")
    assert checked.exit_code == 0, checked.output
    assert checked.stdout == output.read_text("utf-8") != ""
    assert run("report", store, "--format", form).stdout == checked.stdout


def test_a_form_that_is_no_stream_of_text_is_refused(archive: Path) -> None:
    for form in ("xlsx", "csv", "text", "nothing"):
        result = run("check", archive, "--format", form)
        assert (result.exit_code, result.stdout) == (2, "")
        told = " ".join(result.stderr.replace("\u2502", " ").split())
        assert f"không có dạng “{form}”; có github, gitlab, html, jsonl, junit, phieu.html hoặc sarif" in told
