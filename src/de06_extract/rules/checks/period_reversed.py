"""A period that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.document.programmes import Programme
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both


@dataclass(frozen=True)
class _Years(WordsCase):
    """The years of a programme."""

    programme: Programme

    @property
    def quote(self) -> str:
        """The words of the period."""
        return self.programme.quote


def select(facts: Facts) -> Iterator[_Years]:
    """Every period of years."""
    return map(_Years, facts.parts.programmes)


def judge(case: _Years) -> Objection | None:
    """The period whose second year comes before its first."""
    found = case.programme
    if found.end >= found.start:
        return None
    return Objection(
        **both("period-reversed", start=found.start, end=found.end),
        span=found.years,
        reported=" ".join(found.years.text.split()),
    )


RULE = Rule(
    id="period-reversed",
    severity="error",
    select=select,
    judge=judge,
    wrong=("Kế hoạch giai đoạn 2025-2022", "nhiệm kỳ 2025 – 2020", "giai đoạn từ năm 2025 đến năm 2021"),
    right=("Kế hoạch giai đoạn 2022-2025", "nhiệm kỳ 2020 - 2025", "giai đoạn 2021-2025, so sánh 2025-2022"),
)
