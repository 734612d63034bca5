"""Scopes: whose figure it is and what it is: a result, a target, a figure of the whole country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import regex

from de06_extract.claims.prose.subjects import Subject
from de06_extract.language.labels import syllables
from de06_extract.language.places import mentions, named
from de06_extract.language.vocabulary import any_of, load, phrase_pattern

Status = Literal["result", "target", "benchmark"]
Aspect = Literal["total", "remaining", "on_time", "overdue"]

_EDGE, _ENDS = r"(?<!\p{L})", r"(?!\p{L})"
_COUNTED = regex.compile(r"\d\s*+\Z")
_LONGEST_NAME = 60  # characters of a place with its kind
_KEPT = 256  # paragraphs and headings, under which several figures stand
_PLACES = 3_000  # characters at the top of a document in which its place is named


@dataclass(frozen=True, slots=True)
class Scope:
    """The level of administration, the place, the channel of dossiers, the field; None where nothing is said."""

    level: str | None = None
    locality: str | None = None
    channel: str | None = None
    sector: str | None = None

    @property
    def text(self) -> str | None:
        """The fields that are known, in one line for people."""
        said = (self.locality, self.level and load("scopes")["shown"].get(self.level, self.level), self.sector,
                self.channel and load("scopes")["shown"].get(self.channel, self.channel))  # fmt: skip
        return "; ".join(dict.fromkeys(filter(None, said))) or None


def status_of(subject: Subject) -> Status:
    """The status of a figure: a result, a target or a benchmark of the whole country.

    >>> status_of(Subject("phấn đấu đạt")), status_of(Subject("so với chỉ tiêu được giao, đạt"))
    ('target', 'result')
    >>> status_of(Subject("tỷ lệ chung của cả nước là"))
    'benchmark'
    """
    own = f"{subject.lead} {subject.inside} {subject.after}"
    if says("benchmark", own) and not says("benchmark_not", own):
        return "benchmark"
    if says("still", own):
        return "result"
    said = f"{subject.before} {subject.lead} {subject.inside}"
    wanted, done = _last(said, "target"), _last(said, "done")
    if says("quota", own) or wanted > done:
        return "target"
    return "target" if done < 0 and _is_planned(subject.headings) else "result"


@lru_cache(maxsize=_KEPT)
def _is_planned(headings: tuple[str, ...]) -> bool:
    """True under a heading that announces plans or proposals, the nearest one that says either way."""
    for heading in headings:
        if says("plans_not", heading):
            return False
        if says("plans", heading):
            return True
    return False


def _last(text: str, key: str) -> int:
    """The offset where the last of the phrases ends, -1 without one; a counted one («05 đề nghị») is a noun."""
    ends = (match.end() for match in _phrases(key).finditer(text) if not _is_counted(text, match.start()))
    return max(ends, default=-1)


def _is_counted(text: str, start: int) -> bool:
    """True for «05 đề nghị», not for «giai đoạn 2 phấn đấu»."""
    return _COUNTED.search(text, max(0, start - 9), start) is not None and bool(_phrases("noun").match(text, start))


def says(key: str, text: str) -> bool:
    """True where a phrase of `data/reading/scopes.toml` stands in the text."""
    return _phrases(key).search(text) is not None


def scope_of(subject: Subject, home: str | None) -> Scope:
    """The scope that the words name, the nearest first; `home` is the place that the report is about."""
    own = f"{subject.lead} {subject.inside} {subject.after}"
    wider = (own, f"{subject.before} {subject.behind}", subject.paragraph, subject.head)
    near = f"{subject.lead} {subject.after}"
    place = _place().search(near)
    return Scope(
        level=_choice("level", wider),
        locality=_whole_name(near, place.start(), place.end()) if place else home,
        channel=_choice("channel", (own,)),
        sector=_choice("sector", (*wider, *subject.headings)),
    )


def home_of(text: str) -> str | None:
    """The place that a report is about, as named at its top: «trên địa bàn huyện Tứ Kỳ».

    >>> home_of("Bình Long, ngày 12 tháng 10 năm 2023. Kết quả trên địa bàn thị xã Bình Long")
    'thị xã Bình Long'
    """
    found = (pattern.search(text, 0, _PLACES) for pattern in _homes())
    match = next((match for match in found if match is not None), None)
    return _whole_name(text, match.start("place"), match.end("place")) if match else None


def _whole_name(text: str, start: int, end: int) -> str:
    """The kind and name of a place between two offsets; a longer known name is taken whole.

    >>> _whole_name("huyện Châu Thành A tiếp nhận", 0, 16)
    'huyện Châu Thành A'
    """
    found = next(mentions(text[start : start + _LONGEST_NAME]), None)
    if found is not None and found.start == 0 and found.name and named(found.name, kind=found.kind):
        end = max(end, start + found.end)
    return " ".join(text[start:end].split())


def aspect_of(subject: Subject) -> Aspect | None:
    """The side of an indicator that the own words of a figure name, None where they name none."""
    own = f"{subject.lead} {subject.after}"
    aspects: tuple[Aspect, ...] = ("overdue", "on_time", "remaining", "total")
    return next((aspect for aspect in aspects if says(aspect, own)), None)


def _choice(group: str, texts: tuple[str, ...]) -> str | None:
    """The first value of a group that the first text naming one names."""
    return next((named for text in texts if (named := _named_in(group, text)) is not None), None)


@lru_cache(maxsize=_KEPT)
def _named_in(group: str, text: str) -> str | None:
    """The first value of a group that a text names."""
    pattern, names = _choices(group)
    match = pattern.search(text)
    return None if match is None else names[" ".join(syllables(match[0]))]


@cache
def _phrases(key: str) -> regex.Pattern[str]:
    return regex.compile(rf"{_EDGE}(?i:{any_of('scopes', key)}){_ENDS}")


@cache
def _choices(group: str) -> tuple[regex.Pattern[str], dict[str, str]]:
    """A pattern for the phrases of all values of a group, the longest first, and the value of each."""
    names = {phrase: name for name, entry in load("scopes")[group].items() for phrase in entry["words"]}
    longest = sorted(names, key=lambda phrase: (-len(phrase), phrase))
    pattern = regex.compile(rf"{_EDGE}(?i:{'|'.join(map(phrase_pattern, longest))}){_ENDS}")
    return pattern, {" ".join(syllables(phrase)): name for phrase, name in names.items()}


@cache
def _place() -> regex.Pattern[str]:
    return regex.compile(rf"{_EDGE}(?i:{any_of('comparing', 'locality')})\s++{_NAME}")


@cache
def _homes() -> tuple[regex.Pattern[str], ...]:
    """Patterns for the place that a report is about, the surest first: «trên địa bàn X», «X báo cáo», «UBND X»."""
    place = rf"(?P<place>(?i:{any_of('comparing', 'locality')})\s++{_NAME})"
    return (
        regex.compile(rf"{_EDGE}(?i:{any_of('scopes', 'area')})\s++{place}"),
        regex.compile(rf"{_EDGE}{place}\s++(?i:{any_of('scopes', 'reports')}){_ENDS}"),
        regex.compile(rf"{_EDGE}(?i:{any_of('scopes', 'council')})\s++{place}"),
    )


_NAME = r"\p{Lu}\p{Ll}++(?:[ ]\p{Lu}\p{Ll}++){0,3}+"
