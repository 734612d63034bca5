"""Words are found with and without the marks of Vietnamese."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract.archive.facets.filter import Filter
from tests.archive.facets.archives import seen


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", "abcde"),
        ("   ", "abcde"),
        ("tu ky", "ab"),
        ("Tứ Kỳ", "ab"),
        ("tư ky", ""),  # typed with marks, it is meant so
        ("TRÀ", "cd"),
        ("uy ban nhan dan; tra cu", "cd"),
        ("tra cu, tu ky", ""),
        ("15/BC", "abcde"),
        ("15,bc", ""),  # no blank behind the comma: one phrase
        ("uong", ""),  # inside a word
        ("kho/e", "e"),
        (".*", ""),
    ],
)
def test_a_report_is_found_by_its_path_and_its_header(archive: Path, words: str, names: str) -> None:
    with seen(archive, Filter(words=words)) as view:
        assert [item.path for item in view.reports("path").reports] == [f"/kho/{name}.txt" for name in names]


def test_a_filter_knows_whether_it_asks_anything() -> None:
    assert Filter().is_empty
    assert Filter(words=" ").is_empty
    assert not Filter(words="a").is_empty
    assert not Filter(month=("2024-04",)).is_empty
    assert Filter(month=("2024-04",)).asks_for_findings is False
    assert Filter(severity=("info",)).asks_for_findings
