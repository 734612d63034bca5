"""What only looks like a character, or like nothing, is read as what is meant; every reader does it in the same way."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract import UnsupportedFormatError, check_text, extract
from de06_extract.language.characters import meant, normalised, with_latin_letters
from tests.readers.docx.building import read_body

PLAIN = "Đã giải quyết 12.345/12.500 hồ sơ, đạt 98,76%; trong đó đúng hạn 80 hồ sơ."
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\xad\u2060\u2063\ufeff\u202a\u202c\u2066\u034f\ufe0f"


@pytest.mark.parametrize("sign", INVISIBLE, ids=ascii)
def test_what_nobody_sees_is_left_out_wherever_it_stands(sign: str) -> None:
    for at in range(len(PLAIN) + 1):
        assert normalised(PLAIN[:at] + sign + PLAIN[at:]) == PLAIN


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12\u202f500", "12 500"),
        ("12\u2009500", "12 500"),
        ("12\u2007500 và 12\u3000500", "12 500 và 12 500"),
        ("12\xa0500", "12\xa0500"),
        ("１２．５００／１３．０００ （９６，１５％）", "12.500/13.000 (96,15%)"),
        ("𝟏𝟐.𝟱𝟎𝟎", "12.500"),
        ("3⁄4, 3∕4, 3／4", "3/4, 3/4, 3/4"),
        ("70‑80%, 06/QĐ‐TTg", "70-80%, 06/QĐ-TTg"),
        ("tỷ lệ ðạt, TỈNH ÐỒNG NAI", "tỷ lệ đạt, TỈNH ĐỒNG NAI"),
        ("3,5×10⁶, 5 m², Đề án 06¹", "3,5×10⁶, 5 m², Đề án 06¹"),
        ("cause-and\x02effect, QĐ\x1eTTg", "cause-and-effect, QĐ-TTg"),
        ("06/TB\xad\nVPCP, xã\xad hội", "06/TB-\nVPCP, xã hội"),
        ("hồ sơ\x07 12", "hồ sơ  12"),
    ],
)
def test_what_looks_like_a_character_is_read_as_it(written: str, read: str) -> None:
    assert normalised(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("trоng đó", "trong đó"),
        ("Тổng số", "Tổng số"),
        ("hồ ѕơ", "hồ sơ"),
        ("Вáo cáo", "Báo cáo"),
        ("Ηuyện", "Huyện"),
        ("Москва, Ελλάδα", "Москва, Ελλάδα"),
        ("5 μm, ΔT, 3 kΩ", "5 μm, ΔT, 3 kΩ"),
    ],
)
def test_letters_of_other_alphabets_are_latin_amid_latin_ones(written: str, read: str) -> None:
    assert with_latin_letters(written) == read
    assert len(with_latin_letters(written)) == len(written)


def test_an_accent_on_a_letter_of_another_alphabet_is_composed() -> None:
    assert normalised("tro\u0301ng, trо\u0301ng") == "tróng, tróng"


def test_a_text_of_ordinary_characters_is_given_back() -> None:
    assert meant(PLAIN) is PLAIN


SENTENCES = {
    "a zero-width space": "Đã giải quyết 12.\u200b345/12.500 hồ sơ, đạt 88,76%.",
    "a soft hyphen": "Đã giải quyết 12.3\xad45/12.500 hồ sơ, đạt 88,76%.",
    "a byte order mark": "Đã giải quyết 12.345/12.\ufeff500 hồ sơ, đạt 88,76%.",
    "thin spaces": "Đã giải quyết 12\u2009345/12\u2009500 hồ sơ, đạt 88,76%.",
    "fullwidth digits": "Đã giải quyết １２.345/12.500 hồ sơ, đạt 88,76％.",
    "a fraction slash": "Đã giải quyết 12.345⁄12.500 hồ sơ, đạt 88,76%.",
    "an eth": "Ðã giải quyết 12.345/12.500 hồ sơ, tỷ lệ ðạt 88,76%.",
    "a Cyrillic letter": "Đã giải quyết 12.345/12.500 hồ sơ, đа\u0323t 88,76%.",
}


def figures(report: Any) -> list[tuple[str, list[str]]]:
    return [
        (claim.verdict, [str(claim.quantities[role].value) for role in ("numerator", "denominator", "percent")])
        for claim in report.claims
    ]


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=list(SENTENCES))
def test_a_text_and_a_word_document_are_read_alike(sentence: str) -> None:
    report = check_text(sentence)
    assert figures(report) == [("inconsistent", ["12345", "12500", "88.76"])]
    read = read_body(f"<w:p><w:r><w:t>{sentence}</w:t></w:r></w:p>")
    assert read.text == normalised(sentence)


def test_offsets_are_those_of_the_file_where_nothing_is_left_out() -> None:
    exchanged = "Ðã giải quyết 12\u2009345⁄12\u2009500 hồ sơ, ðạt 88,76％."
    report = check_text(exchanged)
    assert report.source.is_verbatim
    (claim,) = report.claims
    assert exchanged[claim.span.start : claim.span.end].endswith("88,76％")
    shorter = check_text("Năm 2023:\n\nĐã giải quyết 12.\u200b345/12.500 hồ sơ, đạt 88,76%.")
    assert not shorter.source.is_verbatim
    assert [place.line for place in shorter.findings[0].locations] == [3]


def test_a_few_control_characters_do_not_refuse_a_text() -> None:
    assert figures(extract((PLAIN + "\x02").encode(), name="a.txt"))
    text = ("\x07" + PLAIN.ljust(99)) * 20
    assert figures(check_text(text))
    with pytest.raises(UnsupportedFormatError, match="not a text, it holds control characters"):
        check_text("\x07" + text)
