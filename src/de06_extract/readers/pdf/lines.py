"""The lines of a PDF page as one reads them, made of characters and their boxes.

PDFium gives the characters in the order in which they were drawn, broken into runs. A run may hold two columns, a
footnote mark may stand in a run of its own, and letters that came from a second font may follow the rest of their line.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import sub
from typing import NamedTuple

import regex

from de06_extract.language.characters import ODD_SIGNS, normalised, with_latin_letters
from de06_extract.readers.pdf.glyphs import Glyphs

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_RUN = re.compile("[^\r\n\ufffe\x02\xad]+[\ufffe\x02\xad]?|[\ufffe\x02\xad]")
_FIRST_MARK = re.compile(r"[0-9]{1,3}(?=\s)")
_DIGITS = re.compile(r"[0-9]+")
_BLANKS = re.compile("[\t-\r\x1c\x1d\x85\xa0\u2028\u2029]")
_ODD = re.compile(f"{_BLANKS.pattern}|{ODD_SIGNS}")
_COMPOSABLE = regex.compile(rf"\P{{M}}?\p{{M}}++|{_ODD.pattern}")
_BACKWARDS = 0.15  # of the size of type; kerning goes back by less
_COLUMN_GAP = 2.0  # of the size of type; a wider gap parts two columns
_WORD_GAP = 0.16  # of the size of type; a space is about 0.25 wide, letters of one word stand closer
_MOST_COLUMNS = 3  # of a line; with as many wide gaps it is stretched to the margin


class TextLine(NamedTuple):
    """A line of text as displayed, with the horizontal edges of each character; heights count from the page's top.

    `bold` says whether the line begins in bold type, and whether it then ends in it too.
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

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """The box of the line, as a `Location` carries it."""
        return round(self.x0, 2), self.top, round(self.x1, 2), self.bottom


class LinePiece(NamedTuple):
    """Characters of one run that stand on one line in reading order, with what tells which line it is."""

    indices: Sequence[int]
    left: float
    right: float
    baseline: float
    size: float


def find_runs(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the page's text that PDFium takes for lines, without white space at their ends.

    >>> list(find_runs("06/TB\\ufffeVPCP \\r\\n - Kết quả"))
    [(0, 6), (6, 10), (14, 23)]
    """
    for run in _RUN.finditer(text):
        words = run[0]
        start = run.start() + len(words) - len(words.lstrip())
        end = run.start() + len(words.rstrip())
        if start < end:
            yield start, end


def find_pieces(glyphs: Glyphs, start: int, end: int) -> Iterator[LinePiece]:
    """The pieces of a run: in the order of their boxes, and apart where a column's gap parts them."""
    indices: Sequence[int] = range(start, end)
    lefts, rights = glyphs.lefts[start:end].tolist(), glyphs.rights[start:end].tolist()
    baseline, size = _type(glyphs, indices)
    if _goes_back(lefts, size):
        indices = reading_order(glyphs, indices)
        lefts, rights = [glyphs.lefts[at] for at in indices], [glyphs.rights[at] for at in indices]
    if len(indices) < 2 or max(map(sub, lefts[1:], rights)) <= _COLUMN_GAP * size:
        if isinstance(indices, range):
            yield LinePiece(indices, lefts[0], rights[-1], baseline, size)
        else:
            yield from _piece(glyphs, indices)
        return
    cuts = [at for at in range(1, len(indices)) if lefts[at] - rights[at - 1] > _COLUMN_GAP * size]
    if len(cuts) >= _MOST_COLUMNS:  # one line of a paragraph, stretched to the margin
        cuts = []
    for first, last in zip([0, *cuts], [*cuts, len(indices)], strict=True):
        yield from _piece(glyphs, indices[first:last])


def _goes_back(lefts: list[float], size: float) -> bool:
    """True where characters do not come from left to right; a line set close goes back by less."""
    return sorted(lefts) != lefts and min(map(sub, lefts[1:], lefts)) < -_BACKWARDS * size


def reading_order(glyphs: Glyphs, indices: Sequence[int]) -> list[int]:
    """The characters from left to right, without the spaces that PDFium made up (they have no width)."""
    drawn = [at for at in indices if glyphs.rights[at] > glyphs.lefts[at] or not glyphs.text[at].isspace()]
    return sorted(drawn, key=glyphs.lefts.__getitem__)


def pieces_of(glyphs: Glyphs, indices: Sequence[int]) -> Iterator[LinePiece]:
    """The piece that some characters of one run make, if any of them is more than white space."""
    first, last = indices[0], indices[-1] + 1
    indices = range(first, last) if last - first == len(indices) else indices
    if _goes_back(glyphs.edges(indices)[0].tolist(), glyphs.size(first) or 1.0):
        indices = reading_order(glyphs, indices)
    elif sum(map(len, glyphs.text[first:last].split())) <= len(indices):
        indices = range(first, last)  # with the spaces between the words
    yield from _piece(glyphs, indices)


def join_pieces(pieces: Sequence[LinePiece]) -> Iterator[list[LinePiece]]:
    """The pieces, together where they stand on one line: a footnote mark comes back to its word."""
    line: list[LinePiece] = []
    for piece in pieces:
        if line and not _beside(line[-1], piece) and not any(_beside(other, piece) for other in line[-4:-1]):
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def make_line(glyphs: Glyphs, page: int, pieces: Sequence[LinePiece]) -> TextLine:
    """The line that the pieces make, in NFC, footnote marks as superscript characters."""
    main, indices = pieces[0], pieces[0].indices
    if len(pieces) > 1:
        main, indices = _merged(glyphs, pieces)
    lefts, bottoms, rights, tops = glyphs.edges(indices)
    feet, highest = bottoms.tolist(), max(tops.tolist())  # a list is faster to go through
    text = _letters(glyphs, indices, main, max(feet))
    if not isinstance(indices, range):
        text, lefts, rights = _spaced(text, lefts, rights, main.size)
    height = glyphs.view.height
    is_bold = glyphs.is_bold(indices[0])
    line = TextLine(
        page,
        text,
        lefts,
        rights,
        lefts[0],
        rights[-1],
        round(height - highest, 2),
        round(height - min(feet), 2),
        height - main.baseline,
        main.size,
        (is_bold, is_bold and glyphs.is_bold(indices[-1])),
    )
    is_done = unicodedata.is_normalized("NFC", text) and not _ODD.search(text) and with_latin_letters(text) == text
    return line if is_done else _composed(line)


def _merged(glyphs: Glyphs, pieces: Sequence[LinePiece]) -> tuple[LinePiece, Sequence[int]]:
    """The piece of the largest type among those of a line, and the characters of all in reading order."""
    ordered = sorted(pieces, key=lambda piece: piece.left)
    main = max(pieces, key=lambda piece: (round(piece.size, 1), len(piece.indices)))
    indices = [at for piece in ordered for at in piece.indices]
    if any(b.left < a.right - 0.3 * main.size for a, b in pairwise(ordered)):
        indices = reading_order(glyphs, indices)
    return main, indices


def _piece(glyphs: Glyphs, indices: Sequence[int]) -> Iterator[LinePiece]:
    """The piece that the characters make, its ends trimmed of white space."""
    text, first, last = glyphs.text, 0, len(indices)
    while first < last and text[indices[first]].isspace():
        first += 1
    while last > first and text[indices[last - 1]].isspace():
        last -= 1
    if first == last:
        return
    if last - first < len(indices):
        indices = indices[first:last]
    baseline, size = _type(glyphs, indices)
    yield LinePiece(indices, glyphs.lefts[indices[0]], glyphs.rights[indices[-1]], baseline, size)


def _type(glyphs: Glyphs, indices: Sequence[int]) -> tuple[float, float]:
    """The baseline and the type size of a letter amid some characters: a footnote mark does not count as one."""
    middle = len(indices) // 2
    for at in indices[middle : middle + 40]:
        if glyphs.text[at].isalpha():
            return glyphs.baseline(at), glyphs.size(at) or 1.0
    return glyphs.baseline(indices[-1]), glyphs.size(indices[-1]) or 1.0


def _beside(one: LinePiece, other: LinePiece) -> bool:
    size = max(one.size, other.size)
    if abs(one.baseline - other.baseline) > (0.2 if one.size == other.size else 0.55) * size:
        return False
    return other.left - one.right < 1.5 * size and one.left - other.right < 1.5 * size


def _letters(glyphs: Glyphs, indices: Sequence[int], main: LinePiece, highest_foot: float) -> str:
    """The characters, digits that are smaller and stand higher than their line as superscripts: «Đề án 06¹».

    All characters stand on the baseline unless there is a footnote mark, and `highest_foot` shows it.
    """
    if isinstance(indices, range):
        text = glyphs.text[indices.start : indices.stop]
    else:
        text = "".join([glyphs.text[at] for at in indices])
    high = main.baseline + 0.1 * main.size
    for digits in _DIGITS.finditer(text) if highest_foot > high else ():
        first = last = digits.end()
        while first > digits.start() and glyphs.bottoms[at := indices[first - 1]] > high:
            if glyphs.size(at) > 0.85 * main.size:
                break
            first -= 1
        text = text[:first] + text[first:last].translate(SUPERSCRIPTS) + text[last:]
    mark = _FIRST_MARK.match(text)
    if mark and glyphs.size(indices[0]) > 1.15 * main.size:  # some writers set it larger than the footnote
        text = mark[0].translate(SUPERSCRIPTS) + text[mark.end() :]
    return text


def _spaced(
    text: str, lefts: array[float], rights: array[float], size: float
) -> tuple[str, array[float], array[float]]:
    """The characters of a line and their edges, with a space where a gap shows one that was not written."""
    letters, wide_lefts, wide_rights = list[str](), array("f"), array("f")
    for letter, left, right in zip(text, lefts, rights, strict=True):
        if letters and not letter.isspace() and not letters[-1].isspace() and left - wide_rights[-1] > _WORD_GAP * size:
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
    return line._replace(text="".join(text), lefts=lefts, rights=rights, x0=x0, x1=x1)
