"""Copies written: of the bytes that a report is on, in the words of its language."""

from __future__ import annotations

import hashlib
from datetime import datetime
from difflib import diff_bytes, unified_diff

from de06_extract.document.copies.notes import Copy
from de06_extract.errors import NotCopiedError
from de06_extract.output.copies.edits import edits_of
from de06_extract.output.copies.notes import notes_of
from de06_extract.output.format import Settings
from de06_extract.readers import annotators, readers
from de06_extract.schema.report import Report

_MEDIA_TYPES = {suffix: reader.MEDIA_TYPE for suffix, reader in readers().items()}
_CONTEXT = 3  # lines around a change in a patch


def annotated(report: Report, settings: Settings, made_at: datetime) -> Copy:
    """The copy with a note on what was found. Raises a `NotCopiedError`."""
    annotate = getattr(annotators().get(report.source.media_type), "annotate", None)
    if annotate is None:
        raise NotCopiedError("no-notes")
    data = _source(report, settings)
    copy: Copy = annotate(data, report.source.name, notes_of(report, settings.language), made_at)
    return copy


def revised(report: Report, settings: Settings, made_at: datetime) -> Copy:
    """The copy with what is proposed for certain. Raises a `NotCopiedError`, also where nothing is."""
    revise = getattr(annotators().get(report.source.media_type), "revise", None)
    if revise is None:
        raise NotCopiedError("no-changes")
    data = _source(report, settings)
    edits = edits_of(report)
    if not edits:
        raise NotCopiedError("nothing-proposed")
    copy: Copy = revise(data, report.source.name, edits, made_at)
    return copy


def patch(report: Report, settings: Settings, made_at: datetime) -> Copy:
    """A patch of a text file that makes the edits, for `patch -p1` and `git apply`. Raises a `NotCopiedError`."""
    if report.source.media_type != "text/plain":
        raise NotCopiedError("no-patch")
    data, copy = _source(report, settings), revised(report, settings, made_at)
    if b"\0" in data:
        raise NotCopiedError("wide-text")
    name = report.source.name.encode() + (b"\t" if " " in report.source.name else b"")  # else it ends at the blank
    lines = diff_bytes(
        unified_diff, _lines(data), _lines(copy.data), b"a/" + name, b"b/" + name, n=_CONTEXT, lineterm=b"\n"
    )
    return Copy(b"".join(map(_ended, lines)), copy.cautions)


def _source(report: Report, settings: Settings) -> bytes:
    """The bytes that the report is on; refuses what is not as it was, and an output that ends like another format."""
    if settings.source is None:
        raise NotCopiedError("no-file")
    data = settings.source()
    if hashlib.sha256(data).hexdigest() != report.source.sha256:
        raise NotCopiedError("changed")
    ending = None if settings.output is None else settings.output.suffix.lower()
    if ending in _MEDIA_TYPES and _MEDIA_TYPES[ending] != report.source.media_type:
        raise NotCopiedError("wrong-ending")
    return data


def _lines(data: bytes) -> list[bytes]:
    """The lines as `patch` counts them, by line feeds alone."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
