"""What the readers of a run hold together: no more of the files than this, however many readers there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock

SHARED = 256 << 20  # bytes of files that are read or waited for at a time; a larger file is alone


class ByteBudget:
    """Bytes that several threads share; who needs more than there are left waits, who needs more than all is alone."""

    def __init__(self, most: int = SHARED) -> None:
        self._most, self._lent, self._closed = most, 0, False
        self._changed, self._turn = Condition(), Lock()

    @contextmanager
    def loan(self) -> Iterator[Callable[[int], None]]:
        """What takes a number of bytes, once there is room for them; they are given back at the end.

        >>> budget = ByteBudget(10)
        >>> with budget.loan() as take:
        ...     take(7)
        ...     budget.lent
        7
        >>> budget.lent
        0
        """
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            self._take(size)
            taken += size

        try:
            yield take
        finally:
            with self._changed:
                self._lent -= taken
                self._changed.notify_all()

    @property
    def lent(self) -> int:
        """The bytes that are held now."""
        return self._lent

    def close(self) -> None:
        """Lets nobody wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _take(self, size: int) -> None:
        with self._turn, self._changed:  # in turn: a large file is not passed by small ones for ever
            self._changed.wait_for(lambda: self._closed or not self._lent or self._lent + size <= self._most)
            self._lent += size
