"""The language that a program asks for: by `lang`, else by `Accept-Language`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qs

from starlette.datastructures import Headers

from de06_extract.language.messages import Language

if TYPE_CHECKING:
    from starlette.types import Scope

_API = "/api"
_RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{0,3})?)\s*)?"
)


def asked_language_of(scope: Scope) -> Language | None:
    """The language that a request to the API asks for; None where it asks for none, and of every other request."""
    if not is_of_api(scope):
        return None
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    return _known(asked) or preferred_language(Headers(scope=scope).get("accept-language", ""))


def is_of_api(scope: Scope) -> bool:
    """True of a request to the API."""
    path: str = scope["path"]
    return path == _API or path.startswith(f"{_API}/")


def preferred_language(accepted: str) -> Language | None:
    """The known language of the greatest weight in an `Accept-Language`, the first of several.

    >>> preferred_language("fr, en-GB;q=0.8, vi;q=0.9"), preferred_language("en,vi"), preferred_language("fr, en;q=0")
    ('vi', 'en', None)
    """
    found: list[tuple[float, Language]] = []
    for part in accepted.split(","):
        held = _RANGE.fullmatch(part)
        language = held and _known(held["tag"].lower())
        if held and language:
            found.append((float(held["weight"] or 1), language))
    weight, best = max(found, key=lambda pair: pair[0], default=(0.0, None))
    return best if weight else None


def _known(tag: str) -> Language | None:
    return next((language for language in get_args(Language) if language == tag), None)
