"""Where a file and words in it are, as locations of SARIF 2.1.0.

A plain text has lines, and characters inside them, which are an annotation. Of other formats SARIF knows no page,
paragraph or cell, so that these are logical locations, worded, with what the report says of them as properties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from de06_extract.archive.rows import below
from de06_extract.output.links import relative_uri, uri
from de06_extract.schema.display import Language, one_line, place
from de06_extract.schema.rows import Parsed, Row

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


def words_location(artifact: Json, entry: Parsed, report: Parsed, language: Language) -> Json:
    """The words of a finding, or of another place that it speaks of, in their file."""
    span, locations = entry["span"], entry["locations"]
    physical: Json = {"artifactLocation": artifact}
    found: Json = {"physicalLocation": physical}
    lines = [location["line"] for location in locations if location.get("line") is not None]
    if lines:
        physical["region"] = {"startLine": min(lines), "endLine": max(lines)}
    if report["source"].get("is_verbatim"):
        characters = {"charOffset": span["start"], "charLength": span["end"] - span["start"]}
        found["annotations"] = [{**characters, "snippet": {"text": span["text"]}}]
    return found | _described(_said(span["text"], place(locations, language)), locations, language)


def row_location(artifact: Json, row: Row) -> Json:
    """The words of a finding across reports, whose row knows the first line, page, paragraph or cell alone."""
    physical: Json = {"artifactLocation": artifact}
    if isinstance(row.get("line"), int):
        physical["region"] = {"startLine": row["line"], "endLine": row["line"]}
    where = str(row.get("location") or "")
    found: Json = {"physicalLocation": physical, "message": {"text": _said(str(row["quote"]), where)}}
    return found | ({"logicalLocations": [_logical(where)]} if where else {})


def _described(text: str, locations: Sequence[Parsed], language: Language) -> Json:
    """The places in words, each once, with what programs may want to know of them."""
    places = list(dict.fromkeys(filter(None, (place([location], language) for location in locations))))
    found: Json = {"message": {"text": text}}
    if places:
        found["logicalLocations"] = [_logical(where) for where in places]
        found["properties"] = {"locations": list(locations)}
    return found


def _logical(where: str) -> Json:
    return {"fullyQualifiedName": where, "kind": "place"}


def _said(words: str, where: str) -> str:
    """The words on one line, cut where they are long, and the place."""
    line = one_line(words)
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    return as_message(f"«{line}» ({where})" if where else f"«{line}»")


def as_message(text: str) -> str:
    """The text as a message of SARIF, in which a link or a placeholder of a document is nothing but text.

    >>> as_message("xem [1](2), {0} và {a}")
    'xem \\\\[1](2), {{0}} và {a}'
    """
    return _HOLE.sub(r"{{\1}}", _LINK.sub(r"\\[", text))
