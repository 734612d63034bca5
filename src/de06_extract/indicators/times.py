"""Times: the period that a figure speaks of, where its own words, its sentence, its list or its headings name one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.subjects import Subject, Subjects
from de06_extract.document.parts import DocumentParts
from de06_extract.document.periods import WordedPeriod, find_periods
from de06_extract.indicators.scopes import says, status_of
from de06_extract.language.dates import find_dates, months_between
from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Period

_TOP = 900  # characters in which a report says when and of what it reports
_TITLE_BLOCK = 350  # characters; a longer block at the top is not a title
_PLAN = 60  # characters before a period that say that it is planned for
_STOP = regex.compile(r"[.!?]\s|\n")
_LONG = 2_000  # characters of the longest sentence
_MOST = 12  # periods of a paragraph that are looked at
_BACK = 24  # characters before a period that say how it is meant


class Times:
    """The periods of a document's figures."""

    def __init__(self, parts: DocumentParts, subjects: Subjects) -> None:
        self._document, self._calendar, self._subjects = parts.document, parts.calendar, subjects
        written = parts.report_date
        self._written = written.date.iso if written is not None and written.date.exists else None
        self._of_texts: dict[str, Period | None] = {}
        self._whole = self._of_title()
        self._starts = [period.start for period in self._calendar.periods]
        self._nows = [match.start() for match in _now().finditer(self._document.text)]
        self._spells = [match for match in _spell().finditer(self._document.text) if not self._is_dated(match.start())]
        self._spell_starts = [match.start() for match in self._spells]

    def of(self, first: Mention, last: Mention, subject: Subject) -> Period | None:
        """The period of the figures from one mention to another; a plan is not of the time that the report is of."""
        low, high = self._paragraph(first)
        before = self._before(low, first.start)
        now = bisect_right(self._nows, first.start) - 1
        said_now = self._nows[now] if now >= 0 and self._nows[now] >= low else -1
        spell = self._spell(low, first.start)
        if spell is not None and spell.start() > max(said_now, before.end if before is not None else -1):
            return self._of_spell(spell)
        if before is not None and before.end > said_now:
            return self._period(before)
        if said_now >= 0 and self._written:
            return Period(end=self._written)
        found = self._behind(last, subject, high) or self.of_place(first.paragraph, first.start)
        planned = found is self._whole and status_of(subject) == "target"
        return None if planned else found

    def _before(self, low: int, offset: int) -> WordedPeriod | None:
        """The last period of a paragraph that begins before an offset and governs what stands there."""
        at = bisect_left(self._starts, offset) - 1
        for period in self._calendar.periods[max(0, at - _MOST + 1) : at + 1][::-1]:
            if period.start < low:
                return None
            if self._governs(period, low) and not self._is_past(period, offset):
                return period
        return None

    def _spell(self, low: int, high: int) -> regex.Match[str] | None:
        """The last «trong tháng», «tháng 9» between two offsets."""
        at = bisect_left(self._spell_starts, high) - 1
        return self._spells[at] if at >= 0 and self._spell_starts[at] >= low else None

    def _is_dated(self, offset: int) -> bool:
        """True inside the words of a period: «đến hết tháng 9»."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._calendar.periods[at].end

    def _of_spell(self, spell: regex.Match[str]) -> Period | None:
        """A month without a year is one of the report's; without a number it is the report's, if that is on a month."""
        if spell["number"]:
            return self._of_month(integer(spell["number"]))
        months = {"month": 1, "quarter": 3}.get(spell.lastgroup or "")
        return self._whole if months is not None and months == _months(self._whole) else None

    def _of_month(self, month: int) -> Period | None:
        year = (self._whole.end if self._whole is not None else None) or self._written
        if year is None:
            return None
        first = date(integer(year[:4]), month, 1)
        return Period(start=first.isoformat(), end=first.replace(day=monthrange(first.year, month)[1]).isoformat())

    def of_place(self, block: int, offset: int) -> Period | None:
        """The period of a place in the text: that of the line its list hangs on, of its headings, of the report."""
        heading = self._calendar.of_heading(offset)
        for low, high in self._subjects.heads(block):
            named = [period for period in self._calendar.within(low, high) if self._governs(period, low)]
            spell = self._spell(low, high)
            if spell is not None and spell.start() > max(
                (found.start for found in (*named, heading) if found), default=-1
            ):
                return self._of_spell(spell)
            if named and (heading is None or named[-1].start > heading.start):
                return self._period(named[-1])
        return self._period(heading) if heading is not None else self._whole

    def of_block(self, block: int) -> Period | None:
        """The period of what follows a paragraph: the last that it names, or that of its place."""
        low, high = self._document.blocks[block].start, self._document.blocks[block].end
        named = [period for period in self._calendar.within(low, high) if self._governs(period, low)]
        spell = self._spell(low, high)
        if spell is not None and (not named or spell.start() > named[-1].start):
            return self._of_spell(spell)
        return self._period(named[-1]) if named else self.of_place(block, low)

    def of_words(self, *texts: str) -> Period | None:
        """The period that the first of the texts which names one names: the heading of a column, the name of a row."""
        found = (self._of_text(text) for text in texts)
        return next((period for period in found if period is not None), None)

    def _of_text(self, text: str) -> Period | None:
        """The last period that a text names; headings and names come back with every cell."""
        if text not in self._of_texts:
            year = integer(self._written[:4]) if self._written else None
            named = [period for period in find_periods(text, year) if not period.earlier]
            lead = text[max(0, named[-1].start - _BACK) : named[-1].start] if named else ""
            self._of_texts[text] = _shown(named[-1], lead) if named else None
        return self._of_texts[text]

    def _behind(self, last: Mention, subject: Subject, high: int) -> Period | None:
        """The period in the figure's own words behind it: «07 nhiệm vụ đã hoàn thành trong quý I/2024»."""
        end = min(high, last.end + len(subject.after))
        for period in self._calendar.within(last.end, end):
            lead = self._document.text[last.end : period.start]
            ends = period.first is None and period.last is not None
            if not period.earlier and (ends or _in_time().search(lead)) and not _compared().search(lead):
                return self._period(period)
        return None

    def _governs(self, period: WordedPeriod, low: int) -> bool:
        """True for a period that is reported on, not held against."""
        text = self._document.text
        if period.earlier or _programme().match(text, period.start):
            return False
        lead = text[max(low, period.start - _BACK) : period.start]
        return _compared().search(lead) is None and _vision().search(lead) is None

    def _is_past(self, period: WordedPeriod, offset: int) -> bool:
        """True for the time of a plan in a sentence before: «dự kiến đến hết tháng 5/2024» governs that sentence."""
        text = self._document.text
        lead = _STOP.split(text[max(0, period.start - _PLAN) : period.start])[-1]
        return says("target", lead) and _STOP.search(text, period.end, min(offset, period.end + _LONG)) is not None

    def _period(self, period: WordedPeriod) -> Period:
        shown = _shown(period, self._document.text[max(0, period.start - _BACK) : period.start])
        if shown.end or not self._written or self._written < (shown.start or "")[: len(self._written)]:
            return shown  # «từ 01/5/2023 đến nay» in a text of 2022: where it ends is not known
        return shown.model_copy(update={"end": self._written})

    def _paragraph(self, mention: Mention) -> tuple[int, int]:
        """The offsets of the figure's paragraph; of one that a page break divides, all of it."""
        block = self._document.blocks[mention.paragraph]
        return block.start, block.end

    def _of_title(self) -> Period | None:
        """The period that the report as a whole is of; None where its title names none."""
        for block in self._document.blocks:
            if block.start > _TOP:
                break
            if block.kind in ("paragraph", "heading") and block.end - block.start <= _TITLE_BLOCK:
                named = self._calendar.within(block.start, block.end)
                whole = [p for p in named if self._governs(p, block.start) and not self._is_date(p)]
                if whole:
                    return self._period(whole[0])
        return None

    def _is_date(self, period: WordedPeriod) -> bool:
        """True for the day on which the report was written."""
        low = max(0, period.start - _BACK)
        near = self._document.text[low : period.end + _BACK]
        return any(date.start <= period.start - low < date.end for date in find_dates(near))


def _shown(period: WordedPeriod, lead: str) -> Period:
    """The period in ISO form; «đến hết quý III/2024» has no beginning."""
    until = _until().search(lead) is not None
    first = None if until or period.first is None else period.first.isoformat()
    return Period(start=first, end=None if period.last is None else period.last.isoformat())


def _months(period: Period | None) -> int | None:
    """The length of a period in months; None for a state as of a day."""
    if period is None or not period.start or not period.end or len(period.start) + len(period.end) < 20:
        return None
    return months_between(date.fromisoformat(period.start), date.fromisoformat(period.end))


def _pattern(parts: Iterable[str], behind: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{'|'.join(parts)}){behind}")


@cache
def _compared() -> regex.Pattern[str]:
    return _pattern([any_of("scopes", "compared")], r"\s*+\Z")


@cache
def _until() -> regex.Pattern[str]:
    return _pattern([any_of("dates", "until")], rf"(?:\s++{any_of('scopes', 'close_of')})?+\s*+\Z")


@cache
def _in_time() -> regex.Pattern[str]:
    return _pattern([any_of("scopes", "in_time")], rf"(?:\s++{any_of('scopes', 'close_of')})?+\s*+\Z")


@cache
def _spell() -> regex.Pattern[str]:
    """A stretch of time that its words do not date: «trong tháng», «tuần qua», «tháng 9» without a year."""
    month, year = any_of("dates", "month"), any_of("dates", "year")
    spells = "|".join(f"(?P<{key}>{any_of('scopes', f'of_{key}')})" for key in ("month", "quarter", "days"))
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?i:(?:{spells})(?!\s*+\d|\s++[IVX]+\b|\p{{L}})"
        rf"|(?<!\d\s){month}\s++(?P<number>0?[1-9]|1[0-2])(?!\s*+[/.,-]?\d|\s++{year}))"
    )


@cache
def _now() -> regex.Pattern[str]:
    return _pattern([any_of("scopes", "now")], r"(?!\p{L})")


@cache
def _programme() -> regex.Pattern[str]:
    return _pattern([any_of("scopes", "programme")], "")


@cache
def _vision() -> regex.Pattern[str]:
    return _pattern([any_of("citations", "vision")], rf"(?:\s++{any_of('dates', 'until')})?+\s*+\Z")
