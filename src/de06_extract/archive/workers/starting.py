"""How the process of a worker comes to be: started anew by a command, or made out of this one, which takes no time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn, Protocol, cast

from de06_extract.archive.workers import process

# -P: no module of the folder that one happens to be in
COMMAND = (sys.executable, "-P", "-m", "de06_extract.archive.workers.process")

_SITES = ("site-packages", "dist-packages")
_LOOK = 0.01  # seconds between looks at a process that is waited for
CAN_FORK = sys.platform == "linux"  # elsewhere systems' own libraries may not be used in a copy of a process


class StartedProcess(Protocol):
    """A worker's process with its pipes, as `subprocess` has it."""

    pid: int
    stdin: BinaryIO
    stdout: BinaryIO
    stderr: BinaryIO

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""

    def wait(self, timeout: float) -> int:
        """The exit code. Raises a `subprocess.TimeoutExpired`."""

    def kill(self) -> None:
        """Ends it. Raises an `OSError` where that cannot be."""


def started(command: Sequence[str] | None) -> StartedProcess:
    """A process that serves as a worker: of the command, of a copy of this process where that is None and can be.

    A copy has all that is loaded, and no thread but its own: who asks for one has none that hold locks of what a worker
    does. Raises an `OSError`.
    """
    if command is None and CAN_FORK:
        return _Copy()
    return cast(
        StartedProcess,
        subprocess.Popen(
            command or COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(os.environ),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ),
    )


class _Copy:
    """A copy of this process that serves as a worker."""

    def __init__(self) -> None:
        ours_and_its = (os.pipe(), os.pipe(), os.pipe())
        (its_in, ours_in), (ours_out, its_out), (ours_errors, its_errors) = ours_and_its
        self._code: int | None = None
        try:
            self.pid = os.fork()
        except OSError:
            for end in sum(ours_and_its, ()):
                os.close(end)
            raise
        if self.pid == 0:
            _serve((its_in, its_out, its_errors), (ours_in, ours_out, ours_errors))
        for end in (its_in, its_out, its_errors):
            os.close(end)
        self.stdin: BinaryIO = os.fdopen(ours_in, "wb")
        self.stdout: BinaryIO = os.fdopen(ours_out, "rb")
        self.stderr: BinaryIO = os.fdopen(ours_errors, "rb")

    def poll(self) -> int | None:
        if self._code is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # somebody else waited for it
                pid, status = self.pid, 0
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def wait(self, timeout: float) -> int:
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("de06-extract", timeout)
            time.sleep(_LOOK)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def _serve(own: Sequence[int], others: Sequence[int]) -> NoReturn:
    """The life of a copy: its standard streams are the pipes, and it ends without what its original still has to do."""
    code = 1
    try:
        for end in others:
            os.close(end)  # else it would not see that its original is gone
        for standard, end in enumerate(own):
            os.dup2(end, standard)
        process.main()
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(code)


def _environment(known: Mapping[str, str]) -> dict[str, str]:
    """The environment in which a worker finds this package, also where this process found it in a way of its own."""
    root = Path(__file__).resolve().parents[3]
    if root.name in _SITES:
        return dict(known)
    return {**known, "PYTHONPATH": os.pathsep.join(filter(None, (str(root), known.get("PYTHONPATH", ""))))}
