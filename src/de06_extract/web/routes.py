"""The addresses of the page, each with what answers it."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from de06_extract.web.api.routes import API_ROUTES
from de06_extract.web.archive.view import show_archive, show_unread, show_usual_archive
from de06_extract.web.guard import ENTRY
from de06_extract.web.review.deciding import decide
from de06_extract.web.review.downloads import send_download
from de06_extract.web.review.view import send_picture, show_review
from de06_extract.web.start import enter, list_readings, receive_files, remove_file, show_start
from de06_extract.web.static_files import send_static

ROUTES: tuple[BaseRoute, ...] = (
    Route(ENTRY, enter),
    Route("/", show_start),
    Route("/files", receive_files, methods=["POST"]),
    Route("/files/{key}/remove", remove_file, methods=["POST"]),
    Route("/readings", list_readings),
    Route("/archive", show_usual_archive),
    Route("/archive/{shelf}", show_archive),
    Route("/archive/{shelf}/unread", show_unread),
    Route("/static/{name}", send_static),
    Route("/review/{shelf}/{key}", show_review),
    Route("/review/{shelf}/{key}/pages/{page:int}", send_picture),
    Route("/review/{shelf}/{key}/decisions", decide, methods=["POST"]),
    Route("/review/{shelf}/{key}/download/{form}", send_download),
    *API_ROUTES,
)
