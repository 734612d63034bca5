"""The styles and scripts of the page, out of the package."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from de06_extract.language.messages import said
from de06_extract.web.answers import RefusedError

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOLDERS = ("web", "page")  # the style of the page of an archive is the style here, too


def send_static(request: Request) -> Response:
    """A style, a script or the picture of the page by its name."""
    found = _static(request.path_params["name"])
    if found is None:
        raise RefusedError(404, said("web", "refused.nothing"))
    text, kind = found
    return Response(text, media_type=kind)


@lru_cache(maxsize=64)
def _static(name: str) -> tuple[str, str] | None:
    """The text of a file of these folders and its kind; no other file is ever looked at."""
    for folder in _FOLDERS:
        for file in files("de06_extract").joinpath("data", folder).iterdir():
            kind = next((kind for suffix, kind in _KINDS.items() if file.name.endswith(suffix)), None)
            if file.name == name and kind is not None:
                return file.read_text("utf-8"), kind
    return None
