"""How messages show figures that were said elsewhere: «đoạn này ghi 4.812, 2 chỗ khác ghi 4.182 (trang 5, 6)»."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.rules.rule import ComparisonCase, Objection, join
from de06_extract.schema.report import Quantity

CERTAIN = 0.9  # from here on a conflict is one of figures, not of wording
_LONGEST = 70  # characters of what is counted


def is_certain(case: ComparisonCase) -> bool:
    """True where it is sure that the figures state the same quantity."""
    return case.comparison.certainty >= CERTAIN


def topic(case: ComparisonCase) -> str:
    """What is counted, cut to its first words."""
    label = case.comparison.label
    return label if len(label) <= _LONGEST else label[:_LONGEST].rsplit(" ", 1)[0] + " …"


def contradiction(case: ComparisonCase, vi_end: str, en_end: str = "") -> Objection:
    """What is held against figures that others elsewhere contradict; the messages end as given."""
    vi, en = _both_sides(case)
    return Objection(
        vi=f"«{topic(case)}»: {vi}; {vi_end}",
        en=f"«{topic(case)}»: {en}{en_end}",
        span=case.here[0].span,
        reported=join(case.here, ", "),
        related=tuple(figure.span for figure in case.elsewhere),
    )


def _both_sides(case: ComparisonCase) -> tuple[str, str]:
    """What is said here and elsewhere, in Vietnamese and in English."""
    here, there = join(case.here, ", "), case.elsewhere
    values = list(dict.fromkeys(figure.text for figure in there))
    said, places = ", ".join(values), len(there) if len(values) == 1 else 1
    vi = (
        f"đoạn này ghi {here}, {'chỗ khác' if places == 1 else f'{places} chỗ khác'} ghi {said}{_pages(there, 'trang')}"
    )
    where = "another place" if places == 1 else f"{places} other places"
    return vi, f"here {here}, in {where} {said}{_pages(there, 'page')}"


def _pages(figures: Sequence[Quantity], word: str) -> str:
    pages = sorted({figure.span.page for figure in figures if figure.span.page is not None})
    return f" ({word} {', '.join(map(str, pages))})" if pages else ""
