"""The view to begin with: files are dropped here, and it is said how far each of them is."""

from __future__ import annotations

import errno
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from de06_extract.archive.store.heads import path_key
from de06_extract.language.messages import messages, said, spoken, system_reason
from de06_extract.output.tables.columns import reasons
from de06_extract.readers import readers
from de06_extract.web.answers import RefusedError, page, wants_json
from de06_extract.web.desk.desk import DROPPED, Desk
from de06_extract.web.desk.readings import Reading
from de06_extract.web.session import Session
from de06_extract.web.uploads import form_of

_SHOWN = 100  # of the files that were dropped
_FULL = (errno.ENOSPC, errno.EDQUOT)


def enter(request: Request) -> Response:
    """Gives the browser that comes with the token its cookie; the address is of no use afterwards."""
    session: Session = request.app.state.session
    if not session.enter(request.query_params.get("token", "")):
        raise RefusedError(403, said("web", "refused.token"))
    answer = RedirectResponse("/", 303)
    answer.set_cookie(session.cookie_name, session.cookie, httponly=True, samesite="strict")
    return answer


def show_start(request: Request) -> Response:
    """The page to drop files on, with those that were dropped."""
    desk = desk_of(request)
    known = desk.own.overview()
    dropped = [known[kept.listed] for kept in desk.kept if kept.listed in known]
    underway = [reading for reading in desk.readings.all() if reading.state in ("waiting", "reading")]
    return page(
        "start.html",
        endings=sorted(readers()),
        most=desk.settings.most_bytes,
        readings=[shown_reading(reading) for reading in underway],
        files=dropped[:_SHOWN],
        reasons=reasons(spoken()),
    )


async def receive_files(request: Request) -> Response:
    """Keeps the files of a form and has them read."""
    desk = desk_of(request)
    async with form_of(request, desk.settings.most_bytes) as form:
        sent = [item for item in form.getlist("file") if isinstance(item, UploadFile) and item.filename]
        if not sent:
            raise RefusedError(422, said("web", "refused.no_file"))
        taken = []
        for item in sent:
            try:
                taken.append(await run_in_threadpool(desk.take, item.file, item.filename or ""))
            except OSError as error:
                raise _not_kept(error) from error
    if wants_json(request.scope):
        return JSONResponse({"readings": [shown_reading(reading) for reading in taken]}, 202)
    return RedirectResponse("/", 303)


def remove_file(request: Request) -> Response:
    """Takes away a file that was dropped."""
    desk_of(request).remove(request.path_params["key"])
    return RedirectResponse("/", 303)


def list_readings(request: Request) -> Response:
    """How far the files are, as JSON."""
    return JSONResponse({"readings": [shown_reading(reading) for reading in desk_of(request).readings.all()]})


def shown_reading(reading: Reading) -> dict[str, Any]:
    """A reading as the page shows it: its state in words, and where it is looked at once it is done."""
    words = messages("web")[spoken()]
    state = words["states"][reading.state]
    at, total = page_of_stage(reading.stage)
    if reading.state == "reading" and at:
        state = words["reading_page"].format(page=at, pages=total)
    if reading.state == "failed":
        state = failure(reading.name, reading.message, reading.reason)
    key = path_key(reading.file.listed)
    return {
        "number": reading.number,
        "name": reading.name,
        "state": reading.state,
        "page": at,
        "pages": total,
        "words": state,
        "href": review_address(DROPPED, key) if reading.state == "done" else None,
    }


def page_of_stage(stage: str) -> tuple[int | None, int | None]:
    """The page that is read, and how many there are, if a page is.

    >>> page_of_stage("page 3 12"), page_of_stage("rules")
    ((3, 12), (None, None))
    """
    words = stage.split()
    if len(words) == 3 and words[0] == "page" and all(word.isdecimal() for word in words[1:]):
        return int(words[1]), int(words[2])
    return None, None


def failure(name: str, message: str, reason: str) -> str:
    """Why a file could not be read, and what to do about it, in one sentence."""
    advice = messages("page")[spoken()]["advice"].get(reason)
    return f"{name}: {message}" + (f". {advice}" if advice else "")


def review_address(shelf: str, key: str) -> str:
    """Where a file is looked at."""
    return f"/review/{quote(shelf)}/{key}"


def desk_of(request: Request) -> Desk:
    """What this start of the page works with."""
    desk: Desk = request.app.state.desk
    return desk


def _not_kept(error: OSError) -> RefusedError:
    key = "disk_full" if error.errno in _FULL else "not_kept"
    return RefusedError(507, said("web", f"refused.{key}", reason=system_reason(error)))
