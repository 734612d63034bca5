"""The way from a page, a workbook or a log to a source file, safe for any name that a file or a member of a ZIP has.

Members have names that the maker of a ZIP file chose. They never decide what is opened: a page and a workbook lead to
the ZIP file itself, and in a URI no part of such a name leads upwards.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote

INSIDE = "!/"  # between the path of an archive and the name of what is in it
_DRIVE = re.compile(r"[A-Za-z]:/")
_UPWARDS = frozenset({"", ".", ".."})  # parts of a path that name no file
_WEB = re.compile(r"https?://[^/\\@]+/", re.IGNORECASE)
# Where archives lie. What else looks like a URL («javascript://…», «smb://…») is a name and nothing that is opened.
_SCHEME = re.compile(
    r"(?:https?|s3a?|gc?s|az|abfss?|adl|wasbs?|hdfs|webhdfs|oss|cos|dbfs|ftps?|sftp|memory)://", re.IGNORECASE
)


class _Place(NamedTuple):
    """A file of this computer: relative to a folder, or with its drive or root."""

    path: str
    is_relative: bool


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
    place = _place(path, folder)
    if place is None:
        return None
    drive = _DRIVE.match(place.path)
    if place.is_relative:
        return "./" + _escaped(place.path)
    return f"file:///{drive[0]}{_escaped(place.path[drive.end() :])}" if drive else f"file://{_escaped(place.path)}"


def cell_address(path: str, folder: Path | None = None) -> str | None:
    """The address of a local file or a page of the web as a cell of a workbook has it; None for any other.

    Letters stand as they are, since Excel reads them; no name is a path of the network or begins a scheme.

    >>> cell_address("/archive/100% #1.pdf", Path("/archive")), cell_address("/archive/http:x.txt", Path("/archive"))
    ('external:././100%25%20%231.pdf', 'external:././http%3Ax.txt')
    >>> cell_address("https://example.org/a.pdf"), cell_address("smb://example.org/a.pdf")
    ('https://example.org/a.pdf', None)
    """
    local = _file(path)
    if "://" in local and not local.startswith("file:///"):
        return path if _WEB.match(path) else None
    is_whole = local.startswith("file:///") or _DRIVE.match(local)
    place = _place(local if is_whole else os.path.abspath(local).replace(os.sep, "/"), folder)
    if place is None:
        return None
    drive = _DRIVE.match(place.path)
    begin = drive.end() if drive and not place.is_relative else 0
    target = place.path[begin:]
    for mark in "%:# ":  # the per cent sign first, or it would be escaped twice
        target = target.replace(mark, f"%{ord(mark):02X}")
    # The library takes one «./» away; with the other what follows is a path whatever it begins with.
    return "external:" + ("././" if place.is_relative else "") + place.path[:begin] + target


def uri(path: str) -> str:
    """The URI of a path that begins at the root, or is one already, of a place where archives lie.

    >>> uri("C:/Báo cáo"), uri("https://a.vn/B%C3%A1o?x=1")
    ('file:///C:/B%C3%A1o%20c%C3%A1o', 'https://a.vn/B%C3%A1o?x=1')
    >>> uri("/kho/a.zip!/../../b.txt"), uri("//máy/chung/a.txt"), uri("javascript://%0aalert(1)")
    ('file:///kho/a.zip!/b.txt', 'file:///m%C3%A1y/chung/a.txt', 'file:///javascript%3A//%250aalert(1)')
    """
    if _WEB.match(path):
        return quote(_downwards(path), safe="/!$&'()*+,;=@:%?#[]", errors="replace")
    if _SCHEME.match(path):
        return quote(_downwards(path), safe="/!$&'()*+,;=@:", errors="replace")
    drive = _DRIVE.match(path)
    if drive:
        return f"file:///{drive[0]}{relative_uri(path[drive.end() :])}"
    return f"file:///{relative_uri(path.lstrip('/'))}"


def relative_uri(path: str) -> str:
    """The path as a relative URI that leads downwards; a colon in it begins no scheme.

    >>> relative_uri("2024/a.bin!/../../../etc/passwd"), relative_uri("c:d/[x].txt")
    ('2024/a.bin!/etc/passwd', 'c%3Ad/%5Bx%5D.txt')
    """
    return quote(_downwards(path), safe="/!$&'()*+,;=@", errors="replace")


def _downwards(path: str) -> str:
    """The path without parts that lead upwards, in the name of a member or elsewhere."""
    file, inside, name = path.partition(INSIDE)
    if not inside and _SCHEME.match(path):
        return path
    kept = file.split("/") if _SCHEME.match(path) else _named(file.split("/"), ("..", "."))
    return "/".join(kept) + (INSIDE + "/".join(_named(name.split("/"), ("..", ".", ""))) if inside else "")


def _named(parts: Sequence[str], but: Sequence[str]) -> list[str]:
    """The parts that name something, also on a computer that takes «\\» for a separator."""
    return [part for part in parts if part not in but and not {".."} & set(part.split("\\"))]


def _place(path: str, folder: Path | None) -> _Place | None:
    """The file on this computer, the ZIP file for a member; None for another place, and for a name with «\\».

    Such a name is a path on Windows, whatever it is elsewhere: «\\\\server\\share», «..\\..\\a».
    """
    local = unquote(path.removeprefix("file://")) if path.startswith("file:///") else path
    local = _file(local)
    drive = _DRIVE.match(local)
    if not (local.startswith("/") or drive) or "\0" in local or "\\" in local:
        return None
    if _UPWARDS & set(local[drive.end() if drive else 1 :].split("/")):
        return None
    if folder is not None and (drive is None or os.name == "nt"):
        with suppress(ValueError):  # another drive
            return _Place(os.path.relpath(local, os.path.abspath(folder)).replace(os.sep, "/"), True)
    return _Place(local, False)


def _file(path: str) -> str:
    """The path up to the name of a member, whatever the archive is called.

    A folder may be called «a!»: it is taken for one where its name has no dot and nothing behind it leads upwards.

    >>> [_file(path) for path in ("/k/a.bin!/b!/c.txt", "/k/wow!/b.zip!/c.txt", "/k/wow!/b.txt", "/k/data!/../b.txt")]
    ['/k/a.bin', '/k/wow!/b.zip', '/k/wow!/b.txt', '/k/data']
    """
    files = [path[: match.start()] for match in re.finditer(INSIDE, path)]
    for file in files:
        if PurePosixPath(file).suffix:
            return file
    if files and _UPWARDS & set(path[len(files[0]) + len(INSIDE) :].split("/")):
        return files[0]
    return path


def _escaped(path: str) -> str:
    """The bytes of the name as the file system has them, each that is not plain as «%» and two digits."""
    return quote(path.encode("utf-8", "surrogateescape" if _is_bytes(path) else "replace"), safe="/")


def _is_bytes(path: str) -> bool:
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True
