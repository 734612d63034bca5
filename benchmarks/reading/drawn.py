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

from de06_extract.readers.pdf.views import View, view_of

UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+")
DOUBLED = re.compile(r"(?:(.)\1){2,}")
SINGLE_LETTERS = re.compile(r"(?:^[^\s]\r?\n){3,}", re.MULTILINE)  # what PDFium makes of a turned word

Point = tuple[float, float]
"""A place on a page as displayed, from its top left."""

Letter = tuple[str, Point]
"""A character and the middle of its box."""


class Word(NamedTuple):
    """A word of a page, and the middle of its middle letter."""

    text: str
    at: Point


class Page(NamedTuple):
    """A page as PDFium gives it: its text, and the words in it."""

    text: str
    words: tuple[Word, ...]


def words_of(text: str) -> list[str]:
    """The words and figures of a text without the signs around them, superscripts as plain digits.

    A word whose every letter is printed twice is counted as it looks.

    >>> words_of("Đề án 06¹, «06/TB\ufffeVPCP»: 98,7%; ttốốtt")
    ['Đề', 'án', '061', '06', 'TB', 'VPCP', '98,7', 'tốt']
    """
    return [word.text for word in placed_words([(letter, (0.0, 0.0)) for letter in text])]


def placed_words(letters: Sequence[Letter]) -> list[Word]:
    """The words that some characters make, as `words_of` gives them, with their places."""
    plain, places = list[str](), list[Point]()
    for cluster, at in _clusters(letters):
        shown = unicodedata.normalize("NFKC", UNSEEN.sub("", cluster))
        plain.append(shown)
        places += [at] * len(shown)
    found = list[Word]()
    for match in WORD.finditer("".join(plain)):
        word = match[0][::2] if DOUBLED.fullmatch(match[0]) else match[0]
        if not is_from_right(word):
            found.append(Word(word, places[(match.start() + match.end() - 1) // 2]))
    return found


def _clusters(letters: Sequence[Letter]) -> Iterator[Letter]:
    """Each character with the marks that are printed on it."""
    cluster, at = "", (0.0, 0.0)
    for letter, place in letters:
        if cluster and unicodedata.combining(letter):
            cluster += letter
            continue
        if cluster:
            yield cluster, at
        cluster, at = letter, place
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
            letters = list(_letters_once(page.get_textpage(), view_of(raw, page)))
            text = "".join(letter for letter, _ in letters)
            yield Page(SINGLE_LETTERS.sub("\n", text), tuple(placed_words(_without_turned(letters, text))))


def _without_turned(letters: Sequence[Letter], text: str) -> list[Letter]:
    """The characters without those that stand one a line."""
    kept, end = list[Letter](), 0
    for turned in SINGLE_LETTERS.finditer(text):
        kept += [*letters[end : turned.start()], ("\n", (0.0, 0.0))]
        end = turned.end()
    return kept + list(letters[end:])


def _letters_once(textpage: pypdfium2.PdfTextPage, view: View) -> Iterator[Letter]:
    """The characters of a page, but none that lies on an equal one: that makes type bold, or cast a shadow."""
    seen: dict[tuple[int, int, int], list[tuple[int, float, float]]] = defaultdict(list)
    high = ""  # the first half of a character that takes two
    for at in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, at)
        letter = chr(code) if 0 < code < 0x110000 else " "
        if letter.isspace():
            yield letter, (0.0, 0.0)
            continue
        left, bottom, right, top = textpage.get_charbox(at, loose=True)
        x, y, width, height = (left + right) / 2, (bottom + top) / 2, right - left, top - bottom
        if not isfinite(x + y):
            yield letter, (0.0, 0.0)
            continue
        near = [seen.get((code, int(x / 8) + i, int(y / 8) + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        seen[code, int(x / 8), int(y / 8)].append((at, x, y))
        if any(
            abs(x - old_x) < width / 2 and abs(y - old_y) < 0.3 * height
            for old, old_x, old_y in chain(*near)
            if old < at - 1 or x != old_x  # the letters of a ligature have one place
        ):
            continue
        if "\ud800" <= letter < "\udc00":
            high = letter
            continue
        letter = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        across, up, *_ = view.box(x, y, x, y)
        yield letter[-1], (across, view.height - up)
