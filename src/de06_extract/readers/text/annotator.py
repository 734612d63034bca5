"""Changes in a copy of a text, which keeps its encoding, its line ends and all that is not changed."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from de06_extract.document.copies.as_drawn import find_drawn
from de06_extract.document.copies.notes import Copy, Edit
from de06_extract.readers.text.reader import MEDIA_TYPE as MEDIA_TYPE
from de06_extract.readers.text.reader import read

_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LETTERLESS = "latin-1"  # stands for an encoding before Unicode, of which the figures alone are known


def revise(data: bytes, name: str, edits: Sequence[Edit], made_at: datetime) -> Copy:
    """The text with the edits made in it."""
    text, encoding = read(data, name).text, _encoding(data)
    raw = data.decode(encoding)
    wanted, drawn = len(edits), raw.splitlines(keepends=True)
    if encoding == _LETTERLESS:  # of bytes lines end at line breaks alone
        drawn = [line.decode(encoding) for line in data.splitlines(keepends=True)]
        edits = [edit for edit in edits if edit.replacement.isascii()]
    found = [(place, edit) for edit in edits if (place := _place(text, drawn, edit)) is not None]
    for (start, end), edit in sorted(found, key=lambda one: one[0], reverse=True):
        raw = raw[:start] + edit.replacement + raw[end:]
    missed = wanted - len(found)
    return Copy(raw.encode(encoding), {"unrevised": missed} if missed else {})


def _place(text: str, drawn: Sequence[str], edit: Edit) -> tuple[int, int] | None:
    """Where in the lines of the file the text of the edit stands, None where that is not certain."""
    lines = text.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    at = bisect_right(starts, edit.start) - 1
    if len(lines) != len(drawn) or at >= len(lines) or edit.end > starts[at + 1]:
        return None
    found = find_drawn(lines[at], edit.start - starts[at], edit.end - starts[at], drawn[at])
    before = sum(map(len, drawn[:at]))
    return None if found is None else (before + found[0], before + found[1])


def _encoding(data: bytes) -> str:
    """An encoding in which the bytes are the same when they are written again."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _LETTERLESS
    return "utf-8"
