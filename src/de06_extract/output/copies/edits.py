"""The edits that a report proposes for certain: where one alone settles a finding, and no other proposes otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from de06_extract.document.copies.notes import Edit
from de06_extract.output.copies.notes import open_cards
from de06_extract.schema.cards.card import Card
from de06_extract.schema.report import Report


def edits_of(report: Report) -> tuple[Edit, ...]:
    """The edits, as they stand in the text, none over another."""
    proposed = dict.fromkeys(edit for card in open_cards(report, "vi") for edit in _edits(card))
    by_start = defaultdict[int, list[Edit]](list)
    for edit in proposed:
        by_start[edit.start].append(edit)
    agreed = sorted((edits[0] for edits in by_start.values() if len(edits) == 1), key=lambda edit: edit.start)
    return tuple(
        edit
        for edit in agreed
        if not any(other.start < edit.end and edit.start < other.end for other in proposed if other != edit)
    )


def _edits(card: Card) -> Iterator[Edit]:
    """The edits of the one proposal of a card, and the same ones where the same figure stands elsewhere."""
    if len(card.proposals) != 1 or card.severity == "info":
        return
    for change in card.proposals[0].changes:
        if change.start is not None and change.end is not None:
            yield Edit(change.start, change.end, change.text, change.replacement)
        for other in card.related:
            if other.text == change.text and other.place.start is not None and other.place.end is not None:
                yield Edit(other.place.start, other.place.end, change.text, change.replacement)
