"""The files that paths stand for: files, folders with all that is in them, patterns, ZIP archives and files in these.

What a user names is taken; in folders and archives hidden files are passed over, folders that are links are not
entered, and files that are links are not followed, since whoever puts a link there may not be one who may read what it
leads to. Everything else becomes an entry, whatever its format, and what cannot be listed becomes one that says so.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from fnmatch import translate
from functools import lru_cache
from glob import has_magic
from operator import attrgetter
from pathlib import Path
from unicodedata import normalize

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.hidden_names import is_hidden
from de06_extract.archive.files.mails import is_mail
from de06_extract.archive.files.patterns import EVERY_FILE, PathPatterns
from de06_extract.archive.files.remote import find_urls, is_url, local_path
from de06_extract.archive.files.seven_zip import is_seven_zip
from de06_extract.archive.files.zip import SUFFIX, Member, is_archive, members
from de06_extract.errors import LinkedFileError, MissingFileError, PathsError, UnreadableError
from de06_extract.heartbeat import step
from de06_extract.language.messages import said, system_reason
from de06_extract.readers import readers

_INSIDE = "!/"  # between the path of an archive and the name of what is in it
_ANY_DEPTH = "**"
_OFFICE = {".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xlsb", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp"}
_CASE = re.IGNORECASE if os.name == "nt" else re.NOFLAG


class ListedFiles:
    """The entries at some paths, in the order of how they are listed, each once; `left_out` are not wanted."""

    def __init__(
        self, entries: Iterable[ArchiveFile], places: Iterable[_Place], left_out: AbstractSet[str] = frozenset()
    ) -> None:
        by_path: dict[str, ArchiveFile] = {}
        for entry in entries:  # a link that was met in a folder and is named as well is followed
            if entry.failure is None or entry.path not in by_path:
                by_path[entry.path] = entry
        self.entries = tuple(by_path[path] for path in sorted(by_path))
        self.left_out = left_out - by_path.keys()
        self._places = tuple(places)

    def misses(self, path: str) -> bool:
        """True of a path that would be among the entries if there were still such a file."""
        at = bisect_left(self.entries, path, key=attrgetter("path"))
        is_there = at < len(self.entries) and self.entries[at].path == path
        return not is_there and path not in self.left_out and any(place.covers(path) for place in self._places)


def find_entries(
    paths: Iterable[str | Path],
    *,
    but: Iterable[Path] = (),
    wanted: PathPatterns = EVERY_FILE,
    containers: Containers | None = None,
) -> ListedFiles:
    """The files at these paths, without those of `but`, the program's own, wherever they lie.

    Those in folders and archives, or met by a pattern, are wanted as seen from there; a file that is named itself is.
    `containers` lists mails and 7z archives, this process where that is not given.

    Raises a `PathsError` that names every path with nothing behind it, and every pattern that no file matches.
    """
    own = {_listed(form(path)) for path in but for form in (os.path.abspath, os.path.realpath)}
    entries: list[ArchiveFile] = []
    places: list[_Place] = []
    problems: list[str] = []
    left_out: set[str] = set()
    for path in map(str, paths):
        try:
            place, found = _place(path)
            found = _with_members(found, containers or Containers())
            if place.is_inside:
                found = _found("not_in_archive", (entry for entry in found if place.covers(entry.path)))
            places.append(place)
            for entry in found:
                if wanted is not EVERY_FILE and not place.is_wanted(entry, wanted):
                    left_out.add(entry.path)
                elif entry.path not in own:
                    entries.append(entry)
        except MissingFileError as error:
            problems.append(f"{path or '«»'}: {error}")
    if problems:
        raise PathsError(tuple(problems))
    return ListedFiles(entries, places, left_out)


class _Place:
    """A place that a path points to, with all that lies below; it may be inside of an archive."""

    def __init__(self, listed: str, *, is_pattern: bool = False, is_inside: bool = False) -> None:
        self.is_inside = is_inside
        self.parts = tuple(_part(part) if is_pattern else part for part in _parts(listed))

    def covers(self, path: str) -> bool:
        """True of a path at this place or below it."""
        return _fits(self.parts, _parts(path))

    def is_wanted(self, entry: ArchiveFile, wanted: PathPatterns) -> bool:
        """True of an entry that is named itself, or wanted as seen from here."""
        fixed = next((number for number, part in enumerate(self.parts) if not isinstance(part, str)), len(self.parts))
        below = "/".join(_parts(entry.path)[fixed:])
        is_known = entry.failure is None or isinstance(entry.failure, LinkedFileError)
        return not below or wanted.wants(below, is_known=is_known)


_Part = str | re.Pattern[str] | None  # a name, a pattern of one, any number of names


def _part(part: str) -> _Part:
    if not has_magic(part):
        return part
    return None if part == _ANY_DEPTH else _pattern(part)


def _fits(wanted: Sequence[_Part], parts: Sequence[str]) -> bool:
    """True where the first parts are the wanted ones."""
    for number, want in enumerate(wanted):
        if want is None:
            return any(_fits(wanted[number + 1 :], parts[skipped:]) for skipped in range(number, len(parts) + 1))
        if number == len(parts):
            return False
        if parts[number] != want if isinstance(want, str) else not want.match(normalize("NFC", parts[number])):
            return False
    return True


def _place(path: str) -> tuple[_Place, Iterator[ArchiveFile]]:
    """The place that a path names, and the files there; raises a `MissingFileError` where nothing is there."""
    if is_url(path):
        local = local_path(path)
        if local is None:
            return _Place(path, is_pattern=has_magic(path)), _at_url(path)
        path = local
    if not path:
        raise MissingFileError(said("errors", "no_path"))
    whole = _absolute(path)
    listed = _listed(whole)
    try:
        os.lstat(whole)
    except OSError as error:
        archive, inside, _ = whole.replace(os.sep, "/").partition(_INSIDE)
        if inside and os.path.isfile(archive):
            return _Place(listed, is_inside=True), _at_file(archive)
        if has_magic(path):
            return _Place(listed, is_pattern=True), _found("no_match", _by_pattern(whole))
        raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error
    return _Place(listed), _in_folder(whole) if os.path.isdir(whole) else _at_file(whole)


def _found(key: str, entries: Iterable[ArchiveFile]) -> Iterator[ArchiveFile]:
    """The entries; without one, an error that says the words under a key."""
    none = True
    for entry in entries:
        none = False
        yield entry
    if none:
        raise MissingFileError(said("errors", key))


def _with_members(entries: Iterable[ArchiveFile], containers: Containers) -> Iterator[ArchiveFile]:
    """The entries with those of the files that are attached to mails, and those in 7z archives in place of these."""
    for entry in entries:
        file = entry.file or entry.path
        if entry.failure is not None or entry.numbers or is_url(file):
            yield entry
        elif is_seven_zip(file):
            yield from _members(file, containers.members)
        else:
            yield entry
            if is_mail(file):
                yield from _attached(entry, file, containers)


def _attached(mail: ArchiveFile, file: str, containers: Containers) -> Iterator[ArchiveFile]:
    """The entries of the files that are attached to a mail; none to one that cannot be read, whose own row says why."""
    with suppress(UnreadableError):
        for name, numbers, failure in containers.members(file):
            yield ArchiveFile(f"{mail.path}{_INSIDE}{name}", file, numbers, failure)


def _by_pattern(whole: str) -> Iterator[ArchiveFile]:
    parts = Path(whole).parts
    first = next(number for number, part in enumerate(parts) if has_magic(part))
    return _matching(os.path.join(*parts[:first]), parts[first:])


def _matching(path: str, parts: tuple[str, ...]) -> Iterator[ArchiveFile]:
    """The entries at what matches the parts of a pattern below a folder; hidden names must be asked for."""
    if not parts or parts == (_ANY_DEPTH,):
        yield from _in_folder(path) if os.path.isdir(path) else _met(path, is_link=os.path.islink(path))
    elif not has_magic(parts[0]):
        below = os.path.join(path, parts[0])
        if os.path.lexists(below):
            yield from _matching(below, parts[1:])
    elif parts[0] == _ANY_DEPTH:
        yield from _matching_at_any_depth(path, parts)
    else:
        for item in _listing(path):
            if isinstance(item, ArchiveFile):
                yield item
            elif _agree(parts[0], item.name) and (len(parts) == 1 or os.path.isdir(item.path)):
                yield from _matching(item.path, parts[1:])


def _matching_at_any_depth(path: str, parts: tuple[str, ...]) -> Iterator[ArchiveFile]:
    """The entries at what matches a pattern that begins with `**`: in the folder itself and in those below."""
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        yield from _matching(folder, parts[1:])
        for item in _listing(folder):
            if isinstance(item, ArchiveFile):
                yield item
            elif _is_folder(item) and not is_hidden(item.name):
                waiting.append(item.path)


def _in_folder(folder: str) -> Iterator[ArchiveFile]:
    """The entries in a folder and in those below."""
    waiting = [folder]
    while waiting:
        for item in _listing(waiting.pop()):
            if isinstance(item, ArchiveFile):
                yield item
            elif is_hidden(item.name):
                continue
            elif _is_folder(item):
                waiting.append(item.path)
            elif not (item.is_symlink() and os.path.isdir(item.path)):
                yield from _met(item.path, is_link=item.is_symlink())


def _met(file: str, *, is_link: bool) -> Iterator[ArchiveFile]:
    """The entries at a file that nobody named, or one that says that it is a link."""
    if is_link:
        yield _entry(file, LinkedFileError(said("errors", "link")))
    else:
        yield from _at_file(file)


def _listing(folder: str) -> Iterator[os.DirEntry[str] | ArchiveFile]:
    """The entries of a folder, or a file that says why they are not known."""
    step()
    try:
        with os.scandir(folder) as listing:
            yield from listing
    except OSError as error:
        yield _entry(folder, MissingFileError(said("errors", "unlisted", reason=system_reason(error))))


def _is_folder(item: os.DirEntry[str]) -> bool:
    """True of a folder to be entered: not of a link to one, nor of what Windows calls a junction."""
    try:
        if not item.is_dir(follow_symlinks=False):
            return False
        tag = getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0) if os.name == "nt" else 0
    except OSError:
        return False
    return tag != getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


def _at_file(file: str) -> Iterator[ArchiveFile]:
    """The entry of a file, or those of the files in a ZIP archive."""
    suffix = os.path.splitext(file)[1].lower()
    if suffix in readers() or suffix in _OFFICE or not os.path.isfile(file) or not is_archive(file):
        yield _entry(file)
    else:
        yield from _members(file)


def _at_url(url: str) -> Iterator[ArchiveFile]:
    """The entries at a URL; only a name says of a file there that it is an archive."""
    for file, failure in find_urls(url, lambda name: not is_hidden(name)):
        if failure is None and os.path.splitext(file)[1].lower() == SUFFIX and is_archive(file):
            yield from _members(file)
        else:
            yield ArchiveFile(file, failure=failure)


def _members(file: str, members: Callable[[str], Iterable[Member]] = members) -> Iterator[ArchiveFile]:
    """The entries of the files in an archive, or that of an archive that cannot be read."""
    archive = _entry(file)
    try:
        for name, numbers, failure in members(file):
            yield ArchiveFile(f"{archive.path}{_INSIDE}{name}", file, numbers, failure)
    except UnreadableError as error:
        yield _entry(file, error)


def _entry(file: str, failure: UnreadableError | None = None) -> ArchiveFile:
    if is_url(file):
        return ArchiveFile(file, failure=failure)
    listed = _listed(file)
    return ArchiveFile(listed, None if listed == file.replace(os.sep, "/") else file, (), failure)


def _absolute(path: str) -> str:
    """The path from the root on; «..» goes to where a link leads, as it does for the system."""
    parts = Path(path).parts
    if ".." not in parts:
        return os.path.abspath(path)
    after = len(parts) - parts[::-1].index("..")
    return os.path.join(os.path.realpath(os.path.join(*parts[:after])), *parts[after:])


def _listed(path: str) -> str:
    """The path as text: bytes that are not UTF-8 are written «\\xe1»."""
    return os.fsencode(path.replace(os.sep, "/")).decode("utf-8", "backslashreplace")


def _parts(listed: str) -> list[str]:
    return listed.replace(_INSIDE, "/").rstrip("/").split("/")


@lru_cache
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(translate(normalize("NFC", _listed(part))), _CASE)


def _agree(part: str, name: str) -> bool:
    """True of a name that a pattern matches; a hidden one must begin as the pattern does."""
    is_asked_for = not is_hidden(name) or name[0] == part[0]
    return is_asked_for and _pattern(part).match(normalize("NFC", _listed(name))) is not None
