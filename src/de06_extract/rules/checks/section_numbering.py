"""Section numbers that repeat or are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from de06_extract.language.digits import integer
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.schema.report import Section

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ID = "section-numbering"
_FEW = 2  # numbers left out in a row; where more are missing another list has begun


@dataclass(frozen=True)
class _Follows(WordsCase):
    """A section and the one before it under one parent; with the numbers `missing` no line between begins."""

    before: Section
    section: Section
    missing: tuple[str, ...]

    @property
    def quote(self) -> str:
        """The heading's words."""
        return self.section.span.text


def select(facts: Facts) -> Iterator[_Follows]:
    """Sections behind another one with a number of the same style, except where a list begins anew.

    None where an image was read in between: «III.» is recognised as «HI.» or «Il.», and the number that is missing is
    one that was not recognised.
    """
    last: dict[tuple[str | None, str], Section] = {}
    for section in facts.parts.sections:
        style, number = _number(section.label)
        if style is None:
            continue
        before = last.get((section.parent, style))
        last[section.parent, style] = section
        if before is not None and number > 1 and facts.document.confidence(before.span.start, section.span.end) is None:
            skipped = range(_number(before.label)[1] + 1, number)
            between = facts.document.text[before.span.end : section.span.start] if 0 < len(skipped) <= _FEW else ""
            yield _Follows(before, section, tuple(_absent(section.label, skipped, between)))


def _number(label: str) -> tuple[str | None, int]:
    """Style and number of a label: «1.2» is the second of those of «1.»; None for letters and stars."""
    if label in _ROMANS:
        return "roman", _ROMANS.index(label) + 1
    above, _, last = label.rpartition(".")
    return (f"{above}.", integer(last)) if last.isdecimal() else (None, 0)


def _absent(label: str, skipped: range, between: str) -> Iterator[str]:
    """Those of the numbers left out, as labels, that no line of the text between begins with."""
    above = label.rpartition(".")[0]
    for number in skipped if between else ():
        missing = _ROMANS[number - 1] if label in _ROMANS else f"{above}.{number}" if above else str(number)
        if not regex.search(rf"^[\s#*_\\+-]*+{regex.escape(missing)}[.)\s]", between, regex.MULTILINE):
            yield missing


def judge(case: _Follows) -> Objection | None:
    """The number of the section, if it repeats another or leaves one out."""
    label = case.section.label
    if case.before.label == label:
        words = both(_ID, "twice", label=label)
    elif case.missing:
        words = both(_ID, "missing", before=case.before.label, label=label, missing=", ".join(case.missing))
    else:
        return None
    return Objection(**words, span=case.section.span, reported=label, related=(case.before.span,))


RULE = Rule(
    id="section-numbering",
    severity="info",
    select=select,
    judge=judge,
    wrong=(
        "I. KẾT QUẢ\n\nII. ĐÁNH GIÁ\n\nII. KIẾN NGHỊ",
        "I. KẾT QUẢ\n\n1. Về thể chế\n\n1.1. Ban hành văn bản\n\n1.3. Rà soát văn bản",
        "I. KẾT QUẢ\n\nIII. ĐÁNH GIÁ",
    ),
    right=(
        "I. KẾT QUẢ\n\n1. Về thể chế\n\n2. Về hạ tầng\n\nII. ĐÁNH GIÁ\n\n1. Ưu điểm\n\n2. Hạn chế",
        "1. Về thể chế\n\n1.1. Ban hành văn bản\n\n2. Về hạ tầng\n\n2.1. Đường truyền",
        "I. KẾT QUẢ\n\nII. ĐÁNH GIÁ\n\nPHỤ LỤC 01\n\nI. SỐ LIỆU\n\nII. DANH SÁCH",
        "1. Về thể chế\n\n- 2. hạ tầng đã được đầu tư\n\n3. Về dữ liệu",
        "a) Năm 2022:\n\nb) Năm 2023:\n\nd) Năm 2024:",
    ),
)
