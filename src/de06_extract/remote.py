"""Files at URLs: `s3://bucket/folder`, `hdfs://host/folder` and whatever else fsspec reaches. Needs the extra `dask`.

A file is listed by the URL that was asked for, with what stands below it. Passwords belong into the configuration of
fsspec or of the storage, not into a URL, which stands in the store and in every table.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENOENT, ETIMEDOUT
from typing import Any
from urllib.parse import unquote

from de06_extract.errors import MissingFileError, TooLargeError, UnreadableError
from de06_extract.extras import MissingExtraError, load_extra

EXTRA = "dask"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+://")
_CHAIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+::")
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^/@:]*+):[^/@]*+@")
_HIDDEN_PASSWORD = ":***@"
_MAGIC = re.compile(r"[*?\[]")
_LOCAL = ("file", "local")
_PAGES = ("http", "https")  # have no folders
_ERRORS = (
    (FileNotFoundError, ENOENT),
    (PermissionError, EACCES),
    (IsADirectoryError, EISDIR),
    (TimeoutError, ETIMEDOUT),
)


def is_url(path: str) -> bool:
    """True for what has a scheme.

    >>> [is_url(path) for path in ("s3://bucket/folder", "/folder/a.pdf", "a.pdf", "C:/folder", "zip::s3://a/b.zip")]
    [True, False, False, False, True]
    """
    return bool(_SCHEME.match(path) or _CHAIN.match(path))


def local_path(url: str) -> str | None:
    """The path that a `file://` URL stands for, None for every other URL; a name may have its marks as «%20».

    >>> local_path("file:///archive/2025"), local_path("file://localhost/archive"), local_path("s3://bucket")
    ('/archive/2025', '/archive', None)
    """
    scheme, _, rest = url.partition("://")
    if scheme.lower() not in _LOCAL:
        return None
    path = "/" + rest.removeprefix("localhost").lstrip("/") if rest.startswith(("/", "localhost/")) else rest
    return path if os.path.lexists(path) or not os.path.lexists(unquote(path)) else unquote(path)


def find_urls(url: str, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    """The files at a URL, below a folder, or whose URLs match `*`, `?` and `[…]`, in the order of names.

    Only files and folders whose names are wanted; what is asked for by name always is. What cannot be listed is in the
    list itself: reading it says why. Raises `MissingExtraError` where the package for the scheme is not installed.
    """
    if _PASSWORD.search(url):
        yield _PASSWORD.sub(rf"\g<user>{_HIDDEN_PASSWORD}", url)
        return
    try:
        yield from _found(url.rstrip("/") if not url.endswith("://") else url, is_wanted)
    except MissingFileError:
        yield url


def read_url(url: str, most: int) -> bytes:
    """The bytes at a URL, unless they are more than `most`: then nothing is read.

    Raises `MissingFileError` with the reason, which does not name the URL, `TooLargeError`, and `MissingExtraError`.
    """
    if _HIDDEN_PASSWORD in url:
        raise MissingFileError("cannot be opened (a URL with a password would stand in every table: configure fsspec)")
    files, path = _file_system(url)
    with _one_reason():
        info = files.info(path)
        if info["type"] == "directory":
            files.ls(path, detail=True)  # a folder that could not be listed says why
            raise IsADirectoryError
        if (info.get("size") or 0) > most:
            raise TooLargeError.of(info["size"], most)
        data: bytes = files.cat_file(path)
        return data


def _found(url: str, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    files, path = _file_system(url)
    with _one_reason():
        files.invalidate_cache()
        scheme = url.partition("://")[0].lower()
        if scheme in _PAGES or (not _MAGIC.search(path)) or files.exists(path):
            yield from _at(files, url, path, None if scheme in _PAGES else files.info(path), is_wanted)
            return
        matches = files.glob(path, detail=True)
        if not matches:
            raise FileNotFoundError
        fixed = _MAGIC.split(path, maxsplit=1)[0].rpartition("/")[0]
        stem = _MAGIC.split(url, maxsplit=1)[0].rpartition("/")[0]
        if (stem + "/").endswith("://"):
            stem, fixed = stem + "/", ""
        for match, info in sorted(matches.items()):
            if is_wanted(_name(match)):
                yield from _at(files, stem + match[len(fixed) :], match, info, is_wanted)


def _at(files: Any, url: str, path: str, info: Any, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    """The file, or the wanted files below the folder, one listing at a time."""
    if info is None or info["type"] != "directory":
        yield url
        return
    try:
        with _one_reason():
            below = {entry["name"].rstrip("/"): entry for entry in files.ls(path, detail=True)}
            files.invalidate_cache()  # listings of a large archive are not kept
    except MissingFileError:
        yield url
        return
    for name, entry in sorted(below.items()):
        is_itself = name.strip("/") == path.strip("/")  # some storages list a folder among its files
        if not is_itself and is_wanted(_name(name)):
            yield from _at(files, f"{url.removesuffix('/')}/{_name(name)}", name, entry, is_wanted)


def _file_system(url: str) -> tuple[Any, str]:
    """The file system of a URL and the URL's path in it."""
    fsspec = load_extra("fsspec", EXTRA)
    scheme = url.partition("://")[0].lower()
    if "::" in url:
        raise MissingFileError("cannot be opened (a chain of URLs)")
    known = fsspec.registry.known_implementations
    if scheme not in known and scheme not in fsspec.registry:
        raise MissingFileError(f"cannot be opened ({scheme}:// is not known)")
    try:
        with _one_reason():
            files, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        hint = known.get(scheme, {}).get("err") or str(error)
        raise MissingExtraError(f"{scheme}://: {hint}") from error
    return files, path


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


@contextmanager
def _one_reason() -> Iterator[None]:
    """Turns whatever the library of a storage raises into one reason."""
    try:
        yield
    except (ImportError, UnreadableError):
        raise
    except Exception as error:  # boto's, paramiko's, aiohttp's: no family is common to them
        raise MissingFileError(f"cannot be opened ({_reason(error)})") from error


def _reason(error: Exception) -> str:
    """Why, in the words of the operating system where it has some for it."""
    for kind, number in _ERRORS:
        if isinstance(error, kind):
            return os.strerror(number)
    words = (getattr(error, "strerror", None) or str(error)).strip()
    return words.splitlines()[0] if words else type(error).__name__
