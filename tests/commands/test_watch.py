"""The command `watch`: what it prints while reports are saved, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from typer.testing import CliRunner

from de06_extract.commands.cli import app
from tests.archive.folders import RIGHT, WRONG

MORE = WRONG + "\nCó 10/12 xã (đạt 84,4%) hoàn thành.\n"
CODE = "from de06_extract.commands.cli import main; main()"
_PATIENCE = 120.0  # seconds until a line that does not come fails the test


class Watching:
    """The command at work, and the lines that it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        Thread(target=self._gather, daemon=True).start()

    def _gather(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line.rstrip("\n"))

    def line(self, beginning: str) -> str:
        """The next line that begins so."""
        passed: list[str] = []
        try:
            while not (line := self._lines.get(timeout=_PATIENCE)).startswith(beginning):
                passed.append(line)
        except Empty:
            raise AssertionError(f"no line {beginning!r} after {passed}") from None
        return line

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)


def interruptible() -> None:
    """Ctrl-C ends what is started, also where the tests run in the background of a shell, which lets it be ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def watching(*arguments: object) -> Iterator[Watching]:
    words = [sys.executable, "-c", CODE, "watch", *map(str, arguments)]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        preexec_fn=interruptible if os.name == "posix" else None,
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent another way there")
def test_a_saved_report_is_told_in_a_line_until_it_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.txt"
    file.write_text(WRONG, "utf-8")
    with watching(tmp_path) as command:
        assert command.line("Đang theo dõi").endswith("nhấn Ctrl+C để dừng.")
        assert command.line("báo cáo.txt") == "báo cáo.txt: 1 nội dung cần rà soát"
        assert command.line("Đã đọc") == "Đã đọc 1 báo cáo: 1 nội dung cần rà soát."
        file.write_text(MORE, "utf-8")
        assert command.line("báo cáo.txt") == "báo cáo.txt: 1 nội dung mới cần rà soát, còn 2"
        assert command.line("   ").endswith("dòng 3: 10/12 là 83,3%, báo cáo ghi 84,4%")
        beside = tmp_path / "beside.tmp"
        beside.write_text(RIGHT, "utf-8")
        beside.replace(file)
        assert command.line("báo cáo.txt") == "báo cáo.txt: 2 đã hết, không còn nội dung cần rà soát"
        file.unlink()
        assert command.line("báo cáo.txt") == "báo cáo.txt: đã xóa hoặc chuyển đi nơi khác"
        assert command.interrupt() == 130
        assert command.line("Đã dừng") == "Đã dừng theo dõi."


@pytest.mark.slow
def test_it_ends_where_the_folder_does(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    with watching(folder, "--lang", "en") as command:
        command.line("Read reports: 0")
        folder.rmdir()
        assert command.line(str(folder)).endswith("there is no such folder any more")
        assert command.process.wait(_PATIENCE) == 2


@pytest.mark.slow
def test_it_ends_where_nobody_reads_it(tmp_path: Path) -> None:
    words = [sys.executable, "-c", CODE, "watch", str(tmp_path)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        while "Đã đọc" not in process.stderr.readline():
            pass
        process.stdout.close()
        (tmp_path / "a.txt").write_text(WRONG, "utf-8")
        assert process.wait(_PATIENCE) == 0


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["watch", *map(str, arguments)])
    return result.exit_code, result.stderr


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, told = run(tmp_path / "không có")
    assert code == 2
    assert told.startswith(f"{tmp_path / 'không có'}: ")


def test_a_missing_library_is_told_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    code, told = run(tmp_path)
    assert code == 2
    assert "pip install 'de06-extract[watch]'" in told
