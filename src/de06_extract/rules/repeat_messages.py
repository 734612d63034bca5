"""How messages show figures that were said elsewhere: «đoạn này ghi 4.812, 2 chỗ khác ghi 4.182 (trang 5, 6)»."""

from __future__ import annotations

from de06_extract.language.messages import messages
from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, join
from de06_extract.schema.display import Language

_LONGEST = 70  # characters of what is counted


def topic(case: ComparisonCase) -> str:
    """The name of what is counted, cut to its first words."""
    label = case.comparison.label
    return label if len(label) <= _LONGEST else label[:_LONGEST].rsplit(" ", 1)[0] + " …"


def contradiction(case: ComparisonCase, vi_end: str, en_end: str = "") -> Objection:
    """An objection to figures that others elsewhere contradict; its messages end as given."""
    return Objection(
        vi=f"«{topic(case)}»: {_both_sides(case, 'vi')}; {vi_end}",
        en=f"«{topic(case)}»: {_both_sides(case, 'en')}{en_end}",
        span=case.here[0].span,
        reported=join(case.here, ", "),
        related=tuple(figure.span for figure in case.elsewhere),
    )


def _both_sides(case: ComparisonCase, language: Language) -> str:
    """The figures here and those elsewhere in one clause."""
    words, figures = messages("rules")[language], case.elsewhere
    values = list(dict.fromkeys(figure.text for figure in figures))
    places = len(figures) if len(values) == 1 else 1
    where = words["another_place"] if places == 1 else words["other_places"].format(places=places)
    said: str = words["said_twice"].format(here=join(case.here, ", "), where=where, there=", ".join(values))
    pages = sorted({figure.span.page for figure in figures if figure.span.page is not None})
    return said + (words["pages"].format(pages=", ".join(map(str, pages))) if pages else "")
