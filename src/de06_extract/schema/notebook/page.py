"""The HTML of a report for a notebook: a heading and a card each, with inline styles alone and no script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from de06_extract.language.messages import messages
from de06_extract.schema.cards.card import Card
from de06_extract.schema.cards.make import headline, report_cards
from de06_extract.schema.cards.quotes import shortened
from de06_extract.schema.display import Language, counted, one_line, percent_of
from de06_extract.schema.notebook.pictures import card_pictures, page_of

if TYPE_CHECKING:
    from jinja2 import Template

_CARDS = 50  # shown of a report; the others are counted
_QUOTE = 420  # characters of a quotation
_PLACES = 6  # related places that are named
_PDF = "application/pdf"

Parsed = Mapping[str, Any]


def notebook_page(report: Parsed, language: Language, data: bytes | None = None) -> str:
    """The HTML of a report as its JSON holds it; `data` are the bytes of its file, for the pictures of a PDF."""
    words, of_cards = messages("report")[language], messages("cards")[language]
    cards = report_cards(report, language)
    shown = cards[:_CARDS]
    has_pages = data is not None and report["source"]["media_type"] == _PDF
    pictures = card_pictures(shown, data) if has_pages and data is not None else {}
    return _template().render(
        head=notebook_line(report, language),
        counts=counted(words["severities"], report["summary"]["findings"]),
        cards=[_shown(card, pictures.get(card.number), language) for card in shown],
        more=messages("notebook")[language]["more"].format(count=len(cards) - _CARDS) if len(cards) > _CARDS else None,
        searching=of_cards["searching"] if any(card.place.search for card in shown) else None,
        closing=_closing(report, language),
    )


def notebook_line(report: Parsed, language: Language) -> str:
    """The name of the file and how many places there are to look at, on one line."""
    source, words = report["source"], messages("report")[language]
    pages = [] if source["pages"] is None else [words["pages"].format(pages=source["pages"])]
    found = [headline(report["summary"]["causes"], len(report["findings"]), language)] if report["findings"] else []
    return " · ".join([one_line(source["name"]), *pages, *(found or [_nothing(report, language)])])


def _nothing(report: Parsed, language: Language) -> str:
    """What it says of a report without findings how much was checked."""
    words = messages("report")[language]
    checks = sum(claim["verdict"] != "unverifiable" for claim in report["claims"])
    return str(words["nothing_found"].format(checks=checks) if checks else words["nothing_checked"])


def _shown(card: Card, picture: str | None, language: Language) -> dict[str, Any]:
    words, of_cards = messages("report")[language], messages("cards")[language]
    own = messages("notebook")[language]
    related = [place.words for place in card.related[:_PLACES]]
    left = len(card.related) - len(related)
    related += [of_cards["more_places"].format(count=left)] if left else []
    sure = percent_of(card.confidence)
    facts = [card.title, card.rule, *([] if sure is None else [words["confidence"].format(percent=sure)])]
    return {
        "number": card.number,
        "head": " · ".join(filter(None, (card.level, card.place.words))),
        "is_error": card.severity == "error",
        "arithmetic": card.arithmetic,
        "pieces": shortened(card.quote, _QUOTE).pieces,
        "proposals": [of_cards["proposal"].format(changes=p.words, reason=p.reason) for p in card.proposals],
        "related": of_cards["related"].format(places="; ".join(related)) if related else None,
        "picture": picture,
        "alt": own["picture"].format(page=page_of(card)) if picture else None,
        "facts": " · ".join(facts),
    }


def _closing(report: Parsed, language: Language) -> list[str]:
    """Lines on what was read and what of it was not."""
    words = messages("report")[language]
    unread, left_out = report["source"]["unread_pages"], report["summary"]["left_out"]
    lines = [words["unread_pages"].format(pages=", ".join(map(str, unread)))] if unread else []
    for remark in report["source"]["remarks"]:
        lines.append(words["remarks"][remark["about"]].format(detail=one_line(remark["detail"])))
    lines += [words["left_out"].format(count=left_out)] if left_out else []
    return [*lines, words["coverage"].format(**report["coverage"])]


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = files("de06_extract").joinpath("data", "page", "notebook.html").read_text("utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )
