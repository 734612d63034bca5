"""The finding card and its parts: everything that a text, a page, a note or a comment shows of one finding.

A card is made once, by `schema/cards/make.py` from a report and by `archive/cards.py` from the result of a file; a form
renders it and composes nothing of its own. Every text on it is on one line, printable, and worded in its language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from de06_extract.schema.severity import Severity

Mark = Literal["figure", "wrong"]
Location = dict[str, Any]  # as the JSON has it


class Piece(NamedTuple):
    """A stretch of a quotation: plain words, a figure of the relation, or one that is held to be wrong."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of the report, in pieces: every figure of the relation is one, the wrong ones are told apart.

    >>> Quotation((Piece("9", "figure"), Piece("/"), Piece("27", "figure"), Piece(" là "), Piece("32%", "wrong"))).text
    '9/27 là 32%'
    """

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All the words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def figures(self) -> tuple[Piece, ...]:
        """The pieces that are figures."""
        return tuple(piece for piece in self.pieces if piece.mark is not None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that a place stands under: its number as printed («II», «1.4», «a») and its words."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where words stand, for a reader who looks for them and for a program that draws them.

    `words` say it to a reader: the section with its parents and the page, cell or line («mục II.1.a, trang 3»), or in a
    Word document, whose paragraphs nobody counts, the words to search for («mục II.1.a, tìm “hiện còn 4.182”»).
    `section` is the section alone («mục II.1.a»), `headings` are what it is made of, the outermost first. `search` are
    words that stand so in the file, for its search (Ctrl+F); None where a reader finds the place without. `locations`
    are those of the JSON, with boxes in a PDF file; `start` and `end` are offsets in the document's text.
    """

    words: str = ""
    section: str = ""
    headings: tuple[Heading, ...] = ()
    page: int | None = None
    search: str | None = None
    locations: tuple[Location, ...] = ()
    start: int | None = None
    end: int | None = None

    @property
    def heading(self) -> Heading | None:
        """The innermost heading."""
        return self.headings[-1] if self.headings else None


@dataclass(frozen=True, slots=True)
class CardFigure:
    """A figure of the relation as written, whether it is held to be wrong, and where it stands."""

    text: str
    is_wrong: bool
    place: CardPlace


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """Another place that the finding speaks of: its words there, and where; `file` where it is another report's."""

    text: str
    place: CardPlace
    file: str | None = None

    @property
    def words(self) -> str:
        """The text and its place in one phrase: “4.182” (mục II.3, trang 14); «…» alone where there are more."""
        if self.text == "…":
            return self.text
        quoted = f"“{self.text}”" + (f" ({self.place.words})" if self.place.words else "")
        return f"{self.file}: {quoted}" if self.file else quoted


@dataclass(frozen=True, slots=True)
class CardChange:
    """A figure as it stands, and as it would after the edit; offsets count in the document's text."""

    text: str
    replacement: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that would settle the finding, figure by figure, and why.

    `edit` is the suggestion of the JSON that a program applies: one stretch of the text and what takes its place.
    """

    changes: tuple[CardChange, ...]
    reason: str
    edit: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> str:
        """The figures alone: «376 → 367, 342 → 341»."""
        return ", ".join(f"{change.text} → {change.replacement}" for change in self.changes)


@dataclass(frozen=True, slots=True)
class CardDecision:
    """What a person decided on the finding: a state such as `dismissed`, the reason, a note, who, and the day.

    `check` says what came of looking for a correction in the file of now.
    """

    state: str | None = None
    reason: str | None = None
    note: str | None = None
    who: str | None = None
    when: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as people are shown it.

    `number` is short and the same on every surface of a report («P-03»): it counts the causes, the gravest first, and
    findings of one cause are told apart by a letter («P-03a»); `group` is the number of the cause («P-03»). `cause` is
    the id of the cause, the same for findings that one repair settles. `level` is the word for the severity.
    `arithmetic` is the finding's message: what follows from the figures and what the report has instead. `reported` is
    what it has, `expected` what it should, where that is known. `decision` is empty until somebody decides. `is_across`
    says that it was held against other reports.
    """

    id: str
    number: str
    cause: str
    group: str
    severity: Severity
    level: str
    rule: str
    title: str
    place: CardPlace
    reported: str | None
    expected: str | None
    arithmetic: str
    quote: Quotation
    figures: tuple[CardFigure, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    related: tuple[RelatedPlace, ...] = ()
    decision: CardDecision = CardDecision()
    confidence: float | None = None
    is_across: bool = False
    finding: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def proposal(self) -> str | None:
        """The proposed edits in words without their reasons, None where there is none."""
        return "; ".join(proposal.words for proposal in self.proposals) or None


@dataclass(frozen=True, slots=True)
class CauseCards:
    """The cards of one cause, the gravest first: one place to look at, one thing to do."""

    number: str
    cause: str
    cards: tuple[Card, ...]

    def __iter__(self) -> Iterator[Card]:
        return iter(self.cards)
