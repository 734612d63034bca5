"""Calibration: shares that are right rise with the posterior, and few points tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06_extract.claims.prose.links.model import KindModel
from training.calibration import LEAST_READINGS, MOST_POINTS, Reading, bins, calibrate, expected_error

READINGS = st.lists(st.builds(Reading, st.floats(0, 1), st.booleans()), min_size=2 * LEAST_READINGS, max_size=400)


def calibrated(points: list[list[float]], posterior: float) -> float:
    return KindModel("ratio", {}, [], {}, points).calibrated(posterior)


@given(READINGS)
def test_more_posterior_is_never_less_confidence(readings: list[Reading]) -> None:
    points = calibrate(readings)
    assert 0 < len(points) <= MOST_POINTS
    said = [calibrated(points, step / 50) for step in range(51)]
    assert said == sorted(said)
    assert said[0] >= 0
    assert said[-1] <= 1


def test_what_is_said_too_surely_is_said_less_surely() -> None:
    readings = [Reading(0.99, at % 2 == 0) for at in range(100)] + [Reading(0.01, False) for _ in range(100)]
    points = calibrate(readings)
    assert calibrated(points, 0.99) == pytest.approx(0.5, abs=0.01)
    assert calibrated(points, 0.01) < 0.01
    assert expected_error(readings) == pytest.approx(0.25)
    assert bins(readings)[9] == pytest.approx((100, 0.99, 0.5))


def test_too_few_readings_leave_posteriors_as_they_are() -> None:
    assert calibrate([Reading(0.9, False)] * (2 * LEAST_READINGS - 1)) == []
    assert calibrated([], 0.9) == 0.9
