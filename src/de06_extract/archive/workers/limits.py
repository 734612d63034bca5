"""What one file may take before its worker is ended, and what then comes out of it.

The messages depend on the limits alone, not on the moment or the machine, so that the same archive gives the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from de06_extract.archive.store.outcome import Outcome, failed, out_of_memory
from de06_extract.errors import TooLargeError
from de06_extract.language.messages import said
from de06_extract.regular_files import MOST

LONGEST_TIME = 86_400.0  # seconds that no file takes, where no other limit is given
MOST_MEMORY = 1 << 50


@dataclass(frozen=True, slots=True)
class Limits:
    """The seconds in all, the seconds without progress, the bytes of memory and the cores that one file may take.

    A page read or a stage done is progress. None is no limit. Raises a `ValueError` for what is no limit: nothing, less
    than nothing, a time of more than a day.
    """

    timeout: float | None = 600.0
    stall: float | None = 60.0
    max_memory: int | None = 2 << 30
    cores: int | None = None

    def __post_init__(self) -> None:
        """Refuses what clocks and systems cannot count to."""
        for seconds in (self.timeout, self.stall):
            if seconds is not None and not 0 < seconds <= LONGEST_TIME:
                raise ValueError(f"{seconds:g} seconds are no limit: more than 0 and at most {LONGEST_TIME:g}, or None")
        if self.max_memory is not None and not 0 < self.max_memory <= MOST_MEMORY:
            raise ValueError("no limit of memory: more than 0 and at most 1024 TiB, or None")

    @property
    def most_bytes(self) -> int:
        """The bytes that a file may have: it is held whole."""
        return MOST if self.max_memory is None else self.max_memory

    def exceeded(self, seconds: float, idle: float, memory: int) -> Outcome | None:
        """The outcome of a file that takes so much: seconds in all, seconds since its last progress, bytes.

        >>> Limits(timeout=5).exceeded(5.1, 0.2, 0).message
        'took longer than 5 s'
        >>> Limits().exceeded(5.1, 0.2, 0)
        """
        if self.max_memory is not None and memory > self.max_memory:
            return self.out_of_memory()
        if self.timeout is not None and seconds > self.timeout:
            return failed("timeout", said("errors", "timeout", timeout=f"{self.timeout:g}"))
        if self.stall is not None and idle > self.stall:
            return failed("stalled", said("errors", "stalled", stall=f"{self.stall:g}"))
        return None

    def out_of_memory(self) -> Outcome:
        """The outcome of a file that takes too much memory."""
        if self.max_memory is None:
            return out_of_memory()
        return failed("memory", said("errors", "too_much_memory", size=mebibytes(self.max_memory)))

    def too_large(self, size: int) -> Outcome | None:
        """The outcome of a file of so many bytes that it cannot be held, so that it is not tried at all.

        >>> Limits(max_memory=100 << 20).too_large(300 << 20).message
        'has 300 MiB, and 100 MiB may be read'
        """
        if self.max_memory is None or size <= self.max_memory:
            return None
        error = TooLargeError.of(size, self.max_memory)
        return failed(error.reason, str(error))


def mebibytes(size: int) -> str:
    """The bytes in words, rounded up.

    >>> mebibytes((1 << 20) + 1)
    '2 MiB'
    """
    return f"{-(-size >> 20)} MiB"
