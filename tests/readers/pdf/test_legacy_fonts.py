"""A PDF whose fonts were made before Unicode, and that does not say what they draw, is read as what they draw."""

from __future__ import annotations

import pytest

from de06_extract import extract
from de06_extract.readers.pdf.legacy_fonts import with_drawn_letters
from de06_extract.readers.pdf.reader import read
from tests.legacy_text import encoded
from tests.readers.pdf.drawing import pdf

SENTENCE = "Trong quý, đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57% (khẳng định), nước, được"
FONT = "<< /Type /Font /Subtype /TrueType /BaseFont /{} /Encoding /WinAnsiEncoding >>"


def written(text: str) -> str:
    """The text as a string of a PDF, a byte a letter."""
    return "".join(f"\\{ord(letter):03o}" if not letter.isascii() or letter in "()\\" else letter for letter in text)


def with_fonts(*lines: tuple[str, str]) -> bytes:
    """A page with lines in a font each."""
    drawn = [
        f"BT /F{at} 12 Tf 1 0 0 1 50 {700 - 20 * at} Tm ({written(text)}) Tj ET" for at, (_, text) in enumerate(lines)
    ]
    fonts = " ".join(f"/F{at} {6 + at} 0 R" for at in range(len(lines)))
    return pdf("\n".join(drawn), fonts=fonts, more=[FONT.format(name).encode() for name, _ in lines])


@pytest.mark.parametrize(
    ("font", "encoding"), [("ABCDEF+.VnTime", "tcvn3"), (".VnArial,Bold", "tcvn3"), ("VNI-Times", "vni")]
)
def test_a_line_in_an_old_font_is_read_and_keeps_its_boxes(font: str, encoding: str) -> None:
    data = with_fonts((font, encoded(SENTENCE, encoding)))
    found = read(data, "a.pdf")
    assert found.text == SENTENCE
    assert [(remark.about, remark.detail) for remark in found.remarks] == [("legacy-encoding", encoding.upper())]
    (place,) = found.places
    assert len(place.lefts or ()) == len(place.rights or ()) == len(SENTENCE)
    assert list(place.lefts or ()) == sorted(place.lefts or ())
    assert [finding.rule for finding in extract(data, name="a.pdf").findings] == ["ratio-mismatch"]


def test_each_line_is_read_by_its_font() -> None:
    data = with_fonts(
        (".VnTimeH", encoded("báo cáo", "tcvn3")),
        ("VNI-Times", encoded("Đạt chỉ tiêu.", "vni")),
        ("Arial", "ABC\xae 5 \xb0C."),
        (".VnTime", encoded("kinh tế - xã hội, QĐ-UBND, nước", "tcvn3")),
    )
    text = read(data, "a.pdf").text
    assert text.split("\n") == ["BÁO CÁO", "Đạt chỉ tiêu.", "ABC® 5 °C.", "kinh tế - xã hội, QĐ-UBND, nước"]


def test_fonts_are_not_asked_for_where_nothing_tells_of_old_ones() -> None:
    def font_name(index: int) -> str:
        raise AssertionError(index)

    met = set[str]()
    assert with_drawn_letters("Tỷ lệ đạt 98,5%, là 5 m²\n", font_name, met) == "Tỷ lệ đạt 98,5%, là 5 m²\n"
    assert not met


@pytest.mark.parametrize("sign", ["\xad", "-", "−", "\ufffe"])
def test_the_hyphens_that_pdfium_gives_for_a_letter_are_the_letter(sign: str) -> None:
    text = f"n{sign}íc ®{sign}îc, th{sign}, Q§{sign}UBND, {sign} n¨m 2022{sign}2023"
    seen = with_drawn_letters(text, lambda _: ".VnTime", set())
    assert seen.startswith("nước được, thư, QĐ")
    assert "ư" not in seen[seen.index("QĐ") :]


def test_a_font_that_says_what_it_draws_is_left_as_it_is() -> None:
    assert with_drawn_letters("Tỷ lệ ® đạt", lambda _: ".VnTime", set()) == "Tỷ lệ ® đạt"
