"""Parts whose names leave nothing out between them, beside parts of whom there may be others."""

from __future__ import annotations

import pytest

from de06_extract.claims.prose.links.features.opposites import are_opposites
from tests.claims.prose.links.test_generators import candidates, names

BOTH = "parts: behind, opposites, both of them"


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("hồ sơ trực tuyến", "hồ sơ trực tiếp", True),
        ("học sinh nữ", "học sinh nam", True),
        ("trường công lập", "trường ngoài công lập", True),
        ("đã giải quyết", "chưa giải quyết", True),
        ("chưa giải quyết", "chưa phân công", False),
        ("trường công lập", "trường công lập", False),
        ("xã miền núi", "phường trung tâm", False),
        ("", "hồ sơ trực tiếp", False),
    ],
)
def test_names(one: str, other: str, opposed: bool) -> None:
    assert are_opposites(tuple(one.split()), tuple(other.split())) is opposed
    assert are_opposites(tuple(other.split()), tuple(one.split())) is opposed


def test_the_name_of_a_part_ends_at_marks_and_at_the_next_figure() -> None:
    text = "Tổng số 845 hồ sơ, trong đó trực tuyến 512 hồ sơ, trực tiếp 333 hồ sơ."
    assert BOTH in names(candidates("sum", text, "845")["512", "333"])
    text = "Tổng số 845 hồ sơ, trong đó đất đai 512 hồ sơ, tư pháp 333 hồ sơ."
    assert BOTH not in names(candidates("sum", text, "845")["512", "333"])


def test_the_name_of_a_part_may_stand_before_the_mark_before_the_word_for_its_level() -> None:
    def said(text: str) -> set[str]:
        (found,) = candidates("distribution", text, "96.2").values()
        return names(found)

    shares = "shares: opposites, both of them"
    assert shares in said("Đã trả: đúng và trước hạn, đạt 96,2%, trễ hạn chiếm 3,8%.")
    assert shares not in said("Đã trả: đúng hạn cho xã, phường đạt 96,2%, trễ hạn chiếm 3,8%.")
