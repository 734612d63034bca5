"""What a copy of a process must not inherit: locks that threads hold which it does not have.

`os.fork` copies one thread alone. A lock that another one holds at that moment is never opened in the copy, so that the
first call there that needs it would wait for ever.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property
from threading import Lock, RLock

_PACKAGE = __name__.partition(".")[0]


class ForkedLock:
    """A lock, for one thread at a time, that is open in a copy of the process.

    What it protects is whole there if the thread that has it lets go of it within so many seconds of `patience`, for
    which the fork waits; else it is what it was in the middle.
    """

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._lock, self._is_ours = Lock(), False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._wait, after_in_parent=self._go_on, after_in_child=self._renew)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _wait(self) -> None:
        self._is_ours = self._lock.acquire(timeout=self.patience)

    def _go_on(self) -> None:
        if self._is_ours:
            self._is_ours = False
            self._lock.release()

    def _renew(self) -> None:
        self._lock, self._is_ours = Lock(), False


def renew_locks_of_properties() -> None:
    """Opens the locks that cached properties of this package have; Python has none there from 3.12 on."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == _PACKAGE]
    for kind in {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}:
        for held in vars(kind).values():
            if isinstance(held, cached_property) and hasattr(held, "lock"):
                held.lock = RLock()


if sys.version_info < (3, 12) and hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=renew_locks_of_properties)
