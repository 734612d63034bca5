"""How a command ends: with one of its exit codes and at most one line, whatever happens."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from _thread import interrupt_main, start_new_thread
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from types import FrameType
from typing import Any, TextIO

import typer

from de06_extract.commands.terminal import give_up, say
from de06_extract.commands.usage import usage_problem
from de06_extract.language.messages import asked_language, said, speaking
from de06_extract.library_messages import tell_of_libraries
from de06_extract.pipeline.program import NAME

UNUSABLE = 2  # a file that cannot be read, an output that cannot be written, wrong usage
DEFECT = 70  # of this program, as `sysexits.h` has it; never 1, which says that findings were made
INTERRUPTED = 130
# What typer raises for wrong usage: the class is click's, or one of its own, as the version has it.
_UsageError: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
_DEBUG = "--debug"
_AGAIN = 0.05  # seconds until an interrupt that was lost comes again
_PATIENCE = 2  # times that Ctrl-C asks; then it ends the process at once


def run_to_end(app: Callable[..., Any], arguments: Sequence[str]) -> int:
    """The exit code of an application of typer that was called with these arguments."""
    _open_standard_streams()
    tell_of_libraries(wanted=_DEBUG in arguments)
    _hear_interrupts()
    try:
        with speaking(asked_language(arguments)):
            code = _code(app, arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    with suppress(ValueError):  # from here on the code is what it is
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code if _flushed() or code else UNUSABLE


def _code(app: Callable[..., Any], arguments: Sequence[str]) -> int:
    try:
        return int(app(list(arguments), standalone_mode=False, prog_name=NAME) or 0)
    except _UsageError as error:
        for line in usage_problem(error):
            say(line)
        return int(error.exit_code)
    except typer.Abort as error:  # by which the library ends for an EOFError; no command asks anybody anything
        return _told("defect", error.__cause__ if isinstance(error.__cause__, Exception) else error, arguments)
    except SystemExit:  # by which the library ends where a pipe is broken, with the code of findings
        return UNUSABLE
    except OSError as error:  # of the machine, not of this program
        say(" ".join(str(error).split()))
        return UNUSABLE
    except MemoryError as error:
        return _told("memory", error, arguments)
    except Exception as error:
        return _told("defect", error, arguments)


def _told(what: str, error: Exception, arguments: Sequence[str]) -> int:
    """Says in a line that the program has a defect, and where, if that was asked for."""
    if _DEBUG in arguments:
        with suppress(OSError):
            traceback.print_exception(error)
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    try:
        line = said("command", what, error=reason if len(reason) <= 200 else f"{reason[:199]}…")
    except Exception:  # there may be no memory for the words either
        line = f"{NAME}: {type(error).__name__}"
    say(line)
    return DEFECT


def _hear_interrupts() -> None:
    """Lets Ctrl-C raise a `KeyboardInterrupt`, and end the process at once, with its code, if it comes again and again.

    It may come once more while the first one is being answered.
    """
    came: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code is take_up.__code__:
            return  # another one is about to come
        came.append(number)
        if len(came) > _PATIENCE:
            os._exit(INTERRUPTED)
        raise KeyboardInterrupt

    def take_up(lost: Any) -> None:
        """Raises it once more where nothing can be raised, as at the end of an object: there it is told and lost."""
        if not isinstance(lost.exc_value, KeyboardInterrupt):
            tell(lost)
        elif len(came) == 1:  # else the one before is being answered
            start_new_thread(come_again, ())  # here it would be lost again

    def come_again() -> None:
        time.sleep(_AGAIN)
        interrupt_main()

    tell = sys.unraisablehook
    with suppress(ValueError):  # not the main thread, whose matter it is
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is ignored, as by nohup
            signal.signal(signal.SIGINT, hear)
            sys.unraisablehook = take_up


def _open_standard_streams() -> None:
    """Opens the standard streams that are closed, else the next files to be opened would take their places.

    Nothing can be read from such an input, and nothing be written to such an output.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDONLY)  # the first number that is free: that of the closed stream
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8", errors="replace"))
    if isinstance(sys.stderr, TextIOWrapper) and not sys.stderr.isatty():  # a file is UTF-8, whatever a console is
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")


def _flushed() -> bool:
    """True where all that was printed is written; what is not is dropped, else Python ends with a code of its own."""
    told = _flush(sys.stderr)
    return _flush(sys.stdout) and told


def _flush(stream: TextIO) -> bool:
    try:
        stream.flush()
    except BrokenPipeError:
        give_up(stream)
    except (OSError, ValueError):
        give_up(stream)
        return stream is not sys.stdout
    return True
