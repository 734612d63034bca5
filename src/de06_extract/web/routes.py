"""The addresses of the page, each with what answers it."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from de06_extract.web.guard import ENTRY
from de06_extract.web.start import enter, list_readings, receive_files, show_start
from de06_extract.web.static_files import send_static

ROUTES: tuple[BaseRoute, ...] = (
    Route(ENTRY, enter),
    Route("/", show_start),
    Route("/files", receive_files, methods=["POST"]),
    Route("/readings", list_readings),
    Route("/static/{name}", send_static),
)
