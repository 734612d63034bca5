"""The numbered headings of a document, as sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import regex

from de06_extract.document import Block, Document
from de06_extract.schema import Section

_HEADING = regex.compile(
    r"""
    [\s#*_]*+
    (?: (?P<roman> [IVX]{1,5} ) [.)/]
      | (?P<decimal> \d{1,2} (?: \. \d{1,2} ){0,3} ) (?: [.)] | (?= \s ) )
      | (?P<letter> \p{Ll} ) \) )
    [\s*_]++ (?P<title> [\p{Lu}“"*] .*+ )
    """,
    regex.VERBOSE | regex.DOTALL,
)
_LONGEST = 250  # characters; a longer paragraph is a numbered item of its own, not a heading
_RANK = {"roman": 1, "decimal": 2, "letter": 6}


def find_sections(document: Document) -> tuple[Section, ...]:
    """The headings in order; a heading's parent is the last one of a lower level before it."""
    found: list[Section] = []
    open_ones: list[tuple[int, Section]] = []
    for block in document.blocks:
        parts = _parts(document, block)
        if parts is None:
            continue
        rank, label, title = parts
        while open_ones and open_ones[-1][0] >= rank:
            open_ones.pop()
        section = Section(
            id=f"s{len(found) + 1}",
            label=label,
            title=title,
            level=len(open_ones) + 1,
            parent=open_ones[-1][1].id if open_ones else None,
            span=document.span(block.start, block.end),
        )
        found.append(section)
        open_ones.append((rank, section))
    return tuple(found)


def _parts(document: Document, block: Block) -> tuple[int, str, str] | None:
    """Rank, label and title of a heading, None for any other block."""
    if block.kind not in ("paragraph", "heading") or block.end - block.start > _LONGEST:
        return None
    match = _HEADING.fullmatch(document.text[block.start : block.end])
    if match is None:
        return None
    title = " ".join(match["title"].strip(" *_#\n").split())
    if title.endswith((";", ",")) or (title.endswith(".") and match["letter"]):
        return None
    kind = next(name for name in _RANK if match[name])
    label = match[kind]
    return _RANK[kind] + (label.count(".") if kind == "decimal" else 0), label, title


def sections_at(sections: Sequence[Section], offsets: Iterable[int]) -> list[str | None]:
    """For each offset the id of the section in which its character stands, None before the first."""
    starts = [section.span.start for section in sections]
    return [sections[at].id if (at := bisect_right(starts, offset) - 1) >= 0 else None for offset in offsets]
