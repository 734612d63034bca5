"""Web pages (.html), also saved with all that belongs to them (.mht): the article and not the menu around it.

A page without a menu, as word processors write it, is read whole; of another trafilatura says what the article is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from de06_extract.document.composition import Composition
from de06_extract.document.document import Document
from de06_extract.errors import DamagedFileError, EmptyFileError
from de06_extract.language.messages import said
from de06_extract.readers import load_library
from de06_extract.readers.html.markup import compose

SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".mhtml")
MEDIA_TYPE = "text/html"

_EXTRA = "html"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SAVED = re.compile(rb"\A[\w-]+:.*?^content-type:\s*multipart/related", re.I | re.M | re.S)
_SENT = re.compile(rb"^(?:to|received):", re.I | re.M)
_CHARSET = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w-]{1,40})|<\?xml[^>]{1,100}?encoding=["']([\w-]{1,40})""", re.I
)
_XML = re.compile(r"\A\ufeff?\s*<\?xml[^>]*>")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_REACH = 4096  # bytes in which a page says how it is encoded
_MENU = 0.1  # of a page's text in links; a report cites few pages
_MARKED = ("nav", "header", "footer", "aside")  # what stands around an article


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of what begins as a web page does, or as one saved with its pictures.

    >>> is_mine(b"<!DOCTYPE html><html>", ()), is_mine(b"<p>text</p>", ())
    (True, False)
    """
    return _PAGE.match(head) is not None or _is_saved(head)


def read(data: bytes, name: str) -> Document:
    """The document in a page; of a page with a menu the article alone."""
    from lxml import etree, html

    text = _decoded(*_page(data, name))
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
        composition = Composition()
        article = _article(tree, text, name) if _has_menu(tree) else None
        compose(_body(tree) if article is None else article, composition)
    except RecursionError as error:
        raise DamagedFileError(f"{name}: " + said("errors", "elements_nested")) from error
    except (etree.ParserError, ValueError) as error:
        raise EmptyFileError(f"{name}: " + said("errors", "no_text")) from error
    if not composition.parts:
        raise EmptyFileError(f"{name}: " + said("errors", "no_text"))
    return composition.document(name, MEDIA_TYPE)


def _is_saved(head: bytes) -> bool:
    return _SAVED.search(head) is not None and not _SENT.search(head)


def _page(data: bytes, name: str) -> tuple[bytes, str | None]:
    """The bytes of the page itself, and how they are encoded if that is said outside of it."""
    if not _is_saved(data[:_REACH]):
        return data, None
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == MEDIA_TYPE:
            content = part.get_payload(decode=True)
            return (content if isinstance(content, bytes) else b""), part.get_content_charset()
    raise EmptyFileError(f"{name}: " + said("errors", "no_page"))


def _decoded(data: bytes, charset: str | None) -> str:
    """The page as text, without the declaration of XML, which lxml does not take from text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            charset = encoding
    said = _CHARSET.search(data[:_REACH])
    if charset is None and said is not None:
        charset = (said[1] or said[2]).decode("ascii")
    text = _by_charset(data, (charset or "utf-8", "utf-8", "windows-1258", "latin-1"))
    return _XML.sub("", text).replace("\0", "")


def _by_charset(data: bytes, charsets: Sequence[str]) -> str:
    """The text in the first of the encodings that it can be in."""
    for charset in charsets:
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(charset)
    raise AssertionError("Latin-1 is any bytes")


def _body(tree: Any) -> Any:
    body = tree.find("body")
    return tree if body is None else body


def _has_menu(tree: Any) -> bool:
    """True where something stands around the article: parts that are named so, or many links."""
    if next(tree.iter(*_MARKED), None) is not None:
        return True
    whole = sum(len(text.strip()) for text in tree.itertext())
    return (
        sum(len(text.strip()) for link in tree.iter("a") if link.get("href") for text in link.itertext())
        > _MENU * whole
    )


def _article(tree: Any, text: str, name: str) -> Any:
    """The elements of the page's article with the tables as they stand in the page; None if none can be made out."""
    trafilatura = load_library("trafilatura", _EXTRA, name)
    found = trafilatura.bare_extraction(
        text,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    if body is None or not _squeezed(body):
        return None
    tables = {_squeezed(table): table for table in tree.iter("table")}
    for table in list(body.iter("table")):  # in the article a caption is a row, and merged cells are not told
        original = tables.get(_squeezed(table))
        if original is not None:
            original.tail = table.tail
            table.getparent().replace(table, original)
    return body


def _squeezed(element: Any) -> str:
    """The text of an element without white space."""
    return "".join("".join(element.itertext()).split())
