"""Evidence: the features of a document's mentions, under names that a person understands.

A feature of one mention begins with its role («base: cue before total»), one of two with both («rate-base: behind,
slash»). None speaks of the size of a figure, which is the arithmetic's business, but of those that may be no count at
all: years and what is below ten. What the features say is in `words`, `places` and `units`; here each is computed once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from de06_extract.claims.prose.links.facts import Facts, facts_of
from de06_extract.claims.prose.links.features import opposites, places, units, words
from de06_extract.claims.prose.links.features.register import say_register
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import Value
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.document.list_items import line_marks
from de06_extract.numbers.units import compatible

_HEADS, _HEAD_PARAGRAPHS, _HEAD_FIGURES = 4, 14, 120  # levels of a line before, and how far back it may be
_MARK = 12  # characters at the beginning of a line in which its mark stands
_DIGITS, _LETTER = re.compile(r"\d+"), re.compile(r"[a-zđ](?=\))")
_PAIRED = re.compile(r"\s*+[^\W\d]{0,12}+(?:\s[^\W\d]{1,12}+){0,2}\s*+[/–-]\s*+")  # « vụ/», « vụ - »


class Evidence:
    """The features of one document's mentions, each computed once.

    `facts` and `values` are in the order of `mentions`, `none` is of the reading that a figure says nothing of others.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading, self.mentions, self.text = reading, reading.mentions, reading.document.text
        self.facts: list[Facts] = [facts_of(mention, self.text) for mention in self.mentions]
        self.values: list[Value] = [facts.value for facts in self.facts]
        self.none = Piece("", ("none", *(f"none, {said}" for said in say_register(self.text, self.mentions))))
        self._around: dict[int, tuple[str, ...]] = {}
        self._between: dict[tuple[int, int], tuple[str, ...]] = {}
        self._unary: dict[tuple[int, str], Piece] = {}
        self._pairs: dict[tuple[int, int, str], Piece] = {}
        kinds: dict[tuple[str | None, bool], int] = {}
        units = [(mention.figure.unit, mention.figure.measured) for mention in self.mentions]
        self._units = [kinds.setdefault(unit, len(kinds)) for unit in units]
        self._fitting: dict[tuple[int, int], bool] = {}
        self._heads: dict[int, list[Mention]] = {}
        self._marks: dict[int, str] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        self._opposed: dict[tuple[int, int], bool] = {}

    def fits(self, a: Mention, b: Mention) -> bool:
        """True unless both units are known and differ."""
        key = (self._units[a.index], self._units[b.index])
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = compatible(a.figure, b.figure)
        return found

    def may_be_part(self, part: Mention, total: Mention) -> bool:
        """True for a count that may be added to others of the total's unit."""
        if part.figure.kind != "count" or part.role == "gap":
            return False
        if part.figure.decimals and _is_of_whole_things(total) and part.unit != total.unit:
            return False  # «9 trận động đất, gồm ba cường độ 2,4, 2,9 và 3,2»
        return self.fits(part, total) or not (part.figure.measured or total.figure.measured)

    def list_mark(self, mention: Mention) -> str:
        """The kind of mark with which the line of a mention begins, «-», «1.», «a)»; empty where there is none."""
        found = self._marks.get(mention.paragraph)
        if found is None:
            begin = self.text.rfind("\n", 0, mention.start) + 1
            mark = next(line_marks(self.text[begin : begin + _MARK]), "")
            found = self._marks[mention.paragraph] = _DIGITS.sub("1", _LETTER.sub("a", mark))
        return found

    def heads(self, mention: Mention) -> list[Mention]:
        """Levels of lines before that may be the whole of a figure further on, the nearest line first.

        Of the nearest line with each mark, of two with the mark of its own; of each the first, and what is a total.
        """
        found = self._heads.get(mention.paragraph)
        if found is None:
            found = self._heads[mention.paragraph] = list(self._find_heads(mention))
        return [m for m in found if m.footnote == mention.footnote]

    def _find_heads(self, mention: Mention) -> Iterator[Mention]:
        own, lines = self.list_mark(mention), Counter[str]()
        before = self.mentions[max(0, mention.index - _HEAD_FIGURES) : mention.index]
        for paragraph, line in groupby(reversed(before), attrgetter("paragraph")):
            levels = [m for m in line if m.role == "level"][::-1]
            if paragraph == mention.paragraph or not levels:
                continue
            if paragraph < mention.paragraph - _HEAD_PARAGRAPHS:
                return
            mark = self.list_mark(levels[0])
            lines[mark] += 1
            near = lines[mark] <= (2 if mark == own else 1)
            yield from levels[:_HEADS] if near else [m for m in levels if "total" in m.lead_kinds]

    def mate(self, mention: Mention) -> Mention | None:
        """The figure before, where a slash or dash makes both a pair: «46 vụ» of «46 vụ/108 đối tượng»."""
        before = self.neighbour(mention, -1)
        if before is None or not _PAIRED.fullmatch(self.text, before.end, mention.start):
            return None
        return before

    def are_opposites(self, a: Mention, b: Mention) -> bool:
        """True where the names of two parts leave nothing out between them: «nam», «nữ»."""
        key = (a.index, b.index)
        found = self._opposed.get(key)
        if found is None:
            found = self._opposed[key] = opposites.are_opposites(self._name(a), self._name(b))
        return found

    def _name(self, mention: Mention) -> tuple[str, ...]:
        found = self._names.get(mention.index)
        if found is None:
            before, behind = self.neighbour(mention, -1), self.neighbour(mention, 1)
            found = self._names[mention.index] = opposites.name_of_part(mention, before, behind, self.text)
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


def _is_of_whole_things(total: Mention) -> bool:
    """True for what has no fractions: «9 trận», not «9 ha» nor «9 triệu người»."""
    figure = total.figure
    return bool(total.unit) and not figure.measured and not figure.decimals and figure.scale == 1
