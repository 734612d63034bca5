"""What Tesseract writes: lines of words, each character with its box and how sure it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

Pixels = tuple[float, float, float, float]
"""Left, top, right, bottom, from the top left of a picture."""

_NUMBER = r"-?\d+(?:\.\d+)?"
_BOX = re.compile(rf"bbox ({_NUMBER}) ({_NUMBER}) ({_NUMBER}) ({_NUMBER})")
_LETTER = re.compile(rf"x_bboxes ({_NUMBER}) ({_NUMBER}) ({_NUMBER}) ({_NUMBER}); x_conf ({_NUMBER})")
_SURE = re.compile(rf"x_wconf ({_NUMBER})")
_BASELINE = re.compile(rf"baseline ({_NUMBER}) ({_NUMBER})")
_SIZES = re.compile(rf"x_size ({_NUMBER}); x_descenders ({_NUMBER}); x_ascenders ({_NUMBER})")
_FEW = 4  # letters, which may be as wide as high
_LINES = ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word: its characters with the left and the right edge of each, its box, and its confidence from 0 to 100."""

    text: str
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    box: Pixels
    confidence: int


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of words, the height of small letters in it, and the height of its baseline at the left and the right."""

    words: tuple[ReadWord, ...]
    letter_height: float
    baseline: float

    @property
    def is_upright(self) -> bool:
        """True for a line that is wider than high, as one of a few letters need not be to be upright."""
        left, right = min(word.box[0] for word in self.words), max(word.box[2] for word in self.words)
        top, bottom = min(word.box[1] for word in self.words), max(word.box[3] for word in self.words)
        return right - left > bottom - top or sum(len(word.text) for word in self.words) < _FEW


def lines_of(hocr: str) -> Iterator[ReadLine]:
    """The lines that hold a word, in the order of the text."""
    try:
        root = ElementTree.fromstring(hocr)
    except ElementTree.ParseError:
        return
    for element in root.iter():
        if element.get("class") in _LINES:
            words = tuple(filter(None, map(_word, (one for one in element if one.get("class") == "ocrx_word"))))
            if words:
                yield _line(element.get("title", ""), words)


def _line(title: str, words: tuple[ReadWord, ...]) -> ReadLine:
    left, top, right, bottom = _numbers(_BOX, title) or words[0].box
    slope, offset = _numbers(_BASELINE, title) or (0.0, 0.0)
    size, below, above = _numbers(_SIZES, title) or (bottom - top, 0.0, 0.0)
    return ReadLine(words, max(size - below - above, 1.0), bottom + offset + slope * (right - left) / 2)


def _word(element: ElementTree.Element) -> ReadWord | None:
    """The word in NFC, every character with its edges; None for one without a character."""
    title = element.get("title", "")
    box, sure = _numbers(_BOX, title), _numbers(_SURE, title)
    text, lefts, rights = "", list[float](), list[float]()
    for letter in element.iter():
        place = _numbers(_LETTER, letter.get("title", ""))
        if place is not None and letter.text:
            written = unicodedata.normalize("NFC", letter.text).replace(" ", "")
            text += written
            lefts += [min(place[0], place[2])] * len(written)
            rights += [max(place[0], place[2])] * len(written)
    if box is None or sure is None or not text.strip():
        return None
    left, top, right, bottom = box
    is_on_side = bottom - top > right - left and len(text) >= _FEW
    if is_on_side or not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        lefts, rights = [left] * len(text), [right] * len(text)
    return ReadWord(text, tuple(lefts), tuple(rights), (left, top, right, bottom), max(0, min(100, round(sure[0]))))


def _numbers(pattern: re.Pattern[str], title: str) -> tuple[float, ...] | None:
    found = pattern.search(title)
    return tuple(map(float, found.groups())) if found else None
