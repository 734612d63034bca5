"""A file with wrong figures, and its report."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from de06_extract import Report, check_text
from de06_extract.schema.report import Header, Indicator, Location, Period, Span
from tests.output.tables.made_up import WRONG


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text(WRONG, "utf-8")
    return path


@pytest.fixture
def report() -> Report:
    quoted = Span(start=0, end=4, text=WRONG[:4])
    indicator = Indicator(
        id="rate",
        name="Tỷ lệ",
        value=Decimal("98.57"),
        period=Period(start="2023-01-01", end="2023-12-14"),
        claim="c1",
        score=0.5,
        quote="Số h",
        span=quoted,
        locations=(Location(line=1),),
    )
    return check_text(WRONG).model_copy(update={"indicators": (indicator,), "header": Header(date="2024-04")})
