"""Features of the text as a whole: how much it speaks like a report of an office, and how much like an article.

An office writes figures that are to give each other: where its lists are announced they are complete, its percentages
have their counts beside them. An article picks some of them out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from de06_extract.claims.prose.mentions import Mention
from de06_extract.document.genre import LONGEST, news_marks, office_share

_SHORTEST = 40  # words of a text that shows it
_OFFICE = (1.0, 2.5, 4.5)  # words of an office in 100 from which they are few, some, many
_NEWS = (1, 2, 3)  # marks of an article
_DENSE = (2.0, 4.0, 7.0)  # figures in 100 words
_SHARES = ("none", "few", "some", "many")


def say_register(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """How a text speaks, as features of the reading that its figures say nothing of each other."""
    seen = text[:LONGEST]
    length = len(seen.split())
    if length < _SHORTEST:
        return ("short text",)
    figures = sum(1 for mention in mentions if mention.start < LONGEST)
    return (
        f"words of an office {_share(office_share(seen), _OFFICE)}",
        f"marks of an article {_share(news_marks(seen), _NEWS)}",
        f"figures in the text {_share(100 * figures / length, _DENSE)}",
    )


def _share(value: float, bounds: Sequence[float]) -> str:
    return _SHARES[bisect_right(bounds, value)]
