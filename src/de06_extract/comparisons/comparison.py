"""What a comparer is: it yields comparisons of a document's figures; and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal

from de06_extract.comparisons.counts import Counts
from de06_extract.schema.report import Comparison, Quantity, Verdict

Comparer = Callable[[Counts], Iterable[Comparison]]
_REPEATS = ("words", "table", "total")
_OF_REPORTS = (*_REPEATS, "part")
_NO_REPORT = (
    0.5  # how sure a repeat or «a/b» is at most in a law or a newspaper, which say alike what is not, as «140/90 mmHg»
)


def compare(
    material: Counts,
    relation: Literal["words", "table", "total", "part", "share", "period", "vision", "late"],
    figures: Sequence[Quantity],
    verdict: Verdict,
    *,
    about: tuple[int, int],
    label: str = "",
    certainty: float = 1.0,
    computed: Decimal | None = None,
    plain: bool = False,
) -> Comparison:
    """A comparison of figures; those between the offsets `about` are the ones in doubt, the others speak against them.

    `label` is what they count, the words between the offsets where nothing shorter is known; `plain` is True where
    words leave no doubt that the figures are to agree, be the text no report.
    """
    document = material.document
    if relation in _OF_REPORTS and verdict == "inconsistent" and not (plain or material.parts.kind.may_report):
        certainty = min(certainty, _NO_REPORT)
    return Comparison(
        id="",
        kind="repeat" if relation in _REPEATS else "order",
        relation=relation,
        label=" ".join((label or document.text[slice(*about)]).split()),
        quote=document.text[slice(*about)],
        span=document.span(*about),
        locations=document.locations(*about),
        figures=tuple(figures),
        verdict=verdict,
        computed=computed,
        certainty=certainty,
    )
