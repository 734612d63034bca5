"""The numbered headings and paragraphs of a document, as sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.document.document import Block, Document
from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Section

_LONGEST = 250  # characters; of a longer paragraph the words before its colon, or the first ones, are the title
_RUN_IN = 160  # characters before the colon of a paragraph that begins with its title
_SHOWN = 120  # characters of a paragraph without a title
_SHORT = 150  # characters; a longer item «a) …», «* …» is not a heading
_RANKS = {"annex": 0, "part": 1, "capital": 2, "roman": 3, "decimal": 4, "letter": 8, "star": 9}
_ITEM_END = (";", ",", ".", "…")
_NUMBERED_FOOTNOTE = regex.compile(r"\s*+[⁰¹²³⁴-⁹]++\s*+1[.)]\s")


@cache
def _heading() -> regex.Pattern[str]:
    annex, part, ordinal = (any_of("page_marks", key) for key in ("annex", "part", "ordinal"))
    number = r"(?: \d{1,2} | [IVX]{1,5} )"
    return regex.compile(
        rf"""
        [\s#*_\\]{{0,12}}?
        (?: (?P<annex> {annex} (?: \s++ {number} )?+ ) [\s.:*_]*+ (?P<caption> \Z | (?<= \n ) .*+ )
          | (?: (?P<part> (?i: {part} ) \s++ (?: {ordinal} | {number} ) ) [\s.:]
              | (?P<capital> [A-HK-U] ) [.)] (?= [\s*_]++ [\p{{Lu}}\s,\d]++ [:*_\s]*+ \Z )
              | (?P<roman> [IVX]{{1,5}} ) [.)/]
              | (?P<decimal> \d{{1,2}} (?: \. \d{{1,2}} ){{0,3}} ) (?: [.)] | (?= \s++ [^\d\s] ) )
              | (?P<letter> [a-zđ] ) \)
              | (?P<star> [*] ) (?= \s | \*\* \s )
            ) [\s*_]++ (?P<title> [\p{{Lu}}\d“"] .*+ )
        )
        """,
        regex.VERBOSE | regex.DOTALL,
    )


@dataclass(frozen=True)
class _Heading:
    """A heading before it has its place among the others."""

    rank: int
    label: str
    title: str
    block: Block


def find_sections(document: Document) -> tuple[Section, ...]:
    """The sections in order; the parent of one is the last of a lower level before it."""
    found: list[Section] = []
    open_ones: list[tuple[int, Section]] = []
    for heading in _without_items(list(_headings(document))):
        while open_ones and open_ones[-1][0] >= heading.rank:
            open_ones.pop()
        section = Section(
            id=f"s{len(found) + 1}",
            label=heading.label,
            title=heading.title,
            level=len(open_ones) + 1,
            parent=open_ones[-1][1].id if open_ones else None,
            span=document.span(heading.block.start, heading.block.end),
        )
        found.append(section)
        open_ones.append((heading.rank, section))
    return tuple(found)


def _without_items(headings: Sequence[_Heading]) -> list[_Heading]:
    """The headings without the items «1.», «2.» of a list that stands between «2.1.» and «2.2.»."""
    kept: list[_Heading] = []
    since: list[_Heading] = []  # the plain numbers since the last heading of several numbers
    last = ""
    for heading in headings:
        if heading.rank == _RANKS["decimal"]:
            since.append(heading)
            continue
        if "." in heading.label and heading.label == _next(last):
            since = []
        if heading.rank < _RANKS["letter"]:
            last = heading.label if "." in heading.label else ""
            kept.extend(since)
            since = []
        (since if since else kept).append(heading)
    return [*kept, *since]


def _next(label: str) -> str:
    """The number behind a number of several: «2.2» behind «2.1»."""
    *above, last = label.split(".")
    return ".".join([*above, str(integer(last) + 1)]) if above else ""


def _headings(document: Document) -> Iterable[_Heading]:
    """The headings; a footnote's own list «² 1. … 2. …» is left out, and one star of several in a row."""
    in_footnote = 0  # the number that the list of a footnote goes on with, 0 outside one
    for at, block in enumerate(document.blocks):
        if block.kind == "footnote":
            begun = _NUMBERED_FOOTNOTE.match(document.text, block.start, block.end)
            in_footnote = 2 if begun else in_footnote
            continue
        heading = _parts(document, block)
        if heading is not None and in_footnote and heading.label == str(in_footnote):
            in_footnote += 1
            continue
        in_footnote = 0
        if heading is None or (heading.label == "*" and _is_listed(document, at)):
            continue
        yield heading


def _is_listed(document: Document, at: int) -> bool:
    """True where the block before or after is a starred one as well."""
    beside = (b for b in document.blocks[max(0, at - 1) : at + 2] if b is not document.blocks[at])
    return any(document.text[b.start : b.end].lstrip(" \\_#").startswith("* ") for b in beside)


def _parts(document: Document, block: Block) -> _Heading | None:
    """Rank, label and title of a heading, None for any other block."""
    if block.kind not in ("paragraph", "heading"):
        return None
    text = " ".join(document.text[start:end] for start, end in block.ranges)
    match = _heading().fullmatch(text)
    if match is None:
        return None
    kind = next(name for name in _RANKS if match[name])
    label = " ".join(match[kind].split())
    if kind == "annex":
        return _Heading(_RANKS[kind], label, _clean(match["caption"] or ""), block)
    title = _clean(match["title"])
    if _is_item(kind, label, title):
        return None
    depth = label.count(".") if kind == "decimal" else 0
    return _Heading(_RANKS[kind] + depth, label, _run_in(title), block)


def _is_item(kind: str, label: str, title: str) -> bool:
    """True for what is marked as a heading is and is an item of a list, or a number."""
    if kind in ("letter", "star"):
        return len(title) > _SHORT or title.endswith(_ITEM_END) or "%" in title or ": " in title
    if kind != "decimal":
        return False
    if title[:1].isdigit() and not title.endswith(":"):
        return True  # «12. 500 hồ sơ» may be one number
    return title.endswith((";", ",")) and "." not in label and ": " not in title[:_RUN_IN]


def _clean(title: str) -> str:
    return " ".join(title.strip(" *_#\n").split())


def _run_in(text: str) -> str:
    """The title that a paragraph begins with: the words before its colon, of a long one the first words.

    >>> _run_in("Công an thị xã: Tập trung tối đa nguồn lực"), _run_in("Đánh giá chung")
    ('Công an thị xã', 'Đánh giá chung')
    """
    colon = text.find(": ", 0, _RUN_IN)
    if colon > 0:
        return text[:colon]
    if len(text) <= _LONGEST:
        return text
    stop = text.find(". ", 0, _LONGEST)
    return text[:stop] if stop > 0 else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def sections_at(sections: Sequence[Section], offsets: Iterable[int]) -> list[str | None]:
    """For each offset the id of the section in which its character stands, None before the first."""
    starts = [section.span.start for section in sections]
    return [sections[at].id if (at := bisect_right(starts, offset) - 1) >= 0 else None for offset in offsets]
