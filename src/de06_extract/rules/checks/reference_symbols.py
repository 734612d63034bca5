"""One number with two symbols."""

from __future__ import annotations

from collections.abc import Iterator

from de06_extract.rules.citations import CitationPair, citations, deviating, folded_symbol
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both

_ID = "reference-symbol-conflict"


def select(facts: Facts) -> Iterator[CitationPair]:
    """Citations of one kind and number in one year with different symbols."""
    return deviating(
        (citation for citation in citations(facts) if citation.is_dated),
        lambda c: (c.reference.type, c.number.serial, c.number.year or c.year),
        folded_symbol,
    )


def _is_one_document(case: CitationPair) -> bool:
    """True where issuer and date, or issuer and subject, are those of one document."""
    first, other = case.first, case.other
    a, b = sorted((folded_symbol(first), folded_symbol(other)), key=len)
    if b.startswith(a) or first.denies_issuer(other):
        return False  # «452/TTg» is short for «452/TTg-KSTT»
    same_day = first.reference.date == other.reference.date
    if first.shares_issuer(other):
        return first.is_dated_near(other) or first.shares_subject(other)
    return same_day and (not first.bodies.isdisjoint(other.bodies) or first.shares_subject(other))


def judge(case: CitationPair) -> Objection | None:
    """The citation whose symbol is not that of the others."""
    if not _is_one_document(case):
        return None
    one, other = case.first.reference, case.other.reference
    issuer = both(_ID, "issuer", issuer=one.issuer) if one.issuer else ""
    return Objection(
        **both(
            _ID,
            type=one.type,
            serial=case.first.number.serial,
            issuer=issuer,
            one=one.number,
            first=case.first.shown_date,
            other=other.number,
            second=case.other.shown_date,
        ),
        span=other.span,
        reported=other.number,
        expected=one.number,
        related=(one.span,),
    )


RULE = Rule(
    id="reference-symbol-conflict",
    severity="warning",
    select=select,
    judge=judge,
    wrong=(
        "Kế hoạch số 56/KH-TCTTKĐA ngày 23/3/2023 của UBND tỉnh; Kế hoạch số 56/KH-UBND ngày 23/02/2023 của UBND tỉnh",
        "Công văn số 452/TTg-KSTT ngày 23/5/2023; Công văn số 452/TTg-NC ngày 23/5/2023",
    ),
    right=(
        "Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh; Kế hoạch số 12/KH-STTTT ngày 05/01/2023 của Sở TTTT",
        "Thông tư số 46/2024/TT-BCA ngày 30/9/2024; Thông tư số 46/2024/TT-NHNN ngày 30/9/2024",
        "Công văn số 15/UBND-NC ngày 06/01/2023; Công văn số 15/SNV-CCHC ngày 09/01/2023",
        "Quyết định số 30/QĐ-UBND ngày 04/01/2023 của UBND tỉnh; Kế hoạch số 30/KH-UBND ngày 04/01/2023 của UBND tỉnh",
    ),
)
