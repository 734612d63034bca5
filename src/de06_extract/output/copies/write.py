"""Copies written: of the bytes that a report is on, in the words of its language."""

from __future__ import annotations

import hashlib
from datetime import datetime

from de06_extract.document.copies.notes import Copy
from de06_extract.errors import NotCopiedError
from de06_extract.output.copies.edits import edits_of
from de06_extract.output.copies.making import Wanted, can_be_made, make_copy
from de06_extract.output.copies.notes import notes_of
from de06_extract.output.copies.patches import patch_of
from de06_extract.output.format import Settings
from de06_extract.readers import readers
from de06_extract.schema.report import Report

_MEDIA_TYPES = {suffix: reader.MEDIA_TYPE for suffix, reader in readers().items()}


def annotated(report: Report, settings: Settings, made_at: datetime) -> Copy:
    """The copy with a note on what was found. Raises a `NotCopiedError`."""
    media_type, name = report.source.media_type, report.source.name
    if not can_be_made(media_type, "annotate"):
        raise NotCopiedError("no-notes")
    data = _source(report, settings)
    wanted = Wanted(media_type, "annotate", notes_of(report, settings.language), made_at)
    return make_copy(data, name, wanted, settings.limits)


def revised(report: Report, settings: Settings, made_at: datetime) -> Copy:
    """The copy with what is proposed for certain. Raises a `NotCopiedError`, also where nothing is."""
    media_type, name = report.source.media_type, report.source.name
    if not can_be_made(media_type, "revise"):
        raise NotCopiedError("no-changes")
    data = _source(report, settings)
    edits = edits_of(report)
    if not edits:
        raise NotCopiedError("nothing-proposed")
    return make_copy(data, name, Wanted(media_type, "revise", edits, made_at), settings.limits)


def patch(report: Report, settings: Settings, made_at: datetime) -> Copy:
    """A patch of a text file that makes the edits, for `patch -p1` and `git apply`. Raises a `NotCopiedError`."""
    if report.source.media_type != "text/plain":
        raise NotCopiedError("no-patch")
    data, copy = _source(report, settings), revised(report, settings, made_at)
    if b"\0" in data:
        raise NotCopiedError("wide-text")
    return Copy(patch_of(report.source.name, data, copy.data), copy.cautions)


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
