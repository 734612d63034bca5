"""What a rule judges: a claim, a comparison, or words of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from de06_extract.schema.report import Claim, Comparison, Quantity


class Case(Protocol):
    """What a rule judges: `quote` are its words, `claims` and `comparisons` the ids of what it holds."""

    @property
    def quote(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...]: ...
    @property
    def comparisons(self) -> tuple[str, ...]: ...


class WordsCase:
    """Words of the text that are neither a claim nor a comparison: a date, a heading, a cited document."""

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims: none."""
        return ()

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The ids of its comparisons: none."""
        return ()


@dataclass(frozen=True)
class ClaimCase:
    """One claim to judge."""

    claim: Claim

    @property
    def quote(self) -> str:
        """The words of the claim."""
        return self.claim.quote

    @property
    def claims(self) -> tuple[str, ...]:
        """The claim's id."""
        return (self.claim.id,)

    @property
    def comparisons(self) -> tuple[str, ...]:
        """None: a claim stands for itself."""
        return ()

    def quantity(self, role: str) -> Quantity:
        """The quantity in a role that is filled with one; a rule asks only for what it selected by."""
        held = self.claim.quantities[role]
        assert isinstance(held, Quantity)
        return held

    def maybe(self, role: str) -> Quantity | None:
        """The quantity in a role, None where nothing is printed."""
        held = self.claim.quantities.get(role)
        return held if isinstance(held, Quantity) else None

    def several(self, role: str) -> tuple[Quantity, ...]:
        """The quantities in a role that holds a list."""
        held = self.claim.quantities.get(role)
        return held if isinstance(held, tuple) else ()


@dataclass(frozen=True)
class DoubtCase(ClaimCase):
    """A claim that the document may not make; it has no id."""

    @property
    def claims(self) -> tuple[str, ...]:
        """None: it is not among the claims of the report."""
        return ()


@dataclass(frozen=True)
class ComparisonCase:
    """One comparison to judge."""

    comparison: Comparison

    @property
    def quote(self) -> str:
        """The words around its figures."""
        return self.comparison.quote

    @property
    def claims(self) -> tuple[str, ...]:
        """None: a comparison stands for itself."""
        return ()

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The comparison's id."""
        return (self.comparison.id,)

    @property
    def here(self) -> tuple[Quantity, ...]:
        """The figures inside the words of the comparison: those in doubt."""
        span = self.comparison.span
        return tuple(f for f in self.comparison.figures if span.start <= f.span.start < span.end)

    @property
    def elsewhere(self) -> tuple[Quantity, ...]:
        """The figures that stand elsewhere and speak against them."""
        span = self.comparison.span
        return tuple(f for f in self.comparison.figures if not span.start <= f.span.start < span.end)
