"""What stands on PDF pages beside the body: running headers and footers, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of
from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.pages import PageText

_ZONE = 0.12  # of the height of the page: 36 mm of A4, the margin and a line or two
_OUTERMOST = 3  # lines at either end of a page that a header or footer may have
_SAME_HEIGHT = 6.0  # points; nearer than two lines of one header
_PAGE_NUMBER = re.compile(
    rf"\W*(?:{any_of('page_marks', 'page')}\s)?\W*(\d{{1,4}})(?:\s?/\s?\d{{1,4}})?\W*", re.IGNORECASE
)
_MARK = re.compile("[⁰¹²³⁴-⁹]+")
_DIGIT_RUNS = re.compile(r"\d+")
_SMALL = 0.9  # of the size of the body's type; footnotes are set smaller


@dataclass(frozen=True, slots=True)
class FootnoteLines:
    """A footnote: its mark as superscript digits, the page it begins on, its lines, which may go on overleaf."""

    mark: str
    page: int
    lines: tuple[TextLine, ...]


@dataclass(slots=True)
class Margins:
    """The lines of a document outside its body, in the order of the pages."""

    headers: list[TextLine] = field(default_factory=list)
    footers: list[TextLine] = field(default_factory=list)
    footnotes: list[FootnoteLines] = field(default_factory=list)

    def lines(self) -> Iterator[TextLine]:
        """All lines of headers, footers and footnotes."""
        yield from self.headers
        yield from self.footers
        for footnote in self.footnotes:
            yield from footnote.lines


def find_margins(pages: Sequence[PageText], body_size: float) -> Margins:
    """The headers, footers and footnotes of the pages; `body_size` is the type size of the body."""
    found = Margins()
    running = _running_lines(pages)
    for page in pages:
        middle, lines = page.height / 2, page.lines
        outer = [line for line in lines if id(line) in running]
        found.headers.extend(line for line in outer if line.top < middle)
        found.footers.extend(line for line in outer if line.top >= middle)
        notes = _footnote_lines(page, [line for line in lines if id(line) not in running], body_size)
        _collect(found.footnotes, page.number, notes)
    return found


def size_of_body(pages: Iterable[PageText]) -> float:
    """The type size in which most characters outside tables are set."""
    exact: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            exact[line.size] += len(line.text)
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(size, 1)] += count
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _running_lines(pages: Sequence[PageText]) -> set[int]:
    """The identities of the lines that are page numbers or that stand at the same place on several pages."""
    numbers: dict[tuple[int, bool], list[TextLine]] = defaultdict(list)
    texts: dict[tuple[str, bool], list[TextLine]] = defaultdict(list)
    running: set[int] = set()
    for page in pages:
        for line in _outermost(page):
            is_high, numbered = line.top < page.height / 2, _PAGE_NUMBER.fullmatch(line.text)
            if not numbered:
                texts[_DIGIT_RUNS.sub("#", line.text), is_high].append(line)
                continue
            numbers[integer(numbered[1]) - page.number, is_high].append(line)
            if integer(numbered[1]) == page.number and line.x0 > 0.2 * page.width:  # no end of a sentence: «tháng / 3.»
                running.add(id(line))
    for lines in (*numbers.values(), *texts.values()):
        running.update(id(line) for line in lines if _recurs(line, lines))
    return running


def _recurs(line: TextLine, others: Iterable[TextLine]) -> bool:
    """True where another page has a line at about the same height."""
    return any(other.page != line.page and abs(other.top - line.top) < _SAME_HEIGHT for other in others)


def _outermost(page: PageText) -> Iterator[TextLine]:
    """The few lines of a page that stand highest and lowest, if they stand in its margins."""
    lines = sorted(page.lines, key=lambda line: line.top)
    yield from (line for line in lines[:_OUTERMOST] if line.bottom < _ZONE * page.height)
    yield from (line for line in lines[-_OUTERMOST:] if line.top > (1 - _ZONE) * page.height)


def _footnote_lines(page: PageText, lines: Sequence[TextLine], body_size: float) -> list[TextLine]:
    """The lines at the foot of the page in small type, below a short rule or beginning with a mark."""
    by_height = sorted(lines, key=lambda line: line.top)
    first = len(by_height)
    while first and by_height[first - 1].size <= _SMALL * body_size:
        first -= 1
    above = by_height[first - 1].baseline if first else 0.0
    for at in range(first, len(by_height)):
        line = by_height[at]
        ruled = any(above < rule < line.baseline for rule in page.separators)
        if ruled or _MARK.match(line.text):
            start = line.top
            return [line for line in lines if line.size <= _SMALL * body_size and line.top >= start]
        above = line.baseline
    return []


def _collect(footnotes: list[FootnoteLines], page: int, lines: Iterable[TextLine]) -> None:
    """Add the footnotes that some lines make; lines before the first mark carry on the last footnote."""
    for line in lines:
        mark = _MARK.match(line.text)
        if mark or not footnotes:
            footnotes.append(FootnoteLines(mark[0] if mark else "", page, (line,)))
        else:
            last = footnotes[-1]
            footnotes[-1] = FootnoteLines(last.mark, last.page, (*last.lines, line))
