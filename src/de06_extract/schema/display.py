"""What a report says, as people can be shown it: text on one line, and places in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from de06_extract.language.messages import Language as Language
from de06_extract.language.messages import messages

_MOST_PLACES = 2


def one_line(text: str) -> str:
    """The text on one line, without characters that could steer a terminal or that XML forbids.

    >>> one_line("Tổng\\tsố \\n 12\\x1b[31m")
    'Tổng | số 12[31m'
    """
    if text.isprintable() and "  " not in text:  # of white space, only the blank is printable
        return text
    on_one_line = re.sub(r"\s+", " ", text.replace("\t", " | "))
    if on_one_line.isprintable():
        return on_one_line
    return "".join(character for character in on_one_line if character.isprintable())


def counted(templates: Mapping[str, str], counts: Mapping[Any, int]) -> str:
    """The counts that are not 0, in words, in the order of the templates.

    >>> counted({"error": "{count} lỗi", "warning": "{count} cảnh báo"}, {"warning": 2, "error": 0})
    '2 cảnh báo'
    """
    return ", ".join(template.format(count=counts[key]) for key, template in templates.items() if counts.get(key))


def percent_of(confidence: Any) -> int | None:
    """A confidence in whole per cent, cut off, so that only what is certain is 100; None where there is none.

    >>> percent_of(0.9996), percent_of(1), percent_of(None)
    (99, 100, None)
    """
    return None if confidence is None else int(100 * Decimal(str(confidence)))


def place(locations: Iterable[Mapping[str, Any]], language: Language) -> str:
    """The places in the file in words, each once, of many the first and the last; a location is as in the JSON.

    >>> place(({"page": 3}, {"page": 3}, {"page": 4}), "vi")
    'trang 3; trang 4'
    >>> place(({"table": 1, "row": 2, "column": 3},), "vi")
    'bảng 1, hàng 2, cột 3'
    >>> place(tuple({"line": line} for line in range(23, 42)), "vi")
    'dòng 23; …; dòng 41'
    """
    words = messages("report")[language]["place"]
    places = list(dict.fromkeys(filter(None, (_where(location, words) for location in locations))))
    return "; ".join(places if len(places) <= _MOST_PLACES else (places[0], "…", places[-1]))


def _where(location: Mapping[str, Any], words: Mapping[str, str]) -> str:
    held = {key: value for key, value in location.items() if value is not None}
    part = held.get("part", "")
    keys = [part, "page", "cell" if "table" in held else "paragraph", "line"]
    filled = (key for key in keys if key in words and (key in held or key == part or key == "cell"))
    return ", ".join(words[key].format_map(_Numbers(held)) for key in filled)


class _Numbers(dict[str, Any]):
    """Numbers for a template, «?» for one that is not known."""

    def __missing__(self, key: str) -> str:
        return "?"
