"""Texts to learn from: named, of a length that no document outweighs, and chance that is the same in every run."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

LONGEST = 6000  # characters; of a longer document a part is taken, or the longest would be all that is learned from


@dataclass(frozen=True, slots=True)
class Text:
    """A document, or a part of one."""

    name: str
    text: str


def draw(*parts: object) -> float:
    """A number in [0, 1) that these parts give, and nothing else does: chance that is the same in every run.

    >>> draw("a", 1) == draw("a", 1) != draw("a", 2)
    True
    """
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big") / 2.0**56


def part_of(text: Text) -> Text:
    """A part from the start of a line, chosen by the name; all of a text that is short enough."""
    spare = len(text.text) - LONGEST
    if spare <= 0:
        return text
    start = text.text.find("\n", int(spare * draw("part", text.name))) + 1
    return Text(text.name, text.text[start : start + LONGEST])
