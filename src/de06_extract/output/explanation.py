"""Why a figure is read as it is, as text for people; its words are in `explain.toml` and `evidence.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from de06_extract.language.messages import messages
from de06_extract.numbers.kind import Operands
from de06_extract.numbers.kinds import kind_of
from de06_extract.output.console import show_text
from de06_extract.output.evidence_words import in_words
from de06_extract.schema.display import Language, one_line, percent_of, place
from de06_extract.schema.explanation import Evidence, ExplainedAnchor, ExplainedReading, Explanation, Lacking
from de06_extract.schema.report import Claim
from de06_extract.schema.values import Quantity

_READINGS = 3  # of each kind that are told, besides «none»
_EVIDENCE = 6  # features for and against each
_INDENT = 3
_FINEST = 0.1  # per cent: what is closer to 0 or 100 is only said to be so
_BOLD, _QUIET = "bold", "dim"
_STYLES = {"for": "green", "against": "red"}


def show_explanation(explanation: Explanation, console: Console, language: Language) -> None:
    """Prints the figure in its words, what is stated of it, and its readings with what speaks for and against each."""
    words = messages("explain")[language]
    _show_figure(explanation, console, words, language)
    told = [anchor for anchor in explanation.anchors if anchor.status != "none"]
    for anchor in told or explanation.anchors:
        console.print()
        _show_anchor(anchor, console, words, language)
    in_vain = [anchor for anchor in explanation.anchors if told and anchor.status == "none"]
    if in_vain:
        console.print()
    for anchor in in_vain:
        none = next(reading for reading in anchor.readings if reading.quantities is None)
        counted = {"kind": words["kind"][anchor.kind], "count": anchor.candidates + 1}
        show_text(console, Text(words["weighed_in_vain"].format(posterior=_share(none.posterior, words), **counted)))
    if not explanation.anchors:
        console.print()
        show_text(console, Text(words["nothing_weighed"]))
    for part in explanation.part_of:
        said = words["part_of"].format(
            figure=one_line(part.figure.text),
            kind=words["kind"][part.kind].lower(),
            role=words["role"][part.role],
            posterior=_share(part.posterior, words),
        )
        show_text(console, Text(said))
    console.print()
    show_text(console, Text(words["scale"], _QUIET))


def _show_figure(explanation: Explanation, console: Console, words: dict[str, Any], language: Language) -> None:
    """The figure with its place and its words, and the claims and findings that it stands in."""
    figure = explanation.figure
    where = place([location.model_dump() for location in explanation.locations], language)
    at = f" · {where} · @{figure.span.start}" if where else f" · @{figure.span.start}"
    show_text(console, Text.assemble((one_line(explanation.source), _BOLD), at))
    start, quoted = explanation.quote.start, explanation.quote.text
    before, after = quoted[: figure.span.start - start], quoted[figure.span.end - start :]
    mark = (f"⟦{one_line(figure.span.text)}⟧", _BOLD)
    show_text(console, Text.assemble("«", one_line(before), mark, one_line(after), "»"), _INDENT)
    for claim in explanation.claims:
        show_text(console, Text(_claim(claim, words)))
    for finding in explanation.findings:
        show_text(console, Text(f"{finding.id}: {one_line(finding.message)}"))
    if not explanation.claims:
        show_text(console, Text(words["no_claim"]))


def _claim(claim: Claim, words: dict[str, Any]) -> str:
    sure = percent_of(claim.confidence)
    return str(
        words["stands_in"].format(
            claim=claim.id,
            kind=words["kind"][claim.kind].lower(),
            verdict=words["verdict"][claim.verdict],
            sure="" if sure is None else words["sure"].format(percent=sure),
        )
    )


def _show_anchor(anchor: ExplainedAnchor, console: Console, words: dict[str, Any], language: Language) -> None:
    head = words["weighed"].format(kind=words["kind"][anchor.kind], count=anchor.candidates + 1)
    show_text(console, Text(head, _BOLD))
    if anchor.left < 1:
        show_text(console, Text(words["left"].format(left=_share(anchor.left, words))))
    told = [*anchor.readings[:_READINGS], *(r for r in anchor.readings[_READINGS:] if r.quantities is None)]
    for number, reading in enumerate(told, 1):
        _show_reading(number, reading, anchor.kind, console, words, language)
    left = anchor.candidates + 1 - len(told)
    if left:
        show_text(console, Text(words["more_readings"].format(count=left), _QUIET))
    best = next(reading for reading in anchor.readings if reading.quantities is not None)
    said = one_line(_written(best, anchor.kind) or "")
    show_text(console, Text(words["status"][anchor.status].format(said=said), _BOLD))
    for lack in anchor.lacks if anchor.status in ("not-stated", "none") else ():
        show_text(console, Text(f"– {_lack(lack, words)}"), _INDENT)


def _show_reading(
    number: int, reading: ExplainedReading, kind: str, console: Console, words: dict[str, Any], language: Language
) -> None:
    said = _written(reading, kind) or words["none"]
    posterior = _share(reading.posterior, words)
    claim = f" · {reading.claim}" if reading.claim else ""
    line = words["reading"].format(number=number, said=one_line(said), posterior=posterior) + claim
    show_text(console, Text(line, _BOLD), hanging=_INDENT)
    prior = _share(reading.prior, words)
    if reading.outcome is None:
        about = words["words_alone_none"].format(prior=prior)
    else:
        outcome = words["outcome"].get(reading.outcome, reading.outcome)
        about = words["words_alone"].format(prior=prior, outcome=outcome, arithmetic=_weight(reading.arithmetic, words))
    show_text(console, Text(about), _INDENT)
    for key, evidence in (("for", _told(reading.evidence, 1)), ("against", _told(reading.evidence, -1))):
        if evidence:
            show_text(console, Text(words[key]), _INDENT)
        for feature in evidence:
            worded = one_line(in_words(feature.feature, kind, language))
            line = words["weight"].format(weight=_weight(feature.weight, words), feature=worded)
            show_text(console, Text(line, _STYLES[key]), 2 * _INDENT, hanging=2 * _INDENT)


def _told(evidence: Sequence[Evidence], sign: int) -> list[Evidence]:
    return [feature for feature in evidence if sign * feature.weight > 0][:_EVIDENCE]


def _written(reading: ExplainedReading, kind: str) -> str | None:
    """The reading as an equation in the figures' own notation."""
    if reading.quantities is None:
        return None
    texts = Operands[Quantity](reading.quantities, reading.direction).map(lambda quantity: quantity.text)
    return kind_of(kind).written(texts)


def _lack(lack: Lacking, words: dict[str, Any]) -> str:
    has, needs = (None if value is None else _share(value, words) for value in (lack.has, lack.needs))
    return str(words["lacks"][lack.reason].format(has=has, needs=needs))


def _share(value: float, words: dict[str, Any]) -> str:
    """A probability in per cent, with a decimal below 1 and above 99.

    >>> [_share(value, {"decimal_mark": ","}) for value in (0.5, 0.996, 0.9999, 0.0002, 0)]
    ['50%', '99,6%', '> 99,9%', '< 0,1%', '0%']
    """
    percent = 100 * value
    if 0 < percent < _FINEST or 100 - _FINEST < percent < 100:
        text = f"< {_FINEST}%" if percent < 1 else f"> {100 - _FINEST}%"
    else:
        text = f"{percent:.1f}%" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f}%"
    return text.replace(".", words["decimal_mark"])


def _weight(weight: float, words: dict[str, Any]) -> str:
    return f"{weight:+.2f}".replace("-", "−").replace(".", words["decimal_mark"])
