"""Thresholds: which numbers are one, and that a change of one is seen by the sentences that hold it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import thresholds

MODULE = '''"""Made up."""

FIRST = 7  # figures
_BEFORE, _BEHIND = 14, 0.5
_LEVELS = (7, 3)
MEANT = {"ratio": 0.7, "sum": 8}
_TYPED: int = 9
_NAMES = ("a", "b")
_FLAG = True
_SUM = FIRST + 1
small = 5


def inside() -> int:
    LATER = 3
    return LATER
'''


def test_the_numbers_of_constants_are_thresholds(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "made.py").write_text(MODULE, "utf-8")
    found = {threshold.name: threshold.value for threshold in thresholds.thresholds(tmp_path, "p")}
    assert found == {
        "FIRST": 7, "_BEFORE": 14, "_BEHIND": 0.5, "_LEVELS[0]": 7, "_LEVELS[1]": 3, "MEANT['ratio']": 0.7,
        "MEANT['sum']": 8, "_TYPED": 9,
    }  # fmt: skip
    assert {threshold.module for threshold in thresholds.thresholds(tmp_path, "p")} == {"p.sub.made"}


def test_each_stands_where_it_is_said_to() -> None:
    for threshold in thresholds.thresholds():
        path = thresholds.SOURCE / f"{threshold.module.removeprefix(thresholds.PACKAGE + '.').replace('.', '/')}.py"
        line = path.read_text("utf-8").encode().splitlines()[threshold.line - 1]
        written = re.match(r"[\d._]+(?:e-?\d+)?", line[threshold.column :].decode())
        assert written is not None
        assert ast.literal_eval(written[0]) == threshold.value


@pytest.mark.slow
def test_a_change_that_readings_hang_on_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    assert thresholds.main(["doubts.LIKELY", "weighing._NAMED", "-v"]) == 0
    said = capsys.readouterr().out
    assert re.search("doubts.LIKELY = 0.5 doubled: (?!nothing)", said)
    assert "weighing._NAMED = 0.02 doubled: nothing notices" in said  # of what `explain` says alone
    assert '"thresholds": 2, "changes": 4' in said
