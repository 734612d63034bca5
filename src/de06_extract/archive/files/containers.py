"""Mails and 7z archives: the files in them, listed and read by a process of its own within limits.

Both are parsed by libraries that take what a file makes them take, and neither time nor memory of theirs can be bounded
from inside. What goes beyond the limits is the outcome of that one file.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Literal, NamedTuple

from de06_extract.archive.files.mails import attached, is_mail, read_attached
from de06_extract.archive.files.seven_zip import read_seven_zip_member, seven_zip_members, size_in_seven_zip
from de06_extract.archive.files.zip import Member
from de06_extract.archive.store.outcome import Options, Outcome, error_of, packed_or_failed
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.archive.workers.worker import Worker
from de06_extract.errors import InternalError, UnreadableError
from de06_extract.regular_files import MOST


class _Asked(NamedTuple):
    """What is asked of a file: its members, or the size or the bytes of that with a number, listed at a path."""

    what: Literal["members", "size", "bytes"]
    file: str
    most: int
    number: int = 0
    path: str = ""


class Containers:
    """Who lists and reads mails and 7z archives: a process of its own where there are limits, else this one.

    It speaks the language that is spoken where it is made. Used with `with`, it leaves no process behind. It may be
    shared by threads, which then wait for each other.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._most = MOST if limits is None else limits.most_bytes
        self._worker = None if limits is None else Worker(Options(), limits, make=container_outcome_of)

    def __enter__(self) -> Containers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def members(self, file: str) -> Iterator[Member]:
        """The files in a mail or a 7z archive. Raises an `UnreadableError` for an archive that cannot be read."""
        for name, numbers, failure in self._answer(_Asked("members", file, self._most)):
            yield Member(name, tuple(numbers), None if failure is None else _error(Outcome(None, {}, (), (), *failure)))

    def read(
        self, file: str, number: int, path: str, most: int = MOST, allow: Callable[[int], None] = lambda size: None
    ) -> bytes:
        """The bytes of the file with this number in a mail or an archive; `path` is how it is listed.

        `allow` is told their number before they are read. Raises an `UnreadableError`, if the mail or archive has
        changed as well, or if they are more than `most`.
        """
        asked = _Asked("size", file, most, number, path)
        allow(self._answer(asked))
        content: bytes = self._answer(asked._replace(what="bytes"))
        return content

    def close(self) -> None:
        """Ends the process."""
        if self._worker is not None:
            self._worker.close()

    def _answer(self, asked: _Asked) -> Any:
        if self._worker is None:
            return _answer(asked)
        outcome = self._worker.outcome(pickle.dumps(tuple(asked)), "").outcome
        if outcome.report is None:
            raise _error(outcome)
        return plain_values(outcome.report)


def container_outcome_of(data: bytes, suffix: str, options: Options) -> Outcome:
    """The outcome with the answer to what is asked of a mail or an archive."""
    return packed_or_failed(lambda: _answer(_Asked(*pickle.loads(data))), "")


def _answer(asked: _Asked) -> Any:
    what, file, most, number, path = asked
    if what == "members":
        found = attached(file, most) if is_mail(file) else seven_zip_members(file)
        return [(m.name, m.numbers, m.failure and (m.failure.reason, str(m.failure))) for m in found]
    if is_mail(file):
        content = read_attached(file, number, path, most)
        return len(content) if what == "size" else content
    return size_in_seven_zip(file, number, path) if what == "size" else read_seven_zip_member(file, number, path, most)


def _error(outcome: Outcome) -> UnreadableError:
    """The error of an outcome; a defect of a library's or of ours is one of the file's, so that the run goes on."""
    error = error_of(outcome)
    return UnreadableError(str(error)) if isinstance(error, InternalError) else error
