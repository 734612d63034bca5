"""The API is described as it is: its addresses, its parameters, and the models that it answers with."""

from __future__ import annotations

import json

from starlette.routing import Route

from de06_extract.archive.facets.filter import Filter
from de06_extract.web.api.description import ENDPOINTS, api_description
from de06_extract.web.api.routes import API_ROUTES
from tests.conftest import ROOT

SCHEMA = ROOT / "schemas" / "api.openapi.json"


def description_text() -> str:
    return json.dumps(api_description(), ensure_ascii=False, indent=2) + "\n"


def test_the_committed_description_is_that_of_the_models() -> None:
    assert SCHEMA.read_text("utf-8") == description_text(), "run `make schema`"


def test_every_address_is_described() -> None:
    served = {
        (method.lower(), route.path)
        for route in API_ROUTES
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    described = {(endpoint.method, endpoint.path) for endpoint in ENDPOINTS}
    assert served - described == {("get", "/api/openapi.json")}
    assert described <= served


def test_every_reference_leads_somewhere() -> None:
    description = api_description()
    found: list[str] = []

    def look(held: object) -> None:
        if isinstance(held, dict):
            found.extend([held["$ref"]] if isinstance(held.get("$ref"), str) else [])
            for inside in held.values():
                look(inside)
        elif isinstance(held, list):
            for inside in held:
                look(inside)

    look(description)
    assert len(found) > 50
    for reference in set(found):
        at: object = description
        for part in reference.removeprefix("#/").split("/"):
            assert isinstance(at, dict), reference
            assert part in at, reference
            at = at[part]


def test_every_facet_is_a_parameter() -> None:
    assert set(Filter.model_fields) <= set(api_description()["components"]["parameters"])


if __name__ == "__main__":
    print(description_text(), end="")
