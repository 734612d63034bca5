"""The errors that `benchmarks/mutations.py` makes: what a slip makes of a number, and that a file takes it."""

from __future__ import annotations

import pytest

from de06_extract.readers import read_document
from mutating.edits import Edit, applied, moved, rewritten
from mutating.slips import changes
from tests.conftest import CORPUS


@pytest.mark.parametrize(
    ("kind", "written", "wanted"),
    [
        ("swap", "98,77", {"89,77", "97,87"}),
        ("drop", "3.225", {"225", "325", "322"}),
        ("drop", "10", {"1"}),
        ("double", "1.706", {"11.706", "17.706", "17.006", "17.066"}),
        ("separator", "98,77", {"9877"}),
        ("separator", "1.234", {"1,234"}),
        ("separator", "1234", set()),
    ],
)
def test_a_slip_makes_of_a_number_what_a_hand_makes_of_it(kind: str, written: str, wanted: set[str]) -> None:
    assert set(changes(kind, written)) == wanted


def test_a_word_document_takes_an_edit() -> None:
    path = CORPUS / "docx" / "000.docx"
    data = path.read_bytes()
    text = read_document(data, path.name).text
    at = text.index("3.225/3.265")
    edits = [Edit(at, at + 5, "3.2255"), Edit(at + 6, at + 11, "326")]
    assert any(read_document(new, path.name).text == applied(text, edits) for new in rewritten(data, text, edits))


def test_a_document_moves_with_its_edit() -> None:
    path = CORPUS / "pdf" / "000.pdf"
    document = read_document(path.read_bytes(), path.name)
    at = document.text.index("3.225/3.265")
    behind = document.text.index("98,77%")
    new = moved(document, Edit(at, at + 5, "13.2255"))
    assert new.text[behind + 2 : behind + 8] == "98,77%"
    assert new.locations(behind + 2, behind + 8) == document.locations(behind, behind + 6)
    assert [new.text[a:b] for block in new.blocks for a, b in block.ranges if a > at] == [
        document.text[a:b] for block in document.blocks for a, b in block.ranges if a > at
    ]
