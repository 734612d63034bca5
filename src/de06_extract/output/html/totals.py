"""The totals of an archive, counted as its reports go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from de06_extract.schema.cards.card import Card


@dataclass(slots=True)
class RuleCount:
    """The findings of one rule: by severity those to review, how many were dismissed, and in how many reports."""

    rule: str
    title: str
    severities: Counter[str] = field(default_factory=Counter)
    dismissed: int = 0
    reports: int = 0

    @property
    def weight(self) -> tuple[int, int, int, int, str]:
        """The key that orders the rules: most errors first, then warnings, notes and dismissed ones."""
        counts = (self.severities[severity] for severity in ("error", "warning", "info"))
        errors, warnings, infos = counts
        return (-errors, -warnings, -infos, -self.dismissed, self.rule)


@dataclass(slots=True)
class Totals:
    """Counts over an archive; each content counts once, however many paths have it.

    `causes` are the places to look at: findings of one cause count once. `left_out` findings were not sure enough to be
    shown.
    """

    files: int = 0
    copies: int = 0
    reports: int = 0
    clean: int = 0
    causes: int = 0
    dismissed: int = 0
    left_out: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    reports_with: Counter[str] = field(default_factory=Counter)
    coverage: Counter[str] = field(default_factory=Counter)
    unchecked: Counter[str] = field(default_factory=Counter)
    rules: dict[str, RuleCount] = field(default_factory=dict)

    def count_report(self, coverage: Mapping[str, Any], cards: Iterable[Card]) -> None:
        """Counts a report with its findings."""
        self.reports += 1
        for key in ("numbers", "in_claims", "checked"):
            self.coverage[key] += coverage[key]
        for group in coverage["unchecked"]:
            self.unchecked[group["reason"]] += group["numbers"]
        self.clean += not self.count_findings(cards)

    def count_findings(self, cards: Iterable[Card]) -> bool:
        """Counts findings of one report; False where there are none to review."""
        severities: Counter[str] = Counter()
        rules: set[str] = set()
        causes: set[str] = set()
        for card in cards:
            known = self.rules.setdefault(card.rule, RuleCount(card.rule, card.title))
            if is_dismissed(card):
                self.dismissed += 1
                known.dismissed += 1
            else:
                severities[card.severity] += 1
                known.severities[card.severity] += 1
                rules.add(card.rule)
                causes.add(card.cause)
        for rule in rules:
            self.rules[rule].reports += 1
        self.causes += len(causes)
        self.severities += severities
        self.reports_with.update(severities.keys())
        return bool(severities)


def is_dismissed(card: Card) -> bool:
    """True for a finding that was looked at and dismissed."""
    return card.decision.state == "dismissed"
