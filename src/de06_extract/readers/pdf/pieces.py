"""The pieces of a PDF page's lines, cut from the runs of characters that PDFium gives in the order they were drawn.

A run may hold two columns, lines of several columns, or text that is turned on the page. Characters are put from left
to right only among those that stand on one baseline: where several lines are one run, its order is right.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import sub
from typing import NamedTuple

from de06_extract.readers.pdf.copies import is_overprinted, lies_on, without_copies
from de06_extract.readers.pdf.glyphs import Glyphs, Stance

_RUN = re.compile("[^\r\n\ufffe\x02\xad]+[\ufffe\x02\xad]?|[\ufffe\x02\xad]")
_BACKWARDS = 0.15  # of the size of type; kerning goes back by less
_OVERLAP = 0.3  # of the size of type; letters that lie over each other by more are copies
_LEAP = 0.8  # of the size of type; the feet of letters on one line lie closer, those of a footnote mark too
_SAME_LINE = 0.2  # of the size of type; baselines this close are one
_RAISED = 0.55  # of the size of type; a footnote mark or an exponent is raised by less
_SMALL = 0.85  # of the size of type; a footnote mark or an exponent is set smaller
_COLUMN_GAP = 2.0  # of the size of type; a wider gap parts two columns
_MOST_COLUMNS = 3  # of a line; with as many wide gaps it is stretched to the margin
_NEAR = 1.5  # of the size of type; pieces of one line stand closer
_BAND = 4.0  # points of height; a copy stands in the same band or the next


class LinePiece(NamedTuple):
    """Characters of one run that stand on one line in reading order, with what tells which line it is.

    Edges and heights are those on the page turned by `turns`, on which the line is level; `feet` are the lowest and the
    highest bottom of a character, `widest` is the widest gap between two where it is known.
    """

    indices: Sequence[int]
    left: float
    right: float
    baseline: float
    size: float
    feet: tuple[float, float]
    turns: int = 0
    widest: float | None = None


class Printed:
    """The pieces of a page that were read so far; `holds` tells whether one more is a copy of what they print."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._lowest = float("inf")
        self._bands: dict[int, list[LinePiece]] = defaultdict(list)

    def holds(self, piece: LinePiece) -> bool:
        """True for a piece of which each letter lies on an equal one; any other is kept in mind."""
        band = int(piece.baseline / _BAND)
        if band < self._lowest:  # as nearly all are
            self._lowest = band - 1
        else:
            for near in (band, band - 1, band + 1):
                for other in self._bands.get(near, ()):
                    if other.left < piece.right and piece.left < other.right and self._covers(other, piece):
                        return True
        self._bands[band].append(piece)
        return False

    def _covers(self, one: LinePiece, other: LinePiece) -> bool:
        if one.turns != other.turns:
            return False
        glyphs = self._glyphs.turned(one.turns)
        letters = [at for at in one.indices if not glyphs.text[at].isspace()]
        return all(
            any(glyphs.text[old] == glyphs.text[at] and lies_on(glyphs, at, old) for old in letters)
            for at in other.indices
            if not glyphs.text[at].isspace()
        )


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


def turns_of_most(groups: Iterable[Sequence[LinePiece]]) -> int:
    """The clockwise quarter turns that make most of the text level: a landscape table on an upright page."""
    pieces = [piece for group in groups for piece in group]
    if not any(piece.turns for piece in pieces):  # as nearly always
        return 0
    letters: Counter[int] = Counter()
    for piece in pieces:
        letters[piece.turns] += len(piece.indices)
    turns, most = letters.most_common(1)[0]
    return turns if 2 * most > letters.total() else 0


def find_pieces(glyphs: Glyphs, start: int, end: int) -> Sequence[LinePiece]:
    """The pieces of a run: each on one baseline, in the order of their boxes, apart where a column's gap parts them."""
    indices = range(start, end)
    stance = stance_of(glyphs, indices)
    lefts, rights = glyphs.lefts[start:end].tolist(), glyphs.rights[start:end].tolist()
    feet, gaps = _lowest_and_highest(glyphs.bottoms[start:end]), list(map(sub, lefts[1:], rights)) or [0.0]
    if not _is_level(lefts, gaps, feet, stance):
        return [
            piece for side, members, turns in _stretches(glyphs, indices) for piece in _columns(side, members, turns)
        ]
    widest = max(gaps)
    if widest > _COLUMN_GAP * stance.size:
        return list(_columns(glyphs, indices, 0))
    return (LinePiece(indices, lefts[0], rights[-1], stance.baseline, stance.size, feet, 0, widest),)


def pieces_of(glyphs: Glyphs, indices: Sequence[int]) -> Iterator[LinePiece]:
    """The pieces that some characters of one run make, as those of a table's cell, if any is more than white space."""
    first, last = indices[0], indices[-1] + 1
    if sum(map(len, glyphs.text[first:last].split())) <= len(indices):
        indices = range(first, last)  # with the spaces between the words
    lefts, bottoms, rights, _ = glyphs.edges(indices)
    feet, gaps = _lowest_and_highest(bottoms), list(map(sub, lefts[1:], rights)) or [0.0]
    stance = stance_of(glyphs, indices)
    if not _is_level(lefts, gaps, feet, stance):
        for side, members, turns in _stretches(glyphs, indices):
            yield from _piece(side, members, turns)
    elif glyphs.text[indices[0]].isspace() or glyphs.text[indices[-1]].isspace():
        yield from _piece(glyphs, indices, 0)
    else:
        yield LinePiece(indices, lefts[0], rights[-1], stance.baseline, stance.size, feet)


def stance_of(glyphs: Glyphs, indices: Sequence[int]) -> Stance:
    """How a letter amid some characters stands: a footnote mark does not count as one."""
    middle = len(indices) // 2
    for at in indices[middle : middle + 40]:
        if glyphs.text[at].isalpha():
            break
    else:
        at = indices[-1]
    stance = glyphs.stance(at)
    return stance if stance.size else stance._replace(size=1.0)


def join_pieces(glyphs: Glyphs, pieces: Sequence[LinePiece]) -> Iterator[list[LinePiece]]:
    """The pieces, together where they stand on one line: a footnote mark comes back to its word."""
    line: list[LinePiece] = []
    for piece in pieces:
        if line and not _belongs(glyphs, line, piece):
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def reading_order(glyphs: Glyphs, indices: Sequence[int]) -> list[int]:
    """The characters of one line from left to right, each once; spaces without a width stay between their letters.

    Slanting lines and such as are printed over others stay in the order drawn.
    """
    if glyphs.stance(indices[0]).slant:
        return list(indices)
    once = without_copies(glyphs, sorted(_drawn(glyphs, indices), key=glyphs.lefts.__getitem__))
    if is_overprinted(glyphs, once):
        return list(without_copies(glyphs, indices))
    text = glyphs.text
    ordered: list[int] = []
    for at in once:
        if ordered and ordered[-1] < at - 1 and text[ordered[-1] + 1 : at].isspace():
            ordered.append(at - 1)
        ordered.append(at)
    return ordered


def _drawn(glyphs: Glyphs, indices: Sequence[int]) -> list[int]:
    """The characters that have a width, without spaces in a row: they leave room for something, or the gap tells."""
    drawn = [at for at in indices if glyphs.rights[at] > glyphs.lefts[at] or not glyphs.text[at].isspace()]
    blanks = {at for at in drawn if glyphs.text[at].isspace()}
    return [at for at in drawn if at not in blanks or not (at - 1 in blanks or at + 1 in blanks)]


def _lowest_and_highest(bottoms: array[float]) -> tuple[float, float]:
    feet = sorted(bottoms)  # of few heights: faster than to look for the lowest and for the highest
    return feet[0], feet[-1]


def _is_level(lefts: Sequence[float], gaps: list[float], feet: tuple[float, float], stance: Stance) -> bool:
    """True where characters come from left to right on one level line, as nearly all do; `gaps` lie between them."""
    size = stance.size
    if stance.turns or feet[1] - feet[0] > _LEAP * size:
        return False
    nearest = min(gaps)
    return nearest >= -_BACKWARDS * size or (nearest >= -_OVERLAP * size and not _goes_back(list(lefts), size))


def _goes_back(lefts: list[float], size: float) -> bool:
    """True where characters do not come from left to right; a line set close goes back by less."""
    return sorted(lefts) != lefts and min(map(sub, lefts[1:], lefts)) < -_BACKWARDS * size


def _stretches(glyphs: Glyphs, indices: Sequence[int]) -> Iterator[tuple[Glyphs, Sequence[int], int]]:
    """The characters by the line that they stand on, with the turned page on which it is level, in reading order.

    Letters of which each stands lower than the one before, as those of a column of Chinese, stay as they were drawn.
    """
    drawn = [(at, glyphs.stance(at)) for at in indices if not glyphs.text[at].isspace()]
    lines = _lines(glyphs, drawn)
    if 2 * len(lines) > len(drawn) > 2:
        yield glyphs.turned(drawn[0][1].turns), indices, drawn[0][1].turns
        return
    ends = [members[0] for members, _ in lines[1:]] + [indices[-1] + 1]
    for (members, turns), end in zip(lines, ends, strict=True):
        side = glyphs.turned(turns)
        yield side, _ordered(side, [at for at in indices if members[0] <= at < end]), turns


def _ordered(glyphs: Glyphs, indices: Sequence[int]) -> Sequence[int]:
    """The characters of one line in reading order, which is the order drawn where writing is from right to left."""
    stance = glyphs.stance(indices[0])
    if stance.slant:
        return indices
    if not _goes_back([glyphs.lefts[at] for at in indices], stance.size):
        return without_copies(glyphs, indices)
    if any(unicodedata.bidirectional(glyphs.text[at]) in ("R", "AL") for at in indices):
        return indices
    return reading_order(glyphs, indices)


def _lines(glyphs: Glyphs, drawn: Sequence[tuple[int, Stance]]) -> list[tuple[list[int], int]]:
    """Some characters in stretches that stand on one line each, in the order drawn, with the turns of each line.

    Raised marks are on the line unless they stand over its letters: «2,5» in large type has two lines beside it.
    """
    lines = _on_baselines(glyphs, drawn, _RAISED)
    if any(_is_stacked(glyphs.turned(turns), members) for members, turns in lines):
        return _on_baselines(glyphs, drawn, _SAME_LINE)
    return lines


def _on_baselines(glyphs: Glyphs, drawn: Sequence[tuple[int, Stance]], raised: float) -> list[tuple[list[int], int]]:
    """The characters in stretches, each about one baseline; small ones and digits may be raised by so much."""
    lines: list[tuple[list[int], int]] = []
    base = Stance(0, 0, -1)
    for at, stance in drawn:
        apart, largest = abs(stance.baseline - base.baseline), max(stance.size, base.size)
        is_small = min(stance.size, base.size) <= _SMALL * largest or glyphs.text[at].isdigit()
        is_level = apart <= _SAME_LINE * largest
        if stance.turns != base.turns or not (is_level or (is_small and apart <= raised * largest)):
            lines.append(([at], stance.turns))
            base = stance
            continue
        lines[-1][0].append(at)
        if stance.size > base.size or (is_level and not is_small):
            base = stance
    return lines


def _is_stacked(glyphs: Glyphs, indices: Sequence[int]) -> bool:
    """True where letters stand over others, which is more than a line."""
    lefts, feet, rights, tops = glyphs.edges(sorted(indices, key=glyphs.lefts.__getitem__))
    for at in range(1, len(indices)):
        width = min(rights[at] - lefts[at], rights[at - 1] - lefts[at - 1])
        height = min(tops[at] - feet[at], tops[at - 1] - feet[at - 1])
        if rights[at - 1] - lefts[at] > 0.5 * width > 0 and abs(feet[at] - feet[at - 1]) > 0.5 * height:
            return True
    return False


def _columns(glyphs: Glyphs, indices: Sequence[int], turns: int) -> Iterator[LinePiece]:
    """The characters of a line, apart where a column's gap parts them."""
    lefts, rights = [glyphs.lefts[at] for at in indices], [glyphs.rights[at] for at in indices]
    gap = _COLUMN_GAP * (glyphs.size(indices[len(indices) // 2]) or 1.0)
    cuts = [at for at in range(1, len(indices)) if lefts[at] - rights[at - 1] > gap]
    if len(cuts) >= _MOST_COLUMNS:  # one line of a paragraph, stretched to the margin
        cuts = []
    for first, last in zip([0, *cuts], [*cuts, len(indices)], strict=True):
        yield from _piece(glyphs, indices[first:last], turns)


def _piece(glyphs: Glyphs, indices: Sequence[int], turns: int) -> Iterator[LinePiece]:
    """The piece that the characters make, its ends trimmed of white space."""
    text, first, last = glyphs.text, 0, len(indices)
    while first < last and text[indices[first]].isspace():
        first += 1
    while last > first and text[indices[last - 1]].isspace():
        last -= 1
    if first == last:
        return
    indices = indices[first:last]
    if indices[-1] - indices[0] == len(indices) - 1 and indices == sorted(indices):
        indices = range(indices[0], indices[-1] + 1)  # as drawn, with the spaces that PDFium found
    baseline, size, *_ = stance_of(glyphs, indices)
    feet = _lowest_and_highest(glyphs.edges(indices)[1])
    yield LinePiece(indices, glyphs.lefts[indices[0]], glyphs.rights[indices[-1]], baseline, size, feet, turns)


def _belongs(glyphs: Glyphs, line: Sequence[LinePiece], piece: LinePiece) -> bool:
    """True where a piece stands on a line, beside its last pieces."""
    if not _beside(line[-1], piece) and (len(line) < 2 or not any(_beside(other, piece) for other in line[-4:-1])):
        return False
    return line[-1].baseline == piece.baseline or not _lies_over(glyphs, line, piece)


def _beside(one: LinePiece, other: LinePiece) -> bool:
    size = max(one.size, other.size)
    if one.turns != other.turns or not _are_level(one, other):
        return False
    return other.left - one.right < _NEAR * size and one.left - other.right < _NEAR * size


def _are_level(one: LinePiece, other: LinePiece) -> bool:
    size = max(one.size, other.size)
    return abs(one.baseline - other.baseline) <= (_SAME_LINE if one.size == other.size else _RAISED) * size


def _lies_over(glyphs: Glyphs, line: Sequence[LinePiece], piece: LinePiece) -> bool:
    """True where letters of a piece lie over or under letters of a line that stand on another baseline."""
    over = [
        other
        for other in line
        if abs(other.baseline - piece.baseline) > _SAME_LINE * max(other.size, piece.size)
        and min(other.right, piece.right) > max(other.left, piece.left)
    ]
    side = glyphs.turned(piece.turns)
    return any(_is_stacked(side, [*other.indices, *piece.indices]) for other in over)
