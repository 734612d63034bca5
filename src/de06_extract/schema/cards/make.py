"""Cards made from a report: the one place where what a finding says is put together for people."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, get_args

from de06_extract.language.messages import messages
from de06_extract.schema.cards.card import (
    Card,
    CardChange,
    CardDecision,
    CardFigure,
    CauseCards,
    Proposal,
    RelatedPlace,
)
from de06_extract.schema.cards.places import Places
from de06_extract.schema.cards.quotes import figures_beside, figures_of, quotation
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.severity import Severity

Parsed = Mapping[str, Any]
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def report_cards(report: Parsed, language: Language = "vi") -> tuple[Card, ...]:
    """The cards of a report as its JSON holds it, numbered, the causes with the gravest findings first."""
    return numbered(unnumbered_cards(report, language), language)


def unnumbered_cards(report: Parsed, language: Language) -> Iterator[Card]:
    """The cards of a report in the order of its findings, before they are numbered."""
    places = Places(report, language)
    relations = {entry["id"]: entry for entry in chain(report["claims"], report["comparisons"])}
    for finding in report["findings"]:
        named = (*finding["claims"], *finding["comparisons"])
        yield _card(finding, [relations[name] for name in named if name in relations], places, language)


def numbered(cards: Iterable[Card], language: Language = "vi") -> tuple[Card, ...]:
    """The cards with their numbers, cause by cause: the gravest cause first, then as they stand in the text."""
    by_cause: dict[str, list[Card]] = {}
    for card in cards:
        by_cause.setdefault(card.cause, []).append(card)
    for held in by_cause.values():
        held.sort(key=_gravest_first)
    template = messages("cards")[language]["number"]
    out: list[Card] = []
    for number, held in enumerate(sorted(by_cause.values(), key=lambda held: _gravest_first(held[0])), 1):
        group = template.format(number=number)
        letters = [""] if len(held) == 1 else [_letters(at) for at in range(len(held))]
        out += [replace(card, number=group + letter, group=group) for card, letter in zip(held, letters, strict=True)]
    return tuple(out)


def causes_of(cards: Iterable[Card]) -> tuple[CauseCards, ...]:
    """The numbered cards, those of one cause together."""
    held: dict[str, list[Card]] = {}
    for card in cards:
        held.setdefault(card.cause, []).append(card)
    return tuple(CauseCards(of[0].group, cause, tuple(of)) for cause, of in held.items())


def headline(causes: int, findings: int, language: Language = "vi") -> str:
    """How many places there are to look at, and how many findings where those are more.

    >>> headline(2, 4), headline(3, 3)
    ('2 chỗ cần xem lại (4 phát hiện)', '3 chỗ cần xem lại')
    """
    words = messages("cards")[language]
    return str(words["headline_one" if causes == findings else "headline"].format(causes=causes, findings=findings))


def _gravest_first(card: Card) -> tuple[int, bool, int]:
    return _SEVERITIES.index(card.severity), card.is_across, card.place.start or 0


def _letters(at: int) -> str:
    """The letter of a finding among those of its cause: a to z, then aa.

    >>> _letters(0), _letters(25), _letters(26)
    ('a', 'z', 'aa')
    """
    letters = string.ascii_lowercase
    return letters[at] if at < len(letters) else _letters(at // len(letters) - 1) + letters[at % len(letters)]


def _card(finding: Parsed, relations: Sequence[Parsed], places: Places, language: Language) -> Card:
    proposals = tuple(_proposal(suggestion) for suggestion in finding["suggestions"])
    changed = {change.start for proposal in proposals for change in proposal.changes if change.start is not None}
    wrong = changed or {finding["span"]["start"], *_said_here(finding, relations)}
    beside = [] if relations else figures_beside(finding)
    return Card(
        id=finding["id"],
        number="",
        cause=finding.get("cause") or finding["id"],
        group="",
        severity=finding["severity"],
        level=messages("report")[language]["severity"][finding["severity"]],
        rule=finding["rule"],
        title=one_line(finding.get("title") or finding["rule"]),
        place=places.of(finding["span"], finding["locations"]),
        reported=_line(finding["reported"]),
        expected=_line(finding["expected"]),
        arithmetic=one_line(finding["message"]),
        quote=quotation(finding, relations, wrong),
        figures=tuple(_figures(finding, relations, beside, wrong, places)),
        proposals=proposals,
        related=tuple(
            RelatedPlace(one_line(other["span"]["text"]), places.of(other["span"], other["locations"]))
            for other in finding["related"]
            if other not in beside
        ),
        decision=decision_of(finding.get("decision") or _dismissed(finding.get("dismissed"))),
        confidence=finding.get("confidence"),
        finding=dict(finding),
    )


def _said_here(finding: Parsed, relations: Sequence[Parsed]) -> Iterator[int]:
    """Where the figures stand that a repeat accuses: all but those in the other places."""
    elsewhere = {other["span"]["start"] for other in finding["related"]}
    for relation in relations:
        if relation["kind"] == "repeat":
            yield from (start for f in relation["figures"] if (start := f["span"]["start"]) not in elsewhere)


def _figures(
    finding: Parsed, relations: Sequence[Parsed], beside: Iterable[Parsed], wrong: set[int], places: Places
) -> Iterator[CardFigure]:
    """Every figure of the relation, each once, in the order of the text; the accused words where they are no figure."""
    own = {"span": finding["span"], "locations": finding["locations"]}
    known = {figure["span"]["start"]: figure for relation in relations for figure in figures_of(relation)}
    known.update((other["span"]["start"], other) for other in beside)
    known.setdefault(finding["span"]["start"], own)
    for start in sorted(known):
        figure = known[start]
        place = places.of(figure["span"], figure.get("locations", ()))
        yield CardFigure(one_line(figure["span"]["text"]), start in wrong, place)


def _proposal(suggestion: Parsed) -> Proposal:
    changes = suggestion.get("changes") or [{"span": suggestion["span"], "replacement": suggestion["replacement"]}]
    return Proposal(
        changes=tuple(
            CardChange(
                one_line(change["span"]["text"]),
                one_line(change["replacement"]),
                change["span"]["start"],
                change["span"]["end"],
            )
            for change in changes
        ),
        reason=one_line(suggestion["reason"]),
        edit=dict(suggestion),
    )


def decision_of(told: Parsed | None) -> CardDecision:
    """The decision that a finding tells of, empty where it tells of none."""
    if not told:
        return CardDecision()
    texts = (told.get(key) for key in ("reason", "note", "who"))
    reason, note, who = (None if text is None else one_line(str(text)) for text in texts)
    return CardDecision(told.get("state"), reason, note, who, told.get("date"), told.get("check"))


def _dismissed(dismissed: Parsed | None) -> Parsed | None:
    return {"state": "dismissed", **dismissed} if dismissed else None


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)
