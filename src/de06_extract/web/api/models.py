"""What the answers of the API hold that no other room has a model for, and what is sent to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from de06_extract.archive.decision import Decision, State
from de06_extract.archive.facets.counts import Counts, Facets
from de06_extract.archive.facets.view import ArchiveTotals
from de06_extract.schema.report import Report
from de06_extract.schema.values import Model

API_VERSION = "1"
_MOST_DECISIONS = 1_000  # of one request
_LONGEST = 2_000  # characters of what is written with a decision


class Index(Model):
    """What there is: the version of the program and of the API, and the shelves that may be asked for."""

    api_version: str
    program_version: str
    shelves: tuple[str, ...]
    description: str


class FacetsAnswer(Model):
    """The files of the whole archive, and the counts of what is looked at by every facet."""

    totals: ArchiveTotals
    counts: Counts
    facets: Facets


class ReportAnswer(Model):
    """One report as the program prints it, with the rows of findings across reports and the decisions at its file.

    `report` is None where the file could not be read; `reason` and `message` say why. The rows of `across` have the
    columns of the store.
    """

    id: str
    shelf: str
    path: str
    sha256: str | None
    reason: str | None
    message: str | None
    report: Report | None
    across: tuple[dict[str, Any], ...]
    decisions: tuple[Decision, ...]


class DecisionAsked(Model):
    """What is decided of a finding of a report; `unseen` without a note takes back what was decided before.

    `reason` says why a finding is dismissed, and has to be there then; `note` is whatever else there is to say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    report: str = Field(min_length=1, max_length=64)
    finding_id: str = Field(min_length=1, max_length=200)
    state: State
    reason: str | None = Field(default=None, max_length=_LONGEST)
    note: str | None = Field(default=None, max_length=_LONGEST)


class DecisionsAsked(Model):
    """Decisions that are kept together, or not at all."""

    decisions: tuple[DecisionAsked, ...] = Field(min_length=1, max_length=_MOST_DECISIONS)


class DecisionsAnswer(Model):
    """The decisions as they are kept now."""

    decisions: tuple[Decision, ...]


class ReadingItem(Model):
    """A file that was sent: how far it is, and where it is looked at once it is read."""

    number: int
    name: str
    state: Literal["waiting", "reading", "done", "failed"]
    page: int | None
    pages: int | None
    words: str
    href: str | None


class ReadingList(Model):
    """The files that were sent, the latest first."""

    readings: tuple[ReadingItem, ...]


class Refusal(Model):
    """Why there is no answer, in one sentence in the language that was asked for."""

    message: str
