"""A figure of a table that several equations agree should be another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.numbers.kind import Operands
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.notation import shows_style, write_among, write_like
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.facts import Facts, Misprint
from de06_extract.rules.rule import Objection, Rule, both, in_table, shorten
from de06_extract.schema.report import Change, Claim, Quantity, Suggestion

_ID = "table-cell-mismatch"


@dataclass(frozen=True)
class MisprintCase(WordsCase):
    """A figure with the claims that fail because of it."""

    misprint: Misprint
    comparisons: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The row of the figure."""
        return self.misprint.claims[0].quote

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that fail."""
        return tuple(claim.id for claim in self.misprint.claims)


def select(facts: Facts) -> Iterator[MisprintCase]:
    """The figures that alone make two or more equations of a table fail."""
    return (MisprintCase(misprint) for misprint in facts.misprints)


def judge(case: MisprintCase) -> Objection | None:
    """The figure, what it must be, and the equations that say so."""
    misprint, quantity, claims = case.misprint, case.misprint.quantity, case.misprint.claims
    right = write_like(quantity, misprint.right)
    if not shows_style(quantity.text):
        right = write_among(right, (held.text for claim in claims for held in claim.figures() if held != quantity))
    shown = "; ".join(_equation(claim, quantity, right) for claim in claims)
    made = right if misprint.is_exact else both(_ID, "about", right=right)
    place = in_table(claims[0], misprint.name)
    change = Change(span=quantity.span, replacement=right)
    suggestion = Suggestion(span=quantity.span, text=quantity.text, replacement=right, reason=shown, changes=(change,))
    return Objection(
        **both(_ID, place=place, figure=quantity.text, count=len(claims), right=made, shown=shown),
        span=quantity.span,
        reported=quantity.text,
        expected=right,
        suggestions=(suggestion,) if misprint.is_exact else (),
    )


def _equation(claim: Claim, wrong: Quantity, right: str) -> str:
    """The equation with the right figure in place of the wrong one; of many parts only the first and last."""

    def written(quantity: Quantity) -> str:
        return right if quantity.span == wrong.span else quantity.text

    texts = Operands(claim.quantities).map(written)
    if claim.kind == "change":
        old, new = (texts.one(role) or "…" for role in ("old", "new"))
        return f"{old} → {new}: {texts.one('delta') or texts.one('percent') or '…'}"
    shown = {role: tuple(shorten(held)) if isinstance(held, tuple) else held for role, held in texts.roles.items()}
    return kind_of(claim.kind).written(Operands(shown))


RULE = Rule(
    id="table-cell-mismatch",
    severity="error",
    select=select,
    judge=judge,
    wrong=(
        "Đơn vị\tĐúng hạn\tQuá hạn\tTổng số\nXã Hòa An\t40\t5\t45\nXã Phú Lộc\t36\t2\t83\nXã Tân Tiến\t50\t3\t53\n"
        "Tổng cộng\t126\t10\t136\n",
    ),
    right=(
        "Đơn vị\tĐúng hạn\tQuá hạn\tTổng số\nXã Hòa An\t40\t5\t45\nXã Phú Lộc\t36\t2\t38\nXã Tân Tiến\t50\t3\t53\n"
        "Tổng cộng\t126\t10\t136\n",
    ),
)
