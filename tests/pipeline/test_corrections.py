"""A corrected document has the new words, and everything else where its words are."""

from __future__ import annotations

import pytest

from de06_extract.document.document import Block, Cell, Document, Grid, Place
from de06_extract.pipeline.corrections import corrected
from de06_extract.schema.report import Location

TEXT = "đạt 1785 hồ sơ\nTổng\t12\t34"
HERE = Location(page=1, bbox=(0, 0, 140, 12))


def document() -> Document:
    edges = [10.0 * at for at in range(14)]
    line = Place(0, 14, HERE, edges, [edge + 10 for edge in edges], confidences=bytes([90, 80] * 7))
    return Document(
        "a.pdf",
        TEXT,
        blocks=(Block("paragraph", ((0, 14),)), Block("table", ((15, 25),), anchor=15)),
        grids=(Grid(15, 25, (Cell(15, 19, 0, 0), Cell(20, 22, 0, 1), Cell(23, 25, 0, 2)), title=(0, 14)),),
        places=(line, Place(15, 25, HERE)),
    )


@pytest.mark.parametrize("text", ["1.785", "17", "9785"])
def test_all_ranges_keep_their_words(text: str) -> None:
    before, after = document(), corrected(document(), 4, 8, text)
    assert after.text == TEXT.replace("1785", text)
    assert [after.text[cell.start : cell.end] for cell in after.grids[0].cells] == ["Tổng", "12", "34"]
    assert [after.text[b.start : b.end] for b in after.blocks] == after.text.split("\n")
    assert after.text[after.places[1].start :] == "Tổng\t12\t34"
    assert after.blocks[1].anchor == after.text.index("Tổng")
    (place, old) = after.places[0], before.places[0]
    assert place.lefts is not None
    assert old.lefts is not None
    assert len(place.lefts) == place.end - place.start == len(place.confidences or b"")
    assert (place.lefts[0], place.lefts[-1]) == (old.lefts[0], old.lefts[-1])
    (box,) = after.locations(4, 4 + len(text))
    assert box.bbox == (40, 0, 80, 12)
