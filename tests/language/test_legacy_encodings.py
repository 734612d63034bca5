"""A text in an encoding before Unicode is known by its words; nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest

from de06_extract import UnsupportedFormatError, check_text, extract
from de06_extract.language.legacy_encodings import LegacyFont, decode_bytes, decode_lines, decoded, legacy_font
from de06_extract.readers.text.reader import read
from tests.conftest import REPORTS, corpus
from tests.legacy_text import TCVN3, encoded

ALL = "".join(TCVN3)
SENTENCE = "Trong quý, toàn huyện đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%, vượt chỉ tiêu được giao."
HEADING = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (".VnTime", "tcvn3"),
        (".vntime", "tcvn3"),
        (".Vn3DH", "tcvn3"),
        ("ABCDEF+.VnArial,Bold", "tcvn3"),
        ("VnTime", "tcvn3"),
        ("VNI-Times", "vni"),
        ("vni-helve", "vni"),
        ("VPS Times", "vps"),
        ("VI Times", "viscii"),
        ("Times New Roman", None),
        ("Vnitimes", None),
        ("Verdana", None),
        ("Vivaldi", None),
        ("VPS", None),
        ("", None),
    ],
)
def test_a_font_is_known_by_its_name(name: str, encoding: str | None) -> None:
    font = legacy_font(name)
    assert (font.encoding if font is not None else None) == encoding


@pytest.mark.parametrize("name", [".VnTimeH", ".VnArialH,Bold", ".VnTimeH Italic", "ABCDEF+.VnAvantH"])
def test_a_font_of_capitals_ends_in_h(name: str) -> None:
    assert legacy_font(name) == LegacyFont("tcvn3", capitals=True)
    assert legacy_font(name.replace("H", "")) == LegacyFont("tcvn3")


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("letter", ALL + "".join(sorted({letter.upper() for letter in ALL})))
def test_every_letter_is_read(letter: str, encoding: str) -> None:
    if encoding == "tcvn3" and letter not in TCVN3:
        assert decoded(encoded(letter.lower(), encoding), LegacyFont(encoding, capitals=True)) == letter
    else:
        assert decoded(encoded(letter, encoding), LegacyFont(encoding)) == letter


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_as_text_in_an_old_encoding_is_read(name: str, encoding: str) -> None:
    text = unicodedata.normalize("NFC", corpus(name).read_text("utf-8"))
    text = "".join(letter for letter in text.lower() if letter.isascii() or letter in TCVN3)
    for data in (encoded(text, encoding).encode("latin-1"), encoded(text, encoding).encode()):
        found = read(data, "a.txt")
        assert found.text == text
        assert [remark.detail for remark in found.remarks] == [encoding.upper()]
        assert not found.is_verbatim


def test_what_is_read_so_is_checked() -> None:
    report = extract(encoded(SENTENCE, "vni").encode("latin-1"), name="a.txt")
    assert [finding.rule for finding in report.findings] == ["ratio-mismatch"]
    assert [(remark.about, remark.detail) for remark in report.source.remarks] == [("legacy-encoding", "VNI")]


def test_capitals_of_tcvn3_are_capitals_again() -> None:
    typed = "".join(TCVN3.get(letter, TCVN3.get(letter.lower(), letter)) for letter in HEADING)
    text = f"{typed}\n{encoded(SENTENCE, 'tcvn3')}\nHå s¬ cña UBND HUYÖN"
    assert decode_lines(text) == (f"{HEADING}\n{SENTENCE}\nHồ sơ của UBND HUYỆN", "tcvn3")


def test_lines_in_unicode_beside_old_ones_are_left_as_they_are() -> None:
    mixed = f"{SENTENCE}\r\n{encoded(SENTENCE, 'tcvn3')}\r\nHà Nam là 5 m², «Có»\r\n{SENTENCE}"
    assert decode_lines(mixed) == (f"{SENTENCE}\r\n{SENTENCE}\r\nHà Nam là 5 m², «Có»\r\n{SENTENCE}", "tcvn3")


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("viscii", b"T\xd6 l\xae \xf0\xd5t 98,5%, v\xdf\xfet ch\xef ti\xeau", "Tỷ lệ đạt 98,5%, vượt chỉ tiêu"),
        (
            "windows-1258",
            b"H\xf4\xcc s\xf5, t\xf4\xd2ng s\xf4\xec \xf0a\xde g\xfd\xd2i, \xf0\xfd\xf5\xf2c giao",
            "Hồ sơ, tổng số đã gửi, được giao",
        ),
    ],
)
def test_other_encodings_are_known_by_their_words(encoding: str, data: bytes, text: str) -> None:
    assert decode_bytes(data) == (text, encoding)
    assert read(data, "a.txt").text == text


FOREIGN = (
    "El niño español añadió más señales, según el pingüino de la mañana. ¿Qué más? Añadirá también «otro» año.",
    "Müssen Äpfel übergroß für die Straßenbahn können? Schöne Flöße über Köln, §3 gemäß Größe, 5 °C – 10 µm.",
    "Être déçu à Noël: garçon, forêt, œuvre, naïve, où ça? «Voilà», 5 º, ® et ©, Ångström, façade, crème brûlée.",
    "São Paulo não é só ações, órgãos e décadas; à tarde, três irmãs põem pães, avós, saúde, início, porém, você.",
    "Smørrebrød på Ærø, blåbærsyltetøy, Århus, København, søndag, kjøtt, træ, skål, fjøs, gås, Tromsø, bjørn.",
)


@pytest.mark.parametrize(
    "text", [*FOREIGN, SENTENCE, "Công ty ABC® đạt 5 µm, ±3 °C, «tốt», ½ kỳ.", "Añez, Müller, Ørsted"]
)
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert decode_lines(text) == (text, None)
    assert decode_lines(unicodedata.normalize("NFD", text)) == (unicodedata.normalize("NFD", text), None)
    assert not check_text(text).source.remarks


@pytest.mark.parametrize(
    "data", [text.encode("latin-1", "ignore") for text in FOREIGN] + [b"\xe1\xbb", b"t\xd6 l\xae 5"]
)
def test_bytes_that_make_no_vietnamese_words_are_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match="not UTF-8 or UTF-16 text"):
        read(data, "a.txt")


@pytest.mark.parametrize("name", REPORTS)
def test_the_reports_in_unicode_are_not_converted(name: str) -> None:
    text = corpus(name).read_text("utf-8")
    assert decode_lines(text) == (text, None)


@pytest.mark.parametrize(
    "text", ["hồ sơ 0 ½ ° ° Ð", "Nhiệt độ là 35 ° ở Đỗ Xá và ½ ° ở Bản Đồn", "Göteborg ° ½ Ä Ö hồ"]
)
def test_letters_in_two_signs_are_no_sign_of_an_old_encoding(text: str) -> None:
    assert decode_lines(text) == (text, None)
    apart = unicodedata.normalize("NFD", text)
    assert decode_lines(apart) == (apart, None)
