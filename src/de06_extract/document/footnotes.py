"""The footnotes of a document, each with the section that its mark stands in."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.document.document import Block, Document
from de06_extract.document.sections import sections_at
from de06_extract.schema.report import Footnote, Section, Span


def find_footnotes(document: Document, sections: Sequence[Section]) -> tuple[Footnote, ...]:
    """The footnotes in order, identified f1, f2, …"""
    blocks = [block for block in document.blocks if block.kind == "footnote"]
    places = sections_at(sections, (block.start if block.anchor is None else block.anchor for block in blocks))
    return tuple(
        Footnote(
            id=f"f{number}",
            mark=block.mark,
            section=section,
            anchor=_anchor(document, block),
            span=document.span(block.start, block.end),
            locations=document.locations(block.start, block.end),
        )
        for number, (block, section) in enumerate(zip(blocks, places, strict=True), 1)
    )


def _anchor(document: Document, block: Block) -> Span | None:
    if block.anchor is None:
        return None
    return document.span(block.anchor, block.anchor + len(block.mark or ""))
