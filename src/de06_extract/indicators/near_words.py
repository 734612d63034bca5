"""Near words: the syllables around a figure, by how close to it they stand."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from de06_extract.claims.prose.subjects import Subject
from de06_extract.language.labels import syllables

NEAREST = 100  # closeness of a figure's own words
CLOSENESS = {"own": NEAREST, "whole": 90, "sentence": 80, "paragraph": 70, "head": 60, "headings": 55}


class Surroundings(NamedTuple):
    """The texts around a figure that are wider than its sentence."""

    headings: tuple[str, ...]
    head: str
    paragraph: str

    def closeness(self) -> dict[str, int]:
        """Each syllable of these with the closeness of the nearest text where it stands, of `NEAREST`."""
        out: dict[str, int] = {}
        for zone, texts in (("headings", self.headings), ("head", (self.head,)), ("paragraph", (self.paragraph,))):
            for text in texts:
                out.update(dict.fromkeys(said_in(text), CLOSENESS[zone]))
        return out


class NearWords:
    """The syllables of the words that say what a figure counts."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The syllables of the figure's own words."""
        return tuple(syllables(f"{self.subject.lead} {self.subject.inside} {self.subject.after}"))

    @cached_property
    def within(self) -> tuple[str, ...]:
        """The syllables of the figure that it is a part of."""
        return said_in(self.subject.whole)

    @cached_property
    def surroundings(self) -> Surroundings:
        """The texts wider than the sentence; many figures have the same."""
        said = self.subject
        return Surroundings(said.headings, said.head, said.paragraph)

    @cached_property
    def closeness(self) -> dict[str, int]:
        """Each syllable in the sentence with the closeness of the nearest place where it stands, of `NEAREST`."""
        out: dict[str, int] = {}
        said = self.subject
        for zone, text in (("sentence", said.before), ("sentence", said.behind), ("whole", said.whole)):
            out.update(dict.fromkeys(said_in(text), CLOSENESS[zone]))
        out.update(dict.fromkeys(self.own, CLOSENESS["own"]))
        return out

    @cached_property
    def near(self) -> str:
        """The same syllables, each between blanks."""
        return f" {' '.join(self.within)} {' '.join(self.own)} "

    @cached_property
    def close(self) -> frozenset[str]:
        """The syllables of the figure's own words and of those of its whole."""
        return frozenset((*self.own, *self.within))

    @cached_property
    def wide(self) -> str:
        """All syllables around the figure, each between blanks."""
        said = self.subject
        texts = (said.title, *said.headings, said.head, said.paragraph, said.before, said.behind)
        return f" {' '.join(filter(None, map(_joined, texts)))} {' '.join(self.own)} "


@lru_cache(maxsize=2048)
def said_in(text: str) -> tuple[str, ...]:
    """The syllables of a text; headings and paragraphs come back with each of their figures."""
    return tuple(syllables(text))


@lru_cache(maxsize=2048)
def _joined(text: str) -> str:
    """The syllables of a text, a blank between them."""
    return " ".join(said_in(text))
