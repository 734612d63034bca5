"""The view of a report: its pages beside its cards, and the pictures of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from de06_extract.language.messages import messages, said, spoken
from de06_extract.readers import annotators
from de06_extract.schema.cards.card import Card
from de06_extract.schema.cards.quotes import shortened
from de06_extract.schema.display import percent_of
from de06_extract.schema.reading_notes import reading_notes
from de06_extract.web.answers import RefusedError, page, rendered
from de06_extract.web.review.marks import anchor
from de06_extract.web.review.review import OPEN, Review, content_of, content_source, review_of, state_of
from de06_extract.web.review.sheets import TextBlock, blocks_of, sheets_of
from de06_extract.web.start import desk_of

_QUOTE = 420  # characters of a quotation
_PLACES = 6  # related places that are named


def show_review(request: Request) -> Response:
    """The page of one report."""
    review = review_of(request)
    language = spoken()
    sheets = sheets_of(review.report, review.marks)
    header = review.report["header"]
    return page(
        "review.html",
        review=review,
        title=" ".join(filter(None, (header["doc_type"], header["title"]))),
        cards=[shown_card(review, number, card) for number, card in enumerate(review.cards, 1)],
        counts=counts_in_words(review),
        coverage=messages("report")[language]["coverage"].format(**review.report["coverage"]),
        notes=reading_notes(review.report["source"], language),
        rules=sorted({card.title for card in review.cards}),
        sheets=sheets,
        blocks=() if sheets else _blocks(review),
        consistent=list(review.consistent(language)),
        has_notes=review.report["source"]["media_type"] in annotators(),
    )


def send_picture(request: Request) -> Response:
    """The picture of a page."""
    desk, number = desk_of(request), request.path_params["page"]
    file = desk.shelf(request.path_params["shelf"]).file(request.path_params["key"])
    if file is None or file.sha256 is None:
        raise RefusedError(404, said("web", "refused.nothing"))
    drawn = desk.pictures.picture(file.sha256, number, content_source(desk, file.path, file.sha256))
    if drawn is None:
        raise RefusedError(404, said("web", "review.no_picture", page=number))
    return Response(drawn.data, media_type=drawn.media_type)


def shown_card(review: Review, number: int, card: Card) -> dict[str, Any]:
    """A card with what its template needs besides."""
    words, of_cards = messages("web")[spoken()]["review"], messages("cards")[spoken()]
    state = state_of(card)
    places = [place.words for place in card.related[:_PLACES]]
    left = len(card.related) - len(places)
    places += [of_cards["more_places"].format(count=left)] if left else []
    sure = percent_of(card.confidence)
    decision = card.decision
    told = (decision.reason, decision.note, decision.who, decision.when)
    return {
        "anchor": anchor(number),
        "card": card,
        "pieces": shortened(card.quote, _QUOTE).pieces,
        "related": of_cards["related"].format(places="; ".join(places)) if places else None,
        "confidence": None if sure is None else messages("report")[spoken()]["confidence"].format(percent=sure),
        "state": state,
        "state_words": words["open"] if state == OPEN else states()[state],
        "decision": [text for text in told[:3] if text],
        "when": decision.when if state != OPEN else None,
        "address": f"{review.address}/decisions",
        "reasons": words["reasons"],
        "error": None,
    }


def card_page(review: Review, number: int, card: Card) -> str:
    """The HTML of one card."""
    return rendered("card.html", shown=shown_card(review, number, card))


def counts_in_words(review: Review) -> str:
    """How many findings are open, and how many have which decision, in one line."""
    templates: dict[str, str] = messages("web")[spoken()]["review"]["counts"]
    counts = review.counts()
    said_always = (OPEN, "confirmed", "dismissed")
    return " · ".join(
        template.format(count=counts[state])
        for state, template in templates.items()
        if counts[state] or state in said_always
    )


def states() -> dict[str, str]:
    """The decisions in words."""
    found: dict[str, str] = messages("columns")["words"][spoken()]["review_state"]
    return found


def _blocks(review: Review) -> Sequence[TextBlock]:
    suffix = PurePosixPath(review.result.path).suffix.lower()
    text = review.report.get("text") or review.desk.texts.text(
        review.result.sha256 or "", suffix, lambda: content_of(review)
    )
    return () if text is None else tuple(blocks_of(text, review.marks))
