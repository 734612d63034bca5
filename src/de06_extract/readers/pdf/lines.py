"""The lines of a PDF page as one reads them, made of characters and their boxes.

A footnote mark may stand in a run of its own, and letters that came from a second font may follow the rest of their
line; text that is turned on the page is level on the page turned.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from operator import sub
from typing import NamedTuple

import regex

from de06_extract.language.characters import ODD_SIGNS, normalised, with_latin_letters
from de06_extract.readers.pdf.glyphs import Glyphs
from de06_extract.readers.pdf.pieces import LinePiece, reading_order
from de06_extract.readers.pdf.views import Box, View

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_FIRST_MARK = re.compile(r"[0-9]{1,3}(?=\s)")
_DIGITS = re.compile(r"[0-9]+")
_BLANKS = re.compile("[\t-\r\x1c\x1d\x85\xa0\u2028\u2029]")
_ODD = re.compile(f"{_BLANKS.pattern}|{ODD_SIGNS}")
_COMPOSABLE = regex.compile(rf"\P{{M}}?\p{{M}}++|{_ODD.pattern}")
_WORD_GAP = 0.16  # of the size of type; a space is about 0.25 wide, letters of one word stand closer
_STEEP = 0.8  # of a slanting line; where one rises more, boxes tell too little of widths
_SMALL = 0.85  # of the size of type; a footnote mark or an exponent is set smaller
_SLIGHTLY, _RAISED = 0.12, 0.25  # of the size of type; by how much a small digit and any digit is raised


class TextLine(NamedTuple):
    """A line of text as displayed, with the horizontal edges of each character; heights count from the page's top.

    `bold` says whether the line begins in bold type, and whether it then ends in it too. No gap between two characters
    is wider than `widest`, where that is known. `shown` is the line's box on the page as displayed where that is
    another than the page as read. `confidences` says how sure each character is, from 0 to 100, where it was read from
    an image.
    """

    page: int
    text: str
    lefts: array[float]
    rights: array[float]
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    bold: tuple[bool, bool]
    widest: float | None = None
    shown: Box | None = None
    confidences: bytes | None = None

    @property
    def bbox(self) -> Box:
        """The box of the line on the page as displayed, as a `Location` carries it."""
        return self.shown or (round(self.x0, 2), self.top, round(self.x1, 2), self.bottom)


def make_line(glyphs: Glyphs, page: int, pieces: Sequence[LinePiece]) -> TextLine:
    """The line that the pieces make, in NFC, footnote marks as superscript characters."""
    main, side = pieces[0], glyphs
    indices = main.indices
    if main.turns:
        side = glyphs.turned(main.turns)
    if len(pieces) > 1:
        main, indices = _merged(side, pieces)
    lefts, _, rights, tops = side.edges(indices)
    text = _letters(side, indices, main)
    if not isinstance(indices, range):
        text, lefts, rights = _spaced(text, lefts, rights, _gaps(side, indices), main.size)
    height = side.view.height
    is_bold = glyphs.is_bold(indices[0])
    line = TextLine(
        page,
        text,
        lefts,
        rights,
        lefts[0],
        rights[-1],
        round(height - max(tops.tolist()), 2),  # a list is faster to go through
        round(height - main.feet[0], 2),
        height - main.baseline,
        main.size,
        (is_bold, is_bold and glyphs.is_bold(indices[-1])),
        main.widest if len(pieces) == 1 else None,
    )
    if not unicodedata.is_normalized("NFC", text) or _ODD.search(text) or with_latin_letters(text) != text:
        line = _composed(line)
    if side is not glyphs:
        line = _turned(line, side.view, glyphs.view)
    return line


def as_shown(line: TextLine, glyphs: Glyphs) -> TextLine:
    """The line with its box on the page as displayed, which is read from another side."""
    return line._replace(shown=_box_in(glyphs.displayed, line, glyphs.view))


def _turned(line: TextLine, view: View, other: View) -> TextLine:
    """The line as a box in another view of its page, where its letters have no places of their own."""
    left, top, right, bottom = _box_in(other, line, view)
    count = len(line.text)
    lefts, rights = array("f", [left]) * count, array("f", [right]) * count
    return line._replace(lefts=lefts, rights=rights, x0=left, x1=right, top=top, bottom=bottom, baseline=bottom)


def _box_in(other: View, line: TextLine, view: View) -> Box:
    """The box of a line in another view of its page, with heights from the top."""
    box = view.box_in(other, (line.x0, view.height - line.bottom, line.x1, view.height - line.top))
    left, bottom, right, top = box
    return round(left, 2), round(other.height - top, 2), round(right, 2), round(other.height - bottom, 2)


def _merged(glyphs: Glyphs, pieces: Sequence[LinePiece]) -> tuple[LinePiece, Sequence[int]]:
    """The piece of the largest type among those of a line, and the characters of all in reading order."""
    ordered = sorted(pieces, key=lambda piece: piece.left)
    main = max(pieces, key=lambda piece: (round(piece.size, 1), len(piece.indices)))
    feet = min(piece.feet[0] for piece in pieces), max(piece.feet[1] for piece in pieces)
    indices = [at for piece in ordered for at in piece.indices]
    if any(b.left < a.right - 0.3 * main.size for a, b in pairwise(ordered)):
        indices = reading_order(glyphs, indices)
    return main._replace(feet=feet), indices


def _letters(glyphs: Glyphs, indices: Sequence[int], main: LinePiece) -> str:
    """The characters, digits that are smaller and stand higher than their line as superscripts: «Đề án 06¹».

    All characters stand on the baseline unless there is a footnote mark, and the highest of their feet shows it.
    """
    if isinstance(indices, range):
        text = glyphs.text[indices.start : indices.stop]
    else:
        text = "".join([glyphs.text[at] for at in indices])
    if main.feet[1] > main.baseline + 0.01 * main.size:
        text = _DIGITS.sub(lambda digits: _raised(glyphs, indices, main, digits), text)
    mark = _FIRST_MARK.match(text)
    if mark and glyphs.size(indices[0]) > 1.15 * main.size:  # some writers set it larger than the footnote
        text = mark[0].translate(SUPERSCRIPTS) + text[mark.end() :]
    return text


def _raised(glyphs: Glyphs, indices: Sequence[int], main: LinePiece, digits: re.Match[str]) -> str:
    """The digits, those raised above the letters before them as superscripts: «100²», «3,5×10⁶», «96,9²%»."""
    ground, written = _ground(glyphs, indices[: digits.start()], main), ""
    for at, digit in zip(indices[digits.start() : digits.end()], digits[0], strict=True):
        baseline, size, *_ = glyphs.stance(at)
        raised = baseline - ground
        if raised > _RAISED * main.size or (raised > _SLIGHTLY * main.size and size <= _SMALL * main.size):
            written += digit.translate(SUPERSCRIPTS)
        else:
            written, ground = written + digit, baseline
    return written


def _ground(glyphs: Glyphs, before: Sequence[int], main: LinePiece) -> float:
    """The baseline on which the nearest letter before stands, as lines of a copied page are not quite level."""
    for at in before[:-6:-1]:
        if glyphs.text[at].isalnum():
            baseline, size, *_ = glyphs.stance(at)
            if size > _SMALL * main.size:
                return baseline
    return main.baseline


def _gaps(glyphs: Glyphs, indices: Sequence[int]) -> list[float]:
    """How far each character of a line stands behind the one before it; on a slanting line, as measured along it."""
    lefts, bottoms, rights, tops = glyphs.edges(indices)
    slant = glyphs.stance(indices[0]).slant
    if slant:
        edges = [_edges_along(slant, *box) for box in zip(lefts, bottoms, rights, tops, strict=True)]
        lefts, rights = array("f", [left for left, _ in edges]), array("f", [right for _, right in edges])
    return [0.0, *map(sub, lefts[1:], rights)]


def _edges_along(slant: float, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
    """Where a character on a slanting line begins and ends, measured along the line; its box lies level around it.

    >>> [round(edge, 2) for edge in _edges_along(0.75, 0, 0, 14, 14)]  # 10 wide and 10 high, turned by 37 degrees
    [4.8, 14.8]
    """
    along, up = 1 / hypot(1, slant), abs(slant) / hypot(1, slant)
    width = ((right - left) * along - (top - bottom) * up) / (along**2 - up**2) if abs(slant) < _STEEP else right - left
    middle = (left + right) / 2 * along + (bottom + top) / 2 * slant / hypot(1, slant)
    return middle - width / 2, middle + width / 2


def _spaced(
    text: str, lefts: array[float], rights: array[float], gaps: Sequence[float], size: float
) -> tuple[str, array[float], array[float]]:
    """The characters of a line and their edges, with a space where a gap shows one that was not written."""
    letters, wide_lefts, wide_rights = list[str](), array("f"), array("f")
    for letter, left, right, gap in zip(text, lefts, rights, gaps, strict=True):
        if letters and not letter.isspace() and not letters[-1].isspace() and gap > _WORD_GAP * size:
            letters.append(" ")
            wide_lefts.append(wide_rights[-1])
            wide_rights.append(left)
        letters.append(letter)
        wide_lefts.append(left)
        wide_rights.append(right)
    return "".join(letters), wide_lefts, wide_rights


def _composed(line: TextLine) -> TextLine:
    """The line in NFC: a letter takes the edges of all the characters that make it; odd white space is a space.

    A hyphen at the end that PDFium or the writer marked as soft is printed, so it is one: «06/TB-», «KH-».
    """
    text, lefts, rights, done = list[str](), array("f"), array("f"), 0
    line = line._replace(text=with_latin_letters(line.text))
    for cluster in _COMPOSABLE.finditer(line.text):
        start, end = cluster.span()
        letters = normalised(_BLANKS.sub(" ", cluster[0].replace("\xad", "-")))
        text += (line.text[done:start], letters)
        lefts += line.lefts[done:start] + array("f", [min(line.lefts[start:end])] * len(letters))
        rights += line.rights[done:start] + array("f", [max(line.rights[start:end])] * len(letters))
        done = end
    text.append(line.text[done:])
    lefts, rights = lefts + line.lefts[done:], rights + line.rights[done:]
    x0, x1 = (lefts[0], rights[-1]) if lefts else (line.x0, line.x1)
    return line._replace(text="".join(text), lefts=lefts, rights=rights, x0=x0, x1=x1, widest=None)
