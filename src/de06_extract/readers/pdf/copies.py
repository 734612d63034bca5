"""Letters that are printed twice, a little apart or in one place, so that they look bold or cast a shadow."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from de06_extract.readers.pdf.glyphs import Glyphs

_WHOLE, _PART = (
    0.85,
    0.5,
)  # of a letter's width, which its copy covers: any copy, and one where many are; «ll» share less
_HEIGHT = 0.7  # of a letter's height, which its copy covers
_MANY = 0.4  # of a line's letters have a copy; where fewer have, a copy a little further apart is another letter
_SOME = 0.05  # of a line's letters may lie on others by chance
_LATEST = 3  # letters among which a copy of the next one lies: those of three copies, or a narrow one between


def without_copies(glyphs: Glyphs, indices: Sequence[int]) -> Sequence[int]:
    """The characters of a line without those that lie on an equal one shortly before them."""
    kept, whole = _kept(glyphs, indices, _WHOLE)
    if len(whole) * 2 < len(indices):
        fewer, apart = _kept(glyphs, indices, _PART)
        if len(apart) > _MANY * len(fewer):
            kept = fewer
    return kept if len(kept) < len(indices) else indices


def _kept(glyphs: Glyphs, indices: Sequence[int], share: float) -> tuple[list[int], list[int]]:
    """The characters of a line that cover no equal one by that share of their width, and those that do."""
    text, lefts, rights = glyphs.text, glyphs.lefts, glyphs.rights
    kept: list[int] = []
    copies: list[int] = []
    for at in indices:
        left, right = lefts[at], rights[at]
        latest = [one for one in kept[-_LATEST:] if rights[one] > left and text[one] == text[at] and right > left]
        (copies if any(lies_on(glyphs, at, one, share) for one in latest) else kept).append(at)
    return kept, copies


def lies_on(glyphs: Glyphs, one: int, other: int, share: float = _PART) -> bool:
    """True where one character lies on another and covers that share of its width."""
    lefts, bottoms, rights, tops = glyphs.lefts, glyphs.bottoms, glyphs.rights, glyphs.tops
    if (lefts[one], rights[one]) == (lefts[other], rights[other]) and abs(one - other) == 1:
        return False  # the letters of a ligature have one box
    width = min(rights[one], rights[other]) - max(lefts[one], lefts[other])
    height = min(tops[one], tops[other]) - max(bottoms[one], bottoms[other])
    wide = min(rights[one] - lefts[one], rights[other] - lefts[other])
    high = min(tops[one] - bottoms[one], tops[other] - bottoms[other])
    return width >= share * wide and height >= _HEIGHT * high


def is_overprinted(glyphs: Glyphs, ordered: Sequence[int]) -> bool:
    """True where letters in the order of their places lie on other letters: text that runs over what stands there."""
    letters = [at for at in ordered if not glyphs.text[at].isspace() and not unicodedata.combining(glyphs.text[at])]
    over = 0
    for one, other in pairwise(letters):
        width = min(glyphs.rights[one] - glyphs.lefts[one], glyphs.rights[other] - glyphs.lefts[other])
        same = glyphs.lefts[one] == glyphs.lefts[other] and abs(one - other) == 1  # the letters of a ligature
        over += not same and glyphs.rights[one] - glyphs.lefts[other] > _PART * width > 0
    return over > max(1, _SOME * len(letters))
