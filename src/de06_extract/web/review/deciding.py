"""Decisions on findings, each kept at once, and taken back to what was decided before."""

from __future__ import annotations

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from de06_extract.archive.decision import STATES, Decision
from de06_extract.language.messages import messages, said, spoken
from de06_extract.schema.cards.card import Card
from de06_extract.web.answers import RefusedError, wants_json
from de06_extract.web.review.marks import anchor
from de06_extract.web.review.review import Review, review_of
from de06_extract.web.review.view import card_page, counts_in_words
from de06_extract.web.uploads import form_of

_MOST_FORM = 1 << 16  # bytes
_MOST_NOTE = 1_000  # characters
_OTHER = "other"  # the reason that has to be written
_UNDO = "undo"


async def decide(request: Request) -> Response:
    """Keeps a decision on a finding: with the new card as JSON for the script, else back to the card."""
    async with form_of(request, _MOST_FORM) as form:
        return await run_in_threadpool(_decide, request, form)


def _decide(request: Request, form: FormData) -> Response:
    review = review_of(request)
    found = review.card(_field(form, "finding"))
    if found is None:
        raise RefusedError(404, said("web", "review.no_finding"))
    number, card = found
    if _field(form, "state") == _UNDO:
        review.desk.decided.take_back(review.shelf, review.result.path, card.id, _empty(review, card))
    else:
        review.desk.decided.put(review.shelf, _decision(review, card, form))
    if not wants_json(request.scope):
        return RedirectResponse(f"{review.address}#{anchor(number)}", 303)
    after = review_of(request)
    number, card = after.card(card.id) or found
    return JSONResponse(
        {
            "card": card_page(after, number, card),
            "counts": counts_in_words(after),
            "looks": {mark.id: mark.look for mark in after.marks},
        }
    )


def _decision(review: Review, card: Card, form: FormData) -> Decision:
    """The decision that the form states. Raises a `RefusedError` where it lacks what it has to have."""
    state, note = _field(form, "state"), _field(form, "note") or None
    if state not in STATES:
        raise RefusedError(422, said("web", "review.no_state"))
    if note is not None and len(note) > _MOST_NOTE:
        raise RefusedError(422, said("web", "review.long_note", most=_MOST_NOTE))
    reason = None
    if state == "dismissed":
        reason, note = _reason(_field(form, "reason"), note), None
    return _empty(review, card).model_copy(update={"state": state, "reason": reason, "note": note})


def _reason(key: str, note: str | None) -> str:
    """The reason in words, with what was written besides."""
    words: dict[str, str] = messages("web")[spoken()]["review"]["reasons"]
    if key not in words or (key == _OTHER and note is None):
        raise RefusedError(422, said("web", "review.no_reason"))
    if key == _OTHER:
        return note or ""
    return f"{words[key]}: {note}" if note else words[key]


def _empty(review: Review, card: Card) -> Decision:
    """What nobody has decided yet of a finding, by whom it would be and when."""
    finding = card.finding
    return Decision(
        path=review.result.path,
        finding_id=card.id,
        rule=str(finding["rule"]),
        quote=str(finding["quote"]),
        sha256=review.result.sha256,
        state="unseen",
        who=review.desk.settings.reviewer,
        decided=date.today(),
    )


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
