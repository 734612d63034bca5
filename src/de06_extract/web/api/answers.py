"""The answers of the API: each a model as JSON."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from de06_extract.archive.decision import Decision
from de06_extract.archive.facets.view import ArchiveView
from de06_extract.archive.store.heads import path_key
from de06_extract.archive.store.results import FileResult, StoredResults
from de06_extract.language.messages import said, spoken
from de06_extract.output.json_values import json_bytes
from de06_extract.pipeline.program import program_version
from de06_extract.web.answers import RefusedError
from de06_extract.web.api.decisions import decide
from de06_extract.web.api.description import api_description
from de06_extract.web.api.models import API_VERSION, DecisionsAnswer, DecisionsAsked, FacetsAnswer, Index
from de06_extract.web.archive.query import Query, query_of
from de06_extract.web.desk.desk import ARCHIVE, DROPPED
from de06_extract.web.desk.shelf import Shelf
from de06_extract.web.start import desk_of

M = TypeVar("M", bound=BaseModel)

JSON = "application/json"
_MOST_BODY = 4 << 20  # bytes of decisions


def send_index(request: Request) -> Response:
    """What there is to ask for."""
    desk = desk_of(request)
    return _json(
        Index(
            api_version=API_VERSION,
            program_version=program_version(),
            shelves=tuple(desk.shelves),
            description="/api/openapi.json",
        )
    )


def send_description(request: Request) -> Response:
    """The description of the API, as OpenAPI 3.1."""
    return Response(json_bytes(api_description()), media_type=JSON)


def send_facets(request: Request) -> Response:
    """The totals and the counts of all facets."""
    shelf, query = asked_of(request)
    with shelf.reading() as store:
        view = _view(request, store, query)
        return _json(FacetsAnswer(totals=view.totals(), counts=view.counts(), facets=view.facets()))


def send_units(request: Request) -> Response:
    """The units by rules."""
    shelf, query = asked_of(request)
    with shelf.reading() as store:
        return _json(_view(request, store, query).units())


def send_reports(request: Request) -> Response:
    """A page of the reports."""
    shelf, query = asked_of(request)
    with shelf.reading() as store:
        return _json(_view(request, store, query).reports(query.order, query.page))


def send_findings(request: Request) -> Response:
    """A page of the findings."""
    shelf, query = asked_of(request)
    with shelf.reading() as store:
        return _json(_view(request, store, query).findings(query.order, query.page))


def send_failures(request: Request) -> Response:
    """A page of the files that could not be read."""
    shelf, query = asked_of(request)
    with shelf.reading() as store:
        return _json(ArchiveView(store, query.wanted, spoken()).failures(query.page))


def send_report(request: Request) -> Response:
    """One report, with the rows across reports and the decisions at its file."""
    shelf, key = shelf_of(request), request.path_params["id"]
    with shelf.reading() as store:
        result = result_of(store, key)
        decisions = [one for one in store.decisions() if one.path == result.path]
    answer = {
        "id": key,
        "shelf": _name(request),
        "path": result.path,
        "sha256": result.sha256,
        "reason": result.reason,
        "message": result.message,
        "report": result.report,
        "across": result.across,
        "decisions": [one.model_dump(mode="json") for one in decisions],
    }
    return Response(json_bytes(answer), media_type=JSON)


async def receive_decisions(request: Request) -> Response:
    """Keeps decisions on findings, all of them or none."""
    asked = _read(DecisionsAsked, await _body(request))
    kept: tuple[Decision, ...] = await run_in_threadpool(decide, desk_of(request), shelf_of(request), asked.decisions)
    return _json(DecisionsAnswer(decisions=kept))


def asked_of(request: Request) -> tuple[Shelf, Query]:
    """The shelf and the question of a request. Raises a `RefusedError`."""
    return shelf_of(request), query_of(request.query_params)


def shelf_of(request: Request) -> Shelf:
    """The shelf that is named, else the archive that was given, else the files that were dropped."""
    return desk_of(request).shelf(_name(request))


def result_of(store: StoredResults, key: str) -> FileResult:
    """What came out of the file that is known by this key. Raises a `RefusedError`."""
    path = next((path for path in store.paths() if path_key(path) == key), None)
    result = None if path is None else next(store.results(path=path), None)
    if result is None:
        raise RefusedError(404, said("web_archive", "refused.no_report", id=key))
    return result


def _name(request: Request) -> str:
    usual = ARCHIVE if ARCHIVE in desk_of(request).shelves else DROPPED
    return request.query_params.get("shelf") or usual


def _view(request: Request, store: StoredResults, query: Query) -> ArchiveView:
    return ArchiveView(store, query.wanted, spoken(), request.app.state.known_heads.of(store))


async def _body(request: Request) -> bytes:
    """The JSON that is sent. Raises a `RefusedError` where it is something else, or too much."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise RefusedError(415, said("web_archive", "refused.content_type"))
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BODY:
            raise RefusedError(413, said("web", "refused.too_large", most=_MOST_BODY >> 20))
    return body


def _read(model: type[M], body: bytes) -> M:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or first["type"]
        raise RefusedError(422, said("web_archive", "refused.body", name=where)) from error


def _json(model: BaseModel) -> Response:
    return Response(json_bytes(model.model_dump(mode="json")), media_type=JSON)
