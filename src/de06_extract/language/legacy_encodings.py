"""Text of fonts that were made before Unicode: letters stand for others there, and the font draws what is meant.

TCVN3 (fonts «.VnTime», those ending in «H» draw capitals), VNI («VNI-Times»), VPS («VPS Times»), VISCII («VI Times»).
Which letter stands for which the package viparse knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from de06_extract.language.characters import LEFT_OUT
from de06_extract.language.syllables import is_syllable
from de06_extract.language.vocabulary import read_data

_ENCODINGS = ("tcvn3", "vni", "viscii", "vps")

_VIETNAMESE_WINDOWS = "windows-1258"
_FONTS = (
    (re.compile(r"\.Vn[A-Z\d].*", re.IGNORECASE), "tcvn3"),
    (re.compile(r"Vn[A-Z].*"), "tcvn3"),  # as PDF writers without the dot name it
    (re.compile(r"VNI\b.*", re.IGNORECASE), "vni"),
    (re.compile(r"VPS .*", re.IGNORECASE), "vps"),
    (re.compile(r"VI[ -].*"), "viscii"),
)
_SUBSET = re.compile(r"[A-Z]{6}\+")  # before the name of a font that a PDF holds in part
_CAPITALS = re.compile(r"H(?:[ ,-]?(?:Bold|Italic|Regular))*\Z")  # «.VnTimeH», «.VnTimeH,Bold»
_BEYOND = re.compile("[ĂăĐđƠơƯưẠ-ỹ]")  # Vietnamese letters that no font before Unicode could write as they are
_HIGH = re.compile("[\x02-\x06\x10-\x1e\x80-\xff]")
_TELLING = re.compile(
    "[\x80-\x9f¡-¦¨ª¬®¯¶¸ÄÅÆËÎÏÐÑÖØÛÜÞßäåæëîïðñöøûüþÿ]|(?<=[a-zA-Z])[§©«\xad±²³´µ·¹º»¼½¾÷](?=[a-zA-Z])"
)
_STRANGE = re.compile("[\x80-\x9f¡-\xb9»-¿ÄÅÆËÎÏÐÑÖ-ØÛÜÞßäåæëîïðñö-øûüþÿº]")  # one set, which is ten times as fast
_PRIVATE = {code: code - 0xF000 for code in range(0xF020, 0xF100)}  # Word writes letters of symbol fonts so
_WINDOWS = {  # letters 80 to 9F as Windows has them
    chr(code): bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)
}
_TO_LATIN = str.maketrans({sign: letter for letter, sign in _WINDOWS.items()})
_TO_WINDOWS = str.maketrans(_WINDOWS)
_BULLET = re.compile(r"(?<=[a-zA-Z\x80-\xff])∙|∙(?=[a-zA-Z\x80-\xff])")  # so PDF readers give the letter B7
_WORDS = re.compile(r"[^\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\d“”‘’–…]+")

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # what else breaks lines is a letter in some encodings
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
_CAPITAL_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_a-z]*[A-Z]){2}[^\W\d_a-z]*(?![^\W_])")

_SAMPLE = 20_000  # characters in which an encoding shows
_FEWEST_WORDS = 4  # with letters beyond ASCII; with fewer a sentence in another language may look right by chance
_RIGHT = 0.9  # of these words must then be syllables; the others are names, and slips
_APART = 0.1  # by which the best encoding must be ahead of the next


class LegacyFont(NamedTuple):
    """The encoding that a font was made for, and whether it draws small letters as capitals."""

    encoding: str
    capitals: bool = False


@lru_cache(maxsize=256)
def legacy_font(name: str) -> LegacyFont | None:
    """What a font of this name was made for, None for one that shows Unicode.

    >>> legacy_font(".VnTimeH"), legacy_font("ABCDEF+VNI-Times"), legacy_font("Times New Roman")
    (LegacyFont(encoding='tcvn3', capitals=True), LegacyFont(encoding='vni', capitals=False), None)
    """
    bare = _SUBSET.sub("", name.strip())
    encoding = next((encoding for pattern, encoding in _FONTS if pattern.fullmatch(bare)), None)
    if encoding is None:
        return None
    return LegacyFont(encoding, encoding == "tcvn3" and _CAPITALS.search(bare) is not None)


def is_unicode(text: str) -> bool:
    """True of a text with letters that fonts before Unicode could not write, whatever its font is called.

    >>> is_unicode("tỷ lệ"), is_unicode("tû lÖ")
    (True, False)
    """
    return _BEYOND.search(text) is not None


def is_telling(text: str) -> bool:
    """True of a text with letters that Vietnamese does not have, and fonts before Unicode draw as others.

    >>> is_telling("®¹t 5%"), is_telling("là 5 m²"), is_telling("C«ng ty")
    (True, False, True)
    """
    return _STRANGE.search(text) is not None and _TELLING.search(text) is not None


def may_be_unicode(text: str) -> bool:
    """True of a text whose words are Vietnamese as they stand.

    >>> may_be_unicode("Hà Nam"), may_be_unicode("hoµ")
    (True, False)
    """
    return all(is_syllable(word) for word in _WORDS.findall(text) if not word.isascii())


def decoded(text: str, font: LegacyFont) -> str:
    """What is seen of a text in such a font; one that is Unicode already is given back.

    >>> decoded("§Ò ¸n 06; tû lÖ ®¹t 98,5%", LegacyFont("tcvn3")), decoded("b¸o c¸o", LegacyFont("tcvn3", True))
    ('Đề án 06; tỷ lệ đạt 98,5%', 'BÁO CÁO')
    >>> decoded("ñaït tyû leä", LegacyFont("vni")), decoded("khaúng ñònh", LegacyFont("vni"))
    ('đạt tỷ lệ', 'khẳng định')
    """
    return in_place(text, font).replace(LEFT_OUT, "")


def in_place(text: str, font: LegacyFont) -> str:
    """As `decoded`, letter for letter: a mark with a letter of its own becomes a character that is left out later."""
    if is_unicode(text):
        return text
    seen = _decoder(font.encoding)(text)
    capitals = seen.upper()
    return capitals if font.capitals and len(capitals) == len(seen) else seen


def decode_lines(text: str) -> tuple[str, str | None]:
    """A text with the lines that are not in Unicode as they were meant, and in which encoding they are, if in one.

    >>> decode_lines("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM\\nTỷ lệ là 5")
    ('CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nTỷ lệ là 5', 'tcvn3')
    """
    composed = unicodedata.normalize("NFC", text)  # letters in two signs would be taken for letters without marks
    if not is_telling(composed):
        return text, None
    lines = _LINES.findall(composed)
    telling = [line for line in lines if is_telling(line) and not is_unicode(line)]
    encoding = _encoding_of("".join(telling)[:_SAMPLE])
    if encoding is None:
        return text, None
    decode = _decoder(encoding)
    is_mixed = is_unicode(composed)
    meant = [_seen(line, decode, is_mixed) if _HIGH.search(line) and not is_unicode(line) else line for line in lines]
    return "".join(map(_in_capitals, meant) if encoding == "tcvn3" else meant), encoding


def decode_bytes(data: bytes) -> tuple[str, str] | None:
    """The text of bytes that are not in Unicode, and in which encoding they are; None where none makes words of them.

    >>> decode_bytes("Tû lÖ ®¹t lµ 98,5%, v­ît chØ tiªu".encode("latin-1"))
    ('Tỷ lệ đạt là 98,5%, vượt chỉ tiêu', 'tcvn3')
    """
    text, encoding = decode_lines(data.decode("latin-1"))
    if encoding is not None:
        return text, encoding
    text = unicodedata.normalize("NFC", data.decode(_VIETNAMESE_WINDOWS, "replace"))
    strange = [word for word in _WORDS.findall(text) if not word.isascii()]
    if len(strange) >= _FEWEST_WORDS and sum(map(is_syllable, strange)) >= _RIGHT * len(strange):
        return text, _VIETNAMESE_WINDOWS
    return None


def _seen(line: str, decode: Callable[[str], str], is_mixed: bool) -> str:
    """The line decoded, if that makes more words of it; where both make as many, unless other lines are in Unicode."""
    more = _share(line, decode) - _share(line, str)
    return line if more < 0 or (is_mixed and not more) else decode(line).replace(LEFT_OUT, "")


def _in_capitals(line: str) -> str:
    """The line with the capitals that TCVN3 leaves to the font: «CéNG HOµ X· HéI» has none with marks."""
    if _SMALL.search(line) is None and len(_CAPITAL.findall(line)) > 1:
        return line.upper()
    return _CAPITAL_WORD.sub(lambda word: word[0].upper(), line)


def _encoding_of(text: str) -> str | None:
    """The encoding in which the words of a text are Vietnamese; None where there is no such, or none for sure."""
    if len([word for word in _WORDS.findall(text) if _HIGH.search(word)]) < _FEWEST_WORDS:
        return None
    shares = {encoding: _share(text, _decoder(encoding)) for encoding in _ENCODINGS}
    best, next_best = sorted(shares, key=shares.__getitem__, reverse=True)[:2]
    sure = shares[best] >= _RIGHT and max(shares[next_best], _share(text, str)) <= shares[best] - _APART
    return best if sure else None


def _share(text: str, decode: Callable[[str], str]) -> float:
    """Which share of the words with letters beyond ASCII are Vietnamese ones once they are decoded."""
    words = [word for word in _WORDS.findall(text) if _HIGH.search(word)]
    return sum(is_syllable(decode(word).replace(LEFT_OUT, "")) for word in words) / max(1, len(words))


@cache
def _decoder(encoding: str) -> Callable[[str], str]:
    """The function that decodes a text letter for letter."""
    table = _table(encoding)
    pattern = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    single = all(ord(sign[0]) < 0x80 or not 0x80 <= ord(sign[0]) < 0xA0 for sign in table)

    def letter(found: re.Match[str]) -> str:
        return table[found[0]] + LEFT_OUT * (len(found[0]) - 1)

    def decode(text: str) -> str:
        text = text.translate(_PRIVATE)
        text = text.translate(_TO_WINDOWS if single else _TO_LATIN)
        return pattern.sub(letter, _BULLET.sub("\xb7", text))

    return decode


def _table(encoding: str) -> Mapping[str, str]:
    """What stands for each letter in an encoding."""
    from viparse.normalize.encodings import get_charmap

    charmap = get_charmap(encoding)
    pairs: Iterable[tuple[str, str]] = charmap.pairs if charmap is not None else ()
    known = {written: unicodedata.normalize("NFC", meant) for written, meant in pairs}
    missed: dict[str, str] = read_data("reading", "legacy_encodings").get(encoding, {})
    return known | missed
