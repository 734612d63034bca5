"""What the styles of a DOCX file say about paragraphs, runs and tables, with inheritance resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.readers.docx.package import Element, W, elements, switch, value, whole_number

_HEADING_NAMES = ("heading ", "title", "subtitle")
_BODY_OUTLINE = 9  # the outline level of body text (ISO/IEC 29500-1, 17.3.1.20); headings have 0 to 8
_READ = frozenset(f"{W}{name}" for name in ("numPr", "outlineLvl", "jc", "vanish", "vertAlign", "position", "rFonts"))
_NO_LINE = frozenset({"nil", "none"})


@dataclass(frozen=True, slots=True)
class RunProperties:
    """The look of a run, as far as it changes the text; None where nothing is said.

    `raised` is in half points; `font` is that of letters beyond ASCII.
    """

    hidden: bool | None = None
    superscript: bool | None = None
    raised: int | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphProperties:
    """The properties of a paragraph; `list_id`, `list_level` are of its automatic numbering («0» ends a numbering)."""

    style: str | None = None
    heading: bool = False
    centered: bool = False
    list_id: str | None = None
    list_level: int | None = None
    run: RunProperties = RunProperties()


class Styles:
    """The styles by their ids. A missing styles part is one without styles."""

    def __init__(self, root: Element | None) -> None:
        """Indexes the style elements; each is resolved when it is first asked for."""
        found = elements(root) if root is not None else ()
        self._by_id = {style.get(f"{W}styleId"): style for style in found if style.tag == f"{W}style"}
        self._default = next(
            (
                id_
                for id_, style in self._by_id.items()
                if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph"
            ),
            None,
        )
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._defaults = _run_properties(defaults)
        self._paragraphs: dict[str | None, ParagraphProperties] = {}
        self._runs: dict[str, RunProperties] = {}

    def paragraph(self, properties: Element | None) -> ParagraphProperties:
        """The properties that a w:pPr sets, on top of those of its style."""
        style_id = value(properties, "pStyle") or self._default
        if style_id not in self._paragraphs:
            self._paragraphs[style_id] = self._resolve(style_id, self._defaults)
        style = self._paragraphs[style_id]
        return style if properties is None else _overlaid(style, properties)

    def run(self, properties: Element | None, paragraph: RunProperties) -> RunProperties:
        """The properties that a w:rPr sets, on top of its character style and of the paragraph's style."""
        if properties is None:
            return paragraph
        direct = _run_properties(properties)
        style_id = value(properties, "rStyle")
        if style_id is not None:
            if style_id not in self._runs:
                self._runs[style_id] = self._resolve(style_id).run
            direct = _over(direct, self._runs[style_id])
        return _over(direct, paragraph)

    def list_of(self, style_id: str | None) -> str | None:
        """The numbering that a numbering style stands for."""
        return self._resolve(style_id).list_id if style_id is not None else None

    def ruled(self, style_id: str | None) -> set[str]:
        """The edges («top», «insideV») that a table style draws, somewhere in the table."""
        edges: dict[str, bool] = {}
        for style in reversed(list(self._chain(style_id))):
            for borders in style.iter(f"{W}tblBorders", f"{W}tcBorders"):
                edges.update(borders_of(borders))
        return {edge for edge, drawn in edges.items() if drawn}

    def _resolve(self, style_id: str | None, defaults: RunProperties = RunProperties()) -> ParagraphProperties:
        result = ParagraphProperties(run=defaults)
        for style in reversed(list(self._chain(style_id))):
            name = (value(style, "name") or "").casefold()
            properties = style.find(f"{W}pPr")
            if properties is not None:
                result = _overlaid(result, properties)
            result = ParagraphProperties(
                style=style.get(f"{W}styleId"),
                heading=result.heading or name.startswith(_HEADING_NAMES),
                centered=result.centered,
                list_id=result.list_id,
                list_level=result.list_level,
                run=_over(_run_properties(style.find(f"{W}rPr")), result.run),
            )
        return result

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those it is based on; a style based on itself ends the chain."""
        seen = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            yield self._by_id[style_id]
            style_id = value(self._by_id[style_id], "basedOn")


def borders_of(borders: Element | None) -> dict[str, bool]:
    """For each edge that a w:tblBorders or w:tcBorders names, whether a line is drawn."""
    if borders is None:
        return {}
    return {edge.tag.removeprefix(W): edge.get(f"{W}val", "nil") not in _NO_LINE for edge in elements(borders)}


def font_of(properties: Element | None) -> str | None:
    """The font that a w:rPr names for letters beyond ASCII; «» for that of the theme, None where it names none."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    if fonts.get(f"{W}hAnsiTheme") or fonts.get(f"{W}asciiTheme"):
        return ""
    name: str | None = fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
    return name


def _overlaid(style: ParagraphProperties, properties: Element) -> ParagraphProperties:
    by_tag = {child.tag: child for child in properties}
    if not by_tag.keys() & _READ:
        return style
    numbering = by_tag.get(f"{W}numPr")
    outline, alignment = _value(by_tag.get(f"{W}outlineLvl")), _value(by_tag.get(f"{W}jc"))
    level = value(numbering, "ilvl")
    return ParagraphProperties(
        style=style.style,
        heading=style.heading if outline is None else whole_number(outline, _BODY_OUTLINE) < _BODY_OUTLINE,
        centered=style.centered if alignment is None else alignment == "center",
        list_id=value(numbering, "numId") or style.list_id,
        list_level=style.list_level if level is None else whole_number(level, 0),
        run=style.run,
    )


def _value(element: Element | None) -> str | None:
    text: str | None = element.get(f"{W}val") if element is not None else None
    return text


def _run_properties(properties: Element | None) -> RunProperties:
    if properties is None or not {child.tag for child in properties} & _READ:
        return RunProperties()
    aligned, position = value(properties, "vertAlign"), value(properties, "position")
    return RunProperties(
        hidden=switch(properties, "vanish"),
        superscript=None if aligned is None else aligned == "superscript",
        raised=None if position is None else whole_number(position, 0),
        font=font_of(properties),
    )


def _over(upper: RunProperties, lower: RunProperties) -> RunProperties:
    """The upper properties, and the lower where the upper say nothing."""
    return RunProperties(
        lower.hidden if upper.hidden is None else upper.hidden,
        lower.superscript if upper.superscript is None else upper.superscript,
        lower.raised if upper.raised is None else upper.raised,
        lower.font if upper.font is None else upper.font,
    )
