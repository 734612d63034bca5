"""The server of the page: it listens on this machine alone, and ends with Ctrl+C."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import closing

from de06_extract.language.messages import said
from de06_extract.web.desk.desk import Desk, DeskError
from de06_extract.web.settings import WebSettings

_HOST = "127.0.0.1"
_WAITING = 128  # connections that wait to be taken
_PATIENCE = 2  # seconds for what is being answered when the end comes


def serve(settings: WebSettings, port: int, opened: Callable[[str], None]) -> None:
    """Serves the page until it is stopped; `opened` is told the address that opens it.

    A free port is taken where `port` is 0. Raises a `DeskError` where the port or the folder is in use, a `StoreError`.
    """
    import uvicorn

    from de06_extract.web.app import make_app
    from de06_extract.web.session import Session

    with closing(_listening(port)) as listening, closing(Desk(settings)) as desk:
        session = Session(listening.getsockname()[1])
        config = uvicorn.Config(
            make_app(desk, session),
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        opened(session.address)
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    """A socket that listens, so that the address can be opened before the first request is answered."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.bind((_HOST, port))
        taken.listen(_WAITING)
    except OSError as error:
        taken.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise DeskError(said("web", "port_in_use", port=port)) from error
        raise
    return taken
