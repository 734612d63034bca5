"""Coverage: how many numbers a report holds, how many were checked, and why the others were not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.numbers.kinds import kind_of
from de06_extract.schema.report import Claim, Comparison, Coverage, Quantity, Span, Unchecked

_EXAMPLES = 5
_AFTER = re.compile(r"(?: [^\W\d_]+){0,2}")  # «18 công văn»: what is counted, so that the number is found again
# Why a number is not checked; of several reasons the first.
_REASONS = ("target", "bound", "no-base", "no-percent", "incomplete", "duration", "alone")


def find_coverage(
    reading: Reading,
    claims: Sequence[Claim],
    comparisons: Sequence[Comparison] = (),
    further: Iterable[Unchecked] = (),
) -> Coverage:
    """The counts over the prose, with what is checked in tables; `further` are numbers of tables that are not."""
    checked = checked_figures(claims, comparisons)
    mentions = {mention.start for mention in reading.mentions}
    others = (*_crowded(reading), *further)
    unchecked = (*_unchecked(reading, claims, checked), *others)
    return Coverage(
        numbers=len(checked | mentions) + sum(other.numbers for other in others),
        in_claims=len(_where([*claims, *comparisons])),
        checked=len(checked),
        unchecked=unchecked,
    )


def checked_figures(claims: Sequence[Claim], comparisons: Sequence[Comparison] = ()) -> set[int]:
    """Where the figures stand on which a verdict was reached."""
    stated: list[Claim | Comparison] = [*claims, *comparisons]
    return _where([held for held in stated if held.verdict != "unverifiable"])


def _where(stated: Iterable[Claim | Comparison]) -> set[int]:
    return {quantity.span.start for held in stated for quantity in _figures(held)}


def _figures(held: Claim | Comparison) -> Iterable[Quantity]:
    return held.figures if isinstance(held, Comparison) else held.figures()


def _unchecked(reading: Reading, claims: Sequence[Claim], checked: set[int]) -> Iterator[Unchecked]:
    why: dict[int, set[str]] = {}
    for claim in claims:
        if claim.verdict == "unverifiable":
            for quantity in claim.figures():
                why.setdefault(quantity.span.start, set()).add(_reason(claim))
    groups: dict[str, list[Mention]] = {reason: [] for reason in _REASONS}
    for mention in reading.mentions:
        if mention.start not in checked:
            reasons = why.get(mention.start, {_of_its_own(mention)})
            groups[min(reasons, key=_REASONS.index)].append(mention)
    for reason, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        if group:
            examples = _examples(reading, group)
            yield Unchecked(reason=reason, numbers=len(group), examples=examples)


def _crowded(reading: Reading) -> Iterator[Unchecked]:
    """The numbers of sentences that have too many to be read as a sentence."""
    if reading.crowded:
        examples = _examples(reading, reading.crowded)
        yield Unchecked(reason="crowded", numbers=len(reading.crowded), examples=examples)


def _examples(reading: Reading, group: Sequence[Mention]) -> tuple[Span, ...]:
    """The first few that are written differently; the denominator of a ratio is named with its numerator."""
    there, named = {mention.index for mention in group}, dict[str, Span]()
    for mention in group:
        if len(named) < _EXAMPLES and (mention.under is None or mention.under.index not in there):
            span = _example(reading, mention)
            named.setdefault(span.text, span)
    return tuple(named.values())


def _of_its_own(mention: Mention) -> str:
    """Why a number that stands in no claim is not checked."""
    return "alone" if mention.figure.kind in ("count", "percent") else "duration"


def _reason(claim: Claim) -> str:
    """The reason why a claim could not be checked."""
    if claim.status == "target":
        return "target"
    if any(quantity.bound != "exact" or quantity.upper is not None for quantity in claim.figures()):
        return "bound"
    return kind_of(claim.kind).lacks([role for role, held in claim.quantities.items() if held is not None])


def _example(reading: Reading, mention: Mention) -> Span:
    """The number with the words behind it, `a/b` as a whole."""
    divided = mention.over is not None and mention.over.index == mention.index + 1
    last = mention.over if divided and mention.over is not None else mention
    behind = _AFTER.match(reading.document.text, last.end)
    return reading.document.span(mention.start, last.end if behind is None else behind.end())
