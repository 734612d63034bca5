"""The files that are attached to mails, listed as those of an archive are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from de06_extract.errors import MissingFileError, TooLargeError, UnreadableError
from de06_extract.language.messages import said, system_reason
from de06_extract.readers import attachments
from de06_extract.regular_files import MOST, read_whole

_SUFFIXES = (".eml", ".msg")


def is_mail(file: str) -> bool:
    """True of a file that its name says to be a mail."""
    return PurePath(file).suffix.lower() in _SUFFIXES


def attached(file: str) -> Iterator[tuple[str, int]]:
    """The name and the number of each file that is attached to a mail; none to one that cannot be read."""
    try:
        found = attachments(_bytes(file), file)
    except UnreadableError:
        return  # who reads the mail itself says why
    taken = set[str]()
    for number, (name, _) in enumerate(found):
        unlike = name if name not in taken else f"{number + 1}-{name}"
        taken.add(unlike)
        yield unlike, number


def read_attached(
    file: str, number: int, path: str, most: int = MOST, allow: Callable[[int], None] = lambda size: None
) -> bytes:
    """The bytes of an attached file; `path` is how it is listed, so that a changed mail is noticed.

    `allow` is told how many bytes the mail has before it is read: what is attached is a part of them. Raises an
    `UnreadableError`.
    """
    found = attachments(_bytes(file, most, allow), file)
    if number >= len(found) or not path.endswith(found[number][0]):
        raise MissingFileError(said("errors", "no_longer_attached"))
    content = found[number][1]
    if len(content) > most:
        raise TooLargeError.of(len(content), most)
    return content


def _bytes(file: str, most: int = MOST, allow: Callable[[int], None] = lambda size: None) -> bytes:
    try:
        return read_whole(file, most, allow)
    except OSError as error:
        raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error
