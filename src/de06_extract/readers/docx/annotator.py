"""Comments and tracked changes in a copy of a Word document; what is not spoken of stays as it is, byte for byte."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from de06_extract.document.copies.notes import Caution, Copy, Edit, Note
from de06_extract.readers.docx.notes.comments import put_comments
from de06_extract.readers.docx.notes.copy import WordCopy
from de06_extract.readers.docx.notes.revisions import put_revisions
from de06_extract.readers.docx.reader import MEDIA_TYPE as MEDIA_TYPE
from de06_extract.readers.docx.reader import read_traced


def annotate(data: bytes, name: str, notes: Sequence[Note], made_at: datetime) -> Copy:
    """The document with a comment on the figure in doubt of each note, its text the same. Raises a `NotCopiedError`."""
    copy = WordCopy(read_traced(data, name), data)
    return _written(copy, {"unplaced": put_comments(copy, notes, made_at)})


def revise(data: bytes, name: str, edits: Sequence[Edit], made_at: datetime) -> Copy:
    """The document with the edits as tracked changes, for its author to accept. Raises a `NotCopiedError`."""
    copy = WordCopy(read_traced(data, name), data)
    return _written(copy, {"unrevised": put_revisions(copy, edits, made_at)})


def _written(copy: WordCopy, counts: dict[Caution, int]) -> Copy:
    cautions = Counter(counts)
    cautions["signed"] += copy.is_signed
    return Copy(copy.written(), +cautions)
