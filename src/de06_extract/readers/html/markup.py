"""The elements of a web page as lines and tables, in the order in which they are read.

The names are those of HTML and those of the TEI in which trafilatura gives an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from de06_extract.document.composition import Composition, one_line
from de06_extract.document.document import BlockKind
from de06_extract.document.table_shape import is_table
from de06_extract.heartbeat import step
from de06_extract.language.digits import integer

Element = Any  # an lxml element; lxml has no type stubs

_LEFT_OUT = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "object", "iframe", "select", "button", "xml")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_LINES = _HEADINGS.union(
    ("p", "div", "li", "item", "ul", "ol", "list", "dl", "dt", "dd", "blockquote", "quote", "section", "article"),
    ("main", "header", "footer", "nav", "aside", "address", "figure", "figcaption", "form", "fieldset", "hr", "center"),
    ("body", "td", "th", "tr", "cell", "row", "caption", "details", "summary"),
)
_BREAKS = frozenset(("br", "lb"))
_ITEMS = frozenset(("li", "item"))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BORDER = re.compile(r"border[a-z-]*\s*:\s*(?!0|none)\S", re.IGNORECASE)
_MOST_SPANNED = 100  # rows or columns of one merged cell; no table of a report has more


def compose(root: Element, composition: Composition) -> None:
    """Adds what the elements below `root` show to the composition."""
    reading = _Reading(composition)
    reading.enter(root)
    reading.end_line()


class _Reading:
    """The line that is being read, and what is to be known of the elements around it."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._words: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._broken = False
        self._raised = False
        self._as_typed = False

    def enter(self, element: Element) -> None:
        """Reads the text and the elements inside, not what follows behind."""
        self._write(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                self._visit(child)
            self._write(child.tail)

    def end_line(self, *, broken: bool = False) -> None:
        """Adds the line read so far; one that is broken off may be carried on by the next."""
        self._composition.add_line("".join(self._words), self._kind, goes_on=self._broken)
        self._words, self._broken = [], broken
        step()

    def _visit(self, element: Element) -> None:
        tag = _name(element)
        if tag in _LEFT_OUT:
            return
        if tag in _BREAKS:
            self.end_line(broken=True)
        elif tag == "table":
            self.end_line()
            self._add_table(element)
        elif tag in _LINES:
            self._enter_line(element, tag)
        elif tag == "pre":
            self._as_typed = True
            self._enter_line(element, tag)
            self._as_typed = False
        else:
            outer, self._raised = self._raised, self._raised or tag == "sup" or element.get("rend") == "#sup"
            self.enter(element)
            self._raised = outer

    def _enter_line(self, element: Element, tag: str) -> None:
        outer = self._kind
        self.end_line()
        self._kind = "heading" if tag in _HEADINGS else outer
        if tag in _ITEMS:
            self._words.append(_mark(element))
        self.enter(element)
        if tag in _ITEMS and one_line("".join(self._words)) == _mark(element).strip():
            self._words = []  # nothing but the mark
        self.end_line()
        self._kind = outer

    def _write(self, text: str | None) -> None:
        if not text:
            return
        lines = text.split("\n") if self._as_typed else [text]
        for at, line in enumerate(lines):
            if at:
                self.end_line(broken=True)
            self._words.append(line.translate(_RAISED) if self._raised else line)

    def _add_table(self, table: Element) -> None:
        """Adds a table, or what stands in it where it only lays out the page."""
        rows = list(_rows(table))
        ruled = _is_ruled(table, rows)
        # Cells with tables in them are not read here, as each would be read twice for every table around it.
        texts = [] if any(map(_has_table, rows)) else [row for row in _texts(rows) if any(row)]
        if not is_table(texts, ruled=ruled):
            self.enter(table)
            self.end_line()
            return
        title = None
        for caption in table.iter("caption"):
            self._composition.add_line("".join(caption.itertext()))
            title = self._composition.last_line
            break
        heads = 0
        while heads < len(rows) and all(_is_head(cell) for cell in _cells(rows[heads])):
            heads += 1
        self._composition.add_table(texts, ruled=ruled, heads=heads if heads < len(rows) else 0, title=title)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style) is not None)
    )


def _mark(item: Element) -> str:
    """What stands before an item of a list: its number, or a dash.

    Numbers are counted here, as browsers do; other signs say no more than a dash.
    """
    listing = item.getparent()
    if listing is None or (_name(listing) != "ol" and listing.get("rend") != "ol"):
        return "- "
    before = sum(1 for other in item.itersiblings(preceding=True) if other.tag == item.tag)
    start = listing.get("start") or "1"
    return f"{before + (integer(start) if start.isdecimal() else 1)}. "


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables in it."""
    for child in table:
        if isinstance(child.tag, str):
            if _name(child) in _ROWS:
                yield child
            elif _name(child) in ("thead", "tbody", "tfoot"):
                yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if isinstance(cell.tag, str) and _name(cell) in _CELLS and not _is_hidden(cell)]


def _texts(rows: Sequence[Element]) -> list[list[str]]:
    """The text of each place of the table's grid; of a cell over several places that of the first is the cell's."""
    taken: dict[tuple[int, int], str] = {}
    for row, element in enumerate(rows):
        column = 0
        for cell in _cells(element):
            while (row, column) in taken:
                column += 1
            down, right = _span(cell, "rowspan", len(rows) - row), _span(cell, "colspan", _MOST_SPANNED)
            taken.update(((row + below, column + beside), "") for below in range(down) for beside in range(right))
            taken[row, column] = _text(cell)
            column += right
        step()
    width = 1 + max((column for _, column in taken), default=-1)
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(rows))]


def _span(cell: Element, attribute: str, most: int) -> int:
    written = (cell.get(attribute) or "1").strip()
    return max(1, min(integer(written), most, _MOST_SPANNED)) if written.isdecimal() and len(written) < 9 else 1


def _text(cell: Element) -> str:
    """What a cell shows, on one line."""
    inside = Composition()
    compose(cell, inside)
    return " ".join("".join(inside.parts).split("\n"))


def _has_table(row: Element) -> bool:
    return next(row.iter("table"), None) is not None


def _is_head(cell: Element) -> bool:
    return _name(cell) == "th" or cell.get("role") == "head"


def _is_ruled(table: Element, rows: Sequence[Element]) -> bool:
    """True where lines are drawn around cells, or where the page says that it is a table of data."""
    if table.get("border", "0").strip() not in ("", "0") or _BORDER.search(table.get("style") or ""):
        return True
    cells = [cell for row in rows for cell in _cells(row)]
    return any(_is_head(cell) or _name(cell) == "cell" or _BORDER.search(cell.get("style") or "") for cell in cells)
