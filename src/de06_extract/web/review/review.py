"""One report as it is looked at: what came out of its file, the cards of its findings, the figures that are marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from de06_extract.archive.cards import result_cards
from de06_extract.archive.store.results import FileResult
from de06_extract.language.messages import said
from de06_extract.schema.cards.card import Card
from de06_extract.schema.display import Language, one_line, place
from de06_extract.web.answers import RefusedError
from de06_extract.web.desk.desk import Desk
from de06_extract.web.desk.shelf import Shelf
from de06_extract.web.review.marks import FigureMark, marks_of
from de06_extract.web.start import desk_of, review_address

OPEN = "open"  # of a finding on which nothing is decided


@dataclass(frozen=True, slots=True)
class Review:
    """A report on its shelf, with its cards in the order in which they are shown."""

    desk: Desk
    shelf: Shelf
    address: str
    result: FileResult
    report: dict[str, Any]
    cards: tuple[Card, ...]
    marks: tuple[FigureMark, ...]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.result.path.rsplit("/", 1)[-1]

    def card(self, finding_id: str) -> tuple[int, Card] | None:
        """The card of a finding with its number, from 1."""
        numbered = enumerate(self.cards, 1)
        return next(((number, card) for number, card in numbered if card.id == finding_id), None)

    def counts(self) -> Counter[str]:
        """How many findings are open, and how many have which decision."""
        return Counter(state_of(card) for card in self.cards)

    def consistent(self, language: Language) -> Iterator[dict[str, Any]]:
        """The relations that hold: their words, where they stand, and the mark of their first figure."""
        names = {mark.start: mark.id for mark in self.marks}
        for relation in (*self.report["claims"], *self.report["comparisons"]):
            if relation["verdict"] == "consistent":
                start, end = relation["span"]["start"], relation["span"]["end"]
                inside = next((names[at] for at in sorted(names) if start <= at < end), None)
                where = place(relation.get("locations", ()), language)
                yield {"quote": one_line(relation["quote"]), "place": where, "mark": inside}


def state_of(card: Card) -> str:
    """What was decided of a finding; `open` where nothing was."""
    state = card.decision.state
    return OPEN if state in (None, "unseen") else str(state)


def review_of(request: Request) -> Review:
    """The report that the address of a request names. Raises a `RefusedError` where there is none."""
    desk, name, key = desk_of(request), request.path_params["shelf"], request.path_params["key"]
    shelf = desk.shelf(name)
    result = shelf.result(key)
    if result is None:
        raise RefusedError(404, said("web", "refused.nothing"))
    if result.report is None:
        raise RefusedError(422, f"{result.path.rsplit('/', 1)[-1]}: {result.message or result.reason or ''}")
    report = dict(result.report)
    cards = result_cards(result, desk.settings.language)
    return Review(desk, shelf, review_address(name, key), result, report, cards, marks_of(report, cards))


def content_of(review: Review) -> bytes | None:
    """The bytes that the report is on; None where they are gone or are others by now."""
    return review.desk.sources.content(review.result.path, review.result.sha256)


def content_source(desk: Desk, path: str, sha256: str | None) -> Callable[[], bytes]:
    """What gives the bytes of a file with this hash, or raises a `RefusedError` where they are gone."""

    def content() -> bytes:
        data = desk.sources.content(path, sha256)
        if data is None:
            raise RefusedError(410, said("web", "review.gone", name=path.rsplit("/", 1)[-1]))
        return data

    return content
