"""The figures of a report that are marked: those that a finding speaks of, and those that were found to agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from de06_extract.schema.cards.card import Card, CardPlace, Location
from de06_extract.schema.cards.quotes import figures_of

Look = Literal["wrong", "figure", "dismissed", "consistent"]
"""Held to be wrong; of the same relation; wrong by a finding that was dismissed; of a relation that holds."""

_DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class FigureMark:
    """A figure that is marked: its offsets, how it looks, the anchors of the cards that speak of it, where it stands.

    `id` names it on the page; it is the same however the findings are decided.
    """

    id: str
    start: int
    end: int
    look: Look
    cards: tuple[str, ...]
    locations: tuple[Location, ...]
    label: str


def marks_of(report: Mapping[str, Any], cards: Sequence[Card]) -> tuple[FigureMark, ...]:
    """Every figure that is marked, each once, as they stand in the text."""
    spoken: dict[tuple[int, int], list[tuple[str, Card, CardPlace, bool]]] = {}
    for number, card in enumerate(cards, 1):
        for place, is_wrong in _places(card):
            if place.start is not None and place.end is not None:
                spoken.setdefault((place.start, place.end), []).append((anchor(number), card, place, is_wrong))
    consistent = {
        (figure["span"]["start"], figure["span"]["end"]): figure
        for relation in (*report["claims"], *report["comparisons"])
        if relation["verdict"] == "consistent"
        for figure in figures_of(relation)
    }
    marks: list[FigureMark] = []
    for number, (start, end) in enumerate(sorted(spoken.keys() | consistent.keys()), 1):
        name = f"m{number}"
        if (start, end) in spoken:
            held = spoken[start, end]
            anchors = tuple(dict.fromkeys(at for at, *_ in held))
            place = next((place for _, _, place, _ in held if place.locations), held[0][2])
            label = ", ".join(dict.fromkeys(card.number for _, card, _, _ in held))
            look = _look((card.decision.state == _DISMISSED, is_wrong) for _, card, _, is_wrong in held)
            marks.append(FigureMark(name, start, end, look, anchors, place.locations, label))
        else:
            figure = consistent[start, end]
            locations = tuple(figure.get("locations", ()))
            marks.append(FigureMark(name, start, end, "consistent", (), locations, figure["span"]["text"]))
    return tuple(marks)


def anchor(number: int) -> str:
    """The name of a card in addresses: «f2» is the second."""
    return f"f{number}"


def _places(card: Card) -> Iterator[tuple[CardPlace, bool]]:
    """Every place that a card speaks of, and whether it holds what stands there to be wrong."""
    if not card.figures:
        yield card.place, True
    for figure in card.figures:
        yield figure.place, figure.is_wrong
    for other in card.related:
        if other.file is None:
            yield other.place, False


def _look(held: Iterable[tuple[bool, bool]]) -> Look:
    """How a figure looks of which several findings speak: what is open counts for more than what was dismissed."""
    known = set(held)
    if (False, True) in known:
        return "wrong"
    return "dismissed" if (True, True) in known and (False, False) not in known else "figure"
