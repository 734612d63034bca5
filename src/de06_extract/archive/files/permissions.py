"""Who may read the files of an archive, so that nobody else may read what is made of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.remote import is_url
from de06_extract.whole_files import EVERYBODY, narrowed


def mode_of(file: str | Path | int) -> int:
    """The permissions of a file, given by its name or as an open one; everybody's where it is none, or has none.

    >>> oct(mode_of("no such file"))
    '0o666'
    """
    with suppress(OSError, ValueError):
        permissions = os.stat(file).st_mode
        if os.name == "posix" and stat.S_ISREG(permissions):
            return narrowed(permissions, EVERYBODY)
    return EVERYBODY


def narrowest_mode(entries: Iterable[ArchiveFile]) -> int:
    """The permissions that all files of an archive give; files at URLs have none."""
    mode, before = EVERYBODY, ""
    for entry in entries:
        file = entry.file or entry.path  # a file in an archive always says which one is opened
        if file == before or is_url(file):
            continue  # the files in one archive follow each other
        before = file
        mode &= mode_of(file)
        if mode == narrowed(0, 0):  # nobody but the owner: no other file changes that
            break
    return mode
