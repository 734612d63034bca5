"""The bars of the months: as high as their findings, with the months between them."""

from __future__ import annotations

from de06_extract.archive.facets.counts import FacetValue
from de06_extract.web.archive.chart import HEIGHT, TOP, chart_of


def month(name: str, error: int = 0, warning: int = 0) -> FacetValue:
    return FacetValue(value=name, reports=1, error=error, warning=warning)


def test_bars_are_as_high_as_their_findings() -> None:
    chart = chart_of([month("2024-04", 3, 1), month("2024-05", 2)])
    assert chart.most == 4
    first, second = chart.bars
    assert [(part.severity, part.height) for part in first.parts] == [("error", HEIGHT * 0.75), ("warning", HEIGHT / 4)]
    assert first.top == TOP
    assert (second.parts[0].y, second.parts[0].height) == (TOP + HEIGHT / 2, HEIGHT / 2)
    assert all(part.y + part.height <= chart.ground for bar in chart.bars for part in bar.parts)


def test_months_that_nothing_is_of_stand_between() -> None:
    chart = chart_of([month("2023-11", 1), month("2024-02", 1), month("-", 1)])
    assert [(bar.label, bar.year, bar.value is None) for bar in chart.bars] == [
        ("11", "2023", False),
        ("12", "", True),
        ("01", "2024", True),
        ("02", "", False),
        ("-", "", False),
    ]
    assert chart.width == 5 * chart.bars[1].x


def test_a_date_that_is_years_off_does_not_make_the_drawing_endless() -> None:
    chart = chart_of([month("1024-01", 1), month("2024-01", 1)])
    assert [bar.label for bar in chart.bars] == ["01", "…", "01"]
    assert [bar.year for bar in chart.bars] == ["1024", "", "2024"]


def test_nothing_found_makes_bars_without_parts() -> None:
    chart = chart_of([month("2024-04")])
    assert (chart.most, chart.bars[0].parts, chart.bars[0].top) == (0, (), chart.ground)
    assert chart_of([]).bars == ()


def test_a_month_that_there_is_not_does_no_harm() -> None:
    assert next(bar.label for bar in chart_of([month("2024-00", 1), month("2024-13", 1)]).bars) == "00"
