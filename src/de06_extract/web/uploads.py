"""What a form sends, counted while it comes: more than is allowed is not kept, and is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from de06_extract.language.messages import said
from de06_extract.web.answers import RefusedError

_MOST_FILES = 1_000  # of one form
_MOST_FIELDS = 100
_DRAINED = 8  # times what is allowed: a browser sends everything before it reads the answer


@asynccontextmanager
async def form_of(request: Request, most: int) -> AsyncIterator[FormData]:
    """The fields and files of the form that a request sends, as long as it is open.

    Raises a `RefusedError` with 413 where it has more than `most` bytes, with 400 where it is no form.
    """
    counted = _Counted(request, most)
    try:
        form = Request(request.scope, counted.receive).form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
        async with form as held:
            yield held
    except _TooMuchError as error:
        await counted.drain()
        raise RefusedError(413, said("web", "refused.too_large", most=most >> 20)) from error


class _TooMuchError(Exception):
    """More bytes came than are allowed."""


class _Counted:
    """The messages of a request, as long as their bytes are not more than allowed."""

    def __init__(self, request: Request, most: int) -> None:
        self._request, self._most, self._came, self._is_over = request, most, 0, False

    async def receive(self) -> Message:
        """The next message. Raises a `_TooMuchError`."""
        message = await self._request.receive()
        self._came += len(message.get("body", b""))
        self._is_over = not message.get("more_body", False)
        if self._came > self._most:
            raise _TooMuchError
        return message

    async def drain(self) -> None:
        """Takes what still comes and forgets it, so that the sender sees the answer; not without end."""
        while not self._is_over and self._came < self._most * _DRAINED:
            message = await self._request.receive()
            self._came += len(message.get("body", b""))
            self._is_over = message["type"] == "http.disconnect" or not message.get("more_body", False)
