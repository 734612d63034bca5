"""Percentages that words call the share of a whole, or that lost their comma, against 100%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention
from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Comparison, Quantity

_WHOLE = Decimal(100)


def find(material: Counts) -> Iterator[Comparison]:
    """Each percentage above 100% that accounts for a part («chiếm»), is of cases on time or late, or lost its comma."""
    known = _judged(material)
    for mention in material.reading.mentions:
        above = mention.is_percent and mention.role == "level" and mention.figure.value > _WHOLE
        if above and mention.start not in known:
            about = _sentence(material, mention)
            if _says_share(material.document.text, about, mention):
                yield compare(
                    material, "share", [mention.quantity(material.document)], "inconsistent",
                    about=material.clause(mention), computed=_WHOLE,
                )  # fmt: skip


def _judged(material: Counts) -> set[int]:
    """Where percentages stand that their counts or the other shares of the whole judge already."""
    out = set()
    for claim in material.claims:
        shares = claim.quantities.get("percents")
        if claim.verdict == "inconsistent" and isinstance(shares, tuple):
            out |= {quantity.span.start for quantity in shares}
        held = [claim.quantities.get(role) for role in ("numerator", "denominator", "percent")]
        if claim.kind == "ratio" and all(isinstance(quantity, Quantity) for quantity in held):
            out |= {quantity.span.start for quantity in held if isinstance(quantity, Quantity)}
    return out


def _sentence(material: Counts, mention: Mention) -> tuple[int, int]:
    """The sentence of a mention, as far as mentions show it: from the first one's words to the last one's."""
    mentions = material.reading.mentions
    first = last = mention.index
    while first and mentions[first - 1].sentence == mention.sentence and mention.index - first < _FAR:
        first -= 1
    while last + 1 < len(mentions) and mentions[last + 1].sentence == mention.sentence and last - mention.index < _FAR:
        last += 1
    return mentions[first].start - len(mentions[first].approach), material.clause(mentions[last])[1]


_FAR = 6  # mentions
_NEAR = 60  # characters in front of a percentage


def _says_share(text: str, sentence: tuple[int, int], mention: Mention) -> bool:
    if _no_share().search(text, *sentence):
        return False
    before = max(sentence[0], mention.start - _NEAR), mention.start
    if _share().search(text, *before):
        return True
    return _COMMA_LOST.match(text, mention.start) is not None and _reached().search(text, *before) is not None


_COMMA_LOST = regex.compile(r"[1-9]\d{2}[1-9] \s*+ %", regex.VERBOSE)  # «9731%» is 97,31%; «1500%» is fifteen times


@cache
def _share() -> regex.Pattern[str]:
    return regex.compile(
        rf"\b (?i: {any_of('comparing', 'share')} [\s:*]*+ \Z | {any_of('comparing', 'timely')} \b [^.;]*+ \Z )",
        regex.VERBOSE,
    )


@cache
def _reached() -> regex.Pattern[str]:
    return regex.compile(rf"(?i: \b {any_of('cues', 'reach')} ) [\s:*]*+ \Z", regex.VERBOSE)


@cache
def _no_share() -> regex.Pattern[str]:
    return regex.compile(rf"\b (?i: {any_of('comparing', 'no_share')} ) \b", regex.VERBOSE)


COMPARER = find
