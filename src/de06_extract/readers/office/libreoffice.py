"""LibreOffice as a converter: with a profile of its own, without macros and links, for a limited time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from de06_extract.errors import DamagedFileError, UnreadableError
from de06_extract.heartbeat import step
from de06_extract.installed_programs import find_installed
from de06_extract.language.messages import said

LONGEST = 120.0  # seconds; a report of a hundred pages takes five

_PLACES = (  # where it lies if no search path leads to it
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_POLL = 0.5  # seconds between two signs of life
_RESTART = 81  # the exit code with which it asks to be started again, once it has made its profile
_STARTS = 3


def find_program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    named = find_installed("soffice", "libreoffice")
    return named or next((place for place in _PLACES if os.path.isfile(place)), None)


def convert(program: str, data: bytes, suffix: str, name: str, longest: float = LONGEST) -> bytes:
    """The document as .docx. Raises an `UnreadableError` where LibreOffice cannot open it or takes too long."""
    with TemporaryDirectory(prefix="de06-extract-", ignore_cleanup_errors=True) as folder:
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_bytes(files("de06_extract").joinpath("data", "libreoffice", settings.name).read_bytes())
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        command, last = _command(program, folder, source), monotonic() + longest
        for _ in range(_STARTS):
            if _run(command, folder, last) != _RESTART:
                break
        if monotonic() > last:
            raise UnreadableError(f"{name}: " + said("errors", "libreoffice_slow", longest=f"{longest:g}"))
        written = Path(folder, "out", "document.docx")
        if not written.is_file():
            raise DamagedFileError(f"{name}: " + said("errors", "libreoffice_fails"))
        return written.read_bytes()


def _command(program: str, folder: str, source: Path) -> list[str]:
    """The command line; on Linux it ends with this process, whatever ends that."""
    direct = Path(os.path.realpath(program)).with_name("soffice.bin")
    if sys.platform == "linux" and direct.is_file() and (keeper := find_installed("setpriv")):
        start = [keeper, "--pdeathsig", "KILL", str(direct)]
    else:
        start = [program]
    return [
        *start,
        f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(Path(folder, "out")),
        str(source),
    ]


def _run(command: list[str], folder: str, last: float) -> int:
    """The exit code of the command; when its time is over, it is ended with all that it started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while monotonic() < last:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL)
            step()
    finally:
        if process.poll() is None:
            _end(process)
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
