"""Evidence: the features of a document's mentions, under names that a person understands.

A feature of one mention begins with its role («base: cue before total»), one of two with both («rate-base: behind,
slash»). None speaks of the size of a figure, which is the arithmetic's business, but of those that may be no count at
all: years and what is below ten. What the features say is in `words`, `places` and `units`; here each is computed once.
"""

from __future__ import annotations

from de06_extract.claims.prose.links import places, units, words
from de06_extract.claims.prose.links.facts import Facts, facts_of
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import Value
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.numbers.units import compatible


class Evidence:
    """The features of one document's mentions, each computed once.

    `facts` and `values` are in the order of `mentions`.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading, self.mentions, self.text = reading, reading.mentions, reading.document.text
        self.facts: list[Facts] = [facts_of(mention, self.text) for mention in self.mentions]
        self.values: list[Value] = [facts.value for facts in self.facts]
        self._around: dict[int, tuple[str, ...]] = {}
        self._between: dict[tuple[int, int], tuple[str, ...]] = {}
        self._unary: dict[tuple[int, str], Piece] = {}
        self._pairs: dict[tuple[int, int, str], Piece] = {}
        kinds: dict[tuple[str | None, bool], int] = {}
        units = [(mention.figure.unit, mention.figure.measured) for mention in self.mentions]
        self._units = [kinds.setdefault(unit, len(kinds)) for unit in units]
        self._fitting: dict[tuple[int, int], bool] = {}

    def fits(self, a: Mention, b: Mention) -> bool:
        """True unless both units are known and differ."""
        key = (self._units[a.index], self._units[b.index])
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = compatible(a.figure, b.figure)
        return found

    def value(self, mention: Mention) -> Value:
        """The figure of a mention as floats."""
        return self.values[mention.index]

    def noun(self, mention: Mention) -> tuple[str, ...]:
        """The first words behind a figure, which say what is counted."""
        return self.facts[mention.index].noun

    def path(self, mention: Mention) -> str:
        """The cues and marks since the figure before, the last four."""
        return self.facts[mention.index].path

    def step(self, mention: Mention) -> str:
        """The last of the cues and marks since the figure before."""
        return self.facts[mention.index].step

    def neighbour(self, mention: Mention, step: int) -> Mention | None:
        """The figure so many steps before (below 0) or behind, None where it is in another sentence."""
        at = mention.index + step
        other = self.mentions[at] if 0 <= at < len(self.mentions) else None
        return other if other is not None and other.sentence == mention.sentence else None

    def unary(self, mention: Mention, role: str) -> Piece:
        """What stands around a mention, said of its role."""
        key = (mention.index, role)
        found = self._unary.get(key)
        if found is None:
            said = self._around.get(mention.index)
            if said is None:
                said = self._around[mention.index] = self._say_around(mention)
            found = self._unary[key] = Piece(role, said)
        return found

    def pair(self, a: Mention, b: Mention, roles: str) -> Piece:
        """How b stands to a, said of their roles: place, distance, cues between, units, nouns."""
        key = (a.index, b.index, roles)
        found = self._pairs.get(key)
        if found is None:
            said = self._between.get(key[:2])
            if said is None:
                said = self._between[key[:2]] = self._say_between(a, b)
            found = self._pairs[key] = Piece(roles, said)
        return found

    def _say_around(self, mention: Mention) -> tuple[str, ...]:
        facts = self.facts[mention.index]
        before, behind = (
            None if other is None else self.facts[other.index]
            for other in (self.neighbour(mention, -1), self.neighbour(mention, 1))
        )  # fmt: skip
        follows = mention.index > 0 and self.mentions[mention.index - 1].paragraph == mention.paragraph
        return (
            *words.around(facts, self.text),
            *places.around(facts, before, behind, before is None and not follows, self.text),
            *units.around(facts),
        )

    def _say_between(self, a: Mention, b: Mention) -> tuple[str, ...]:
        scope = places.scope(a, b)
        return (
            *words.between(self.facts, a, b, scope, self.text),
            *places.between(self.facts, a, b, scope),
            *units.between(self.facts[a.index], self.facts[b.index]),
        )
