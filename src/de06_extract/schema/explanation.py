"""Why figures are read as they are, as pydantic models: the readings of a figure, and what speaks for and against."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from de06_extract.schema.json_schema import named_schema
from de06_extract.schema.report import SCHEMA_VERSION, Claim, Direction, Finding, Location, Model, Quantity, Span

Status = Literal["stated", "unsure", "taken", "not-stated", "none"]
Reason = Literal["open", "prior", "wrong", "posterior", "written_out", "announced"]


class Evidence(Model):
    """What holds of a reading: a feature by the model's name, its weight in logarithms, the figure it speaks of."""

    feature: str
    weight: float
    span: Span | None = None


class ExplainedReading(Model):
    """A reading of a figure: `quantities` as a claim has them, None where the figure says nothing of others.

    `outcome` is what the arithmetic makes of it, `arithmetic` what that says for it, in logarithms; `prior` is its
    probability by words alone, `posterior` by words and arithmetic. `claim` is the claim that states it.
    """

    quantities: dict[str, Quantity | tuple[Quantity, ...] | None] | None = None
    direction: Direction | None = None
    outcome: str | None = None
    arithmetic: float = 0.0
    prior: float = Field(ge=0, le=1)
    posterior: float = Field(ge=0, le=1)
    claim: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Lacking(Model):
    """What the likeliest reading lacks to be stated: a share that it has and the one it needs, or one word."""

    reason: Reason
    has: float | None = None
    needs: float | None = None


class ExplainedAnchor(Model):
    """A figure as one that says something of others, as a kind of claim; its readings, the likeliest first.

    `candidates` is how many were weighed. Of a percentage that may be a share and a change, `left` is what the other
    kind leaves. `status` says whether the likeliest reading with other figures is `stated`, told as `unsure`, or
    `not-stated` for what it `lacks`; `taken` where another claim explains its figures, `none` where «none» is likelier.
    """

    kind: str
    candidates: int
    left: float = 1.0
    status: Status
    lacks: tuple[Lacking, ...] = ()
    readings: tuple[ExplainedReading, ...]


class PartOf(Model):
    """Another figure in whose likeliest reading the one asked for stands."""

    kind: str
    figure: Quantity
    role: str
    posterior: float = Field(ge=0, le=1)


class Explanation(Model):
    """Why one figure of a document is read as it is: the claims and findings it stands in, its readings as an anchor.

    `model` is the SHA-256 of the weights where they are not the package's.
    """

    source: str
    asked: str
    model: str | None = None
    figure: Quantity
    quote: Span
    locations: tuple[Location, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    anchors: tuple[ExplainedAnchor, ...] = ()
    part_of: tuple[PartOf, ...] = ()


def explanation_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the explanation, as `schemas/explanation.schema.json` holds it."""
    return named_schema(Explanation, "explanation", SCHEMA_VERSION)
