"""What a rule is: which claims it can judge, and what it holds against one of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from de06_extract.document import Document
from de06_extract.schema import Claim, Finding, Quantity, Severity, Span, Suggestion

Language = Literal["vi", "en"]
REVIEW = "số liệu cần rà soát lại"  # what every accusing message ends with: no verdict on persons, only on figures


class Evidence:
    """Which figures stand in claims that hold."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims: dict[Decimal, set[str]] = {}
        for claim in claims:
            if claim.verdict == "consistent":
                for held in claim.quantities.values():
                    for quantity in held if isinstance(held, tuple) else (held,):
                        if quantity is not None:
                            self._claims.setdefault(quantity.value, set()).add(claim.id)

    def claims_with(self, value: Decimal) -> set[str]:
        """The ids of the claims that hold and state this value."""
        return self._claims.get(value, set())


@dataclass(frozen=True)
class Case:
    """One claim to judge, with the document and what speaks for its figures."""

    document: Document
    evidence: Evidence
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
        return bool(self.evidence.claims_with(quantity.value) - {self.claim.id})


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

    `wrong` and `right` are sentences in which it must and must not find something; a test reads them.
    """

    id: str
    severity: Severity
    title: str
    title_en: str
    explanation: str
    explanation_en: str
    select: Callable[[Case], bool]
    judge: Callable[[Case], Held | None]
    wrong: tuple[str, ...]
    right: tuple[str, ...]

    def findings(
        self, document: Document, claims: Sequence[Claim], evidence: Evidence, language: Language
    ) -> tuple[list[Finding], int]:
        """The findings of this rule in reading order, and how many cases it judged."""
        cases = [case for claim in claims if self.select(case := Case(document, evidence, claim))]
        repeats: Counter[str] = Counter()
        findings = []
        for case in cases:
            held = self.judge(case)
            if held is not None:
                words = " ".join(case.claim.quote.split())
                findings.append(self._finding(case, held, language, _stable_id(self.id, words, repeats[words])))
                repeats[words] += 1
        return findings, len(cases)

    def _finding(self, case: Case, held: Held, language: Language, finding_id: str) -> Finding:
        return Finding(
            id=finding_id,
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


def _stable_id(rule: str, words: str, repeat: int) -> str:
    """The same for the same words of the same document, wherever they move: rule, words, and which of their repeats."""
    return f"{rule}-{hashlib.sha256(f'{rule}{chr(10)}{words}{chr(10)}{repeat}'.encode()).hexdigest()[:12]}"


def of_kind(kind: str, *verdicts: str) -> Callable[[Case], bool]:
    """Selects the claims of one kind that were judged; `verdicts` narrows to some."""

    def select(case: Case) -> bool:
        return case.claim.kind == kind and (
            case.claim.verdict in verdicts if verdicts else case.claim.verdict != "unverifiable"
        )

    return select


def join(quantities: Iterable[Quantity], by: str) -> str:
    """The figures as written, in a row."""
    return by.join(quantity.text for quantity in quantities)
