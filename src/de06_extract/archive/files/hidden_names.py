"""Names of files and folders that are nobody's documents: hidden ones, lock files, what systems leave behind."""

from __future__ import annotations

_BEGINNINGS = (".", "~$")
_NAMES = ("thumbs.db", "desktop.ini", "__macosx")


def is_hidden(name: str) -> bool:
    """True of the name of a file or folder that is passed over where it is not asked for by name.

    >>> [name for name in (".git", "~$bao cao.docx", "Thumbs.db", "bao cao.docx", "..") if is_hidden(name)]
    ['.git', '~$bao cao.docx', 'Thumbs.db']
    """
    return (name.startswith(_BEGINNINGS) and name != "..") or name.lower() in _NAMES
