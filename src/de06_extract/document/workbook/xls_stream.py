"""The stream of an .xls workbook in its compound file, and in a new one that holds nothing else."""

from __future__ import annotations

import struct

from de06_extract.compound_files import CompoundFile

_STREAMS = ("Workbook", "Book")
_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 4096  # bytes; a stream that has as many has sectors of its own
_LEAST = 64  # bytes of a place for short streams
_LINKS = _SECTOR // 4
_MOST_TABLES = 109  # that a head has room for: of a workbook of 450 MB
_END, _FREE, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STREAM = 5, 2


def stream_of(data: bytes) -> bytes:
    """The records of the workbook, none where there is no such stream. Raises what olefile raises for flipped bytes."""
    with CompoundFile(data) as file:
        return file.stream(_STREAMS[0]) or file.stream(_STREAMS[1])


def compound_of(stream: bytes) -> bytes:
    """A compound file with this workbook alone, whose chains of sectors have an end.

    Raises a `ValueError` for more than any workbook has.

    >>> stream_of(compound_of(b"x" * 5000)) == b"x" * 5000
    True
    """
    size = max(len(stream), _SECTOR)
    sectors = -(-size // _SECTOR)
    tables = -(-(sectors + 2) // (_LINKS - 1))  # each has a link for itself as well
    if tables > _MOST_TABLES:
        raise ValueError("a workbook of more than 450 MB")
    links = [*range(1, sectors), _END, _END, _END, *[_TABLE] * tables]
    head = _MARK + bytes(16) + struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 1, tables, sectors, 0, _SECTOR, _END, 0, _END, 0)
    where = range(sectors + 2, sectors + 2 + tables)
    head += struct.pack(f"<{_MOST_TABLES}I", *where, *[_FREE] * (_MOST_TABLES - tables))
    directory = _entry("Root Entry", _ROOT, 1, sectors + 1, _LEAST) + _entry(_STREAMS[0], _STREAM, _NONE, 0, size)
    return b"".join(
        (
            head.ljust(_SECTOR, b"\0"),
            stream.ljust(sectors * _SECTOR, b"\0"),
            directory.ljust(_SECTOR, b"\0"),
            bytes(_SECTOR),  # for short streams, without which calamine takes the file for none
            struct.pack(f"<{len(links)}I", *links).ljust(tables * _SECTOR, b"\xff"),
        )
    )


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    """An entry of a directory, for what begins in that sector."""
    written = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
    return written + struct.pack("<III", _NONE, _NONE, child) + bytes(36) + struct.pack("<IQ", first, size)
