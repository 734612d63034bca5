"""The files that are attached to mails, listed as those of an archive are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from de06_extract.archive.files.zip import Member
from de06_extract.errors import MissingFileError, TooLargeError, UnreadableError
from de06_extract.language.messages import said, system_reason
from de06_extract.readers import attachments
from de06_extract.regular_files import MOST, read_whole, stamp

MOST_ATTACHED = 1000  # files of one mail
_SUFFIXES = (".eml", ".msg")
_Attached = tuple[tuple[str, bytes], ...]


def is_mail(file: str) -> bool:
    """True of a file that its name says to be a mail."""
    return PurePath(file).suffix.lower() in _SUFFIXES


def attached(file: str, most: int = MOST) -> Iterator[Member]:
    """The files that are attached to a mail of at most `most` bytes; none to one that cannot be read."""
    try:
        found = _attached(file, most)
    except UnreadableError:
        return  # who reads the mail itself says why
    if len(found) > MOST_ATTACHED:
        why = TooLargeError(said("errors", "too_many_attached", count=len(found), most=MOST_ATTACHED))
        yield Member("*", (), why)
        return
    taken = set[str]()
    for number, (name, _) in enumerate(found):
        unlike = name if name not in taken else f"{number + 1}-{name}"
        taken.add(unlike)
        yield Member(unlike, (number,))


def read_attached(file: str, number: int, path: str, most: int = MOST) -> bytes:
    """The bytes of an attached file; `path` is how it is listed, so that a changed mail is noticed.

    Raises an `UnreadableError`, a `TooLargeError` where they or those of the mail are more than `most`.
    """
    found = _attached(file, most)
    if number >= len(found) or not path.endswith(found[number][0]):
        raise MissingFileError(said("errors", "no_longer_attached"))
    content = found[number][1]
    if len(content) > most:
        raise TooLargeError.of(len(content), most)
    return content


def _attached(file: str, most: int) -> _Attached:
    try:
        return _parsed(file, stamp(file), most)
    except OSError as error:
        raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error


@lru_cache(maxsize=1)
def _parsed(file: str, changed: tuple[int, ...], most: int) -> _Attached:
    """What is attached to a mail: read once for all that is attached, since that follows each other."""
    return attachments(read_whole(file, most), file)
