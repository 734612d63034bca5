"""The date of a document that is known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from de06_extract.document.references import Number, parse_number
from de06_extract.language.vocabulary import knowledge
from de06_extract.rules.citations import Citation, citations, show
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both


@cache
def _known() -> dict[tuple[str, Number | None], dict[str, Any]]:
    """The documents of the table by kind and number."""
    return {(entry["type"], parse_number(entry["number"])): entry for entry in knowledge("known_documents")["document"]}


def select(facts: Facts) -> Iterator[Citation]:
    """Citations of a known document, by its number and its year or title."""
    for citation in citations(facts):
        entry = _known().get((citation.reference.type, citation.number))
        if entry is not None and citation.is_dated and (_is_of_year(citation, entry) or _is_titled(citation, entry)):
            yield citation


def _is_of_year(citation: Citation, entry: dict[str, Any]) -> bool:
    """True where no other document has the number: it carries its year, or the date is of the same year."""
    return citation.number.year is not None or citation.year == entry["date"][:4]


def _is_titled(citation: Citation, entry: dict[str, Any]) -> bool:
    said = " ".join(citation.subject)
    return any(said.startswith(title) for title in entry["title"])


def judge(case: Citation) -> Objection | None:
    """The stated date, if it is not that of the known document."""
    entry = _known()[case.reference.type, case.number]
    if case.reference.date == entry["date"]:
        return None
    right = show(entry["date"])
    return Objection(
        **both("known-document-date", type=entry["type"], number=entry["number"], right=right, shown=case.shown_date),
        span=case.reference.span,
        reported=case.shown_date,
        expected=right,
    )


RULE = Rule(
    id="known-document-date",
    severity="error",
    select=select,
    judge=judge,
    wrong=(
        "Quyết định số 06/QĐ-TTg ngày 15/03/2022 của Thủ tướng Chính phủ",
        "Quyết định số 06/QĐ-TTg ngày 06/01/2023 của Thủ tướng về phê duyệt Đề án “Phát triển ứng dụng dữ liệu",
        "Nghị định số 61/2018/NĐ-CP ngày 24/3/2018 của Chính phủ",
    ),
    right=(
        "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ",
        "Quyết định số 06/QĐ-TTg ngày 04/01/2024 của Thủ tướng Chính phủ về giao dự toán ngân sách",
        "Quyết định số 422/QĐ-TTg ngày 10/3/2026 của Thủ tướng Chính phủ",
        "Quyết định số 06/QĐ-UBND ngày 15/03/2022 của UBND tỉnh phê duyệt Đề án phát triển ứng dụng dữ liệu",
    ),
)
