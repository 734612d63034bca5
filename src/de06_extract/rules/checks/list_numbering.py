"""Numbers of list items that repeat or are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from de06_extract.document.document import Document
from de06_extract.document.list_items import numbers_in
from de06_extract.document.paragraphs import Prose
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.schema.report import Span

_ID = "list-numbering"
_FEWEST = 3  # items: a lone «(2)» refers to something
_BEFORE = regex.compile(r"(?:\A|[:;.,])[\s*_]*+\Z")
_BEHIND = regex.compile(r"[\s*_]*+[\p{L}“\"]")


@dataclass(frozen=True)
class _Numbers(WordsCase):
    """The numbers of a list inside a paragraph, in the order of the text."""

    values: tuple[int, ...]
    spans: tuple[Span, ...]
    quote: str


def select(facts: Facts) -> Iterator[_Numbers]:
    """Lists «(1) …; (2) …; (3) …» inside one paragraph; none read from an image, on which «(1)» may look like «(l)»."""
    for prose in facts.parts.paragraphs:
        if "(1)" in prose.text or "⁽¹⁾" in prose.text or "(¹)" in prose.text:
            yield from (found for found in _lists(prose) if not _is_read_from_image(facts.document, found))


def _is_read_from_image(document: Document, numbers: _Numbers) -> bool:
    return document.confidence(numbers.spans[0].start, numbers.spans[-1].end) is not None


def _lists(prose: Prose) -> Iterator[_Numbers]:
    """One list from each «(1)» to the next; marks inside a sentence refer to items and are left out."""
    text = prose.text
    marks: list[tuple[int, int, int]] = []
    for mark in (*numbers_in(text, 0, len(text)), (1, len(text), len(text))):
        if mark[0] == 1:
            if len(marks) >= _FEWEST and marks[0][0] == 1:
                yield _Numbers(
                    values=tuple(value for value, _, _ in marks),
                    spans=tuple(prose.span(start, end) for _, start, end in marks),
                    quote=text[marks[0][1] : marks[-1][2]],
                )
            marks = []
        if _BEFORE.search(text, max(0, mark[1] - 4), mark[1]) and _BEHIND.match(text, mark[2]):
            marks.append(mark)


def judge(case: _Numbers) -> Objection | None:
    """The first number of the list that repeats another or leaves one out."""
    for at in range(1, len(case.values)):
        before, value = case.values[at - 1], case.values[at]
        if value == before:
            words = both(_ID, "twice", value=value)
        elif value == before + 2 and before + 1 not in case.values:
            words = both(_ID, "missing", before=before, value=value, missing=before + 1)
        else:
            continue
        return Objection(**words, span=case.spans[at], reported=str(value), related=(case.spans[at - 1],))
    return None


RULE = Rule(
    id="list-numbering",
    severity="info",
    select=select,
    judge=judge,
    wrong=(
        "gồm: (1) Rà soát hồ sơ; (2) Cấp tài khoản; (4) Làm sạch dữ liệu",
        "gồm: (1) Rà soát hồ sơ; (2) Cấp tài khoản; (2) Làm sạch dữ liệu; (3) Báo cáo",
    ),
    right=(
        "gồm: (1) Rà soát hồ sơ; (2) Cấp tài khoản; (3) Làm sạch dữ liệu",
        "gồm: (1) Rà soát hồ sơ; (2) Cấp tài khoản theo mục (2) và mục (4) của kế hoạch; (3) Báo cáo",
        "gồm: (1) Rà soát; (2) Cấp; (3) Báo cáo. Giải pháp: (1) Tuyên truyền; (2) Tập huấn; (3) Kiểm tra",
    ),
)
