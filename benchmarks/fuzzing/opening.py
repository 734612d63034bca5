"""How files that are broken on purpose are opened: as `extract` and `check` open them, some of it for every file."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from de06_extract import Report, UnreadableError, extract
from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.zip import close_archives
from de06_extract.archive.workers.limits import Limits
from de06_extract.document.document import Document
from de06_extract.errors import NotCopiedError
from de06_extract.output.copies.edits import edits_of
from de06_extract.output.copies.making import Wanted, can_be_made, make_copy
from de06_extract.output.copies.notes import notes_of
from de06_extract.readers import read_document
from de06_extract.readers.image import reader as image_reader
from de06_extract.readers.office import reader as office_reader
from fuzzing import word

_MEMBERS = 12  # of an archive that are read
_MOST = 4 << 20  # bytes of a member


class Work(NamedTuple):
    """What is done with a file besides reading it: its report, copies of it, other programs where a reader has one."""

    report: bool = True
    copies: bool = True
    programs: bool = True


def open_document(held: bytes, name: str, work: Work) -> None:
    """Reads a document; makes its report, and the copies with notes and with changes that its format has."""
    if not (work.report or work.copies):
        read_document(held, name)
        return
    report = extract(held, name=name)
    report.model_dump_json()
    if work.copies:
        _copy(held, report)


def open_image(held: bytes, name: str, work: Work) -> None:
    """Reads an image; without other programs its pages are made ready to be recognised, and nothing is."""
    if work.programs:
        open_document(held, name, work)
        return
    with patch.object(image_reader, "read_document", _not_recognised):
        read_document(held, name)


def open_office(held: bytes, name: str, work: Work) -> None:
    """Reads what LibreOffice converts; without it, a broken Word document stands for what it wrote."""
    if work.programs:
        open_document(held, name, work)
        return
    with (
        patch.object(office_reader, "convert", lambda *_: word.data(random.Random(held))),
        patch.object(office_reader, "find_program", lambda: "soffice"),
    ):
        open_document(held, name, work)


def open_mail(held: bytes, name: str, work: Work) -> None:
    """Reads a mail, and what is attached to it as files of an archive."""
    open_archive(held, name, work, all_fail=False)
    open_document(held, name, work)


def open_archive(held: bytes, name: str, work: Work, *, all_fail: bool = True) -> None:
    """Lists an archive as `check` does, reads some of its members, and the first that is a document.

    Where none can be read, raises what the first one raised.
    """
    failures, was_read = list[UnreadableError](), False
    with TemporaryDirectory(prefix="fuzz-") as folder:
        file = Path(folder, name)
        file.write_bytes(held)
        try:
            for entry in islice(find_entries([file], containers=_containers()).entries, _MEMBERS):
                try:
                    content = entry.read(_MOST, containers=_containers())
                    if not was_read and entry.numbers:
                        open_document(content, f"member{entry.suffix}", work)
                    was_read = True
                except UnreadableError as error:
                    if type(error) is UnreadableError:  # which stands for a defect in the process that lists archives
                        raise AssertionError(str(error)) from error
                    failures.append(error)
        finally:
            close_archives()
    if failures and not was_read and all_fail:
        raise failures[0]


@cache
def _containers() -> Containers:
    """The process that lists mails and 7z archives, as `check` has one; it ends with this one."""
    return Containers(Limits(max_memory=1 << 30))


Opening = Callable[[bytes, str, Work], None]


def _not_recognised(held: bytes, name: str) -> Document:
    return Document(name, "Trang 1")


def _copy(held: bytes, report: Report) -> None:
    """Makes the copies with notes and with changes that the format has, or is told why there is none."""
    media_type, name, now = report.source.media_type, report.source.name, datetime.now(UTC)
    for wanted in (
        Wanted(media_type, "annotate", notes_of(report, "vi"), now),
        Wanted(media_type, "revise", edits_of(report), now),
    ):
        if wanted.changes and can_be_made(media_type, wanted.verb):
            with suppress(NotCopiedError):
                make_copy(held, name, wanted)
