"""The description of the API as OpenAPI 3.1, made of the models that its answers are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.listings import ORDERS, FailureList, FindingList, Page, ReportList
from de06_extract.archive.facets.unit_table import UnitTable
from de06_extract.web.api.models import (
    API_VERSION,
    DecisionsAnswer,
    DecisionsAsked,
    FacetsAnswer,
    Index,
    ReadingList,
    Refusal,
    ReportAnswer,
)

Json = dict[str, Any]
_COMPONENTS = "#/components/schemas/"
_JSON = "application/json"
_REFUSALS = {
    "400": "The request names another host.",
    "403": "The browser or program has not opened the page, or the request comes from another site.",
    "404": "There is no such shelf, report or finding.",
    "413": "More was sent than is taken.",
    "415": "What was sent is not JSON.",
    "422": "A parameter or what was sent is not valid.",
    "500": "The program has met a defect.",
    "503": "The store cannot be used.",
    "507": "The disk is full.",
}
_ALWAYS = ("400", "403", "500")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the API: what it does, which parameters it has, what is sent to it, what it answers."""

    method: str
    path: str
    summary: str
    answer: type[BaseModel]
    parameters: tuple[str, ...] = ()
    sent: type[BaseModel] | None = None
    refusals: tuple[str, ...] = ("404", "422", "503")
    status: str = "200"


FILTER = ("shelf", *Filter.model_fields)
PAGED = (*FILTER, "order", *Page.model_fields)
ENDPOINTS = (
    Endpoint("get", "/api", "What there is to ask for", Index, refusals=()),
    Endpoint("get", "/api/facets", "Totals, and the counts of every facet beside the others", FacetsAnswer, FILTER),
    Endpoint("get", "/api/units", "The units by the rules that their reports break", UnitTable, FILTER),
    Endpoint("get", "/api/reports", "Reports, a page of them", ReportList, PAGED),
    Endpoint("get", "/api/reports/{id}", "One report, whole", ReportAnswer, ("id", "shelf")),
    Endpoint("get", "/api/findings", "Findings, a page of them, report by report", FindingList, PAGED),
    Endpoint("get", "/api/failures", "Files that could not be read", FailureList, ("shelf", *Page.model_fields)),
    Endpoint(
        *("post", "/api/decisions", "Decides on findings, on all that are sent or on none", DecisionsAnswer),
        parameters=("shelf",),
        sent=DecisionsAsked,
        refusals=("404", "413", "415", "422", "503"),
    ),
    Endpoint("get", "/api/readings", "How far the files are that were sent", ReadingList, refusals=()),
    Endpoint(
        *("post", "/api/files", "Sends files to be read, one `file` field each", ReadingList),
        refusals=("413", "422", "507"),
        status="202",
    ),
)


@cache
def api_description() -> Json:
    """The description as `schemas/api.openapi.json` holds it."""
    models = {endpoint.answer for endpoint in ENDPOINTS} | {one.sent for one in ENDPOINTS if one.sent} | {Refusal}
    answers = [(model, "serialization") for model in sorted(models, key=lambda model: model.__name__)]
    _, schemas = models_json_schema(answers, ref_template=f"{_COMPONENTS}{{model}}")  # type: ignore[arg-type]
    paths: dict[str, Json] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "de06-extract web",
            "version": API_VERSION,
            "description": "Answers the browser or program that has opened the page, by its cookie, on this machine.",
        },
        "servers": [{"url": "http://127.0.0.1:{port}", "variables": {"port": {"default": "0"}}}],
        "security": [{"cookie": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "parameters": _parameters(),
            "responses": {status: _answer(Refusal, words) for status, words in _REFUSALS.items()},
            "securitySchemes": {"cookie": {"type": "apiKey", "in": "cookie", "name": "de06-{port}"}},
        },
    }


def _operation(endpoint: Endpoint) -> Json:
    refusals = sorted({*_ALWAYS, *endpoint.refusals})
    operation: Json = {
        "summary": endpoint.summary,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in (*endpoint.parameters, "lang")],
        "responses": {
            endpoint.status: _answer(endpoint.answer, endpoint.summary),
            **{status: {"$ref": f"#/components/responses/{status}"} for status in refusals},
        },
    }
    if endpoint.sent is not None:
        operation["requestBody"] = {"required": True, "content": {_JSON: {"schema": _reference(endpoint.sent)}}}
    if endpoint.path == "/api/files":
        files = {"type": "array", "items": {"type": "string", "format": "binary"}}
        form = {"type": "object", "properties": {"file": files}, "required": ["file"]}
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    return operation


def _answer(model: type[BaseModel], words: str) -> Json:
    return {"description": words, "content": {_JSON: {"schema": _reference(model)}}}


def _reference(model: type[BaseModel]) -> Json:
    return {"$ref": f"{_COMPONENTS}{model.__name__}"}


def _parameters() -> Json:
    """The parameters by name: those of the models of filter and page, and a few more."""
    fields = {**Filter.model_json_schema()["properties"], **Page.model_json_schema()["properties"]}
    parameters = {name: _parameter(name, schema) for name, schema in fields.items()}
    return {
        **parameters,
        "shelf": _parameter("shelf", {"type": "string", "enum": ["archive", "files"]}),
        "order": _parameter("order", {"type": "string", "enum": list(ORDERS), "default": ORDERS[0]}),
        "lang": _parameter("lang", {"type": "string", "enum": ["vi", "en"]}),
        "id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
    }


def _parameter(name: str, schema: Json) -> Json:
    held = {key: value for key, value in schema.items() if key != "title"}
    return {"name": name, "in": "query", "schema": held}
