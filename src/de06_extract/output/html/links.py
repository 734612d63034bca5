"""The address of a source file in a page that lies beside it, safe for any name that a file can have."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

_DRIVE = re.compile(r"[A-Za-z]:/")
_IN_ARCHIVE = re.compile(r"(?i)(?<=\.zip)!/")


def address(path: str, folder: Path | None = None) -> str | None:
    """The address of a local file, relative to `folder` where that is given; None for a path that is not local.

    A file inside a ZIP file has the address of that. Only letters of ASCII, digits, «/» and what means nothing in an
    address stand as they are, so no name can begin a scheme, end an attribute or name a part of a page.

    >>> address("/archive/Báo cáo #1.pdf")
    'file:///archive/B%C3%A1o%20c%C3%A1o%20%231.pdf'
    >>> address("/archive/2024/a.zip!/b.pdf", Path("/archive/out"))
    './../2024/a.zip'
    >>> address("s3://archive/a.pdf"), address("javascript:alert(1)")
    (None, None)
    """
    local = unquote(path.removeprefix("file://")) if path.startswith("file:///") else path
    local = _IN_ARCHIVE.split(local, maxsplit=1)[0]
    if not (local.startswith("/") or _DRIVE.match(local)) or "\0" in local:
        return None
    drive = _DRIVE.match(local)
    if folder is not None and (drive is None or os.name == "nt"):
        with suppress(ValueError):  # another drive
            return "./" + _escaped(os.path.relpath(local, os.path.abspath(folder)).replace(os.sep, "/"))
    return f"file:///{drive[0]}{_escaped(local[drive.end() :])}" if drive else f"file://{_escaped(local)}"


def _escaped(path: str) -> str:
    """The bytes of the name as the file system has them, each that is not plain as «%» and two digits."""
    return quote(path.encode("utf-8", "surrogateescape" if _is_bytes(path) else "replace"), safe="/")


def _is_bytes(path: str) -> bool:
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True
