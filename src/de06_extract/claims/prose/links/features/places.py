"""Features of place: scope and distance, brackets, slashes, order, and what is left between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from de06_extract.claims.prose.links.facts import Facts
from de06_extract.claims.prose.mentions import Mention

_FAR = 30  # figures between two mentions beyond which those of a kind are not counted


def around(facts: Facts, before: Facts | None, behind: Facts | None, opens: bool, text: str) -> Iterator[str]:
    """Slash, brackets and neighbours in the sentence of a mention; `opens` where it is the first of its paragraph."""
    mention = facts.mention
    yield f"slash {'over' if mention.over is not None else 'under' if mention.under is not None else 'none'}"
    yield f"depth {min(2, mention.depth)}"
    yield f"before it {'start' if before is None else before.shape}"
    yield f"behind it {'end' if behind is None else behind.shape}"
    if opens:
        yield "first of the paragraph"
    if text[mention.start - 1 : mention.start] in "([" and text[mention.end : mention.end + 1] in ")]":
        yield "alone in a bracket"


def between(sight: Sequence[Facts], a: Mention, b: Mention, scope: str) -> Iterator[str]:
    """How far b stands from a, what stands between that could be taken for it, and how brackets and slash join them."""
    order = "before" if b.index < a.index else "behind"
    yield from distance(a, b, scope)
    like = like_it_between(sight, a, b)
    yield f"{order}, {bucket(len(like))} of its kind between"
    if b.unit:
        yield f"{order}, {bucket(sum([facts.mention.unit == b.unit for facts in like]))} of its unit between"
    if b.host is a:
        yield "in its bracket"
    elif a.host is b:
        yield "it comments on"
    elif a.host is not None and a.host is b.host:
        yield "in one bracket"
    yield f"{order}, depth {max(-1, min(1, b.depth - a.depth))}"
    if a.over is b or a.under is b:
        yield f"{order}, slash"


def distance(a: Mention, b: Mention, scope: str) -> tuple[str, ...]:
    """On which side of a and how far from it b stands."""
    order = "before" if b.index < a.index else "behind"
    apart = bucket(abs(b.index - a.index))
    return f"{order}, {scope}", f"{order}, {apart} steps", f"{order}, {scope}, {apart} steps"


def like_it_between(sight: Sequence[Facts], a: Mention, b: Mention) -> list[Facts]:
    """The mentions between two that have the kind and role of the second."""
    first, last = (a.index, b.index) if a.index < b.index else (b.index, a.index)
    shape = sight[b.index].shape
    return [facts for facts in sight[first + 1 : min(last, first + 1 + _FAR)] if facts.shape == shape]


def bucket(n: int) -> str:
    """A number of figures as features say it.

    >>> [bucket(n) for n in (2, 5, 10, 20, 40)]
    ['2', '4 to 6', '7 to 12', '13 to 24', '25 or more']
    """
    return str(n) if n < 4 else "4 to 6" if n < 7 else "7 to 12" if n < 13 else "13 to 24" if n < 25 else "25 or more"


def scope(a: Mention, b: Mention) -> str:
    """The smallest stretch of text that holds two mentions, up to «far»."""
    if a.sentence == b.sentence:
        return "clause" if a.clause == b.clause else "sentence"
    if a.paragraph == b.paragraph:
        return "next sentence" if abs(a.sentence - b.sentence) == 1 else "paragraph"
    return "next paragraph" if abs(a.paragraph - b.paragraph) == 1 else "far"


def coarse_scope(a: Mention, b: Mention) -> str:
    """The same up to «paragraph», with «beyond» for what is further apart."""
    if a.sentence == b.sentence:
        return "clause" if a.clause == b.clause else "sentence"
    return "paragraph" if a.paragraph == b.paragraph else "beyond"


def order(letters: Mapping[str, Mention | None]) -> str:
    """The letters of mentions in the order in which these stand: «npb»."""
    standing = sorted((mention.index, letter) for letter, mention in letters.items() if mention is not None)
    return "".join([letter for _, letter in standing])
