"""The figures of the five reports are mapped to indicators as the gold says."""

from __future__ import annotations

import indicators
from tests.conftest import corpus, report_on


def test_the_five_reports_are_mapped_as_the_gold_says() -> None:
    total = indicators.Tally()
    for document, entries in indicators.gold().items():
        path = corpus(document)
        total.add(indicators.score(report_on(path), path.read_text("utf-8"), entries))
    assert total.mapped / total.figures >= 0.95
    assert total.dated / total.timed >= 0.95
    assert total.wrong / total.figures <= 0.02
