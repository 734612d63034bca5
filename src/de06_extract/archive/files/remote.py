"""Files at URLs: `s3://bucket/folder`, `hdfs://host/folder` and whatever else fsspec reaches. Needs the extra `remote`.

A file is listed by the URL that was asked for, with what stands below it. Passwords belong into the configuration of
fsspec or of the storage, not into a URL, which stands in the store and in every table.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENOENT, ETIMEDOUT
from glob import has_magic
from typing import Any, BinaryIO, cast
from urllib.parse import unquote

from de06_extract.errors import MissingFileError, TooLargeError, UnreadableError
from de06_extract.heartbeat import step
from de06_extract.language.messages import said, system_reason
from de06_extract.optional_libraries import MissingExtraError, load_extra

EXTRA = "remote"
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*+)(?:://|::)")
_MAGIC = re.compile(r"[*?\[]")
_PASSWORD = re.compile(r"://[^/@:]*+:[^/@]*+@")
_LOCAL = ("file", "local")
_PAGES = ("http", "https")  # have no folders
_NUMBERS = (
    (FileNotFoundError, ENOENT),
    (PermissionError, EACCES),
    (IsADirectoryError, EISDIR),
    (TimeoutError, ETIMEDOUT),
)


def is_url(path: str) -> bool:
    """True for a path with a scheme («https://…»).

    >>> [is_url(path) for path in ("s3://bucket/folder", "/folder/a.pdf", "a.pdf", "C:/folder", "zip::s3://a/b.zip")]
    [True, False, False, False, True]
    """
    return _SCHEME.match(path) is not None


def local_path(url: str) -> str | None:
    """The path that a `file://` URL stands for, None for every other URL; a name may have its marks as «%20».

    >>> local_path("file:///archive/2025"), local_path("file://localhost/archive"), local_path("s3://bucket")
    ('/archive/2025', '/archive', None)
    """
    scheme, _, path = url.partition("://")
    if scheme.lower() not in _LOCAL:
        return None
    path = path.removeprefix("localhost") if path.startswith("localhost/") else path
    return path if os.path.lexists(path) or not os.path.lexists(unquote(path)) else unquote(path)


def find_urls(url: str, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, UnreadableError | None]]:
    """The files at a URL, below a folder, or whose URLs match `*`, `?` and `[…]`; and folders with why they are closed.

    Files and folders below have names that are wanted; what is asked for by name always is. Raises a
    `MissingFileError` where there is nothing, `MissingExtraError` where the package for the scheme is not installed.
    """
    files, path = _file_system(url)
    scheme = url.partition("://")[0].lower()
    if scheme in _PAGES:
        yield url, None
        return
    url = url if url.endswith("://") else url.rstrip("/")
    with _one_reason("unopened"):
        files.invalidate_cache()
        matches = {} if not has_magic(path) or files.exists(path) else files.glob(path, detail=True)
        if not matches:
            yield from _at(files, url, path, files.info(path), is_wanted)
            return
    for match, info in sorted(matches.items()):
        if is_wanted(_name(match)):
            yield from _at(files, _along(url, path, match), match, info, is_wanted)


def read_url(url: str, most: int, allow: Callable[[int], None] = lambda size: None) -> bytes:
    """The bytes at a URL, unless they are more than `most`: then nothing is read; `allow` is told their number before.

    Of one whose number the storage does not say, `most` and one more are read to see whether they are too many.

    Raises an `UnreadableError` whose message does not name the URL, and `MissingExtraError`.
    """
    files, path = _file_system(url)
    with _one_reason("unopened"):
        info = files.info(path)
        if info["type"] == "directory":
            raise MissingFileError(said("errors", "no_regular_file"))
        size = info.get("size")
        if size is not None and size > most:
            raise TooLargeError.of(size, most)
        allow(most if size is None else size)
        with files.open(path, "rb") as opened:  # not in one piece: a server may send more than it said
            data = cast(bytes, opened.read((most if size is None else size) + 1))
        if size is not None and len(data) > size:
            raise MissingFileError(said("errors", "grows"))
        if len(data) > most:
            raise TooLargeError.of(len(data), most)
        return data


def open_url(url: str) -> BinaryIO:
    """The file at a URL, to be read in any order. Raises as `read_url` does."""
    files, path = _file_system(url)
    with _one_reason("unopened"):
        return cast(BinaryIO, files.open(path, "rb"))


def stamp_of_url(url: str) -> tuple[str, ...]:
    """A stamp that differs after the file at a URL was changed. Raises as `read_url` does."""
    files, path = _file_system(url)
    with _one_reason("unopened"):
        return (str(files.ukey(path)),)


def _at(
    files: Any, url: str, path: str, info: Any, is_wanted: Callable[[str], bool]
) -> Iterator[tuple[str, UnreadableError | None]]:
    """The file, or the wanted files below the folder, one listing at a time."""
    waiting = [(url, path, info)]  # the last is the next; folders may lie in each other deeper than calls may
    while waiting:
        url, path, info = waiting.pop()
        if info["type"] != "directory":
            yield url, None
            continue
        step()
        try:
            with _one_reason("unlisted"):
                below = {entry["name"].rstrip("/"): entry for entry in files.ls(path, detail=True)}
                files.invalidate_cache()  # the listings of a large archive are not kept
        except MissingFileError as error:
            yield url, error
            continue
        for name, entry in sorted(below.items(), reverse=True):
            is_itself = name.strip("/") == path.strip("/")  # some storages list a folder among its files
            if not is_itself and is_wanted(_name(name)):
                waiting.append((f"{url.removesuffix('/')}/{_name(name)}", name, entry))


def _along(url: str, path: str, match: str) -> str:
    """The URL of what matches a pattern.

    >>> _along("s3://bucket-*/x", "bucket-*/x", "bucket-1/x"), _along("hdfs://host/a/*.txt", "/a/*.txt", "/a/b.txt")
    ('s3://bucket-1/x', 'hdfs://host/a/b.txt')
    """
    fixed = _MAGIC.split(path, maxsplit=1)[0].rpartition("/")[0]
    return url.removesuffix(path[len(fixed) :]) + match[len(fixed) :]


def _file_system(url: str) -> tuple[Any, str]:
    """The file system of a URL and the URL's path in it."""
    if _PASSWORD.search(url):
        raise MissingFileError(said("errors", "password_in_url"))
    scheme, mark, _ = url.partition("://")
    if not mark or "::" in url:
        raise MissingFileError(said("errors", "chained_url"))
    fsspec = load_extra("fsspec", EXTRA)
    if scheme.lower() not in fsspec.available_protocols():
        raise MissingFileError(said("errors", "unknown_scheme", scheme=scheme))
    try:
        with _one_reason("unopened"):
            return cast(tuple[Any, str], fsspec.core.url_to_fs(url))
    except ImportError as error:
        known = load_extra("fsspec.registry", EXTRA).known_implementations
        raise MissingExtraError(f"{scheme}://: {known.get(scheme, {}).get('err') or error}") from error


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


@contextmanager
def _one_reason(what: str) -> Iterator[None]:
    """Turns whatever the library of a storage raises into one line."""
    try:
        yield
    except (ImportError, UnreadableError):
        raise
    except Exception as error:  # boto's, paramiko's, aiohttp's: no family is common to them
        raise MissingFileError(said("errors", what, reason=_reason(error))) from error


def _reason(error: Exception) -> str:
    """The reason for an error, in the words of the operating system where it has any."""
    for kind, number in _NUMBERS:
        if isinstance(error, kind):
            return system_reason(OSError(number, os.strerror(number)))
    words = (getattr(error, "strerror", None) or str(error)).strip()
    return words.splitlines()[0] if words else type(error).__name__
