"""The words that PDFium finds on the pages of a PDF, in the order drawn, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from math import isfinite
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from de06_extract.language.characters import normalised, with_latin_letters
from de06_extract.readers.pdf.views import Box, View, view_of

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+")
DOUBLED = re.compile(r"(?:(.)\1){2,}")
SINGLE_LETTERS = re.compile(r"(?:^[^\s]\r?\n){3,}", re.MULTILINE)  # what PDFium makes of a turned word
UNSEEN = re.compile("[\x1e\x1f\u200b-\u200f\u2060\ufeff]")

_NEAR = 0.12  # of a letter's height: letters this close are one word, on whatever line PDFium has them
_BESIDE = 0.2  # of the lower letter's height lies beside the other: an exponent, an index

Point = tuple[float, float]
"""A place on a page as displayed, from its top left."""

Letter = tuple[str, Box]
"""A character and its box on the page as displayed, with heights from the bottom."""

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


class Word(NamedTuple):
    """A word of a page, and the middle of its middle letter."""

    text: str
    at: Point


class Page(NamedTuple):
    """A page as PDFium gives it: its text, and the words in it.

    `left_out` is how many words are no measure: those of lines with a script written from right to left, and of lines
    printed twice, of which PDFium mixes the copies.
    """

    text: str
    words: tuple[Word, ...]
    left_out: int = 0


def words_of(text: str) -> list[str]:
    """The words and figures of a text without the signs around them, superscripts as plain digits.

    They are spelt as readers spell them. A word whose every letter is printed twice is counted as it looks.

    >>> words_of("Đề án 06¹, «06/TB\ufffeVPCP»: 98,7%; ttốốtt ðạt")
    ['Đề', 'án', '061', '06', 'TB', 'VPCP', '98,7', 'tốt', 'đạt']
    """
    return [word.text for word in placed_words([(letter, NOWHERE) for letter in text], 0.0)]


def placed_words(letters: Sequence[Letter], height: float) -> list[Word]:
    """The words that some characters make, as `words_of` gives them, with their places on a page of that height."""
    plain, boxes = list[str](), list[Box]()
    for cluster, box in _clusters(letters):
        shown = unicodedata.normalize("NFKC", UNSEEN.sub("", cluster))
        plain.append(shown)
        boxes += [box] * len(shown)
    found = list[Word]()
    for match in WORD.finditer("".join(plain)):
        word = match[0][::2] if DOUBLED.fullmatch(match[0]) else match[0]
        left, bottom, right, top = boxes[(match.start() + match.end() - 1) // 2]
        if not is_from_right(word):
            word = normalised(with_latin_letters(word))
            found.append(Word(word, ((left + right) / 2, height - (bottom + top) / 2)))
    return found


def _clusters(letters: Sequence[Letter]) -> Iterator[Letter]:
    """Each character with the marks that are printed on it."""
    cluster, at = "", NOWHERE
    for letter, box in letters:
        if cluster and unicodedata.combining(letter):
            cluster += letter
            continue
        if cluster:
            yield cluster, at
        cluster, at = letter, box
    if cluster:
        yield cluster, at


def is_from_right(word: str) -> bool:
    """True for a word of a script that is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in word)


def pages_of_pdfium(data: bytes) -> Iterator[Page]:
    """PDFium's plain text and words of each page, without letters that are printed on an equal one."""
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            view = view_of(raw, page)
            yield _page(list(_letters(page.get_textpage(), view)), view.height)


def _page(drawn: Sequence[tuple[Letter, bool]], height: float) -> Page:
    """The page that some letters make, of which some are said to be copies of others."""
    measured, left_out = list[Letter](), 0
    for line in _lines(drawn):
        letters = [letter for letter, is_copy in line if not is_copy]
        if len(letters) < len(line) or any(is_from_right(letter) for letter, _ in letters):
            left_out += len(placed_words(letters, height))
        else:
            measured += letters
    measured = _without_turned(measured)
    text = "".join(letter for letter, _ in measured)
    return Page(text, tuple(placed_words(list(_joined(measured)), height)), left_out)


def _lines(drawn: Sequence[tuple[Letter, bool]]) -> Iterator[Sequence[tuple[Letter, bool]]]:
    """The lines that PDFium makes of a page, each with its break."""
    start = 0
    for at, ((letter, _), _) in enumerate(drawn, 1):
        if letter == "\n":
            yield drawn[start:at]
            start = at
    yield drawn[start:]


def _without_turned(letters: Sequence[Letter]) -> list[Letter]:
    """The characters without those that stand one a line."""
    kept, end = list[Letter](), 0
    for turned in SINGLE_LETTERS.finditer("".join(letter for letter, _ in letters)):
        kept += [*letters[end : turned.start()], ("\n", NOWHERE)]
        end = turned.end()
    return kept + list(letters[end:])


def _joined(letters: Sequence[Letter]) -> Iterator[Letter]:
    """The characters without breaks between such as touch each other: PDFium gives an exponent a line of its own."""
    before: Letter | None = None
    breaks = list[Letter]()
    for letter in letters:
        if letter[0] in "\r\n":
            breaks.append(letter)
            continue
        if breaks and not (before and _touch(before, letter)):
            yield from breaks
        breaks = []
        yield letter
        before = None if letter[0].isspace() else letter


def _touch(one: Letter, other: Letter) -> bool:
    """True where a letter stands right behind another, on its level, above or below."""
    (left, bottom, right, top), (next_left, next_bottom, _, next_top) = one[1], other[1]
    height = min(top - bottom, next_top - next_bottom)
    beside = min(top, next_top) - max(bottom, next_bottom)
    return beside >= _BESIDE * height and -_NEAR * height <= next_left - right <= _NEAR * height and right > left


def _letters(textpage: pypdfium2.PdfTextPage, view: View) -> Iterator[tuple[Letter, bool]]:
    """The characters of a page, and whether each lies on an equal one: that makes type bold, or cast a shadow."""
    seen: dict[tuple[int, int, int], list[tuple[int, float, float]]] = defaultdict(list)
    high = ""  # the first half of a character that takes two
    for at in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, at)
        letter = chr(code) if 0 < code < 0x110000 else " "
        left, bottom, right, top = textpage.get_charbox(at, loose=True)
        x, y, width, height = (left + right) / 2, (bottom + top) / 2, right - left, top - bottom
        if letter.isspace() or not isfinite(x + y):
            yield (letter, NOWHERE), False
            continue
        near = [seen.get((code, int(x / 8) + i, int(y / 8) + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        seen[code, int(x / 8), int(y / 8)].append((at, x, y))
        is_copy = any(
            abs(x - old_x) < width / 2 and abs(y - old_y) < 0.3 * height
            for old, old_x, old_y in chain(*near)
            if old < at - 1 or x != old_x  # the letters of a ligature have one place
        )
        if "\ud800" <= letter < "\udc00":
            high = letter
            continue
        letter = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        yield (letter[-1], view.box(left, bottom, right, top)), is_copy
