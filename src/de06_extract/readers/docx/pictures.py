"""Pictures of whole pages in a Word document: a scan that was pasted in, whose words are not read."""

from __future__ import annotations

from de06_extract.readers.docx.package import Element

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_MUCH = 0.5  # of a page: a picture of a page covers more, a logo, a chart or a signature less
_PAGE = 595 * 842 * 12_700**2  # A4, in the square units of drawings


def count_pages_in_pictures(body: Element) -> int:
    """How many pictures of the body cover half a page or more.

    >>> from lxml import etree
    >>> space = "http://schemas.openxmlformats.org/drawingml/2006/"
    >>> drawing = f'<a xmlns:p="{space}wordprocessingDrawing"><p:extent cx="{{}}" cy="9000000"/>{{}}</a>'
    >>> picture = f'<pic xmlns="{space}picture"/>'
    >>> [count_pages_in_pictures(etree.fromstring(drawing.format(*of))) for of in ((6000000, picture), (6000000, ""))]
    [1, 0]
    >>> [count_pages_in_pictures(etree.fromstring(drawing.format(cx, picture))) for cx in (900000, "x", "")]
    [0, 0, 0]
    """
    return sum(
        _area(extent) >= _MUCH * _PAGE and next(extent.getparent().iter(_PICTURE), None) is not None
        for extent in body.iter(_EXTENT)
    )


def _area(extent: Element) -> int:
    edges = [extent.get(name, "") for name in ("cx", "cy")]
    return int(edges[0]) * int(edges[1]) if all(edge.isdecimal() and len(edge) < 12 for edge in edges) else 0
