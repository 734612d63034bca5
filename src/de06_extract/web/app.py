"""The application: the routes behind the guard, and every error as one sentence."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from de06_extract.archive.store.file import StoreError
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import UnreadableError
from de06_extract.language.messages import said
from de06_extract.web.answers import RefusedError, refused
from de06_extract.web.archive.known_heads import KnownHeads
from de06_extract.web.desk.desk import Desk
from de06_extract.web.guard import Guard
from de06_extract.web.routes import ROUTES
from de06_extract.web.session import Session


def make_app(desk: Desk, session: Session) -> Starlette:
    """The application for one start of the page."""
    app = Starlette(
        routes=list(ROUTES),
        middleware=[Middleware(Guard, session=session, language=desk.settings.language)],
        exception_handlers={
            RefusedError: _refuse,
            HTTPException: _refuse_route,
            StoreError: _refuse_store,
            WorkerError: _refuse_store,
            UnreadableError: _refuse_file,
        },
    )
    app.state.desk, app.state.session = desk, session
    app.state.known_heads = KnownHeads()
    return app


def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return refused(request.scope, error.status, error.message)


def _refuse_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refused(request.scope, error.status_code, said("web", "refused.nothing"))


def _refuse_store(request: Request, error: Exception) -> Response:
    return refused(request.scope, 503, str(error))


def _refuse_file(request: Request, error: Exception) -> Response:
    return refused(request.scope, 422, str(error))
