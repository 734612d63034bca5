"""Text that is printed twice, so that it looks bold, is read once."""

from __future__ import annotations

import pytest

from de06_extract.readers.pdf.reader import read
from tests.readers.pdf.drawing import pdf, text_at

LINE = "Tong so 140.000 ho so, dat 98,77%"


def text_of(*drawn: str) -> str:
    return read(pdf(" ".join(drawn)), "drawn.pdf").text


@pytest.mark.parametrize(("right", "up"), [(0.4, 0), (0, 0.4), (0.3, -0.3), (0.8, 0.8), (0, 0)])
def test_a_line_printed_twice_is_one_line(right: float, up: float) -> None:
    rest = "Con lai 11 ho so"
    below = text_at(72, 660, rest)
    copy = text_at(72 + right, 700 + up, LINE)
    for drawn in ((copy, below), (below, copy)):
        assert text_of(text_at(72, 700, LINE), *drawn).split() == [*LINE.split(), *rest.split()]


def test_letters_printed_twice_one_by_one_are_single_letters() -> None:
    shown, x = [], 72.0
    for letter in "1.144.000 dong":
        shown += [text_at(x, 700, letter), text_at(x + 0.4, 700, letter)]
        x += 3 if letter in ". " else 6
    assert "".join(text_of(*shown).split()) == "1.144.000dong"


def test_some_words_of_a_line_printed_again_are_words_once() -> None:
    assert text_of(text_at(72, 700, LINE), text_at(72, 660, "het"), text_at(72.3, 700, "Tong so 140.000")).split() == [
        *LINE.split(),
        "het",
    ]


def test_equal_figures_below_each_other_and_equal_letters_beside_each_other_stay() -> None:
    lines = [text_at(72, 700 - 9 * at, "1.100 llll 11,11 ffff", 8) for at in range(3)]
    assert text_of(*lines).split() == ["1.100", "llll", "11,11", "ffff"] * 3


def test_letters_of_a_ligature_stay() -> None:
    to_unicode = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfchar <78> <00660066> endbfchar endcmap end"
    )
    more = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 7 0 R >>",
        f"<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream".encode(),
    ]
    data = pdf("BT /G 12 Tf 72 700 Td (oxice dixerence) Tj ET", fonts="/F 3 0 R /G 6 0 R", more=more)
    assert read(data, "drawn.pdf").text == "office difference"


@pytest.mark.parametrize("way", ["0.5 0.87 -0.87 0.5", "0.7 0.7 -0.7 0.7", "0.94 0.34 -0.34 0.94"])
def test_equal_figures_of_a_slanting_line_stay(way: str) -> None:
    assert (
        text_of(f"BT /F 8 Tf {way} 200 300 Tm (ngay 11 thang 11, 1.111 ho so) Tj ET") == "ngay 11 thang 11, 1.111 ho so"
    )


def test_equal_figures_set_close_stay() -> None:
    assert text_of("BT /F 12 Tf -2.4 Tc 72 700 Td (Tong so 11.100 ho so) Tj ET") == "Tong so 11.100 ho so"


def test_text_that_runs_over_what_stands_there_is_not_mixed_with_it() -> None:
    words = text_of(text_at(72, 700, "So phieu 141, 142, 154, 156"), text_at(183, 700, "260.676 207.631"))
    assert words.replace("156260", "156 260") == "So phieu 141, 142, 154, 156 260.676 207.631"
