"""Who may use the page: the one browser that was opened with the token, known by its cookie from then on."""

from __future__ import annotations

from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock

_BYTES = 32  # of randomness


class Session:
    """One start of the page at a port: a token that opens it once, and the cookie that its browser has afterwards.

    >>> session = Session(8606)
    >>> session.enter("a guess"), session.enter(session.token), session.enter(session.token)
    (False, True, False)
    >>> session.knows(session.cookie), session.knows(None), session.hosts[0]
    (True, False, '127.0.0.1:8606')
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.token, self.cookie = token_urlsafe(_BYTES), token_urlsafe(_BYTES)
        self.cookie_name = f"de06-{port}"  # a browser sends the cookies of all ports to each
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._is_open, self._lock = True, Lock()

    @property
    def address(self) -> str:
        """The address that opens the page, once."""
        return f"http://{self.hosts[0]}/enter?token={self.token}"

    def enter(self, token: str) -> bool:
        """True for the token, the first time."""
        with self._lock:
            is_right = self._is_open and compare_digest(token.encode(), self.token.encode())
            self._is_open = self._is_open and not is_right
            return is_right

    def knows(self, cookie: str | None) -> bool:
        """True for the cookie that was given to the browser."""
        return cookie is not None and compare_digest(cookie.encode(), self.cookie.encode())
