"""Web pages of articles and tables, with tags, attributes and entities that no browser would write."""

from __future__ import annotations

import html
import random

from fuzzing.texts import broken, text

_TAGS = (
    "p", "div", "table", "tr", "td", "th", "thead", "tbody", "caption", "ul", "li", "h1", "h3", "article", "nav",
    "main", "span", "b", "sup", "sub", "br", "hr", "pre", "script", "style", "template", "svg", "math", "noscript",
    "textarea", "select", "iframe", "object", "o:p", "v:shape", "x", "title", "head", "body", "html", "meta", "base",
)  # fmt: skip
_VALUES = ("0", "1", "2", "-1", "3", "99999999999", "9" * 4_400, "", "x", "100%", "1.5", "&#0;", "\u202e")
_ATTRIBUTES = ("colspan", "rowspan", "class", "style", "hidden", "align", "id", "href", "lang", "border")
_STYLES = ("display:none", "font-family:.VnTime", "mso-hide:all", "visibility:hidden")
_ODD = (
    "&nbsp;", "&#x0;", "&#xD800;", "&#9999999999;", "&lt;", "&", "<", "<!--", "-->", "<![CDATA[", "]]>", "<?xml", "?>",
    "<!DOCTYPE", "</", "/>", "<![if !supportLists]>", "<!--[if gte mso 9]>", "\x0b", "\ufeff",
)  # fmt: skip


def data(chance: random.Random) -> bytes:
    """A page as the bytes of a file, now and then in another encoding than it says, or changed in its bytes."""
    pieces = [_piece(chance) for _ in range(chance.randint(1, 12))]
    for _ in range(chance.choice((0, 1, 2, 5, 20))):
        pieces.insert(chance.randrange(len(pieces) + 1), chance.choice((_tag, _tag, _odd))(chance))
    said = chance.choice(("utf-8", "utf-8", "utf-16", "windows-1258", "x-user-defined", ""))
    head = f"<html><head><meta charset='{said}'><title>{_escaped(chance, 30)}</title></head><body>"
    page = head + "".join(pieces) + "</body></html>"
    if chance.random() < 0.1:
        page = chance.choice(("<div>", "<table><tr><td>", "<ul><li>")) * chance.choice((50, 300, 3000)) + page
    held = page.encode(chance.choice(("utf-8", "utf-8", "utf-8", "utf-16")), "replace")
    return broken(held, chance) if chance.random() < 0.06 else held


def _piece(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return f"<p>{_escaped(chance, 600)}</p>"
    rows = "".join(_row(chance) for _ in range(chance.randint(1, 8)))
    return f"<table{_attributes(chance)}>{rows}</table>"


def _row(chance: random.Random) -> str:
    cells = (
        f"<{tag}{_attributes(chance)}>{_escaped(chance, 30)}</{tag}>"
        for tag in chance.choices(("td", "td", "th"), k=chance.randint(0, 6))
    )
    return f"<tr>{''.join(cells)}</tr>"


def _escaped(chance: random.Random, most: int) -> str:
    return html.escape(text(chance)[:most])


def _attributes(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return ""
    if chance.random() < 0.2:
        return f" style='{chance.choice(_STYLES)}'"
    return f" {chance.choice(_ATTRIBUTES)}='{chance.choice(_VALUES)}'"


def _tag(chance: random.Random) -> str:
    return f"<{chance.choice(('', '', '/'))}{chance.choice(_TAGS)}{_attributes(chance)}>"


def _odd(chance: random.Random) -> str:
    return chance.choice(_ODD)
