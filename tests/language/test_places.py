"""The lists of provinces, districts and communes, before and after July 2025."""

from __future__ import annotations

import pytest

from de06_extract.language.places import named, province_of, successor_of, units


def test_there_were_63_provinces_and_are_34_and_no_districts() -> None:
    then = [unit for unit in units() if unit.existed("2024-05")]
    now = [unit for unit in units() if unit.existed("2025-10")]
    assert [sum(unit.level == level for unit in then) for level in ("province", "commune")] == [63, 0]
    assert [sum(unit.level == level for unit in now) for level in ("province", "district", "commune")] == [34, 0, 3321]


def test_every_unit_lies_in_a_province_that_went_into_one_of_the_34() -> None:
    after = {unit.code for unit in units() if unit.level == "province" and unit.existed("2025-10")}
    assert all(successor_of(province_of(unit)).code in after for unit in units())


@pytest.mark.parametrize(
    ("old", "new"),
    [("Hải Dương", "Hải Phòng"), ("Bình Phước", "Đồng Nai"), ("Trà Vinh", "Vĩnh Long"), ("Kon Tum", "Quảng Ngãi")],
)
def test_a_province_names_the_one_it_went_into(old: str, new: str) -> None:
    [province] = named(old, kind="tỉnh", month="2024-05")
    assert successor_of(province).name == new
