"""The command `web`: it serves until it is stopped, and says in one line why it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from de06_extract.commands.cli import app

_PATIENCE = 120.0  # seconds until an end that does not come fails the test


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test uses the folder of the user."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["web", "--no-open", *map(str, arguments)])
    return result.exit_code, result.stderr


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "python_multipart"])
def test_a_missing_library_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    code, told = run()
    assert code == 2
    assert "pip install 'de06-extract[web]'" in told
    assert told.count("\n") == 1


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, told = run("--port", port)
    assert code == 2
    assert f"cổng {port} đang có chương trình khác dùng" in told


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, told = run(tmp_path / "kho.sqlite")
    assert code == 2
    assert told.startswith(f"{tmp_path / 'kho.sqlite'}: ")
    assert not (tmp_path / "kho.sqlite").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent another way there")
@pytest.mark.parametrize("handled", [signal.SIG_DFL, signal.SIG_IGN], ids=["heard", "ignored by the shell"])
def test_it_serves_until_it_is_stopped_and_one_at_a_time(handled: signal.Handlers) -> None:
    words = [sys.executable, "-m", "de06_extract", "web", "--no-open", "--lang", "en"]
    with subprocess.Popen(
        words,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, handled),
    ) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            assert first.startswith("The review page: http://127.0.0.1:")
            assert "/enter?token=" in first
            assert "opens once" in process.stderr.readline()
            code, told = run()
            assert (code, told.count("\n")) == (2, 1)
            assert "đang mở ở một cửa sổ lệnh khác" in told
            process.send_signal(signal.SIGINT)
            assert process.stderr.read() == "The review page has ended.\n"
            assert process.wait(_PATIENCE) == 130
        finally:
            process.kill()
