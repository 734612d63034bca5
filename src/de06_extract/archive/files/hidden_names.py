"""Names of files and folders that are nobody's documents: hidden ones, lock files, what systems and this program leave.

A copy with notes says the same as the document that it lies beside, which would be counted twice.
"""

from __future__ import annotations

from functools import cache

from de06_extract.language.messages import messages

_BEGINNINGS = (".", "~$")
_NAMES = ("thumbs.db", "desktop.ini", "__macosx")


def is_hidden(name: str) -> bool:
    """True of the name of a file or folder that is passed over where it is not asked for by name.

    >>> [name for name in (".git", "~$bao cao.docx", "Thumbs.db", "bao cao.docx", "..") if is_hidden(name)]
    ['.git', '~$bao cao.docx', 'Thumbs.db']
    >>> is_hidden("bao cao.ghi-chu.pdf"), is_hidden("bao cao.sua.docx")
    (True, False)
    """
    return (name.startswith(_BEGINNINGS) and name != "..") or name.lower() in _NAMES or _is_copy(name)


def _is_copy(name: str) -> bool:
    return name.lower().endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(messages("annotations")["endings"]["notes"])
