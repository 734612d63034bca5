"""What happened to a report, as a person who is writing it is told: a line, and one for each finding that is new."""

from __future__ import annotations

from de06_extract.archive.watching.folder import FileEvent
from de06_extract.commands.terminal import problem
from de06_extract.errors import UnreadableError
from de06_extract.language.messages import said
from de06_extract.schema.cards.card import Card

_INDENT = "   "


def lines_of(event: FileEvent, *, with_cards: bool) -> str:
    """The line that says what happened, and one for each finding that is new."""
    if event.error is not None:
        told = problem(event.error) if isinstance(event.error, UnreadableError) else str(event.error)
        return f"{told}\n"
    lines = [said("watch", "line", path=event.path, what=_what(event))]
    for cause in event.change.new if with_cards else ():
        for card in cause:
            lines.append(f"{_INDENT}{_card(card)}")
    return "".join(f"{_printable(line)}\n" for line in lines)


def _what(event: FileEvent) -> str:
    change = event.change
    if event.what == "gone":
        return said("watch", "removed")
    if event.what == "renamed":
        return said("watch", "renamed", former=event.former)
    if event.what == "first":
        return said("watch", "first" if change.left else "clean", count=change.left)
    parts = [said("watch", "new", count=len(change.new))] if change.new else []
    parts += [said("watch", "gone", count=change.gone)] if change.gone else []
    parts += [said("watch", "left", count=change.left) if change.left else said("watch", "none_left")]
    return ", ".join(parts if event.what == "changed" else [said("watch", "same"), *parts])


def _card(card: Card) -> str:
    key = "card_with_place" if card.place.words else "card"
    told = said("watch", key, number=card.number, level=card.level, place=card.place.words, arithmetic=card.arithmetic)
    return "; ".join([told, *([said("watch", "proposal", changes=card.proposal)] if card.proposal else [])])


def _printable(line: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in line)
