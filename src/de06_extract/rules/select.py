"""The cases that most rules select: claims of a kind, comparisons of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from de06_extract.numbers.kinds import kind_of
from de06_extract.rules.cases import ClaimCase, ComparisonCase
from de06_extract.rules.facts import Facts


def of_kind(kind: str, *verdicts: str) -> Callable[[Facts], Iterator[ClaimCase]]:
    """Selects the claims of one kind that were judged; `verdicts` narrows to some."""

    name = kind_of(kind).name

    def is_judged(case: ClaimCase) -> bool:
        verdict = case.claim.verdict
        return case.claim.kind == name and (verdict in verdicts if verdicts else verdict != "unverifiable")

    return where(is_judged)


def where(holds: Callable[[ClaimCase], bool]) -> Callable[[Facts], Iterator[ClaimCase]]:
    """Selects the claims of which something holds."""

    def select(facts: Facts) -> Iterator[ClaimCase]:
        cases = (ClaimCase(claim) for claim in facts.claims if claim.id not in facts.explained)
        return (case for case in cases if holds(case))

    return select


def compared(kind: str, *relations: str) -> Callable[[Facts], Iterator[ComparisonCase]]:
    """Selects the comparisons of one kind that were judged; `relations` narrows to some."""

    def select(facts: Facts) -> Iterator[ComparisonCase]:
        chosen = (c for c in facts.comparisons if c.kind == kind and (not relations or c.relation in relations))
        return (ComparisonCase(c) for c in chosen if c.verdict != "unverifiable")

    return select
