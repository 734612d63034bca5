"""What can be taken away: the document with notes, a workbook, a note to hand on; as decided by now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import InternalError, NotCopiedError, UnreadableError
from de06_extract.language.messages import said, spoken
from de06_extract.output.copies.words import refusal
from de06_extract.output.format import Settings
from de06_extract.output.formats import formats
from de06_extract.schema.report import Report
from de06_extract.web.answers import RefusedError
from de06_extract.web.review.review import Review, content_source, review_of

_OF_DECISIONS = ("decision", "dismissed")  # the keys that a report of its own does not have
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_download(request: Request) -> Response:
    """The report in a form; what is to be said of it is in a header, for the script."""
    make = _FORMS.get(request.path_params["form"])
    if make is None:
        raise RefusedError(404, said("web", "refused.nothing"))
    review = review_of(request)
    data, ending, media_type, cautions = make(review)
    name = f"{PurePosixPath(review.name).stem}{ending}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    if cautions:
        headers["X-Cautions"] = quote(" ".join(cautions))
    return Response(data, media_type=media_type, headers=headers)


_Made = tuple[bytes, str, str, Sequence[str]]


def _with_notes(review: Review) -> _Made:
    """A copy of the document with a note at each cause that nobody dismissed."""
    form, out = formats()["notes"], BytesIO()
    assert form.of_report is not None
    source = content_source(review.desk, review.result.path, review.result.sha256)
    settings = Settings(language=spoken(), source=source, limits=review.desk.settings.limits)
    try:
        cautions = form.of_report(open_report(review.report), [out], settings) or ()
    except NotCopiedError as error:
        raise RefusedError(409, refusal(error, review.name, spoken())) from error
    except (UnreadableError, InternalError, WorkerError) as error:
        raise RefusedError(409, str(error)) from error
    media_type: str = review.report["source"]["media_type"]
    ending = next(suffix for suffix in form.suffixes if suffix.endswith(PurePosixPath(review.name).suffix.lower()))
    return out.getvalue(), ending, media_type, cautions


def _workbook(review: Review) -> _Made:
    return _of_archive(review, "xlsx", ".xlsx", _EXCEL)


def _note(review: Review) -> _Made:
    return _of_archive(review, "docx", ".phieu.docx", _WORD)


def _of_archive(review: Review, name: str, ending: str, media_type: str) -> _Made:
    """The one report as an archive is written, with what was decided of it."""
    form, out = formats()[name], BytesIO()
    assert form.of_archive is not None
    form.of_archive([review.result], [out], Settings(language=spoken(), made_on=date.today()))
    return out.getvalue(), ending, media_type, ()


_FORMS: Mapping[str, Callable[[Review], _Made]] = {"notes": _with_notes, "workbook": _workbook, "note": _note}


def open_report(parsed: Mapping[str, Any]) -> Report:
    """The report as it would be if what was dismissed had not been found."""
    kept = [
        {key: value for key, value in finding.items() if key not in _OF_DECISIONS}
        for finding in parsed["findings"]
        if not finding.get("dismissed")
    ]
    return Report.model_validate({**parsed, "findings": kept})
