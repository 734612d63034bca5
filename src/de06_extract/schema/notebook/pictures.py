"""The pictures of cards: the place on the page of each, where the report's file is at hand and is a PDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from de06_extract.schema.cards.card import Card
from de06_extract.schema.notebook import page_pictures

_PROGRAM = (sys.executable, "-P", page_pictures.__file__)
_SECONDS = 20.0  # for the pictures of all cards
_MOST = 20  # pictures of a report: a notebook keeps them, some 15 KB each
_Wanted = tuple[int, list[tuple[float, float, float, float, bool]]]  # a page, boxes on it


def card_pictures(cards: Sequence[Card], data: bytes, *, program: Sequence[str] = _PROGRAM) -> dict[str, str]:
    """The PNG, in Base64, of the place of each card by its number; a card without boxes has none.

    `data` is the PDF file. Of many cards the first have one, and none that cannot be drawn.
    """
    wanted = {card.number: place for card in cards if (place := _place(card)) is not None}
    numbers = list(wanted)[:_MOST]
    if not numbers:
        return {}
    asked = json.dumps([wanted[number] for number in numbers]).encode("ascii") + b"\n" + data
    return {number: line for number, line in zip_longest(numbers, _lines(program, asked)[: len(numbers)]) if line}


def page_of(card: Card) -> int | None:
    """The page that the picture of a card shows: that of a wrong figure, else of any."""
    boxed = [(figure.is_wrong, at["page"]) for figure in card.figures for at in figure.place.locations if "bbox" in at]
    return max(boxed, key=lambda held: held[0])[1] if boxed else None


def _place(card: Card) -> _Wanted | None:
    """The page of a card and the boxes of its figures there."""
    page = page_of(card)
    if page is None:
        return None
    boxes = [
        (*map(float, at["bbox"]), figure.is_wrong)
        for figure in card.figures
        for at in figure.place.locations
        if "bbox" in at and at["page"] == page
    ]
    return page, boxes  # type: ignore[return-value]  # a box has four numbers


def _lines(program: Iterable[str], asked: bytes) -> list[str]:
    """The lines that the program prints, of one that hangs those that it printed before."""
    try:
        out = subprocess.run(
            [*program],
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).stdout
    except subprocess.TimeoutExpired as late:
        out = late.stdout or b""
    except OSError:
        out = b""
    whole = out[: out.rfind(b"\n") + 1]  # a line that was cut is no picture
    return whole.decode("ascii", "replace").splitlines()
