"""Answers: pages from templates, JSON, and errors as one sentence in the form that was asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from de06_extract.language.messages import messages, spoken
from de06_extract.output.html.notation import shown_day, shown_number
from de06_extract.schema.display import Language
from de06_extract.web.api.language import is_of_api

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.types import Scope

_JSON = "application/json"


class RefusedError(Exception):
    """A request that is not answered with what it asks for: the status, and one sentence for the user."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template of `data/web`, in the language that is spoken."""
    return HTMLResponse(rendered(template, **values), status)


def rendered(template: str, **values: Any) -> str:
    """The HTML of a template of `data/web`; `words` are those of `data/messages/web.toml`."""
    return _templates(spoken()).get_template(template).render(values)


def refused(scope: Scope, status: int, message: str) -> Response:
    """The answer that says in one sentence why there is none: JSON where a program asks, else a page."""
    if wants_json(scope):
        return JSONResponse({"message": message}, status)
    return page("refused.html", status=status, message=message)


def wants_json(scope: Scope) -> bool:
    """True where a script or a program asks, and not a person."""
    return is_of_api(scope) or _JSON in Headers(scope=scope).get("accept", "")


@cache
def _templates(language: Language) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    folders = (PackageLoader("de06_extract", f"data/{folder}") for folder in ("web", "page"))
    environment = Environment(
        loader=ChoiceLoader(list(folders)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=messages("web")[language], of_cards=messages("cards")[language], language=language)
    environment.filters["day"] = lambda iso: shown_day(iso, language) or ""
    environment.filters["number"] = lambda value: shown_number(value, language)
    return environment
