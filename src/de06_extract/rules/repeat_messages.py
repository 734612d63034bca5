"""How messages show figures that were said elsewhere: «đoạn này ghi 4.812, 2 chỗ khác ghi 4.182 (trang 5, 6)»."""

from __future__ import annotations

from de06_extract.language.messages import messages
from de06_extract.rules.rule import ComparisonCase, join
from de06_extract.schema.display import Language

CERTAIN = 0.9  # from here on a conflict is one of figures, not of wording
_LONGEST = 70  # characters of what is counted


def is_certain(case: ComparisonCase) -> bool:
    """True where it is sure that the figures state the same quantity."""
    return case.comparison.certainty >= CERTAIN


def topic(case: ComparisonCase) -> str:
    """The name of what is counted, cut to its first words."""
    label = case.comparison.label
    return label if len(label) <= _LONGEST else label[:_LONGEST].rsplit(" ", 1)[0] + " …"


def both_sides(case: ComparisonCase) -> tuple[str, str]:
    """The figures here and those elsewhere in one clause, in Vietnamese and in English."""
    return _sides(case, "vi"), _sides(case, "en")


def _sides(case: ComparisonCase, language: Language) -> str:
    words, figures = messages("rules")[language], case.elsewhere
    values = list(dict.fromkeys(figure.text for figure in figures))
    places = len(figures) if len(values) == 1 else 1
    where = words["another_place"] if places == 1 else words["other_places"].format(places=places)
    said: str = words["said_twice"].format(here=join(case.here, ", "), where=where, there=", ".join(values))
    pages = sorted({figure.span.page for figure in figures if figure.span.page is not None})
    return said + (words["pages"].format(pages=", ".join(map(str, pages))) if pages else "")
