"""A compound file (OLE), as Office wrote before it wrote ZIP archives, read without more memory than it has bytes."""

from __future__ import annotations

import struct
from io import BytesIO
from types import TracebackType

_SECTOR_BITS = (9, 12)  # of a sector of 512 and of 4096 bytes; the format has no other ones
_SHORT_BITS = 6
_HEAD = 512


class CompoundFile:
    """The streams of a compound file by their paths («storage/stream»), each no longer than the file.

    olefile takes memory for what is announced, and follows chains of sectors that lead back to themselves for as long.
    Raises a `ValueError` where more is announced than there is, and whatever olefile raises for flipped bytes.
    """

    def __init__(self, data: bytes) -> None:
        from olefile import OleFileIO

        if len(data) < _HEAD:
            raise ValueError("shorter than the head of a compound file")
        bits, short_bits = struct.unpack_from("<HH", data, 30)
        if bits not in _SECTOR_BITS or short_bits != _SHORT_BITS:
            raise ValueError("sectors of a size that no compound file has")
        tables, short_tables, more_tables = (struct.unpack_from("<I", data, at)[0] for at in (44, 64, 72))
        if max(tables, short_tables, more_tables) > len(data) >> bits:
            raise ValueError("more tables are announced than the file has sectors")
        self._size = len(data)
        self._file = OleFileIO(BytesIO(data))

    def __enter__(self) -> CompoundFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The storages and streams at the top, a storage once for each stream in it."""
        return tuple(path[0] for path in self._file.listdir())

    def has(self, path: str) -> bool:
        """True where there is such a stream or storage."""
        return bool(self._file.exists(path))

    def size(self, path: str) -> int:
        """The bytes that a stream is said to have."""
        return int(self._file.get_size(path))

    def stream(self, path: str) -> bytes:
        """The content of a stream, nothing where there is none. Raises a `ValueError` for one longer than the file."""
        if not self.has(path):
            return b""
        if self.size(path) > self._size:
            raise ValueError("a stream is longer than the file")
        return bytes(self._file.openstream(path).read())
