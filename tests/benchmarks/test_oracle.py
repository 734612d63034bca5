"""The ceiling of the linker: what annotations need to be among its candidates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import oracle
from tests.conftest import CORPUS


def measured(folder: Path, text: str, **relations: Any) -> dict[str, dict[str, int]]:
    for name in ("gold", "texts"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "gold" / "a.json").write_text(json.dumps(relations), "utf-8")
    (folder / "texts" / "a.txt").write_text(text, "utf-8")
    return oracle.measure(folder / "gold", folder / "texts").figures()


def ratio(numerator: float, denominator: float, percent: float) -> list[dict[str, Any]]:
    return [{"numerator": numerator, "denominator": denominator, "percent": percent}]


def test_of_the_reports_nearly_all_is_offered() -> None:
    for kind, counts in oracle.measure(CORPUS / "gold", CORPUS).figures().items():
        assert counts["offered"] >= counts["annotated"] - 1, kind
        assert sum(counts[need] for need in oracle.NEEDS if need in counts) == counts["annotated"] - counts["offered"]


FAR = "Xã có 412 hộ.\n\n" + "Công tác tuyên truyền được quan tâm. Có 3 hội nghị.\n\n" * 30


@pytest.mark.parametrize(
    ("text", "relations", "need"),
    [
        ("Có 412 hộ, trong đó 103 hộ nghèo, chiếm 25%.", ratio(103, 412, 25), "offered"),
        ("Có bốn trăm hộ, trong đó 103 hộ nghèo, chiếm 25%.", ratio(103, 412, 25), "no figure"),
        ("Trong 412 ngày có 103 ngày mưa, chiếm 25%.", ratio(103, 412, 25), "role"),
        (FAR + "Hộ nghèo là 103 hộ, chiếm 25%.", ratio(103, 412, 25), "out of reach"),
    ],
)
def test_what_a_relation_needs(text: str, relations: list[dict[str, Any]], need: str, tmp_path: Path) -> None:
    assert measured(tmp_path, text, ratios=relations)["ratio"] == {
        "annotated": 1,
        "offered": 0,
        need: 1,
    }


def test_a_total_that_nothing_is_sought_for(tmp_path: Path) -> None:
    sums = [{"total": 1, "parts": [0.5, 0.5]}]
    found = measured(tmp_path, "Một mảnh 1 ha, gồm 0,5 ha lúa và 0,5 ha ngô.", sums=sums)
    assert found["sum"]["annotated"] == 1
    assert found["sum"].get("no anchor") == 1
