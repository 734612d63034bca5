"""Near words: the syllables around a figure, by how close to it they stand."""

from __future__ import annotations

from functools import cached_property, lru_cache

from de06_extract.claims.prose.subjects import Subject
from de06_extract.language.labels import syllables

CLOSENESS = {"own": 1.0, "whole": 0.9, "sentence": 0.8, "paragraph": 0.7, "head": 0.6, "headings": 0.55}


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
    def closeness(self) -> dict[str, float]:
        """Each syllable around the figure with the closeness of the nearest place where it stands."""
        out: dict[str, float] = {}
        said = self.subject
        wider = (
            ("headings", said.headings),
            ("head", (said.head,)),
            ("paragraph", (said.paragraph,)),
            ("sentence", (said.before, said.behind)),
            ("whole", (said.whole,)),
        )
        for zone, texts in wider:
            for text in texts:
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
        return f" {' '.join(word for text in texts for word in said_in(text))} {' '.join(self.own)} "


@lru_cache(maxsize=2048)
def said_in(text: str) -> tuple[str, ...]:
    """The syllables of a text; headings and paragraphs come back with each of their figures."""
    return tuple(syllables(text))
