"""What a rule is: which claims it can judge, and what it holds against one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from de06_extract.document import Document
from de06_extract.schema import Claim, Finding, Quantity, Severity, Span, Suggestion

Language = Literal["vi", "en"]


@dataclass(frozen=True)
class Case:
    """One claim to judge, with the document and all its claims at hand."""

    document: Document
    claims: Sequence[Claim]
    claim: Claim

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

    def is_confirmed(self, quantity: Quantity) -> bool:
        """True where another claim that holds states the same figure, so that this one is hardly the wrong one."""
        for claim in self.claims:
            if claim.id != self.claim.id and claim.verdict == "consistent":
                for held in claim.quantities.values():
                    others = held if isinstance(held, tuple) else (held,)
                    if any(o is not None and o.value == quantity.value and o.unit in (quantity.unit, None) for o in others):
                        return True
        return False


@dataclass(frozen=True)
class Held:
    """What a rule holds against a case: the message in both languages, the figure in doubt, and a proposal."""

    vi: str
    en: str
    span: Span
    reported: str | None = None
    expected: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True)
class Rule:
    """A check: `select` yields the cases it can judge, `judge` says what is wrong with one, or None.

    `wrong` and `right` are sentences in which it must and must not find something; a test reads them. `explanation` is
    for officials, in Vietnamese.
    """

    id: str
    severity: Severity
    title: str
    title_en: str
    explanation: str
    select: Callable[[Case], bool]
    judge: Callable[[Case], Held | None]
    wrong: tuple[str, ...]
    right: tuple[str, ...]

    def findings(self, document: Document, claims: Sequence[Claim], language: Language) -> tuple[list[Finding], int]:
        """The findings of this rule in reading order, and how many cases it judged."""
        cases = [case for claim in claims if self.select(case := Case(document, claims, claim))]
        held = [(case, what) for case in cases if (what := self.judge(case)) is not None]
        return [self._finding(case, what, language) for case, what in held], len(cases)

    def _finding(self, case: Case, held: Held, language: Language) -> Finding:
        span = case.claim.span
        return Finding(
            id=_stable_id(self.id, case.document, span),
            rule=self.id,
            severity=held.severity or self.severity,
            message=held.vi if language == "vi" else held.en,
            claims=(case.claim.id,),
            quote=case.claim.quote,
            span=held.span,
            locations=case.document.locations(held.span.start, held.span.end),
            reported=held.reported,
            expected=held.expected,
            suggestions=held.suggestions,
        )


def _stable_id(rule: str, document: Document, span: Span) -> str:
    """The same for the same words of the same document, wherever they move: rule, words, and which of their repeats."""
    repeat = document.text.count(span.text, 0, span.start)
    digest = hashlib.sha256(f"{rule}\n{' '.join(span.text.split())}\n{repeat}".encode()).hexdigest()
    return f"{rule}-{digest[:12]}"


def of_kind(kind: str, *verdicts: str) -> Callable[[Case], bool]:
    """Selects the claims of one kind that were judged; `verdicts` narrows to some."""

    def select(case: Case) -> bool:
        return case.claim.kind == kind and (case.claim.verdict in verdicts if verdicts else case.claim.verdict != "unverifiable")

    return select


def join(quantities: Iterable[Quantity], by: str) -> str:
    """The figures as written, in a row."""
    return by.join(quantity.text for quantity in quantities)
