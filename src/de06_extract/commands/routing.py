"""Which command is meant where none is named: one file is extracted, everything else is checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_STDIN = "-"
_ALIKE = 0.7  # from here on a word is taken for a command misspelt: «chekc» is, «bao-cao» is not
_GLOB = "*?["


def paths_of(arguments: Sequence[str], commands: Iterable[Any]) -> list[str] | None:
    """The arguments that are no options of these commands nor their values; None where an option is not known."""
    takes_value = {
        name: not option.is_flag
        for command in commands
        for option in command.params
        if hasattr(option, "is_flag")
        for name in (*option.opts, *option.secondary_opts)
    }
    paths: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*paths, *words]
        if not word.startswith("-") or word == _STDIN:
            paths.append(word)
        elif not _skip(word, words, takes_value):
            return None
    return paths


def _skip(word: str, behind: Iterator[str], takes_value: dict[str, bool]) -> bool:
    """Skips the value of an option that stands behind it; False where the option is not known."""
    name = word.partition("=")[0] if word.startswith("--") else word[:2]
    if name in ("--help", "-h"):
        return True
    if name not in takes_value:
        return False
    if takes_value[name] and len(word) == len(name):
        next(behind, None)
    return True


def is_many(paths: Sequence[str]) -> bool:
    """True of what stands for several files: more than one path, a folder, a pattern, an archive, a URL.

    >>> is_many(["a.pdf"]), is_many(["a.pdf", "b.pdf"]), is_many(["*.pdf"]), is_many(["https://example.com/a.pdf"])
    (False, True, True, True)
    """
    if len(paths) != 1:
        return len(paths) > 1
    (path,) = paths
    if os.path.lexists(path):
        return os.path.isdir(path) or _is_archive(path)
    return any(mark in path for mark in _GLOB) or "://" in path or "!/" in path


def _is_archive(path: str) -> bool:
    if os.path.splitext(path)[1].lower() not in (".zip", ".7z"):
        return False
    from de06_extract.archive.files.seven_zip import is_seven_zip
    from de06_extract.archive.files.zip import is_archive

    return is_seven_zip(path) or is_archive(path)


def misspelt(paths: Sequence[str], commands: Iterable[str]) -> str | None:
    """The command that the first path seems to be, where no file is called so and others stand behind it.

    >>> misspelt(["chekc", "corpus"], ["check", "rules"]), misspelt(["báo-cáo", "corpus"], ["check", "rules"])
    ('check', None)
    """
    if not paths or os.path.lexists(paths[0]) or os.path.splitext(paths[0])[1]:
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(paths[0].lower(), list(commands), 1, _ALIKE)), None)
