"""Where figures stand in a file is found in work that grows with the text and the figures, not with their product."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from de06_extract.document.copies.notes import Edit
from de06_extract.readers.text.annotator import revise
from tests.counting import lines_run

MADE_AT = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("between", ["\n", " "])
@pytest.mark.parametrize("figure", ["{:05d}%", "75%"])
def test_many_changes_take_work_in_proportion(between: str, figure: str) -> None:
    def work(count: int) -> int:
        figures = [figure.format(number) for number in range(count)]
        text, edits, at = between.join(f"Xã đạt {written}" for written in figures), list[Edit](), 0
        for written in figures:
            at = text.index(written, at)
            edits.append(Edit(at, at + len(written), written, "80%"))
            at += len(written)
        copies = []
        ran = lines_run(lambda: copies.append(revise(text.encode(), "a.txt", edits, MADE_AT)))
        assert copies[0].data.decode() == between.join(["Xã đạt 80%"] * count)
        return ran

    work(2)  # what is loaded once does not count
    assert work(400) <= 4.4 * work(100)
