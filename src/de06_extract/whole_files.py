"""Files that are written whole or not at all, and are no more open to others than what they tell of."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

EVERYBODY = 0o666  # who may read and write a file, as far as the system's own mask (umask) lets them
_OWNER = 0o600
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # together these follow no link


@contextmanager
def replacing(*outputs: Path, mode: int = EVERYBODY) -> Iterator[tuple[BinaryIO, ...]]:
    """Files to write to; what they hold takes the places of `outputs` once all is written, else nothing changes.

    They may be read by whom `mode` and the file that was there before let read, and nobody else. A link stays a link to
    the file it names. A device or pipe is written to, not replaced. Raises an `OSError`.
    """
    with ExitStack() as stack:
        places: list[tuple[BinaryIO, Path, Path]] = []
        for output in outputs:
            target = output.resolve()
            if target.exists() and not target.is_file():
                places.append((stack.enter_context(target.open("wb")), target, target))
                continue
            part = target.with_name(f".de06-extract.{token_hex(8)}.part")
            stack.callback(part.unlink, missing_ok=True)
            places.append((stack.enter_context(new_file(part, mode, like=target)), part, target))
        yield tuple(file for file, _, _ in places)
        for file, _, _ in places:
            file.close()
        for _, part, target in places:
            if part != target:
                part.replace(target)


def new_file(path: Path, mode: int = EVERYBODY, *, like: Path | None = None) -> BinaryIO:
    """A file that was not there, open to write, for whom `mode` and the permissions of the file `like` allow it.

    Raises an `OSError`, a `FileExistsError` where there is anything with this name, be it a link that leads nowhere.
    """
    descriptor = os.open(path, _NEW, mode & EVERYBODY | _OWNER)
    try:
        if like is not None and like.is_file() and hasattr(os, "fchmod"):
            os.fchmod(descriptor, narrowed(os.stat(like).st_mode, mode))
        return os.fdopen(descriptor, "wb")
    except BaseException:
        os.close(descriptor)
        path.unlink(missing_ok=True)
        raise


def narrowed(permissions: int, mode: int) -> int:
    """The permissions of a file without those that `mode` does not give; its owner may always read and write it.

    >>> [oct(narrowed(permissions, 0o640)) for permissions in (0o100644, 0o100600, 0o100444)]
    ['0o640', '0o600', '0o640']
    """
    return stat.S_IMODE(permissions) & mode & EVERYBODY | _OWNER
