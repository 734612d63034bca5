"""The title of a table among the lines above it."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.language.vocabulary import words

_TITLE_LINES = 4  # «PHỤ LỤC 02», «TÌNH HÌNH …», «(ban hành kèm theo …)»
_CAPTIONS = words("page_marks", "caption")

Line = tuple[int, int, str]
"""Where a line begins and ends in the text, and its words."""


def find_title(above: Sequence[Line]) -> tuple[int, int] | None:
    """The range of a table's title among the lines above it, from «Bảng 1 …» or «PHỤ LỤC …» on.

    Farther up than the line right above, only a line in capitals is one.
    """
    nearest = list(above[-_TITLE_LINES:])
    for at in range(len(nearest) - 1, -1, -1):
        start, _, text = nearest[at]
        if text.casefold().startswith(_CAPTIONS) and (at == len(nearest) - 1 or _is_caption(nearest[at:])):
            return start, _caption_end(nearest[at:])
    return None


def _is_caption(lines: Sequence[Line]) -> bool:
    return lines[0][2].isupper() and all(len(text) < 200 for _, _, text in lines)


def _caption_end(lines: Sequence[Line]) -> int:
    """The offset where the title ends: lines in brackets («(ban hành kèm theo …)») or lower case are not part of it."""
    end = lines[0][1]
    for _, line_end, text in lines[1:]:
        if not text.isupper():
            break
        end = line_end
    return end
