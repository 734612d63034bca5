"""The columns of the tables: which there are, what stands at their heads, and how values are shown; words are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

from de06_extract.language.messages import messages
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Kind, Row, Value

Room = Literal["printed", "shown", "folded"]
Type = Literal["text", "word", "flag", "link", "integer", "number", "date", "choice", "note", "day", "order", "mark"]
Table = Kind | Literal["files", "reviews", "settled"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROOMS: tuple[Room, ...] = get_args(Room)
Shown = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the key of its values in a row, their type, what stands at its head, and how wide it is.

    `room` says whether it fits on paper, is shown on the screen only, or is folded away, for looking up. `otherwise` is
    the key whose value is shown where this one has none; `words` are what codes are called; `about` explains it.
    """

    key: str
    type: Type
    head: str
    width: int
    room: Room
    otherwise: str | None
    words: Mapping[str, str]
    about: str | None = None

    @property
    def is_filled_in(self) -> bool:
        """True for what people write into a workbook."""
        return self.type in _FILLED_IN

    @property
    def is_for_people(self) -> bool:
        """True for what workbooks alone have: the number of a row, and the mark that tells what was filled in since."""
        return self.type in ("order", "mark")

    def shown(self, row: Row) -> Shown:
        """The value of a row as people read it: codes in words, text printable and on as many lines as it lists."""
        if self.type == "order":
            return None  # which row it is the sheet knows
        value: Value = row[self.key]
        if value is None and self.otherwise:
            value = row[self.otherwise]
        if isinstance(value, bool):
            value = str(value).lower()
        if isinstance(value, str):
            text = self.words.get(value, value)
            return "\n".join(map(one_line, text.split("\n"))) if self.key in _LISTING else one_line(text)
        return Decimal(str(value)) if isinstance(value, float) else value


_FILLED_IN = ("choice", "note", "day")
_LISTING = frozenset({"suggestion", "related", "findings", "reading"})  # several texts, one a line


@cache
def columns(kind: Table, language: Language) -> tuple[Column, ...]:
    """The columns of a table from left to right.

    >>> [column.head for column in columns("findings", "vi")[:3]]
    ['STT', 'Số hiệu', 'Mức']
    >>> columns("files", "vi")[2].words["damaged"]
    'Tệp hỏng'
    """
    data = messages("columns")
    table = data["tables"][kind]
    words = {**data["words"][language], "state": {**reasons(language), **data["words"][language]["state"]}}
    return tuple(
        Column(
            key=key,
            type=data["columns"][key]["type"],
            head=data["columns"][key][language],
            width=data["columns"][key]["width"],
            room=room,
            otherwise=data["columns"][key].get("otherwise"),
            words=words.get(key, {}),
            about=data["about"][language].get(key),
        )
        for room in ROOMS
        for key in table[room]
    )


def fields(kind: Table) -> dict[str, bool]:
    """The keys of a table that programs read, in the order of its columns, each with whether it is that of a number.

    A date that is known in part stands beside the date.
    """
    held = {}
    for column in columns(kind, "en"):
        if not column.is_for_people:
            held[column.key] = column.type == "number"
            if column.otherwise:
                held[column.otherwise] = False
    return held


def reasons(language: Language) -> dict[str, str]:
    """The reasons why a file has no report, in words; each with a capital letter, as it stands alone."""
    return {reason: text[:1].upper() + text[1:] for reason, text in messages("archive")[language]["reasons"].items()}


def sheet_name(kind: Table, language: Language) -> str:
    """The name of the sheet of a table."""
    name: str = messages("columns")["tables"][kind][language]
    return name
