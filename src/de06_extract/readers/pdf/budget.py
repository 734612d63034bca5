"""What one PDF may make its reader look at: a page can be shown ten thousand times, and draw a million lines."""

from __future__ import annotations

from de06_extract.errors import TooLargeError
from de06_extract.language.messages import said

MOST_THINGS = 10_000_000  # characters, drawings, points of lines and squares of tables: two thousand pages full of them
MOST_UNPACKED = 256 << 20  # bytes of streams, packed and unpacked, that are tried whether they are whole
MOST_REREAD = 200  # pages whose tables are read once more by another library
A_PAGE = 100  # things that a page is, with nothing on it


class Budget:
    """What is left of it; whoever is about to look at something takes it before."""

    def __init__(self, things: int = MOST_THINGS, unpacked: int = MOST_UNPACKED, reread: int = MOST_REREAD) -> None:
        self._things, self._unpacked, self._reread = things, unpacked, reread

    def take_things(self, count: int) -> None:
        """Takes so many things. Raises a `TooLargeError` that does not name the file where they are not left."""
        self._things -= count
        if self._things < 0:
            raise TooLargeError(said("errors", "pdf_too_full", most_things=MOST_THINGS))

    def take_unpacked(self, size: int) -> None:
        """Takes so many bytes. Raises a `TooLargeError` that does not name the file where they are not left."""
        self._unpacked -= size
        if self._unpacked < 0:
            raise TooLargeError(said("errors", "pdf_too_large", size=MOST_UNPACKED >> 20))

    def may_reread(self) -> bool:
        """True as long as another page may be read once more, and then there is one less."""
        self._reread -= 1
        return self._reread >= 0
