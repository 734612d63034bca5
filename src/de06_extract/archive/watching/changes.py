"""What came and went between two readings of a report, whatever was moved or reworded around its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from de06_extract.schema.cards.card import Card, CauseCards
from de06_extract.schema.cards.make import causes_of

_KEYS: tuple[Callable[[Card], Hashable], ...] = (  # by which a finding is known again, the surest first
    lambda card: (card.rule, card.quote.text, card.arithmetic),
    lambda card: (card.rule, card.arithmetic),
    lambda card: (card.rule, tuple(figure.text for figure in card.figures)),
)


@dataclass(frozen=True, slots=True)
class Change:
    """The causes that are new, and how many there were before, are gone, and are left."""

    new: tuple[CauseCards, ...]
    before: int
    gone: int
    left: int


NO_CHANGE = Change((), 0, 0, 0)


def compared(before: Sequence[Card], after: Sequence[Card]) -> Change:
    """The change from the cards of one reading to those of the next.

    A cause is new where one of its findings is, and gone where none of them is found again.
    """
    old, new = list(before), list(after)
    for key in _KEYS:
        old, new = _unmatched(old, new, key), _unmatched(new, old, key)
    unknown, missed = {card.id for card in new}, Counter(card.cause for card in old)
    causes, held = causes_of(after), Counter(card.cause for card in before)
    return Change(
        new=tuple(cause for cause in causes if any(card.id in unknown for card in cause)),
        before=len(held),
        gone=sum(missed[cause] == count for cause, count in held.items()),
        left=len(causes),
    )


def _unmatched(cards: Sequence[Card], others: Sequence[Card], key: Callable[[Card], Hashable]) -> list[Card]:
    """The cards that have no like among the others, one for one."""
    likes = Counter(map(key, others))
    left: list[Card] = []
    for card in cards:
        if likes[key(card)]:
            likes[key(card)] -= 1
        else:
            left.append(card)
    return left
