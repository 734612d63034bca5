"""Edits of a text, and of the files that hold it."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from de06_extract.document.document import Document

_CONTEXT = 60  # characters around a figure by which it is found in the XML of a Word document
_TRIES = 3  # places tried
_W_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@dataclass(frozen=True)
class Edit:
    """What stands from `start` to `end` of the text becomes `text`."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits."""
    for edit in reversed(edits):
        text = f"{text[: edit.start]}{edit.text}{text[edit.end :]}"
    return text


def moved(document: Document, edit: Edit) -> Document:
    """The document after the edit of its text, everything behind it in its place; characters share the edges of those
    that they replace."""
    by = len(edit.text) - (edit.end - edit.start)

    def to(offset: int) -> int:
        return offset if offset <= edit.start else max(edit.start, offset + by)

    def edges(values: Sequence[float] | None, start: int) -> Sequence[float] | None:
        if values is None or not start <= edit.start < start + len(values):
            return values
        at, end = edit.start - start, edit.end - start
        inside = [*values[at:end]]
        inside = [inside[min(n, len(inside) - 1)] for n in range(len(edit.text))]
        return [*values[:at], *inside, *values[end:]]

    return replace(
        document,
        text=applied(document.text, [edit]),
        blocks=tuple(
            replace(
                block,
                ranges=tuple((to(start), to(end)) for start, end in block.ranges),
                anchor=None if block.anchor is None else to(block.anchor),
            )
            for block in document.blocks
        ),
        grids=tuple(
            replace(
                grid,
                start=to(grid.start),
                end=to(grid.end),
                cells=tuple(replace(cell, start=to(cell.start), end=to(cell.end)) for cell in grid.cells),
                title=None if grid.title is None else (to(grid.title[0]), to(grid.title[1])),
            )
            for grid in document.grids
        ),
        places=tuple(
            replace(
                place,
                start=to(place.start),
                end=to(place.end),
                lefts=edges(place.lefts, place.start),
                rights=edges(place.rights, place.start),
            )
            for place in document.places
        ),
    )


def rewritten(file: bytes, text: str, edits: Sequence[Edit]) -> Iterator[bytes]:
    """The bytes of a Word document, whose text is `text`, with the edits in its runs, the likeliest places first."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if name not in parts:
            continue
        places = [_places(text, edit, parts[name]) for edit in edits]
        for nth in range(min(_TRIES, *map(len, places))):
            root = parse_xml(parts[name])
            nodes = list(root.iter(_W_T))
            starts = _starts(nodes)
            for found, edit in sorted(zip(places, edits, strict=True), key=lambda pair: -pair[0][nth]):
                _write(nodes, starts, found[nth], edit)
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as package:
                for part, data in {**parts, name: serialize_part_xml(root)}.items():
                    package.writestr(part, data)
            yield out.getvalue()


def _places(text: str, edit: Edit, part: bytes) -> list[int]:
    """Where in the joined runs of a part the edited words stand, those with the most like surroundings first."""
    runs = "".join(node.text or "" for node in parse_xml(part).iter(_W_T))
    old, found, at = text[edit.start : edit.end], list[tuple[int, int]](), -1
    before, after = _bare(text[: edit.start][-_CONTEXT:])[::-1], _bare(text[edit.end :][:_CONTEXT])
    while (at := runs.find(old, at + 1)) >= 0:
        front, back = _bare(runs[:at][-_CONTEXT:])[::-1], _bare(runs[at + len(old) :][:_CONTEXT])
        found.append((-_common(front, before) - _common(back, after), at))
    return [at for _, at in sorted(found)]


def _bare(text: str) -> str:
    return "".join(text.split())


def _common(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _starts(nodes: Sequence[Any]) -> list[int]:
    starts, at = [], 0
    for node in nodes:
        starts.append(at)
        at += len(node.text or "")
    return starts


def _write(nodes: Sequence[Any], starts: Sequence[int], at: int, edit: Edit) -> None:
    """Write the edit into the run that its words begin in; what of them stands in later runs goes."""
    end, new = at + edit.end - edit.start, edit.text
    for number in range(bisect_right(starts, at) - 1, len(nodes)):
        if starts[number] >= end:
            return
        text, start = nodes[number].text or "", starts[number]
        nodes[number].text = text[: max(0, at - start)] + new + text[end - start :]
        new = ""
