"""Unicode to the encodings that fonts had before it, written from their tables and not with what reads them."""

from __future__ import annotations

import unicodedata

_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3_CODES = (
    *range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), *range(0xCE, 0xD9),
    *range(0xDC, 0xE0), *range(0xE1, 0xF0), *range(0xF1, 0xFF),
)  # fmt: skip
TCVN3 = dict(zip(_TCVN3_LETTERS, map(chr, _TCVN3_CODES), strict=True))

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300\u0301\u0303\u0309\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302\u0306\u031b"
_PLAIN = {_ACUTE: "ù", _GRAVE: "ø", _HOOK: "û", _TILDE: "õ", _DOT: "ï"}
_UNDER = {
    _CIRCUMFLEX: {"": "â", _ACUTE: "á", _GRAVE: "à", _HOOK: "å", _TILDE: "ã", _DOT: "ä"},
    _BREVE: {"": "ê", _ACUTE: "é", _GRAVE: "è", _HOOK: "ú", _TILDE: "ü", _DOT: "ë"},
}
_ALONE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}


def is_written(letter: str, encoding: str) -> bool:
    """True of what a font of the encoding draws: ASCII, and letters, in TCVN3 no capitals with marks but seven."""
    if letter.isascii():
        return True
    return letter in TCVN3 if encoding == "tcvn3" else letter.isalpha() and _vni(letter) != letter


def encoded(text: str, encoding: str) -> str:
    """The text as such a font wants it; what it cannot draw is left as it is."""
    return "".join(TCVN3.get(letter, letter) if encoding == "tcvn3" else _vni(letter) for letter in text)


def _vni(letter: str) -> str:
    if letter.isascii():
        return letter
    small = letter.lower()
    if small not in _ALONE:
        base, *marks = list(unicodedata.normalize("NFD", small))
        tone = "".join(mark for mark in marks if mark in _PLAIN)
        if _HORN in marks:
            base = _ALONE[unicodedata.normalize("NFC", base + _HORN)]
        over = next((mark for mark in marks if mark in _UNDER), None)
        tones = _PLAIN if over is None else _UNDER[over]
        written = base + tones[tone] if tone in tones else letter
    else:
        written = _ALONE[small]
    return written.upper() if letter.isupper() else written
