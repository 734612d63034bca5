"""Candidates: the readings of an anchor, a figure that says something about others, with what speaks for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.outcomes import Outcome
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import Value
from de06_extract.claims.prose.mentions import Mention
from de06_extract.schema.report import Direction


@dataclass(slots=True, eq=False)
class Candidate:
    """Mentions in roles, what the arithmetic makes of them, and the features that speak for or against the reading.

    `roles` are in the order of the kind's; None where nothing is printed. `shape` names candidates among which chance
    is counted together. `judge` gives the outcome with another value for the anchor, as the null of chance needs.
    `late` gives the features that are asked for only where the others leave the reading a chance.
    """

    roles: tuple[Mention | None, ...]
    outcome: Outcome
    resolution: int
    shape: str
    pieces: list[Piece]
    judge: Callable[[Value], Outcome]
    direction: Direction | None = None
    late: Callable[[], Sequence[Piece]] | None = None

    def all_pieces(self) -> list[Piece]:
        """The features, those included that are asked for late."""
        return self.pieces if self.late is None else [*self.pieces, *self.late()]


@dataclass(slots=True, eq=False)
class Anchor:
    """A figure with its candidates; `pieces` are the features of «none», that it says nothing of other figures.

    `kind` is that of the figure: «level» and «size» are changes too.
    """

    kind: str
    mention: Mention
    pieces: list[Piece]
    candidates: list[Candidate]


@dataclass(frozen=True)
class Generator:
    """Finds the anchors of one kind of claim in a document, with their candidates."""

    kind: str
    find: Callable[[Evidence], Iterator[Anchor]]
