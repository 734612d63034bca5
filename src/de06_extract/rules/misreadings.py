"""Misreadings: figures of a scanned page that character recognition may have taken for others.

Where a relation fails and would hold if one digit or mark were one that looks alike, or where one of its figures was
read with little confidence, the failure may be the scanner's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

import regex

from de06_extract.document.document import Document
from de06_extract.language.vocabulary import load
from de06_extract.numbers.numerals import parse_numeral
from de06_extract.numbers.verdicts import HOLDS
from de06_extract.rules.facts import Misreading
from de06_extract.rules.repairs.equations import Equation, equations
from de06_extract.schema.report import Claim, Comparison, Finding, Quantity

_NUMERAL = regex.compile(r"\d(?:[\d.,:]*\d)?+")
_LONGEST = 18  # characters of a figure that is looked at
_UNSURE = 80  # of 100: sharp figures are read with 90 and more; of those read with less most were misread
_MOST_FIGURES = 40  # of a relation; in longer ones nearly every figure could be the wrong one


def find_misreadings(
    document: Document, claims: Sequence[Claim], comparisons: Sequence[Comparison]
) -> Iterator[Misreading]:
    """The figures read from images that make a relation fail, and may be others than they were read as."""
    for equation in equations(claims, comparisons):
        quantities = list(equation.quantities)
        if equation.said != "inconsistent" or not equation.follows or len(quantities) > _MOST_FIGURES:
            continue
        for quantity in quantities:
            confidence = document.confidence(quantity.span.start, quantity.span.end)
            if confidence is None:
                continue
            likely = tuple(other.text for other in lookalikes(quantity) if _holds(equation, other))
            if likely or confidence < _UNSURE:
                yield Misreading(equation.id, quantity, likely, confidence)


def is_legible(document: Document, finding: Finding) -> bool:
    """False for a finding on words that were read from an image with little confidence, and no claim bears them out."""
    if finding.claims or finding.comparisons:
        return True
    confidence = document.confidence(finding.span.start, finding.span.end)
    return confidence is None or confidence >= _UNSURE


def lookalikes(quantity: Quantity) -> Iterator[Quantity]:
    """What may stand in the place of a figure if one digit or mark of it was misread.

    >>> from decimal import Decimal
    >>> from de06_extract.schema.report import Span
    >>> q = Quantity(value=Decimal("1.73"), decimals=2, text="1,73", span=Span(start=0, end=4, text="1,73"))
    >>> [other.text for other in lookalikes(q)]
    ['7,73', '173', '1,13', '1,78']
    """
    written = _NUMERAL.search(quantity.text)
    if written is None or len(written[0]) > _LONGEST or quantity.upper is not None:
        return
    for text in _alike(written[0]):
        numeral = parse_numeral(text)
        if numeral is None or numeral.value * quantity.scale == quantity.value:
            continue
        yield quantity.model_copy(
            update={
                "value": numeral.value * quantity.scale,
                "decimals": numeral.decimals,
                "text": quantity.text[: written.start()] + text + quantity.text[written.end() :],
            }
        )


def figures_in(text: str) -> tuple[str, ...]:
    """The figures in a text, their digits and marks alone.

    >>> figures_in("(98,77%)."), figures_in("8.204/9"), figures_in("tỷ")
    (('98,77',), ('8.204', '9'), ())
    """
    return tuple(_NUMERAL.findall(text))


def _alike(text: str) -> Iterator[str]:
    """The text with one character another that looks alike, lost or added."""
    table = _table()
    for at, letter in enumerate(text):
        before, after = text[:at], text[at + 1 :]
        for other in table["alike"].get(letter, table["separators"].get(letter, ())):
            yield before + other + after
        if at and letter.isdecimal() and text[at - 1].isdecimal():
            for mark in table["lost"]["marks"]:
                yield before + mark + text[at:]


@cache
def _table() -> dict[str, Any]:
    return load("misreadings")


def _holds(equation: Equation, quantity: Quantity) -> bool:
    return equation.with_values({quantity.span.start: quantity}).verdict() in HOLDS


R = TypeVar("R", Claim, Comparison)


def held_back(relations: Sequence[R], misreadings: Sequence[Misreading]) -> tuple[R, ...]:
    """The claims or comparisons, those that fail on a figure in doubt without a verdict."""
    doubtful = {misreading.relation for misreading in misreadings}
    unsure = {"verdict": "unverifiable"}
    return tuple(one.model_copy(update=unsure) if one.id in doubtful else one for one in relations)
