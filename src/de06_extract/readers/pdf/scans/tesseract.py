"""Tesseract, called as a program: one core and a limited time for each picture, in a folder of its own.

On Linux the time is that of the core, so that a page is read or not whatever else the machine is doing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any, Literal

from de06_extract.installed_programs import find_installed

LONGEST = 120  # seconds of a core for one picture; a page of close type takes three
_PATIENCE = 5  # times as long by the clock: other programs may keep the cores busy
LANGUAGE = "vie"

_PLACES = (  # where it lies if no search path leads to it
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe",
)
_LAYOUTS: Mapping[str, str] = {"page": "3", "block": "6", "line": "7"}  # what Tesseract calls page segmentation modes
_ROTATE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_ANSWER = 10.0  # seconds in which it says which languages it has

Layout = Literal["page", "block", "line"]


class RecognitionError(Exception):
    """Tesseract gave nothing for a picture; the message says why."""


@cache
def find_program() -> str | None:
    """The path of a Tesseract that reads Vietnamese, None where there is none."""
    program = find_installed("tesseract") or next((place for place in _PLACES if os.path.isfile(place)), None)
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, "--list-langs"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_ANSWER, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if LANGUAGE.encode() in answer.stdout.split() else None


def recognise(picture: Any, resolution: float, layout: Layout, longest: float = _PATIENCE * LONGEST) -> str:
    """What Tesseract reads on a grey picture of so many dots an inch, as hOCR with the box of every character.

    Raises a `RecognitionError` where it fails or takes too long.
    """
    options = ("-l", LANGUAGE, "--psm", _LAYOUTS[layout], "-c", "tessedit_create_hocr=1", "-c", "hocr_char_boxes=1")
    return _answer(picture, resolution, options, longest)


def quarters_to_upright(picture: Any, resolution: float) -> int:
    """By how many quarters with the clock a page is to be turned to stand upright; 0 where Tesseract cannot tell."""
    try:
        said = _answer(picture, resolution, ("-l", "osd", "--psm", "0"), _PATIENCE * LONGEST)
    except RecognitionError:  # there is too little text, or what it knows of scripts is not installed
        return 0
    found = _ROTATE.search(said)
    return int(found[1]) // 90 % 4 if found else 0


def _answer(picture: Any, resolution: float, options: Sequence[str], longest: float) -> str:
    """What Tesseract prints of a picture. Raises a `RecognitionError` where it fails or takes too long."""
    program = find_program()
    if program is None:
        raise RecognitionError("Tesseract is not installed")
    with TemporaryDirectory(prefix="de06-extract-", ignore_cleanup_errors=True) as folder:
        try:
            done = subprocess.run(
                _command(program, resolution, *options),
                input=_portable(picture),
                capture_output=True,
                cwd=folder,
                env={**os.environ, "OMP_THREAD_LIMIT": "1", "TMPDIR": folder},
                timeout=longest,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RecognitionError(f"Tesseract took longer than {longest:g} s") from error
        except OSError as error:
            raise RecognitionError(f"Tesseract cannot be started: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RecognitionError(f"Tesseract failed: {said[-1] if said else done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def _command(program: str, resolution: float, *options: str) -> list[str]:
    """The command line; on Linux it ends with this process, whatever ends that, and after so much time of a core."""
    kept = list[str]()
    if sys.platform == "linux" and (keeper := find_installed("setpriv")):
        kept += [keeper, "--pdeathsig", "KILL"]
    if sys.platform == "linux" and (limiter := find_installed("prlimit")):
        kept += [limiter, f"--cpu={LONGEST}"]
    return [*kept, program, "stdin", "stdout", "--dpi", str(round(resolution)), *options]


def _portable(picture: Any) -> bytes:
    """The grey picture as a PGM file, which costs no time to write and to read."""
    height, width = picture.shape
    return b"P5\n%d %d\n255\n" % (width, height) + bytes(picture.tobytes())
