"""How the command ends: with its exit codes and a line, whatever happens to it; 1 says that findings were made."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer

from de06_extract.commands import ending
from tests.commands.test_cli import COMMAND, WRONG

posix = pytest.mark.skipif(os.name != "posix", reason="streams and signals of POSIX")


@pytest.fixture(autouse=True)
def handler() -> Any:
    before, tell = signal.getsignal(signal.SIGINT), sys.unraisablehook
    yield
    signal.signal(signal.SIGINT, before)
    sys.unraisablehook = tell


def raising(error: BaseException) -> Any:
    """An application of one command, which fails."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

    @app.command()
    def fail(debug: bool = False, lang: str = "vi") -> None:
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("Exceeds the limit\n(4300 digits)"), 70),
        (RecursionError("maximum recursion depth exceeded"), 70),
        (AssertionError(), 70),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), 70),
        (MemoryError(), 70),
        (OSError(5, "Input/output error"), 2),
        (BrokenPipeError(32, "Broken pipe"), 2),
        (KeyboardInterrupt(), 130),
        (typer.Exit(1), 1),
        (typer.Exit(2), 2),
        (typer.BadParameter("no such thing"), 2),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_whatever_happens_has_its_code_and_at_most_a_line(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending.run_to_end(raising(error), []) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    if code == 70:
        (line,) = printed.err.splitlines()
        assert line.startswith("Không đủ bộ nhớ" if isinstance(error, MemoryError) else "Lỗi của chương trình")


def test_an_interrupt_while_another_is_answered_has_the_same_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The library of the command line answers the first and is interrupted in that."""

    def app(*arguments: object, **options: object) -> int:
        raise KeyboardInterrupt

    assert ending.run_to_end(app, []) == 130
    assert capsys.readouterr().err == ""


class Ending:
    """What is interrupted at its end, where nothing can be raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@posix
def test_an_interrupt_is_not_lost_where_nothing_can_be_raised(capsys: pytest.CaptureFixture[str]) -> None:
    def app(*arguments: object, **options: object) -> int:
        ending_one = Ending()
        del ending_one
        time.sleep(5)
        return 0

    assert ending.run_to_end(app, []) == 130
    assert capsys.readouterr() == ("", "")


@posix
def test_an_interrupt_that_is_lost_while_another_is_answered_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    def app(*arguments: object, **options: object) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            ending_one = Ending()
            del ending_one
            time.sleep(0.2)  # it does not come again, which would end the process in the middle of its answer
            return 130
        return 0

    assert ending.run_to_end(app, []) == 130
    assert capsys.readouterr() == ("", "")


def test_an_end_of_data_that_nobody_expects_is_a_defect_too(capsys: pytest.CaptureFixture[str]) -> None:
    """The library of the command line takes it for that of a person's input, and writes an empty line."""
    assert ending.run_to_end(raising(EOFError("Ran out of input")), ["--lang", "en"]) == 70
    told = "A defect of the program (EOFError: Ran out of input), not of the file; --debug shows where."
    assert capsys.readouterr().err.strip() == told


def test_a_defect_is_told_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending.run_to_end(raising(KeyError("lang")), ["--lang", "en"]) == 70
    assert (
        capsys.readouterr().err == "A defect of the program (KeyError: 'lang'), not of the file; --debug shows where.\n"
    )
    assert ending.run_to_end(raising(ValueError("9" * 5000)), ["--lang=en"]) == 70
    assert len(capsys.readouterr().err) < 300


def test_where_there_is_no_memory_for_words_the_error_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise MemoryError

    monkeypatch.setattr(ending, "said", fail)
    assert ending.run_to_end(raising(MemoryError()), []) == 70
    assert capsys.readouterr().err == "de06-extract: MemoryError\n"


def test_debug_shows_where_the_defect_lies(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending.run_to_end(raising(KeyError("lang")), ["--debug"]) == 70
    told = capsys.readouterr().err
    assert "Traceback (most recent call last)" in told
    assert "in fail" in told
    assert told.splitlines()[-1].startswith("Lỗi của chương trình")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(WRONG, "utf-8")
    return path


def shell(line: str, *arguments: object) -> tuple[int, str]:
    """The exit code of a line of the shell, in which $@ are the arguments, and what it says on standard error."""
    words = ["bash", "-c", line, COMMAND, *map(str, arguments)]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    return done.returncode, done.stderr


@posix
@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ('"$0" - <&-', 2, "stdin.txt: tệp trống. Tìm lại bản có nội dung ở nơi gửi.\n"),
        ('"$0" "$@" >&-', 2, "Không ghi được ra đầu ra chuẩn (đã đóng)\n"),
        ('"$0" "$@" 2>&-', 0, ""),
        ('"$0" "$@" --fail-on error 2>&-', 1, ""),
        ('"$0" no-such-file 2>/dev/full', 2, ""),
        ('"$0" --no-such-option 2>/dev/full', 2, ""),
        ('"$0" no-such-file 2> >(exec <&-; sleep 1)', 2, ""),
        ('"$0" "$@" >/dev/full', 2, "Không ghi được ra đầu ra chuẩn (ổ đĩa đã đầy)\n"),
        ('"$0" "$@" --fail-on error >/dev/full', 2, "Không ghi được ra đầu ra chuẩn (ổ đĩa đã đầy)\n"),
        ('"$0" --help >&-', 2, None),
        ('"$0" --version >&-', 2, None),
        ('"$0" --version >/dev/full', 2, None),
        ('"$0" rules >&-', 2, "Không ghi được ra đầu ra chuẩn (đã đóng)\n"),
        ('"$0" "$@" -o "$1.json" <&- >&- 2>&-', 0, ""),
        ('"$0" check "$@" --store "$1.sqlite" -q <&- >&- 2>&-', 0, ""),
        ('"$0" check "$@" --store "$1.sqlite" --fail-on error -q <&- >&- 2>&-', 1, ""),
        ('"$0" check "$@" --store "$1.sqlite" 2>/dev/full', 0, ""),
        ('"$0" check "$@" --store "$1.sqlite" 2>&-', 0, ""),
        ('"$0" "$@" --max-memory "$(printf "9%.0s" $(seq 400))"', 2, None),
        ('"$0" check "$@" --max-memory "$(printf "9%.0s" $(seq 400))"', 2, None),
        ('"$0" /dev/zero', 2, "/dev/zero: không phải tệp thông thường. Kiểm tra tệp còn ở chỗ cũ và có quyền đọc.\n"),
        (
            '"$0" - --max-memory 100M < /dev/zero',
            2,
            "stdin.txt: có hơn 100 MiB. Tăng giới hạn bộ nhớ cho mỗi tệp, hoặc tách nhỏ tệp.\n",
        ),
        ('ulimit -v 600000; "$0" "$@" --max-memory 100M', 0, ""),
    ],
)
def test_what_is_done_to_the_streams_is_no_crash(wrong: Path, line: str, code: int, said: str | None) -> None:
    ended, told = shell(line, wrong)
    assert ended == code, told
    assert "Traceback" not in told
    if said is not None:
        assert told == said


@posix
@pytest.mark.slow
@pytest.mark.parametrize("seconds", ["1e10", "1e9", "nan", "-1", "inf", "x"])
@pytest.mark.parametrize("option", ["--timeout", "--stall"])
def test_no_clock_is_asked_for_more_than_it_can_count(wrong: Path, option: str, seconds: str) -> None:
    for command in ([], ["check"]):
        ended, told = shell('"$0" "$@"', *command, wrong, option, seconds)
        assert ended == 2
        assert f"“{seconds}” không phải số giây từ 0 đến 86400; 0: không giới hạn" in told


@posix
@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2, 3, 9])
def test_interrupted_again_and_again_it_ends_with_its_code(times: int) -> None:
    code = "from de06_extract.commands.cli import main; print('ready', flush=True); main()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, "-"], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.5)  # it waits for standard input
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")


STUBBORN = """
import sys, time
from de06_extract.commands import ending

def app(*arguments, **options):
    said = "ready"
    while True:
        try:
            print(said, flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            said = "answered"

sys.exit(ending.run_to_end(app, []))
"""


@posix
@pytest.mark.slow
def test_what_does_not_end_when_it_is_interrupted_is_ended_by_the_third_time() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"ready\n"
            for _ in range(2):
                process.send_signal(signal.SIGINT)
                assert process.stdout.readline() == b"answered\n"
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=30) == (b"", b"")
        finally:
            process.kill()
    assert process.returncode == 130


class Unwritable(io.StringIO):
    """A standard output whose last lines cannot be written."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "codes"),
    [
        (BrokenPipeError(32, "Broken pipe"), {0: 0, 1: 1, 2: 2}),  # who reads went away, which is no error
        (OSError(28, "No space left on device"), {0: 2, 1: 1, 70: 70}),
        (ValueError("I/O operation on closed file"), {0: 2, 1: 1}),
    ],
)
def test_what_is_left_to_be_written_may_change_a_code_of_nought_alone(
    error: Exception, codes: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, expected in codes.items():
        monkeypatch.setattr(sys, "stdout", Unwritable(error))
        assert ending.run_to_end(raising(typer.Exit(code)), []) == expected


def test_once_the_code_is_known_nothing_changes_it() -> None:
    """An interrupt while Python ends would make it end by the signal."""
    assert ending.run_to_end(raising(typer.Exit(1)), []) == 1
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
