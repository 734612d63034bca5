"""Units: when two figures count the same thing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import load, words
from de06_extract.numbers.figures import Figure

_PER = (100, 1_000, 10_000, 100_000)  # heads of which a rate is given


@cache
def _known() -> frozenset[str]:
    keys = ("counted", "measure", "time", "multiple", "per_mille", "other")
    return frozenset(fold(unit) for key in keys for unit in words("units", key))


@lru_cache(maxsize=1024)
def full_unit(unit: str) -> str:
    """The unit in lower case, an abbreviation spelled out.

    >>> full_unit("HS"), full_unit("Vụ  việc")
    ('hồ sơ', 'vụ việc')
    """
    folded = fold(unit)
    return str(load("units")["same"]["as"].get(folded, folded))


def _is_known(unit: str | None) -> bool:
    return unit is not None and fold(unit) in _known()


def is_measured(unit: str | None) -> bool:
    """True for a unit of money, length, weight or area, alone or behind a scale word.

    >>> is_measured("triệu đồng"), is_measured("hồ sơ"), is_measured(None)
    (True, False, False)
    """
    measures = (*words("units", "measure"), *words("units", "scale"))
    return unit is not None and any(fold(unit).endswith(fold(word)) for word in measures if len(word) > 1)


def compatible(a: Figure, b: Figure) -> bool:
    """True unless both units are known and differ; «vụ» and «vụ việc» do not."""
    if a.measured != b.measured and a.unit and b.unit:
        return False
    if not _is_known(a.unit) or not _is_known(b.unit):
        return True
    one, two = (full_unit(unit).split() for unit in (a.unit or "", b.unit or ""))
    short = min(len(one), len(two))
    return one[:short] == two[:short]


def divides(numerator: Figure, denominator: Figure) -> bool:
    """True where `a/b` can be a part of a whole: not two units side by side, odds («1/1,5»), or «85,7 máy/100 dân».

    «866 lượt/964 lượt người» counts two things; «52 tỉ/83 tỉ đồng» and «346 000 ha / 350 000 ha» one.
    """
    if numerator.kind == "percent" or denominator.kind == "percent":
        return False
    if numerator.value == 1 and denominator.decimals:
        return False
    if numerator.decimals and denominator.exact and denominator.value in _PER:
        return False
    if not _is_known(numerator.unit) or not _is_known(denominator.unit):
        return True
    return full_unit(numerator.unit or "") == full_unit(denominator.unit or "")


def share_scale(numerator: Figure, denominator: Figure) -> Figure:
    """The numerator of «846/1.204 tỷ đồng» in the denominator's scale and measure, which are written once for both."""
    if numerator.unit is not None or numerator.scale != 1 or numerator.measured:
        return numerator
    if denominator.scale == 1 and not denominator.measured:
        return numerator
    scale = denominator.scale
    return replace(
        numerator, value=numerator.value * scale, scale=scale, unit=denominator.unit, measured=denominator.measured
    )


def base_unit(unit: str | None) -> tuple[str, int] | None:
    """The unit that all of this dimension are converted to, and how many of it one is; None for one without.

    >>> base_unit("ha"), base_unit("tấn"), base_unit("hồ sơ")
    (('m²', 10000), ('kg', 1000), None)
    """
    found = load("units")["base"]["of"].get(full_unit(unit)) if unit else None
    return None if found is None else (str(found[0]), int(found[1]))


def in_base_unit(figure: Figure) -> Figure:
    """The figure in the base unit of its dimension, rounded as it was written: 1,5 ha are 15.000 m² ± 500.

    >>> from decimal import Decimal
    >>> hectares = Figure(0, 3, "count", Decimal("1.5"), 1, unit="ha", measured=True)
    >>> in_base_unit(hectares).value, in_base_unit(hectares).slack, in_base_unit(hectares).unit
    (Decimal('15000.0'), Decimal('500.00'), 'm²')
    """
    base = base_unit(figure.unit)
    if base is None or base[1] == 1:
        return figure
    unit, factor = base
    upper = None if figure.upper is None else figure.upper * factor
    return replace(figure, value=figure.value * factor, scale=figure.scale * factor, unit=unit, upper=upper)
