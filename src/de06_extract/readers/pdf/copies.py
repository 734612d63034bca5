"""Letters that are printed twice, a little apart or in one place, so that they look bold or cast a shadow."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.readers.pdf.glyphs import Glyphs

_WIDTH, _HEIGHT = 0.5, 0.7  # of a letter, which its copy covers; two letters «ll» share less, and a copy of «i» little
_LATEST = 3  # letters among which a copy of the next one lies: those of three copies, or a narrow one between


def without_copies(glyphs: Glyphs, indices: Sequence[int]) -> Sequence[int]:
    """The characters of a line without those that lie on an equal one shortly before them."""
    text, lefts, rights = glyphs.text, glyphs.lefts, glyphs.rights
    kept: list[int] = []
    for at in indices:
        left, right = lefts[at], rights[at]
        latest = [one for one in kept[-_LATEST:] if rights[one] > left and text[one] == text[at] and right > left]
        if not any(lies_on(glyphs, at, one) for one in latest):
            kept.append(at)
    return kept if len(kept) < len(indices) else indices


def lies_on(glyphs: Glyphs, one: int, other: int) -> bool:
    """True where one character lies on another."""
    lefts, bottoms, rights, tops = glyphs.lefts, glyphs.bottoms, glyphs.rights, glyphs.tops
    if (lefts[one], rights[one]) == (lefts[other], rights[other]) and abs(one - other) == 1:
        return False  # the letters of a ligature have one box
    width = min(rights[one], rights[other]) - max(lefts[one], lefts[other])
    height = min(tops[one], tops[other]) - max(bottoms[one], bottoms[other])
    wide = min(rights[one] - lefts[one], rights[other] - lefts[other])
    high = min(tops[one] - bottoms[one], tops[other] - bottoms[other])
    return width >= _WIDTH * wide and height >= _HEIGHT * high
