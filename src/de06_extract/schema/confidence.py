"""Confidence as a threshold: which findings are sure enough to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def is_sure(confidence: float | Decimal | None, least: float | None) -> bool:
    """True from that confidence on, and where none is stated: of dates, repeats and tables no model was asked.

    >>> is_sure(Decimal("0.9"), 0.9), is_sure(0.89, 0.9), is_sure(None, 0.9), is_sure(0.1, None)
    (True, False, True, True)
    """
    return confidence is None or least is None or float(confidence) >= least


def only_from(report: Mapping[str, Any], least: float) -> dict[str, Any]:
    """A report as its JSON holds it, without the findings that are less sure; they are counted in the summary."""
    findings, summary = report["findings"], report["summary"]
    kept = [finding for finding in findings if is_sure(finding.get("confidence"), least)]
    counts = Counter(finding["severity"] for finding in kept)
    counted = {
        "findings": {severity: counts[severity] for severity in summary["findings"]},
        "left_out": summary.get("left_out", 0) + len(findings) - len(kept),
    }
    return {**report, "findings": kept, "summary": {**summary, **counted}}
