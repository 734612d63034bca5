"""7z archives whose lists are changed in their numbers and names, with checksums that are right again."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress
from functools import cache
from typing import Any
from zlib import crc32

import py7zr

from fuzzing.texts import broken
from fuzzing.zips import NAMES, member

_HEAD = b"7z\xbc\xaf\x27\x1c"
_START = 32  # bytes of the head: its checksum at 8, the place, the size and the checksum of the list from 12 on
_POOL = 60  # archives that are changed
_KINDS = bytes(range(0x1A))  # the marks in a list of contents
_NUMBERS = (b"\0", b"\1", b"\2", b"\x7f", b"\x80\xff", b"\xbf\xff", b"\xc0\xff\xff", b"\xe0\xff\xff\xff", b"\xff" * 9)
_END = ".txt".encode("utf-16-le")
_FILTERS: tuple[list[dict[str, Any]] | None, ...] = (
    None,
    [{"id": py7zr.FILTER_COPY}],
    [{"id": py7zr.FILTER_DEFLATE}],
    [{"id": py7zr.FILTER_BZIP2}],
    [{"id": py7zr.FILTER_LZMA, "preset": 0}],
    [{"id": py7zr.FILTER_X86}, {"id": py7zr.FILTER_LZMA2, "preset": 0}],
    [{"id": py7zr.FILTER_DELTA}, {"id": py7zr.FILTER_LZMA2, "preset": 0}],
    [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 16}],
    [{"id": py7zr.FILTER_ZSTD, "level": 1}],
    [{"id": py7zr.FILTER_BROTLI, "level": 1}],
)


@cache
def _archive(number: int) -> bytes:
    """A sound archive; its list is packed in one of four, encrypted in one of twelve."""
    chance, stream = random.Random(number), io.BytesIO()
    filters = _FILTERS[number % len(_FILTERS)]
    password = "x" if number % 12 == 5 else None
    with py7zr.SevenZipFile(stream, "w", filters=None if password else filters, password=password) as archive:
        archive.set_encoded_header_mode(number % 4 == 0)
        for _ in range(chance.choice((0, 1, 2, 3, 6, 12))):
            name = chance.choice((*NAMES[:16], *NAMES))
            with suppress(ValueError):  # it refuses names that lead elsewhere; those come into the list later
                archive.writestr(member(name, chance), name or "x")
    return stream.getvalue()


def data(chance: random.Random) -> bytes:
    """An archive as the bytes of a file, most of them changed in their lists, now and then anywhere."""
    held = bytearray(_archive(chance.randrange(_POOL)))
    place, size = struct.unpack_from("<QQ", held, 12)
    listed = bytearray(held[_START + place : _START + place + size])
    for _ in range(chance.choice((0, 1, 1, 1, 2, 4))):
        chance.choice(_CHANGES)(listed, chance)
    if chance.random() < 0.1:
        at = chance.randrange(_START, _START + place + 1)
        held[at : at + 1] = chance.randbytes(1)
    whole = _with_list(bytes(held[_START : _START + place]), bytes(listed), place, chance)
    return broken(whole, chance) if chance.random() < 0.06 else whole


def _with_list(packed: bytes, listed: bytes, place: int, chance: random.Random) -> bytes:
    size, checksum = len(listed), crc32(listed)
    if chance.random() < 0.06:
        place, size = chance.choice(((0, 0), (place, size + 1), (1 << 62, size), (place, 1 << 40), (place + 1, size)))
    start = struct.pack("<QQI", place, size, checksum)
    return (
        _HEAD
        + bytes((0, chance.choice((4, 4, 4, 4, 3, 0, 255))))
        + struct.pack("<I", crc32(start))
        + start
        + packed
        + listed
    )


def _set_mark(listed: bytearray, chance: random.Random) -> None:
    if listed:
        listed[chance.randrange(len(listed))] = chance.choice(_KINDS)


def _set_number(listed: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(listed) + 1)
    put = chance.choice(_NUMBERS)
    listed[at : at + (len(put) if chance.random() < 0.5 else 1)] = put


def _cut(listed: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(listed) + 1)
    del listed[at : at + chance.choice((1, 4, 20))]


def _repeat(listed: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(listed) + 1)
    listed[at:at] = listed[at : at + chance.choice((1, 8, 60))] * chance.choice((1, 3, 40))


def _set_name(listed: bytearray, chance: random.Random) -> None:
    """Another name as long as «.txt» in place of it, wherever it stands in a name."""
    found = listed.replace(
        _END, chance.choice(("/../", "\0a.b", "\\..\\", "\ud800abc", "\n\r\t!")).encode("utf-16-le", "surrogatepass"), 1
    )
    listed[:] = found


_CHANGES = (_set_name, _set_mark, _set_mark, _set_number, _set_number, _cut, _repeat)
