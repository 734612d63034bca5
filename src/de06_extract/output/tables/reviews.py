"""The decisions in a workbook that reviewers filled in: what they changed since it was written, row by row.

A row is known by the id of its finding and the path of its file, wherever people moved rows, columns and sheets. What
it said when it was written is in the mark of the row: a row that nobody touched decides nothing, so that two reviewers
with a copy each do not undo each other's decisions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from de06_extract.archive.decision import STATES, Decision, State, review_mark
from de06_extract.document.workbook.scan import checked
from de06_extract.document.workbook.scans import scans_of
from de06_extract.errors import DecisionsError, EncryptedFileError
from de06_extract.language.messages import messages
from de06_extract.optional_libraries import load_extra
from de06_extract.output.tables.columns import columns
from de06_extract.regular_files import read_whole
from de06_extract.schema.display import Language, one_line

_WANTED = ("finding_id", "source_path", "review_state")  # without these columns a sheet holds no decisions
_READ = (*_WANTED, "review_note", "review_who", "review_on", "review_mark", "rule", "quote", "source_sha256")
_HEAD_ROWS = 10  # a title may have been put above the head
_EXTRA = "spreadsheet"
_COMPOUND = b"\xd0\xcf\x11\xe0"  # what a workbook with a password begins with
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Reviews:
    """The decisions that were changed in a workbook, and in words the rows that cannot be understood."""

    decisions: tuple[Decision, ...]
    problems: tuple[str, ...]

    def not_in(self, known: Iterable[Decision]) -> int:
        """How many of them the known decisions do not say, with those that nobody understands."""
        held = {(one.path, one.finding_id): one for one in known}
        return len(self.problems) + sum(
            not _is_known(one, held.get((one.path, one.finding_id))) for one in self.decisions
        )


def read_reviews(path: Path, today: date, language: Language = "vi") -> Reviews:
    """The decisions that reviewers wrote into a workbook (.xlsx, .ods) since it was written.

    A decision without a day is one of `today`. Raises a `DecisionsError` that says why the file holds no decisions.
    """
    words = messages("decisions")[language]
    decisions: list[Decision] = []
    problems: list[str] = []
    is_ours = False
    for sheet, rows in _sheets(path, language):
        at = _head(rows)
        if at is None:
            continue
        is_ours = True
        first, places = at
        for number, cells in enumerate(rows[first:], first + 1):
            row = {key: cells[place] for key, place in places.items() if place < len(cells)}
            if not _is_touched(row):
                continue
            try:
                decisions.append(_decision(row, today))
            except _WrongCellError as error:
                choices = ", ".join(columns_words(language))
                told = {"sheet": sheet, "row": number, "text": one_line(error.text), "choices": choices}
                problems.append(words[error.what].format(**told))
    if not is_ours:
        heads = {column.key: column.head for column in columns("reviews", language)}
        told = {"state": heads["review_state"], "id": heads["finding_id"]}
        raise DecisionsError(words["no_sheet"].format(path=path, **told))
    return Reviews(tuple(decisions), tuple(problems))


def unread_reviews(path: Path, known: Iterable[Decision], language: Language = "vi") -> int:
    """How many decisions stand in a workbook that the known ones do not say; none where the file is no such workbook.

    Raises a `DecisionsError` where it asks for a password: then nobody knows.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_COMPOUND))
    except OSError:
        return 0
    if not head.startswith((b"PK", _COMPOUND)):
        return 0
    try:
        return read_reviews(path, date.min, language).not_in(known)
    except DecisionsError:
        if head == _COMPOUND:
            raise
        return 0


class _WrongCellError(Exception):
    """A cell that cannot be understood; `what` is the key of the words for it."""

    def __init__(self, what: str, text: str = "") -> None:
        super().__init__(what, text)
        self.what, self.text = what, text


def _sheets(path: Path, language: Language) -> Iterator[tuple[str, list[list[Any]]]]:
    """The sheets of a workbook with the values of their cells."""
    calamine = load_extra("python_calamine", _EXTRA)
    words = messages("decisions")[language]
    try:
        data = read_whole(path)
        checked(scans_of(data, ""), "")  # a workbook comes back by mail, from whoever was asked
        with calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for name in book.sheet_names:
                yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.PasswordError, EncryptedFileError) as error:
        raise DecisionsError(words["no_password"].format(path=path)) from error
    except Exception as error:  # zipfile, lxml, olefile and calamine raise whatever flipped bytes lead them to
        why = one_line(str(error)).removeprefix(": ") or type(error).__name__
        raise DecisionsError(words["unusable"].format(path=path, why=why)) from error


def _head(rows: list[list[Any]]) -> tuple[int, dict[str, int]] | None:
    """The number of the row below the head, and the place of each column in it; None where there is no such head."""
    for number, cells in enumerate(islice(rows, _HEAD_ROWS), 1):
        names = {_folded(_text(cell)): at for at, cell in enumerate(cells)}
        places = {key: at for name, at in names.items() if (key := _heads().get(name))}
        if all(key in places for key in _WANTED):
            return number, places
    return None


@cache
def _heads() -> Mapping[str, str]:
    """The keys of the columns that are read by their heads, in every language."""
    every = [column for language in get_args(Language) for column in columns("reviews", language)]
    return {_folded(column.head): column.key for column in every if column.key in _READ}


@cache
def _states() -> Mapping[str, State]:
    """The states by all that people may write for them: the whole choice, or one half of it."""
    found: dict[str, State] = {"": "unseen"}
    for language in get_args(Language):
        for state, choice in messages("columns")["words"][language]["review_state"].items():
            for said in (state, choice, *choice.split(" – ")):
                found[_folded(said)] = next(known for known in STATES if known == state)
    return found


def columns_words(language: Language) -> tuple[str, ...]:
    """What people can choose for a finding."""
    return tuple(messages("columns")["words"][language]["review_state"].values())


def _is_touched(row: Mapping[str, Any]) -> bool:
    """True for a row that says something else than when it was written, or that never had a mark and says anything."""
    state = _states().get(_folded(_text(row["review_state"])))
    told = (_said(row, "review_note"), _said(row, "review_who"))
    on, mark = _written_day(row), _text(row.get("review_mark"))
    if mark:
        return state is None or review_mark(state, *told, on) != mark
    return state != "unseen" or told[0] is not None


def _decision(row: Mapping[str, Any], today: date) -> Decision:
    finding, path = _said(row, "finding_id"), _said(row, "source_path")
    if finding is None or path is None:
        raise _WrongCellError("no_finding")
    state = _states().get(_folded(_text(row["review_state"])))
    if state is None:
        raise _WrongCellError("wrong_state", _text(row["review_state"]))
    said = _said(row, "review_note")
    return Decision(
        path=path,
        finding_id=finding,
        rule=_said(row, "rule") or "",
        quote=_said(row, "quote") or "",
        sha256=_said(row, "source_sha256"),
        state=state,
        reason=said if state == "dismissed" else None,
        note=None if state == "dismissed" else said,
        who=_said(row, "review_who"),
        decided=_day(row, today),
    )


def _day(row: Mapping[str, Any], today: date) -> date:
    """The day in a row; a day that nobody can read is a cell to be mended."""
    written = _written_day(row)
    if written is None:
        return today
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise _WrongCellError("wrong_day", written) from error


def _written_day(row: Mapping[str, Any]) -> str | None:
    """The day as ISO writes it, as it stands there where it is none."""
    value = row.get("review_on")
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    text = _text(value)
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text or None


def _said(row: Mapping[str, Any], key: str) -> str | None:
    return _text(row.get(key)) or None


def _text(value: Any) -> str:
    """A cell as text; a whole number without the decimals that a workbook gives it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    return "".join(letter if letter.isprintable() or letter in "\n\t" else " " for letter in text).strip()


def _folded(text: str) -> str:
    """The text by which heads and choices are compared, whatever dash, letter and white space people took."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("—", "–").replace(" - ", " – ")
    return " ".join(plain.split())


def _is_known(decision: Decision, known: Decision | None) -> bool:
    return decision.is_empty if known is None else decision.says_the_same(known)
