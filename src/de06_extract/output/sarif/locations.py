"""Where a file and words in it are, as locations of SARIF 2.1.0.

A plain text has lines, and characters inside them, which are an annotation. Of other formats SARIF knows no page,
paragraph or cell, so that these are logical locations, worded, with what the report says of them as properties.
"""

from __future__ import annotations

import re
from typing import Any

from de06_extract.archive.rows import below
from de06_extract.archive.store.results import FileResult
from de06_extract.output.links import relative_uri, uri
from de06_extract.schema.cards.card import CardPlace
from de06_extract.schema.display import one_line

Json = dict[str, Any]
BASE = "ARCHIVE"  # the name of the folder that the archive lies in

_LINK = re.compile(r"\[(?=[^\]]*\]\()")  # what a viewer takes for the beginning of a link
_HOLE = re.compile(r"\{(\d+)\}")  # what it fills in
_LONGEST = 300  # characters of a quotation in the message of a location


def file_location(path: str, folder: str | None) -> Json:
    """A file: from the base where it lies in the archive's folder, else by its whole URI; a name alone stays one.

    >>> file_location("/kho/2024/Báo cáo #1.pdf", "/kho")
    {'uri': '2024/B%C3%A1o%20c%C3%A1o%20%231.pdf', 'uriBaseId': 'ARCHIVE'}
    >>> file_location("/a b.pdf", "/kho"), file_location("s3://kho/50%.pdf", None)
    ({'uri': 'file:///a%20b.pdf'}, {'uri': 's3://kho/50%25.pdf'})
    >>> file_location("stdin.txt", None)
    {'uri': 'stdin.txt'}
    """
    seen = below(path, folder)
    if "/" not in path:
        return {"uri": relative_uri(path)}
    if seen is not None:
        return {"uri": relative_uri(seen), "uriBaseId": BASE}
    return {"uri": uri(path)}


def card_location(artifact: Json, text: str, place: CardPlace, result: FileResult, *, is_verbatim: bool) -> Json:
    """The words of a card's place in their file; `is_verbatim` says that offsets are those of the file."""
    physical: Json = {"artifactLocation": artifact}
    found: Json = {"physicalLocation": physical}
    lines = [location["line"] for location in place.locations if location.get("line") is not None]
    physical["region"] = {"startLine": min(lines), "endLine": max(lines)} if lines else whole_region(result.size)
    if is_verbatim and place.start is not None and place.end is not None:
        characters = {"charOffset": place.start, "charLength": place.end - place.start}
        found["annotations"] = [{**characters, "snippet": {"text": text}}]
    found["message"] = {"text": _said(text, place.words)}
    if place.words:
        found["logicalLocations"] = [{"fullyQualifiedName": place.words, "kind": "place"}]
    if place.locations:
        found["properties"] = {"locations": list(place.locations)}
    return found


def whole_region(size: int | None) -> Json:
    """The region that is a whole file of so many bytes: of pages, paragraphs and cells SARIF knows nothing nearer.

    >>> whole_region(1200)
    {'byteOffset': 0, 'byteLength': 1200}
    """
    return {"byteOffset": 0, "byteLength": size or 0}


def has_lines(location: Json) -> bool:
    """True of a location that says at which lines it is."""
    return "startLine" in location["physicalLocation"]["region"]


def _said(words: str, where: str) -> str:
    """The words on one line, cut where they are long, and the place."""
    line = one_line(words)
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    return as_message(f"“{line}” ({where})" if where else f"“{line}”")


def as_message(text: str) -> str:
    """The text as a message of SARIF, in which a link or a placeholder of a document is nothing but text.

    >>> as_message("xem [1](2), {0} và {a}")
    'xem \\\\[1](2), {{0}} và {a}'
    """
    return _HOLE.sub(r"{{\1}}", _LINK.sub(r"\\[", text))
