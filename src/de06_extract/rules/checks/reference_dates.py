"""One cited document with two dates."""

from __future__ import annotations

from collections.abc import Iterator

from de06_extract.language.digits import integer
from de06_extract.rules.citations import CitationPair, citations, deviating, folded_symbol
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both


def select(facts: Facts) -> Iterator[CitationPair]:
    """Citations of one number and symbol with different dates: of one year, or of the same day in another year."""
    dated = [citation for citation in citations(facts) if citation.is_dated]
    yield from deviating(
        iter(dated),
        lambda c: (c.reference.type, c.number.serial, folded_symbol(c), c.number.year or c.year),
        lambda c: c.reference.date,
    )
    yield from deviating(
        (c for c in dated if c.number.year is None),
        lambda c: (c.reference.type, c.number.serial, folded_symbol(c), (c.reference.date or "")[4:]),
        lambda c: c.reference.date,
    )


def _is_one_document(case: CitationPair) -> bool | None:
    """True where both citations surely are of one document, None where that is only likely, else False."""
    first, other = case.first, case.other
    if first.denies_issuer(other):
        return False
    if first.number.year is None and first.year != other.year:
        late = integer(first.number.serial or "0") >= _LATE
        return None if late and first.shares_subject(other) else False
    if first.is_unique or (first.shares_issuer(other) and first.shares_subject(other)):
        return True
    if first.shares_issuer(other) or first.is_dated_near(other) or first.shares_subject(other):
        return None
    return False


_LATE = 20  # smaller numbers are given in the first days of every year, also on the same day


def judge(case: CitationPair) -> Objection | None:
    """The date of the citation, if it differs from that of the others."""
    sure = _is_one_document(case)
    if sure is False:
        return None
    one, other = case.first.reference, case.other.reference
    cited = f"{one.type} {one.number}"
    return Objection(
        **both("reference-date-conflict", cited=cited, first=case.first.shown_date, other=case.other.shown_date),
        span=other.span,
        reported=case.other.shown_date,
        expected=case.first.shown_date,
        severity="error" if sure else "warning",
        related=(one.span,),
    )


RULE = Rule(
    id="reference-date-conflict",
    severity="error",
    select=select,
    judge=judge,
    wrong=(
        "Thực hiện Công văn số 452/TTg-KSTT ngày 23/5/2023 và Công văn số 452/TTg-KSTT ngày 25/3/2023",
        "Kế hoạch số 56/KH-UBND ngày 23/3/2023 của UBND tỉnh; Kế hoạch số 56/KH-UBND ngày 23/02/2023 của UBND tỉnh",
        "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020; Nghị định số 45/2020/NĐ-CP ngày 04/8/2020",
    ),
    right=(
        "Kế hoạch số 27/KH-STTTT ngày 31/01/2023; Kế hoạch số 27/KH-STTTT ngày 26/01/2024",
        "Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh; Kế hoạch số 12/KH-UBND ngày 17/01/2023 của UBND huyện",
        "Công văn số 452/TTg-KSTT ngày 23/5/2023; Công văn số 452/TTg-KSTT ngày 23 tháng 05 năm 2023",
    ),
)
