"""What rules select from: all that was read out of a document."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from de06_extract.document.document import Document
from de06_extract.document.parts import DocumentParts
from de06_extract.schema.report import Claim, Comparison, Quantity, Table


@dataclass(frozen=True, slots=True)
class Misprint:
    """A figure of a table that must be `right` for the claims it stands in to hold; one rule speaks for all of them.

    `name` says where it stands: its row and its column. `is_exact` is true where no rounding is in play.
    """

    quantity: Quantity
    name: str
    right: Fraction
    claims: tuple[Claim, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Misreading:
    """A figure read from an image in a claim or comparison that fails: what it may be so that that holds.

    `relation` is the id of the claim or comparison; `confidence` is how sure the reading was, from 0 to 100, `again`
    what a second look read.
    """

    relation: str
    quantity: Quantity
    likely: tuple[str, ...]
    confidence: int
    again: str | None = None


@dataclass(frozen=True)
class Facts:
    """All that was read out of a document: its parts, and what its figures say.

    `doubts` are claims that would fail, if they are meant, which is not sure; they are not among the `claims`.
    """

    parts: DocumentParts
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Claim, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    tables: tuple[Table, ...] = ()
    misprints: tuple[Misprint, ...] = ()
    misreadings: tuple[Misreading, ...] = ()

    @property
    def document(self) -> Document:
        """The document with all its text."""
        return self.parts.document

    @cached_property
    def explained(self) -> frozenset[str]:
        """The ids of what a misprint or a misreading explains, so that no other rule holds it against the report."""
        misread = frozenset(misreading.relation for misreading in self.misreadings)
        return misread | frozenset(claim.id for misprint in self.misprints for claim in misprint.claims)
