"""Another report out of one of the corpus: other places, later years, some figures changed.

A figure that stands several times is changed everywhere alike. Most stay as they are, so that most claims still hold,
as in real reports; a changed one has one other digit and its old length, so that the layout of a page stays good.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mutating.edits import Edit

LAST_YEAR = 2028  # later ones in the corpus are aims: «tầm nhìn đến năm 2030»
_FIGURE = re.compile(r"(?<![\w/.,-])\d[\d.,]*\d(?![\w/-])|(?<![\w.,-])\d+\.[\d.]*\d(?![\w-])")
_YEAR = re.compile(r"(?:(?<= )|(?<!\d/\d/)(?<!\d/\d\d/)(?<=/))20[2-9]\d(?![\w/-])")  # a law's «23/5/2023» stays
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_NO_FIGURE_AFTER = frozenset({"số", "ngày", "tháng", "năm", "quý", "án", "điều", "khoản", "lục", "biểu", "bảng"})
_NEVER = frozenset({"100", "06"})


@dataclass(frozen=True)
class Version:
    """How the texts of one report are changed: which names become which, how many years later, which figures."""

    seed: str
    names: Mapping[str, str]
    years: int = 0
    share: float = 0.05  # of the different figures

    def edits(self, text: str) -> Iterator[Edit]:
        """The changes to a piece of the report's text, in the order of the text."""
        found = [*self._of_names(text), *self._of_years(text)]
        taken = {at for edit in found for at in range(edit.start, edit.end)}
        found += (edit for edit in self._of_figures(text) if edit.start not in taken)
        yield from sorted(found, key=lambda edit: edit.start)

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))) or r"(?!)")

    def _of_names(self, text: str) -> Iterator[Edit]:
        for name in self._name.finditer(text):
            yield Edit(name.start(), name.end(), self.names[name[0]])

    def _of_years(self, text: str) -> Iterator[Edit]:
        for year in _YEAR.finditer(text):
            later = int(year[0]) + self.years
            if self.years and later <= LAST_YEAR:
                yield Edit(year.start(), year.end(), str(later))

    def _of_figures(self, text: str) -> Iterator[Edit]:
        for figure in _FIGURE.finditer(text):
            before = text[: figure.start()].split()[-1:]
            if not before or before[0].casefold() not in _NO_FIGURE_AFTER:
                changed = self._figure(figure[0])
                if changed != figure[0]:
                    yield Edit(figure.start(), figure.end(), changed)

    def _figure(self, written: str) -> str:
        chance = random.Random(f"{self.seed} {written}")
        if written in _NEVER or not _GROUPED.fullmatch(written) or chance.random() >= self.share:
            return written
        at = chance.choice([at for at, sign in enumerate(written) if at and sign.isdecimal()])
        return f"{written[:at]}{chance.choice('0123456789')}{written[at + 1 :]}"
