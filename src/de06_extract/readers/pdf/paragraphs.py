"""Which lines of a PDF make one paragraph, over page breaks too, and how their words join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from de06_extract.document.continuation import begins_item, continues, ends_sentence
from de06_extract.readers.pdf.lines import TextLine

_TOLERANCE = 3.0  # points; lines whose left edges are this close begin alike, whatever their first letters
_BROKEN_NUMBER = regex.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*\.$")
_THOUSANDS = regex.compile(r"\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class BodyEdges:
    """The edges of a page's body and the usual distance from line to line in the document."""

    left: float
    right: float
    pitch: float


def seam(before: str, after: str) -> str:
    """The text that joins two lines of a paragraph: a space, or nothing inside a word or number.

    >>> [seam(a, b) for a, b in (("06/TB-", "VPCP"), ("1.", "785 dữ liệu"), ("Tài chính -", "Kế hoạch"), ("98,", "7"))]
    ['', '', ' ', ' ']
    """
    if before[-1:] in "-/" and not before[-2:-1].isspace() and not after[:1].isspace():
        return ""
    return "" if before[-1:] == "." and _THOUSANDS.match(after) and _BROKEN_NUMBER.search(before) else " "


def find_paragraphs(lines: Sequence[TextLine], measures: dict[int, BodyEdges]) -> Iterator[list[TextLine]]:
    """The lines in groups, each a paragraph; `measures` has the measure of each page."""
    columns = _narrow_columns(lines, measures)
    paragraph: list[TextLine] = []
    for line in lines:
        if paragraph and not _carries_on(paragraph, line, measures, columns):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def measure_pages(lines: Sequence[TextLine], body_size: float) -> dict[int, BodyEdges]:
    """The measure of each page that has lines; a page of few lines takes the edges of the whole document."""
    body = [line for line in lines if line.size > 0.9 * body_size]
    steps = Counter(
        [
            round(two.baseline - one.baseline, 1)
            for one, two in pairwise(body)
            if one.baseline < two.baseline and one.page == two.page and abs(one.x0 - two.x0) < _TOLERANCE
        ]
    )
    pitch = max(steps, key=lambda step: (steps[step], -step), default=1.3 * body_size)
    by_page: dict[int, list[TextLine]] = {}
    for line in body:
        by_page.setdefault(line.page, []).append(line)
    left, right = _edges(body)
    measures = {line.page: BodyEdges(left, right, pitch) for line in lines}
    for page, members in by_page.items():
        if len(members) >= 10:
            measures[page] = BodyEdges(*_edges(members), pitch)
    return measures


def _edges(lines: Sequence[TextLine]) -> tuple[float, float]:
    """The outermost left and right edges that several lines share."""
    enough = max(2, len(lines) // 12)
    lefts = Counter([round(line.x0 / 2) for line in lines])
    rights = Counter([round(line.x1 / 2) for line in lines])
    left = min((edge for edge, count in lefts.items() if count >= enough), default=min(lefts, default=0))
    right = max((edge for edge, count in rights.items() if count >= enough), default=max(rights, default=0))
    return left * 2.0, right * 2.0


def _narrow_columns(lines: Sequence[TextLine], measures: dict[int, BodyEdges]) -> dict[int, float]:
    """The right edge of the column for lines of a narrow one, as the list of recipients is, by the line's identity."""
    found: dict[int, float] = {}
    run: list[TextLine] = []
    for line in [*lines, None]:
        if line and run and _stands_below(run[-1], line):
            run.append(line)
            continue
        right = max((member.x1 for member in run), default=0.0)
        if len(run) > 2 and right < measures[run[0].page].right - 5 * run[0].size:
            found.update((id(member), right) for member in run)
        run = [line] if line else []
    return found


def _stands_below(one: TextLine, other: TextLine) -> bool:
    return (
        one.page == other.page
        and abs(one.x0 - other.x0) < _TOLERANCE
        and abs(one.size - other.size) < 0.5
        and 0 < other.baseline - one.baseline < 2 * one.size
    )


def _carries_on(
    paragraph: Sequence[TextLine], line: TextLine, measures: dict[int, BodyEdges], columns: dict[int, float]
) -> bool:
    """True where `line` belongs to the paragraph so far, judged from where it stands and then from its words."""
    last = paragraph[-1]
    if not _is_in_reach(last, line):
        return False
    before, after = measures[last.page], measures[line.page]
    is_full = last.x1 + _first_word(line) + 0.2 * line.size > columns.get(id(last), before.right)
    is_apart = _is_apart(last, line, after.pitch)
    if is_apart and not is_full and not (line.text[0].islower() and last.bold[1] == line.bold[0]):
        return False
    if not line.bold[0] and all(member.bold == (True, True) for member in paragraph):
        return is_full and continues(last.text, line.text)
    may_begin = is_apart or not is_full or (begins_item(line.text) and ends_sentence(last.text))
    if not may_begin and _lines_up(paragraph, line, before.left, after.left):
        return True
    return continues(last.text, line.text)


def _is_in_reach(last: TextLine, line: TextLine) -> bool:
    """True where one line may follow the other: of about the same size, below it or on the next page."""
    if abs(last.size - line.size) > 0.12 * line.size:
        return False
    if last.page == line.page:
        return 0.5 * line.size <= line.baseline - last.baseline <= 3 * line.size
    return line.page - last.page <= 1


def _is_apart(last: TextLine, line: TextLine, pitch: float) -> bool:
    """True where more than the usual distance lies between two lines of a page."""
    return last.page == line.page and line.baseline - last.baseline > 1.15 * max(pitch, 1.05 * line.size)


def _lines_up(paragraph: Sequence[TextLine], line: TextLine, left_before: float, left: float) -> bool:
    """True where a line begins where the next line of the paragraph would: not indented as a first line is."""
    last = paragraph[-1]
    indent, last_indent = line.x0 - left, last.x0 - left_before
    if indent <= _TOLERANCE and last_indent >= -_TOLERANCE:
        return True
    if abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 2 * _TOLERANCE and last_indent > _TOLERANCE:
        same_type = line.bold == last.bold and line.text.isupper() == last.text.isupper()
        return same_type and not ends_sentence(last.text)  # a centred title
    if len(paragraph) > 1:
        return abs(indent - last_indent) < _TOLERANCE
    if begins_item(last.text) and 0 < indent - last_indent < 4 * line.size:
        return True
    return indent < last_indent - _TOLERANCE or (abs(indent - last_indent) < _TOLERANCE and indent < -_TOLERANCE)


def _first_word(line: TextLine) -> float:
    end = line.text.find(" ")
    return (line.rights[max(end, 1) - 1] if end >= 0 else line.x1) - line.x0
