"""A figure of a scanned page that may have been misread, so that what it is part of fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.rules.facts import Facts, Misreading
from de06_extract.rules.rule import Objection, Rule, both, shorten
from de06_extract.schema.report import Claim, Comparison

_ID = "ocr-doubt"


@dataclass(frozen=True)
class MisreadingCase:
    """A figure in doubt with the claims and comparisons that fail, which may be because of it."""

    misreadings: tuple[Misreading, ...]
    relations: tuple[Claim | Comparison, ...]

    @property
    def quote(self) -> str:
        """The words of the first claim or comparison."""
        return self.relations[0].quote

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims among them."""
        return tuple(one.id for one in self.relations if isinstance(one, Claim))

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons among them."""
        return tuple(one.id for one in self.relations if isinstance(one, Comparison))


def select(facts: Facts) -> Iterator[MisreadingCase]:
    """The figures in doubt, each once."""
    figures: dict[int, list[Misreading]] = {}
    for misreading in facts.misreadings:
        figures.setdefault(misreading.quantity.span.start, []).append(misreading)
    relations: dict[str, Claim | Comparison] = {claim.id: claim for claim in facts.claims}
    relations |= {comparison.id: comparison for comparison in facts.comparisons}
    for found in figures.values():
        yield MisreadingCase(tuple(found), tuple(relations[misreading.relation] for misreading in found))


def judge(case: MisreadingCase) -> Objection | None:
    """The figure as read, and what it may be."""
    quantity, again = case.misreadings[0].quantity, case.misreadings[0].again
    likely = shorten(list(dict.fromkeys(text for misreading in case.misreadings for text in misreading.likely)))
    is_another = again not in (None, quantity.text)
    key = ("again_fits" if likely else "again") if is_another else ("fits" if likely else "message")
    return Objection(
        **both(_ID, key, figure=quantity.text, again=again, likely=", ".join(likely)),
        span=quantity.span,
        reported=quantity.text,
    )


RULE = Rule(
    id=_ID,
    severity="info",
    select=select,
    judge=judge,
    wrong=("3.225/3.265 hồ sơ đạt tỷ lệ 93,77%", "Tiếp nhận 1.063 hồ sơ, trong đó có 580 hồ sơ trực tuyến (đạt 54,3%)"),
    right=("3.225/3.265 hồ sơ đạt tỷ lệ 98,77%",),
)
