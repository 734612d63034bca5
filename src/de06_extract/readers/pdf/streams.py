"""Whether the streams of a PDF unpack: PDFium gives what comes before an error, or something else, and says nothing."""

from __future__ import annotations

import re
import zlib
from enum import Enum, auto

from de06_extract.heartbeat import step
from de06_extract.readers.pdf.budget import Budget

_STREAM = re.compile(rb"<<(?P<entries>[^<>]{0,400})>>\s{0,4}stream\r?\n")
_PACKED = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_NO_TEXT = re.compile(rb"/(?:Length1|Length2|Subtype|ShadingType|FunctionType)\b")  # fonts, pictures, colours
_PIECE = 1 << 20  # bytes unpacked at a time, and forgotten
_SLICE = 1 << 18  # packed bytes given at a time: what is left over of them is copied at every piece
_MOST = 64 << 20  # bytes unpacked of one stream


class _State(Enum):
    WHOLE = auto()
    CUT = auto()  # it ends without the checksum, as some programs write it
    OTHER = auto()  # it unpacks to the end, and not to that of which the checksum was made
    BROKEN = auto()


def broken_stream(data: bytes, budget: Budget | None = None) -> int | None:
    """The offset of the first damaged stream of a PDF that holds text, or a table by which text is read.

    None where there is none. A program that writes wrong checksums does so in all streams; a wrong one among right ones
    is damage. An encrypted file is not looked at. Raises a `TooLargeError` where the streams take more than the budget.

    >>> whole = b"<</Filter/FlateDecode/Length 9>>stream\\n" + zlib.compress(b"BT ET") + b"\\nendstream"
    >>> broken_stream(whole)
    >>> broken_stream(whole[:41] + b"\\xff\\xff" + whole[43:])
    39
    """
    if b"/Encrypt" in data:
        return None
    whole, other, end = False, None, -1
    budget = budget or Budget()
    for found in _STREAM.finditer(data):
        entries = found["entries"]
        if _PACKED.search(entries) and not _NO_TEXT.search(entries):
            if end < found.end():  # else the head stands inside another stream, which ends there too
                end = data.find(b"endstream", found.end())
            if end < 0:
                break
            step()
            state = _unpacked(memoryview(data)[found.end() : end], budget)
            if state is _State.BROKEN:
                return found.end()
            whole = whole or state is _State.WHOLE
            if other is None and state is _State.OTHER:
                other = found.end()
    return other if whole else None


def _unpacked(packed: memoryview, budget: Budget) -> _State:
    stream, length = zlib.decompressobj(), 0
    try:
        for start in range(0, len(packed), _SLICE):
            waiting: bytes | memoryview = packed[start : start + _SLICE]
            budget.take_unpacked(len(waiting))
            while waiting and not stream.eof and length < _MOST:
                piece = len(stream.decompress(waiting, _PIECE))
                budget.take_unpacked(piece)
                length += piece
                waiting = stream.unconsumed_tail
            if stream.eof or length >= _MOST:
                break
    except zlib.error as error:
        return _State.OTHER if "incorrect data check" in str(error) else _State.BROKEN
    return _State.WHOLE if stream.eof else _State.CUT
