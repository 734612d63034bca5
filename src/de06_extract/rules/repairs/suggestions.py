"""Suggestions: repairs as edits of the text, put on the findings that they would make vanish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from de06_extract.document.document import Document
from de06_extract.heartbeat import stepping
from de06_extract.language.messages import messages
from de06_extract.numbers.figures import find_figures
from de06_extract.numbers.notation import shows_style, write_among
from de06_extract.numbers.repeat import REPEAT
from de06_extract.rules.repairs.equations import Equation
from de06_extract.rules.repairs.find import Repair
from de06_extract.schema.report import Change, Finding, Quantity, Related, Suggestion

_WIDEST = 160  # characters of one edit that holds several figures
_AROUND = 40  # characters on either side of a figure in which it is read again
_APART = re.compile(r"\t|\n\s*\n")  # between cells, between paragraphs
_BETWEEN = "; "  # figures: between Vietnamese numbers a comma could be a decimal one
_MOST = 3  # equations in a reason


def with_suggestions(
    findings: Sequence[Finding], repairs: Mapping[str, Repair], document: Document, language: str
) -> tuple[Finding, ...]:
    """The findings, each that is a matter of a claim or comparison with a repair with the edit that this comes to."""
    return tuple(
        _with_suggestion(finding, repairs, document, messages("report")[language]) for finding in stepping(findings)
    )


def _with_suggestion(
    finding: Finding, repairs: Mapping[str, Repair], document: Document, words: dict[str, Any]
) -> Finding:
    ids = (*finding.claims, *finding.comparisons)
    repair = next((repairs[name] for name in ids if name in repairs), None)
    if repair is None or finding.suggestions or finding.severity == "info":
        return finding
    spans = [quantity.span for quantity in repair.elsewhere]
    places = tuple(Related(span=span, locations=document.locations(span.start, span.end)) for span in spans)
    suggestions = tuple(_suggestions(repair, document, words))
    if not suggestions:
        return finding
    changes = [change for suggestion in suggestions for change in suggestion.changes]
    return finding.model_copy(
        update={
            "suggestions": suggestions,
            "related": (*finding.related, *places),
            "reported": _BETWEEN.join(change.span.text for change in changes),
            "expected": _BETWEEN.join(change.replacement for change in changes),
        }
    )


def _suggestions(repair: Repair, document: Document, words: dict[str, Any]) -> Iterator[Suggestion]:
    """One edit of the stretch of text that holds every figure to change."""
    changes = [_among(repair.changes[start], repair) for start in sorted(repair.changes)]
    start, end = changes[0].span.start, changes[-1].span.end
    apart = end - start > _WIDEST or _APART.search(document.text, start, end)
    if apart or not all(_is_read(document, quantity) for quantity in changes):
        return
    replacement, at = "", start
    edits = tuple(Change(span=quantity.span, replacement=quantity.text) for quantity in changes)
    for quantity in changes:
        replacement += document.text[at : quantity.span.start] + quantity.text
        at = quantity.span.end
    span = document.span(start, end)
    yield Suggestion(span=span, text=span.text, replacement=replacement, reason=_reason(repair, words), changes=edits)


def _among(quantity: Quantity, repair: Repair) -> Quantity:
    """The new figure in the style of those that it stands with, where the old one had too few digits to show any."""
    if shows_style(quantity.span.text) or quantity.decimals:
        return quantity
    others = [q.text for equation in repair.equations for q in equation.quantities if q.span != quantity.span]
    return quantity.model_copy(update={"text": write_among(quantity.text, others)})


def _is_read(document: Document, quantity: Quantity) -> bool:
    """True where the new figure is read as it is meant, or the old one was not read from its digits alone."""
    before = document.text[max(0, quantity.span.start - _AROUND) : quantity.span.start]
    behind = document.text[quantity.span.end : quantity.span.end + _AROUND]
    values = [f.value for f in find_figures(before + quantity.text + behind) if f.start == len(before)]
    return values == [quantity.value] or not any(
        f.start == len(before) for f in find_figures(before + quantity.span.text + behind)
    )


def _reason(repair: Repair, words: dict[str, Any]) -> str:
    slips = [words["slips"][slip] for slip in repair.slips if slip in words["slips"]]
    said = dict.fromkeys(_in_words(equation, words) for equation in repair.equations)
    reason = "; ".join([*slips, words["and"].join(list(said)[:_MOST])])
    return reason + words["elsewhere"].format(count=len(repair.elsewhere)) if repair.elsewhere else reason


def _in_words(equation: Equation, words: dict[str, Any]) -> str:
    if equation.kind is not REPEAT:
        return equation.written()
    places = len(list(equation.quantities)) - 1
    return str(words["again" if places else "worked_out"].format(figure=equation.written(), places=places))
