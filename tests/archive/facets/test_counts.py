"""Facets filter each other, and each shows what its values would give if they were chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract.archive.facets.counts import Facets
from de06_extract.archive.facets.filter import FACETS, Facet, Filter
from de06_extract.schema.units import folded_unit
from tests.archive.facets.archives import TRA_CU, TU_KY, seen

HUYEN_TU_KY, HUYEN_TRA_CU = folded_unit(TU_KY), folded_unit(TRA_CU)


def facets(path: Path, **asked: object) -> Facets:
    with seen(path, Filter.model_validate(asked)) as view:
        return view.facets()


def counted(facets: Facets, facet: Facet) -> dict[str, tuple[int, int, int, int]]:
    return {value.value: (value.reports, value.error, value.warning, value.info) for value in facets.of(facet)}


def test_everything_but_what_is_dismissed_is_counted(archive: Path) -> None:
    found = facets(archive)
    assert counted(found, "month") == {"2024-04": (1, 1, 1, 0), "2024-05": (3, 2, 1, 1), "-": (1, 0, 1, 0)}
    assert counted(found, "unit") == {HUYEN_TU_KY: (2, 2, 1, 1), HUYEN_TRA_CU: (2, 1, 1, 0), "-": (1, 0, 1, 0)}
    assert counted(found, "rule") == {
        "ratio-mismatch": (2, 2, 0, 1),
        "sum-mismatch": (2, 1, 1, 0),
        "cumulative-falls": (1, 0, 1, 0),
        "ratio-truncated": (1, 0, 1, 0),
    }
    assert counted(found, "severity") == {"error": (3, 3, 0, 0), "warning": (3, 0, 3, 0), "info": (1, 0, 0, 1)}
    assert counted(found, "state") == {"unseen": (4, 2, 3, 1), "corrected": (1, 1, 0, 0), "dismissed": (1, 1, 0, 0)}


def test_values_are_in_an_order_that_people_expect(archive: Path) -> None:
    found = facets(archive)
    assert [value.value for value in found.month] == ["2024-04", "2024-05", "-"]
    assert [value.name for value in found.unit] == [TU_KY, TRA_CU, None]
    assert found.rule[0].name == "Tỷ lệ không khớp với tử số và mẫu số"


def test_a_facet_is_not_narrowed_by_its_own_values_but_by_those_of_others(archive: Path) -> None:
    found = facets(archive, rule=["ratio-mismatch"])
    assert counted(found, "rule") == counted(facets(archive), "rule")
    assert [value.value for value in found.rule if value.chosen] == ["ratio-mismatch"]
    assert counted(found, "unit") == {HUYEN_TU_KY: (2, 2, 0, 1)}
    assert counted(found, "month") == {"2024-04": (1, 1, 0, 0), "2024-05": (1, 1, 0, 1)}
    both = facets(archive, rule=["ratio-mismatch"], month=["2024-04"])
    assert counted(both, "rule") == {"ratio-mismatch": (1, 1, 0, 0), "sum-mismatch": (1, 0, 1, 0)}
    assert counted(both, "month") == counted(found, "month")


def test_values_of_one_facet_are_alternatives(archive: Path) -> None:
    found = facets(archive, month=["2024-04", "-"])
    assert counted(found, "unit") == {HUYEN_TU_KY: (1, 1, 1, 0), "-": (1, 0, 1, 0)}


def test_what_is_dismissed_is_counted_where_it_is_asked_for(archive: Path) -> None:
    found = facets(archive, state=["dismissed"])
    assert counted(found, "rule") == {"ratio-mismatch": (1, 1, 0, 0)}
    assert counted(found, "unit") == {HUYEN_TU_KY: (1, 1, 0, 0)}


def test_a_value_that_shows_nothing_stays_where_it_is_chosen(archive: Path) -> None:
    found = facets(archive, rule=["no-such-rule"], unit=[HUYEN_TRA_CU])
    assert counted(found, "rule")["no-such-rule"] == (0, 0, 0, 0)
    assert counted(found, "unit") == {HUYEN_TRA_CU: (0, 0, 0, 0)}
    assert counted(found, "month") == {}


@pytest.mark.parametrize("facet", FACETS)
def test_what_a_value_promises_is_what_choosing_it_shows(archive: Path, facet: Facet) -> None:
    for other in ({}, {"severity": ["error"]}, {"month": ["2024-05"]}, {"words": "tu ky"}, {"state": ["unseen"]}):
        if facet in other:
            continue
        for value in facets(archive, **other).of(facet):
            with seen(archive, Filter.model_validate({**other, facet: [value.value]})) as view:
                shown = view.reports()
            assert shown.total == value.reports
            assert sum(report.findings for report in shown.reports) == value.findings
