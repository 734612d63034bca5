"""Changes in a copy of a text, which keeps its encoding, its line ends and all that is not changed."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
    lines = _Lines(text, drawn)
    found = [(place, edit.replacement) for edit in edits if (place := lines.place(edit)) is not None]
    missed = wanted - len(found)
    return Copy("".join(_pieces(raw, sorted(found))).encode(encoding), {"unrevised": missed} if missed else {})


class _Lines:
    """The lines of a text, and those of the file that it was read from."""

    def __init__(self, text: str, drawn: Sequence[str]) -> None:
        self._read, self._drawn = text.splitlines(keepends=True), drawn
        self._starts = [0, *accumulate(map(len, self._read))]
        self._drawn_starts = [0, *accumulate(map(len, drawn))]

    def place(self, edit: Edit) -> tuple[int, int] | None:
        """Where in the file the text of the edit stands, None where that is not certain."""
        at = bisect_right(self._starts, edit.start) - 1
        if len(self._read) != len(self._drawn) or at >= len(self._read) or edit.end > self._starts[at + 1]:
            return None
        start, before = self._starts[at], self._drawn_starts[at]
        found = find_drawn(self._read[at], edit.start - start, edit.end - start, self._drawn[at])
        return None if found is None else (before + found[0], before + found[1])


def _pieces(raw: str, found: Iterable[tuple[tuple[int, int], str]]) -> Iterator[str]:
    """What the text is made of, the replacements in it; they are in the order of their places."""
    at = 0
    for (start, end), replacement in found:
        yield raw[at:start]
        yield replacement
        at = end
    yield raw[at:]


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
