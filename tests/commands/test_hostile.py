"""Files that are made to do harm, given to the commands as a person would: a line, a row, and the others go on."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.results import read_store
from tests.archive.files.folders import zipped
from tests.archive.files.test_zip import listing
from tests.commands.test_cli import COMMAND, WRONG
from tests.readers.pdf.drawing import pdf, text_at

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")]


def with_forms(*forms: str) -> bytes:
    """A PDF of one page that draws the first form; each form draws some of them, /X0, /X1 and so on."""
    names = " ".join(f"/X{number} {6 + number} 0 R" for number in range(len(forms)))
    head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {names} >> >>"
    more = [f"<< {head} /Length {len(form)} >>\nstream\n{form}\nendstream".encode() for form in forms]
    return pdf(text_at(80, 700, "10/12 (83,4%)") + " /X0 Do", fonts=f"/F 3 0 R >> /XObject << {names}", more=more)


BOMBS = {
    "a form that draws itself twice": with_forms("/X0 Do /X0 Do"),
    "forms that draw each other": with_forms("/X1 Do /X1 Do", "/X0 Do /X0 Do"),
    "forms doubled thirty times": with_forms(*(f"/X{number} Do " * 2 for number in range(1, 31)), "0 0 m 9 9 l S"),
}


def run(*arguments: object, ulimit: str = "") -> subprocess.CompletedProcess[str]:
    line = f'{ulimit and f"ulimit {ulimit};"} exec "$0" "$@"'
    words = ["bash", "-c", line, COMMAND, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("name", BOMBS)
def test_the_plain_command_ends_within_its_limits(name: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(BOMBS[name])
    ended = run(tmp_path / "bomb.pdf", "--stall", 5, "--max-memory", "500M", "-o", tmp_path / "out.json")
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line in (
        "bomb.pdf: không tiến thêm được trong 5 giây. Mở tệp bằng phần mềm gốc, lưu lại rồi kiểm tra lại.",
        "bomb.pdf: cần hơn 500 MiB bộ nhớ. Tăng giới hạn bộ nhớ cho mỗi tệp, hoặc tách nhỏ tệp.",
    )
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (("--timeout", 0, "--stall", 3, "--max-memory", 0), "không tiến thêm được trong 3 giây"),
        (("--timeout", 3, "--stall", 0, "--max-memory", 0), "lâu hơn 3 giây"),
        (("--timeout", 0, "--stall", 0, "--max-memory", "500M"), "cần hơn 500 MiB bộ nhớ"),
    ],
    ids=["stall", "timeout", "memory"],
)
def test_each_of_its_limits_holds_alone(limits: tuple[object, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(BOMBS["a form that draws itself twice"])
    ended = run(tmp_path / "bomb.pdf", *limits, ulimit="-d 6000000")
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("bomb.pdf: ")
    assert said in line


def test_so_do_they_where_a_figure_is_explained(tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(BOMBS["a form that draws itself twice"])
    limits = ("--timeout", 0, "--stall", 3, "--max-memory", 0)
    ended = run("explain", tmp_path / "bomb.pdf", "c1", *limits, ulimit="-d 6000000")
    assert (ended.returncode, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith("bomb.pdf: không tiến thêm được trong 3 giây")


def test_a_crash_of_native_code_is_a_line_too(tmp_path: Path) -> None:
    """PDFium ends its process where it gets no memory."""
    (tmp_path / "bomb.pdf").write_bytes(BOMBS["forms doubled thirty times"])
    ended = run(tmp_path / "bomb.pdf", "--stall", 60, "--max-memory", 0, ulimit="-d 700000")
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("bomb.pdf: ")
    assert "tiến trình đọc tệp" in line or "bộ nhớ" in line


def test_within_limits_the_output_is_the_same_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.txt"
    path.write_text(WRONG + "Thu 1.234.567.890.123,45678 đồng, bằng 98,770% dự toán.\n", "utf-8")
    for form in ("json", "text", "csv"):
        within, here = run(path, "--format", form), run(path, "--format", form, "--no-limits")
        assert (within.returncode, within.stderr) == (here.returncode, here.stderr) == (0, "")
        assert within.stdout == here.stdout
    assert json.loads(run(path).stdout)["findings"]


@pytest.mark.parametrize("again", [False, True], ids=["first run", "resumed"])
def test_nothing_in_a_folder_ends_a_run_or_its_restart(tmp_path: Path, again: bool) -> None:
    """The list of an archive of two million names, which is a few hundred kilobytes; the run itself has 600 MB."""
    folder, store = tmp_path / "kho", tmp_path / "s.sqlite"
    folder.mkdir()
    (folder / "a list.zip").write_bytes(zipped("inside.txt", inner=listing(2_000_000)))
    (folder / "b form.pdf").write_bytes(BOMBS["a form that draws itself twice"])
    (folder / "c link.txt").symlink_to("/etc/passwd")
    os.mkfifo(folder / "d pipe.txt")
    (folder / "e good.txt").write_text(WRONG, "utf-8")
    assert (folder / "a list.zip").stat().st_size < 1 << 20
    for _ in range(2 if again else 1):
        ended = run("check", folder, "--store", store, "--max-memory", "300M", "--stall", 5, "-q", ulimit="-v 600000")
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    with read_store(store) as opened:
        assert opened.options == json.loads(Options().key)
        reasons = {Path(result.path).name: result.reason for result in opened.results()}
    assert reasons.pop("b form.pdf") in ("stalled", "memory")
    assert reasons == {
        "inner.zip": "memory",
        "inside.txt": None,
        "c link.txt": "link",
        "d pipe.txt": "missing",
        "e good.txt": None,
    }


NINES = "9" * 400
STRANGE = {
    "long numbers.txt": f"Tổng số {NINES} hồ sơ, trong đó {NINES}/{NINES[1:]} hồ sơ (đạt 50%).\n"
    "Số hồ sơ trực tuyến trên cổng dịch vụ công 18446744073709551617/90461 hồ sơ, chiếm 9,05%.\n",
    "small numbers.txt": f"Đạt 0,{'0' * 400}1% (1/3 hồ sơ). Đã giải quyết 1/0{'0' * 300}1 hồ sơ, đạt 3%."
    " 0/0 hồ sơ (0%).\n",
    "years.txt": "UBND TỈNH A\nSố: 99999999999999999999/BC-UBND\nNgày 31 tháng 12 năm 9999\nBÁO CÁO\nTính đến ngày"
    " 31/12/9999 có 3/4 hồ sơ (76%). Từ ngày 01/01/0001 đến 31/12/9999. Năm 0000. Quý 4 năm 9999: 5 hồ sơ.\n",
    "table.txt": "STT\tĐơn vị\tTiếp nhận\tTỷ lệ\n"
    + "".join(f"{row}\tXã {row}\t{NINES[: row * 40]}\t{NINES[:30]}%\n" for row in range(1, 9)),
}


def test_no_figure_of_a_report_ends_the_run_that_writes_it_down(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for name, text in {**STRANGE, "good.txt": WRONG}.items():
        (folder / name).write_text(text, "utf-8")
    forms = [tmp_path / f"out.{form}" for form in ("html", "xlsx", "csv", "parquet", "jsonl", "sarif")]
    ended = run("check", folder, "-q", *(word for form in forms for word in ("--report", form)))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    reports = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(reports) == 1 + len(STRANGE)
    assert all(report["report"] is not None for report in reports)


@pytest.mark.parametrize("odd", ["TMPDIR=/no/such/folder", "-u HOME", "LC_ALL=C", "-i"])
def test_an_odd_environment_changes_nothing(odd: str, tmp_path: Path) -> None:
    (tmp_path / "báo cáo.txt").write_text(WRONG, "utf-8")
    found = list[bytes]()
    for environment in ("LC_ALL=C.UTF-8", odd):
        store = tmp_path / f"{len(found)}.sqlite"
        kept = f"PYTHONPATH={os.environ.get('PYTHONPATH', '')}"
        for arguments in (["báo cáo.txt"], ["check", "báo cáo.txt", "--store", str(store), "--format", "jsonl"]):
            words = ["env", *environment.split(), kept, sys.executable, "-m", "de06_extract", *arguments]
            ended = subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=300, check=False)
            assert ended.returncode == 0, ended.stderr.decode()
            found.append(ended.stdout)
    assert found[:2] == found[2:]
    assert all(found)


def test_a_file_that_is_named_again_and_again_is_one_row_and_its_links_are_read_once(tmp_path: Path) -> None:
    folder, store = tmp_path / "kho", tmp_path / "s.sqlite"
    folder.mkdir()
    (folder / "000.txt").write_text(WRONG, "utf-8")
    for number in range(1, 300):
        (folder / f"{number:03}.txt").hardlink_to(folder / "000.txt")
    ended = run("check", *[folder / "000.txt"] * 1000, folder, "--store", store, "--jobs", 64, "-q")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    with read_store(store) as opened:
        assert [Path(result.path).name for result in opened.results()] == [f"{number:03}.txt" for number in range(300)]
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT count(*) FROM results").fetchone() == (1,)
