"""What a rule is: which cases of a document it can judge, and what it holds against one of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from de06_extract.document.document import Document
from de06_extract.heartbeat import stepping
from de06_extract.language.messages import messages
from de06_extract.schema.display import Language as Language
from de06_extract.schema.report import (
    Claim,
    Comparison,
    Finding,
    Quantity,
    Reference,
    Related,
    Section,
    Severity,
    Span,
    Suggestion,
    Table,
)

# What every accusing message ends with: no verdict on persons, only on figures.
REVIEW: str = messages("rules")["vi"]["review"]


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


@dataclass(frozen=True)
class Facts:
    """All that was read out of a document."""

    document: Document
    claims: tuple[Claim, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    references: tuple[Reference, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    misprints: tuple[Misprint, ...] = ()

    @cached_property
    def explained(self) -> frozenset[str]:
        """The ids of the claims that a misprint explains, so that no rule holds them against the report again."""
        return frozenset(claim.id for misprint in self.misprints for claim in misprint.claims)


class Subject(Protocol):
    """What a rule judges: `quote` are its words, `claims` and `comparisons` the ids of what it holds."""

    @property
    def quote(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...]: ...
    @property
    def comparisons(self) -> tuple[str, ...]: ...


S = TypeVar("S", bound=Subject)


@dataclass(frozen=True)
class Case:
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


@dataclass(frozen=True)
class Objection:
    """What a rule holds against a case: the message in both languages, the figure in doubt, and a proposal.

    `related` are the other places that the message speaks of.
    """

    vi: str
    en: str
    span: Span
    reported: str | None = None
    expected: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    severity: Severity | None = None
    related: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Rule(Generic[S]):
    """A check: `select` yields the cases it can judge, `judge` says what is wrong with one, or None.

    `wrong` and `right` are sentences in which it must and must not find something; a test reads them.
    """

    id: str
    severity: Severity
    title: str
    title_en: str
    explanation: str
    explanation_en: str
    select: Callable[[Facts], Iterable[S]]
    judge: Callable[[S], Objection | None]
    wrong: tuple[str, ...]
    right: tuple[str, ...]

    def findings(self, facts: Facts, language: Language) -> tuple[list[Finding], int]:
        """The findings of this rule in reading order, and how many cases it judged."""
        cases = list(stepping(self.select(facts)))
        repeats: Counter[str] = Counter()
        findings = []
        for case in stepping(cases):
            held = self.judge(case)
            if held is not None:
                words = " ".join(case.quote.split())
                stable = stable_id(self.id, words, repeats[words])
                findings.append(self._finding(facts.document, case, held, language, stable))
                repeats[words] += 1
        return findings, len(cases)

    def _finding(self, document: Document, case: S, held: Objection, language: Language, finding_id: str) -> Finding:
        return Finding(
            id=finding_id,
            rule=self.id,
            title=self.title if language == "vi" else self.title_en,
            severity=held.severity or self.severity,
            message=_place(case, language) + (held.vi if language == "vi" else held.en),
            claims=case.claims,
            comparisons=case.comparisons,
            quote=case.quote,
            span=held.span,
            locations=document.locations(held.span.start, held.span.end),
            related=tuple(
                Related(span=span, locations=document.locations(span.start, span.end)) for span in held.related
            ),
            reported=held.reported,
            expected=held.expected,
            suggestions=held.suggestions,
        )


def _place(case: Subject, language: Language) -> str:
    """Which table, row and column a claim of a table speaks of; nothing for prose, whose words are the quote."""
    if not isinstance(case, Case) or case.claim.table is None:
        return ""
    return in_table(case.claim.table, case.claim.label, language)


def in_table(table: str | None, name: str, language: Language) -> str:
    """The words in front of a message on a figure of a table."""
    words: str = messages("rules")[language]["in_table"]
    return words.format(table=(table or "").removeprefix("t"), name=name)


def stable_id(rule: str, words: str, repeat: int) -> str:
    """The same for the same words of the same document, wherever they move: rule, words, and which of their repeats."""
    return f"{rule}-{hashlib.sha256(f'{rule}{chr(10)}{words}{chr(10)}{repeat}'.encode()).hexdigest()[:12]}"


def of_kind(kind: str, *verdicts: str) -> Callable[[Facts], Iterator[Case]]:
    """Selects the claims of one kind that were judged; `verdicts` narrows to some."""

    def is_judged(case: Case) -> bool:
        verdict = case.claim.verdict
        return case.claim.kind == kind and (verdict in verdicts if verdicts else verdict != "unverifiable")

    return where(is_judged)


def where(holds: Callable[[Case], bool]) -> Callable[[Facts], Iterator[Case]]:
    """Selects the claims of which something holds."""

    def select(facts: Facts) -> Iterator[Case]:
        cases = (Case(claim) for claim in facts.claims if claim.id not in facts.explained)
        return (case for case in cases if holds(case))

    return select


def compared(kind: str, *relations: str) -> Callable[[Facts], Iterator[ComparisonCase]]:
    """Selects the comparisons of one kind that were judged; `relations` narrows to some."""

    def select(facts: Facts) -> Iterator[ComparisonCase]:
        chosen = (c for c in facts.comparisons if c.kind == kind and (not relations or c.relation in relations))
        return (ComparisonCase(c) for c in chosen if c.verdict != "unverifiable")

    return select


_LONGEST_ROW = 8  # figures; of more only the first and last are shown


def join(quantities: Iterable[Quantity], by: str) -> str:
    """The figures as written, in a row; of many only the first and the last."""
    texts = [quantity.text for quantity in quantities]
    if len(texts) > _LONGEST_ROW:
        texts = [*texts[:3], "…", *texts[-2:]]
    return by.join(texts)
