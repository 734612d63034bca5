"""Answers: pages from templates, JSON, and errors as one sentence in the form that was asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from de06_extract.language.messages import messages, spoken
from de06_extract.schema.display import Language

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.types import Scope

_JSON = "application/json"
_API = "/api/"


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
    return scope["path"].startswith(_API) or _JSON in Headers(scope=scope).get("accept", "")


@cache
def _templates(language: Language) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("de06_extract", "data/web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=messages("web")[language], of_cards=messages("cards")[language], language=language)
    environment.filters["day"] = lambda iso: shown_day(iso, language)
    return environment


def shown_day(iso: str | None, language: Language) -> str:
    """A day as people write it.

    >>> shown_day("2024-04-02", "vi"), shown_day("2024-04-02", "en"), shown_day(None, "vi")
    ('02/04/2024', '2024-04-02', '')
    """
    return "/".join(reversed((iso or "").split("-"))) if language == "vi" else iso or ""
