"""Whether the streams of a PDF unpack: PDFium gives what comes before an error, or something else, and says nothing."""

from __future__ import annotations

import re
import zlib
from enum import Enum, auto

_STREAM = re.compile(rb"<<(?P<entries>[^<>]{0,400})>>\s{0,4}stream\r?\n")
_PACKED = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_NO_TEXT = re.compile(rb"/(?:Length1|Length2|Subtype|ShadingType|FunctionType)\b")  # fonts, pictures, colours
_PIECE = 1 << 20  # bytes unpacked at a time, and forgotten
_MOST = 64 << 20  # bytes unpacked of one stream


class _State(Enum):
    WHOLE = auto()
    CUT = auto()  # it ends without the checksum, as some programs write it
    OTHER = auto()  # it unpacks to the end, and not to that of which the checksum was made
    BROKEN = auto()


def broken_stream(data: bytes) -> int | None:
    """The offset of the first damaged stream of a PDF that holds text, or a table by which text is read.

    None where there is none. A program that writes wrong checksums does so in all streams; a wrong one among right ones
    is damage. An encrypted file is not looked at.

    >>> whole = b"<</Filter/FlateDecode/Length 9>>stream\\n" + zlib.compress(b"BT ET") + b"\\nendstream"
    >>> broken_stream(whole)
    >>> broken_stream(whole[:41] + b"\\xff\\xff" + whole[43:])
    39
    """
    if b"/Encrypt" in data:
        return None
    whole, other = False, None
    for found in _STREAM.finditer(data):
        entries = found["entries"]
        if _PACKED.search(entries) and not _NO_TEXT.search(entries):
            end = data.find(b"endstream", found.end())
            if end < 0:
                break
            state = _unpacked(memoryview(data)[found.end() : end])
            if state is _State.BROKEN:
                return found.end()
            whole = whole or state is _State.WHOLE
            if other is None and state is _State.OTHER:
                other = found.end()
    return other if whole else None


def _unpacked(waiting: bytes | memoryview) -> _State:
    stream, length = zlib.decompressobj(), 0
    try:
        while waiting and not stream.eof and length < _MOST:
            length += len(stream.decompress(waiting, _PIECE))
            waiting = stream.unconsumed_tail
    except zlib.error as error:
        return _State.OTHER if "incorrect data check" in str(error) else _State.BROKEN
    return _State.WHOLE if stream.eof else _State.CUT
