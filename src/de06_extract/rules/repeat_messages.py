"""How messages show figures that were said elsewhere: «chỗ này ghi 4.812; 2 chỗ khác (trang 5, 6) ghi 4.182»."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Both, Objection, both, shared, shorten

_LONGEST = 70  # characters of what is counted
_AROUND_SLASH = 3  # characters between a part and its whole


def topic(case: ComparisonCase) -> str:
    """The name of what is counted, cut to its first words."""
    label = case.comparison.label
    return label if len(label) <= _LONGEST else label[:_LONGEST].rsplit(" ", 1)[0] + " …"


def contradiction(case: ComparisonCase, rule: str) -> Objection:
    """The objection of a rule to figures that others elsewhere contradict."""
    return Objection(
        **both(rule, topic=topic(case), sides=_both_sides(case)),
        span=case.here[0].span,
        reported=_written(case, [figure.text for figure in case.here]),
        related=tuple(figure.span for figure in case.elsewhere),
    )


def _both_sides(case: ComparisonCase) -> Both:
    """The figures here and those elsewhere in one clause."""
    figures = case.elsewhere
    values = list(dict.fromkeys(figure.text for figure in figures))
    places = len(figures) if len(values) == 1 else 1
    numbers = sorted({figure.span.page for figure in figures if figure.span.page is not None})
    pages = shared("rules", "pages", pages=", ".join(map(str, numbers))) if numbers else ""
    where = shared("rules", "another_place" if places == 1 else "other_places", places=places, pages=pages)
    here = _written(case, shorten([figure.text for figure in case.here]))
    return shared("rules", "sides", here=here, where=where, there=_written(case, values))


def _written(case: ComparisonCase, texts: Sequence[str]) -> str:
    """Several figures in a row: a part and its whole as «5056/9197», others with «;», as a comma is a decimal mark."""
    here = case.here
    is_ratio = len(texts) == len(here) == 2 and here[1].span.start - here[0].span.end <= _AROUND_SLASH
    return ("/" if is_ratio else "; ").join(texts)
