"""Which figures of an archive make a series, and whose they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from de06_extract.archive.store.results import FileResult
from tests.output.html.pages import page, result


def test_a_series_joins_results_of_the_same_kind_only() -> None:
    held = [
        result("/archive/1.txt", day=31, month=3),
        result("/archive/2.txt", day=30, month=6, done="3.230", rate="98,93"),
        result("/archive/3.txt", day=30, month=9, done="3.240", rate="90,93"),
    ]
    shown = page(held)
    given = shown.data("page-data")
    rates = [number for number, series in enumerate(given["series"]) if series["unit"] == "%"]
    assert len(rates) == 1
    keys = given["fields"]["point"]
    points = [
        dict(zip(keys, point, strict=True)) for block in shown.blocks for point in block[1] if point[0] == rates[0]
    ]
    assert [point["value"] for point in points] == ["98.77", "98.93", "90.93"]
    assert [point["is_doubtful"] for point in points] == [0, 0, 1]
    assert [given["periods"][point["period"]][0] for point in points] == ["2024-03-31", "2024-06-30", "2024-09-30"]
    assert {given["units"][point["unit"]] for point in points} == {"huyện Tứ Kỳ (Hải Dương)"}


def test_what_is_no_sure_result_of_an_indicator_is_no_point() -> None:
    held = [result(f"/archive/{month}.txt", month=month, day=1) for month in (1, 2, 3)]

    def changed(**traits: Any) -> list[FileResult]:
        return [
            replace(one, report={**one.report, "indicators": [{**each, **traits} for each in one.report["indicators"]]})
            for one in held
            if one.report is not None
        ]

    assert page(changed()).data("page-data")["series"]
    assert page(changed(status="target")).data("page-data")["series"] == []
    assert page(changed(aspect="remaining")).data("page-data")["series"] == []
    assert page(changed(bound="about")).data("page-data")["series"] == []
    assert page(changed(score=0.89)).data("page-data")["series"] == []
    assert page(held[:2]).data("page-data")["series"] == [], "two figures are not enough"


@pytest.mark.parametrize(
    ("of", "place", "expected"),
    [
        ({}, None, "huyện Tứ Kỳ (Hải Dương)"),
        ({}, "xã An Thanh", "xã An Thanh (Tứ Kỳ, Hải Dương)"),
        ({"level": "commune", "kind": "xã", "name": "An Thanh"}, None, "xã An Thanh (Tứ Kỳ, Hải Dương)"),
        ({"level": "province", "kind": "tỉnh", "name": "Hải Dương", "district": None}, None, "tỉnh Hải Dương"),
        (
            {"kind": "tỉnh", "name": "Vĩnh Long", "province": "Vĩnh Long", "district": None, "era": "since-2025-07"},
            None,
            "tỉnh Vĩnh Long (từ 7/2025)",
        ),
    ],
)
def test_a_unit_is_named_with_the_places_around_it(of: dict[str, Any], place: str | None, expected: str) -> None:
    held = result()
    assert held.report is not None
    indicators = [{**indicator, "locality": place} for indicator in held.report["indicators"]]
    changed = {**held.report, "indicators": indicators, "locality": {**held.report["locality"], **of}}
    assert page([replace(held, report=changed)]).data("page-data")["units"] == [expected]
