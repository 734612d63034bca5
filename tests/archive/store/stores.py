"""Stores to try things on, what is written into them and what they say when they refuse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.outcome import Options, Outcome, failed
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import Attempt, open_store
from tests.conftest import SOURCE

posix = pytest.mark.skipif(os.name == "nt", reason="signals and permissions as POSIX has them")
OPTIONS = Options()


def attempt(name: str, outcome: Outcome | None, content: str | None = None) -> Attempt:
    return Attempt(f"/archive/{name}", ".txt", content or name, 9, outcome, worker="1", memory=1)


def lost(name: str) -> Attempt:
    return Attempt(f"/archive/{name}", ".txt", None, None, failed("missing", "cannot be opened"))


@contextmanager
def run(path: Path, options: Options = OPTIONS) -> Iterator[Callable[[Attempt], None]]:
    """A finished run, to which files are given."""
    with open_store(path, options) as store:
        number = store.begin_run(["/archive"])
        yield lambda attempt: store.save(number, attempt)
        store.end_run(number, "finished")


def paths(path: Path) -> list[str]:
    with read_store(path) as store:
        return [result.path.removeprefix("/archive/") for result in store.results()]


def refusal(path: Path, use: Callable[[Path], object]) -> str:
    with pytest.raises(StoreError) as caught:
        use(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert message.isprintable()
    return message.removeprefix(f"{path}: ")


def written(path: Path) -> None:
    with run(path) as save:
        save(attempt("new", failed("scan", "no text")))


def beside(path: Path) -> list[str]:
    return sorted(name for name in os.listdir(path.parent) if name != path.name)


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process; it says «ready» when it has come to that."""
    prelude = "import os, sys, time; from pathlib import Path; path = Path(sys.argv[1])\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


@contextmanager
def ordinary_user(folder: Path) -> Iterator[Path]:
    """A place where permissions hold: root has them all, so the tests then go on as somebody else."""
    place = Path(tempfile.mkdtemp(prefix="store-", dir=None if os.geteuid() == 0 else folder))
    try:
        if os.geteuid() == 0:
            place.chmod(0o755)
            os.chown(place, 65534, 65534)
            os.seteuid(65534)
            try:
                yield place
            finally:
                os.seteuid(0)
        else:
            yield place
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)
