"""Which findings are wanted, and how bad those of a rule are taken to be: of reports as models and as their JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from de06_extract.schema.severity import Severity


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are wanted: of which rules, from which confidence on; and the severities of rules, where others.

    `select` and `ignore` are ids of rules or patterns of them («reference-*»); without `select` all rules are, and what
    is ignored is not, whatever `select` says. `severities` maps ids or patterns likewise, the last that fits counts.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    least: float | None = None

    def has_rule(self, rule: str) -> bool:
        """True of a rule whose findings are wanted.

        >>> wanted = Selection(select=("ratio-*", "unsure"), ignore=("ratio-truncated",))
        >>> [wanted.has_rule(rule) for rule in ("ratio-mismatch", "ratio-truncated", "sum-mismatch")]
        [True, False, False]
        """
        return (not self.select or _fits(rule, self.select)) and not _fits(rule, self.ignore)

    def has(self, rule: str, confidence: float | Decimal | None) -> bool:
        """True of a finding of this rule with this confidence, where it is wanted."""
        return self.has_rule(rule) and self.is_sure(confidence)

    def is_sure(self, confidence: float | Decimal | None) -> bool:
        """True from the least confidence on, and where none is stated: of dates, repeats and tables no model was asked.

        >>> wanted = Selection(least=0.9)
        >>> wanted.is_sure(Decimal("0.9")), wanted.is_sure(0.89), wanted.is_sure(None), Selection().is_sure(0.1)
        (True, False, True, True)
        """
        return confidence is None or self.least is None or float(confidence) >= self.least

    def severity(self, rule: str, own: Severity) -> Severity:
        """How bad a finding of this rule is taken to be, which is `own` where nothing else is said.

        >>> [Selection(severities={"unsure": "error"}).severity(rule, "info") for rule in ("unsure", "repeat-total")]
        ['error', 'info']
        """
        return next((held for names, held in reversed(list(self.severities.items())) if fnmatchcase(rule, names)), own)

    def of_report(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """A report as its JSON holds it, with the findings that are wanted and the rules that these are of."""
        kept = [
            {**finding, "severity": self.severity(finding["rule"], finding["severity"])}
            for finding in report["findings"]
            if self.has(finding["rule"], finding.get("confidence"))
        ]
        doubtful = sum(
            self.has_rule(finding["rule"]) and not self.is_sure(finding.get("confidence"))
            for finding in report["findings"]
        )
        summary, counts = report["summary"], Counter(finding["severity"] for finding in kept)
        counted = {
            "findings": {severity: counts[severity] for severity in summary["findings"]},
            "causes": len({finding.get("cause") or finding["id"] for finding in kept}),
            "left_out": summary.get("left_out", 0) + doubtful,
        }
        checked = {rule: cases for rule, cases in report["checked"].items() if self.has_rule(rule)}
        return {**report, "findings": kept, "checked": checked, "summary": {**summary, **counted}}


EVERYTHING = Selection()


def _fits(rule: str, names: Iterable[str]) -> bool:
    return any(fnmatchcase(rule, name) for name in names)
