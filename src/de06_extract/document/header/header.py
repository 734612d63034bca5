"""The header of a report: the boxes of its first page, its recipients and its signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from de06_extract.document.continuation import begins_item
from de06_extract.document.document import Document
from de06_extract.document.header.issuer import completed, issuer_of_box, issuer_of_prose
from de06_extract.document.header.letterhead import Letterhead, read_letterhead
from de06_extract.document.header.signature import Closing, read_closing
from de06_extract.document.printed_lines import PrintedLine, clean
from de06_extract.schema.report import Header

_OPENING = 3000  # characters of the body in which its issuer is named
_CLOSING = 800  # characters before the end of the report («./.») in which its issuer may be named
_HEADLINE = 200  # characters; a longer first line is not a headline
_PARAGRAPH = 200  # characters; what stands under a headline is longer


def read_header(document: Document, lines: Sequence[PrintedLine]) -> Header:
    """The header as far as the lines print it; the headline alone where nothing marks an official document."""
    head, closing = read_letterhead(lines), read_closing(lines)
    if not head.is_there and not closing.signers:
        return Header(title=_headline(lines))
    issuer, parent = _issuer(document, head, lines)
    date = head.date or closing.date
    return Header(
        number=head.number.number if head.number else None,
        symbol=head.number.symbol if head.number else None,
        doc_type=head.doc_type,
        title=head.title,
        issuer=issuer,
        parent=parent,
        place=date.place if date else None,
        date=date.iso if date else None,
        addressees=tuple(head.addressees),
        signer=_each(signer for signer, _ in closing.signers),
        signer_role=_each(role for _, role in closing.signers),
        recipients=closing.recipients,
        state=_state(head, closing),
    )


def _each(values: object) -> str | None:
    return "; ".join(value for value in values if value) or None  # type: ignore[attr-defined]


def _state(head: Letterhead, closing: Closing) -> Literal["draft", "signed"] | None:
    date = head.date or closing.date
    if head.is_draft or (head.number and head.number.number is None) or (date and date.is_blank):
        return "draft"
    return "signed" if head.number and date else None


def _issuer(document: Document, head: Letterhead, lines: Sequence[PrintedLine]) -> tuple[str | None, str | None]:
    """The issuer and the body above it: those of the box, else the body that reports in the first or last sentences."""
    issuer, parent = issuer_of_box(head.box)
    text = document.text
    if issuer is None:
        heading = next((p.start for p in lines if p.start > head.body and begins_item(p.clean)), len(text))
        end = text.find("./.", head.body)
        last = text[max(head.body, end - _CLOSING) : end] if end >= 0 else ""
        issuer = issuer_of_prose(text[head.body : min(heading, head.body + _OPENING)]) or issuer_of_prose(last)
    if issuer is None:
        return None, None
    return completed(issuer, (parent, head.title), head.date.place if head.date else None), parent


def _headline(lines: Sequence[PrintedLine]) -> str | None:
    """The first line of a text, where it is short, neither a sentence nor an item, and a paragraph stands under it."""
    if len(lines) < 2:
        return None
    first, second = clean(lines[0].text), lines[1].text
    if len(first) > _HEADLINE or len(second) < _PARAGRAPH or begins_item(first) or first.endswith((".", ":", ";", ",")):
        return None
    return first
