"""What stands before every route: whose request it is, how much it may send, and what a browser may do with the answer.

To listen on this machine alone is no protection: a page of another site may send requests to it, or have its own name
lead here (DNS rebinding), and other users of the machine reach it too.
"""

from __future__ import annotations

import logging
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from de06_extract.language.messages import Language, said, speaking
from de06_extract.web.answers import refused
from de06_extract.web.api.language import asked_language_of
from de06_extract.web.session import Session

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger(__name__)

ENTRY = "/enter"
_SAFE = ("GET", "HEAD")
_OWN_SITE = ("same-origin", "none")  # «none»: typed or opened by the user; another port of this machine is «same-site»
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without any, a form would be sent with «Origin: null»
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # documents do not stay behind in the files of the browser
}


class Guard:
    """Lets through what the browser of the session sends from a page of its own, and says why not.

    That is said in the language of the page, to a program in the one that it asks for.

    Another name of the host is 400; another site, another origin and no cookie are 403.
    """

    def __init__(self, app: ASGIApp, session: Session, language: Language) -> None:
        self._app, self._session, self._language = app, session, language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        is_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        with speaking(asked_language_of(scope) or self._language):
            wrong = self._wrong(scope)
            answer = self._app if wrong is None else refused(scope, *wrong)
            try:
                await answer(scope, receive, send_guarded)
            except Exception as error:  # a defect: the page says so, the terminal says what
                _LOG.exception("%s %s", scope["method"], scope["path"])
                if is_begun:
                    raise
                words = said("web", "refused.defect", what=type(error).__name__)
                await refused(scope, 500, words)(scope, receive, send_guarded)

    def _wrong(self, scope: Scope) -> tuple[int, str] | None:
        """The status and the sentence for a request that is not let through."""
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._session.hosts:
            return 400, said("web", "refused.host")
        if headers.get("sec-fetch-site", "none") not in _OWN_SITE:
            return 403, said("web", "refused.site")
        origin = headers.get("origin")
        if scope["method"] not in _SAFE and origin is not None and origin != f"http://{headers['host'].lower()}":
            return 403, said("web", "refused.site")
        if scope["path"] != ENTRY and not self._session.knows(_cookie(headers, self._session.cookie_name)):
            return 403, said("web", "refused.cookie")
        return None


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        held = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return None if held is None else held.value
