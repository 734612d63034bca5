"""The notes of a report: one for each cause, with the cards of its findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from de06_extract.document.copies.notes import Mark, Note
from de06_extract.language.messages import messages
from de06_extract.schema.cards.card import Card, CardPlace, CauseCards
from de06_extract.schema.cards.make import causes_of, report_cards
from de06_extract.schema.display import Language
from de06_extract.schema.report import Location, Report

_DISMISSED = "dismissed"


def open_cards(report: Report, language: Language) -> tuple[Card, ...]:
    """The cards of what nobody has dismissed, as they stand in the text."""
    cards = report_cards(report.model_dump(), language)
    kept = (card for card in cards if card.decision.state != _DISMISSED)
    return tuple(sorted(kept, key=lambda card: card.place.start or 0))


def notes_of(report: Report, language: Language) -> tuple[Note, ...]:
    """A note for each cause, as they stand in the text."""
    return tuple(_note(cause, language) for cause in causes_of(open_cards(report, language)))


def _note(cause: CauseCards, language: Language) -> Note:
    first = cause.cards[0]
    words = messages("annotations")[language]
    return Note(
        name=f"{first.cause}-{cause.number}",
        severity=first.severity,
        heading=words["heading"].format(number=cause.number, level=first.level, title=first.title),
        text="\n".join(dict.fromkeys(_lines(cause.cards, language))),
        aside=words["aside"].format(number=cause.number, figure=_doubted(first), place=first.place.words),
        marks=tuple(_marks(cause.cards)),
    )


def _lines(cards: Sequence[Card], language: Language) -> Iterator[str]:
    """What the note says, line by line; findings of one cause propose the same, which is said once."""
    words = messages("annotations")[language]
    for card in cards:
        yield card.arithmetic
        if any(location.get("part") for location in card.place.locations):  # the note cannot stand there
            yield words["place"].format(place=card.place.words, quote=card.quote.text)
    for card in cards:
        for proposal in card.proposals:
            yield words["proposal"].format(changes=proposal.words, reason=proposal.reason)
        if card.expected and not card.proposals:
            yield words["expected"].format(expected=card.expected)
    related = dict.fromkeys(place.words for card in cards for place in card.related)
    if related:
        yield words["related"].format(places="; ".join(related))


def _doubted(card: Card) -> str:
    """What the card holds to be wrong, as the report has it."""
    wrong = [figure.text for figure in card.figures if figure.is_wrong]
    return card.reported or "; ".join(wrong) or card.title


def _marks(cards: Sequence[Card]) -> Iterator[Mark]:
    """Every figure that the cards speak of, each once; one that any of them doubts is in doubt."""
    places = [(card.place, True) for card in cards]
    places += [(figure.place, figure.is_wrong) for card in cards for figure in card.figures]
    places += [(other.place, False) for card in cards for other in card.related if other.file is None]
    doubted = {(place.start, place.end) for place, is_doubted in places if is_doubted}
    marked: dict[tuple[int, int], CardPlace] = {}
    for place, _ in places:
        if place.start is not None and place.end is not None and place.locations:
            marked.setdefault((place.start, place.end), place)
    for (start, end), place in marked.items():
        locations = tuple(Location.model_validate(location) for location in place.locations)
        yield Mark(start, end, locations, is_doubted=(start, end) in doubted)
