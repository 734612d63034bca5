"""Signs of life: what reads or checks a document says at every page and stage that it gets on.

Whoever watches the work listens with `telling`; where nobody does, a step costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

_TELL: ContextVar[Callable[[str], None] | None] = ContextVar("tell", default=None)


def step(stage: str = "") -> None:
    """Says that a page was read or a stage is done; where one begins, `stage` is its word: «rules», «page 3 12»."""
    tell = _TELL.get()
    if tell is not None:
        tell(stage)


def stepping(items: Iterable[T]) -> Iterator[T]:
    """The items, each followed by a step once it is done with."""
    for item in items:
        yield item
        step()


@contextmanager
def telling(tell: Callable[[str], None]) -> Iterator[None]:
    """Calls `tell` at every step of what runs inside, with the stage that begins there, if one does.

    >>> steps = []
    >>> with telling(steps.append):
    ...     step()
    ...     step("rules")
    >>> step("page 3 12")
    >>> steps
    ['', 'rules']
    """
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)
