"""A relation between mentions, as a recogniser finds it, and what a recogniser is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.numbers.figures import Figure
from de06_extract.numbers.verdicts import Judgement
from de06_extract.schema.report import Direction, Status

Roles = dict[str, Mention | tuple[Mention, ...] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """Mentions in the roles of one kind of claim, with the judgement on them."""

    kind: str
    roles: Roles
    judgement: Judgement
    direction: Direction | None = None
    status: Status = "result"
    confidence: float | None = None

    def mentions(self) -> Iterator[Mention]:
        """Every mention of the relation, role by role."""
        for held in self.roles.values():
            if isinstance(held, Mention):
                yield held
            elif held is not None:
                yield from held

    def one(self, role: str) -> Mention | None:
        """The mention in a role that holds one number."""
        held = self.roles.get(role)
        return held if isinstance(held, Mention) else None

    def several(self, role: str) -> tuple[Mention, ...]:
        """The mentions in a role that holds a list."""
        held = self.roles.get(role)
        return held if isinstance(held, tuple) else ()


@dataclass
class Relations:
    """The relations found so far, for recognisers that build on others."""

    relations: list[Relation] = field(default_factory=list)

    def of(self, kind: str) -> list[Relation]:
        """The relations of one kind in the order they were found."""
        return [relation for relation in self.relations if relation.kind == kind]


@dataclass(frozen=True)
class Recogniser:
    """Finds the claims of one kind; `after` names the kinds whose relations it builds on."""

    kind: str
    find: Callable[[Reading, Relations], Iterable[Relation]]
    after: tuple[str, ...] = ()


def figure(mention: Mention | None) -> Figure | None:
    """The figure of a mention that may be missing."""
    return None if mention is None else mention.figure
