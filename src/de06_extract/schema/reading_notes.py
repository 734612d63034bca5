"""What people are told of how a file was read, and of what in it was not: a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any

from de06_extract.language.messages import messages
from de06_extract.schema.display import Language, one_line


def reading_notes(source: Mapping[str, Any], language: Language) -> Iterator[str]:
    """The sentences on the source of a report, which is given as its JSON is parsed.

    >>> list(reading_notes({"unread_pages": [2, 3, 4]}, "en"))
    ['Pages that are images, of which no word was read: 2–4.']
    """
    words = messages("report")[language]
    if unread := source.get("unread_pages"):
        yield words["unread_pages"].format(pages=_ranges(unread))
    if scans := source.get("ocr_pages"):
        confidence = round(fmean(page["confidence"] for page in scans))
        yield words["ocr_pages"].format(pages=_ranges([page["page"] for page in scans]), confidence=confidence)
    for remark in source.get("remarks", ()):
        yield words["remarks"][remark["about"]].format(detail=one_line(remark["detail"]))


def _ranges(pages: Sequence[int]) -> str:
    """Page numbers in rising order, those that follow each other as one range.

    >>> _ranges((2, 5, 6, 7, 9, 10))
    '2, 5–7, 9, 10'
    """
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][-1] + 1:
            ranges[-1].append(page)
        else:
            ranges.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in ranges)
