"""The places of a report in words that a reader can find: section with its parents, page, cell, or words to search."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import dropwhile
from typing import Any

from de06_extract.language.messages import messages
from de06_extract.schema.cards.card import CardPlace, Heading
from de06_extract.schema.display import Language, one_line, place

Parsed = Mapping[str, Any]
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[IVX]+|[a-zđ]|[A-Z]")  # a label that stands behind «mục»
_WORDS = 6  # that a reader searches for: fewer stand in many places, more are long to type
_FEW = 3  # words that stand in many places
_NEAR = 8  # relations before a figure among which the one that it stands in is looked for
_BULLET = re.compile(r"\W+|(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+|[a-zđ])[.)/]")
_CELL = re.compile(r"[\t\n]")


class Places:
    """The sections of a report, and the words for places in it."""

    def __init__(self, report: Parsed, language: Language) -> None:
        self._language: Language = language
        self._words = messages("cards")[language]
        self._sections = report["sections"]
        self._starts = [section["span"]["start"] for section in self._sections]
        self._by_id = {section["id"]: section for section in self._sections}
        entries = (entry for entry in (*report["claims"], *report["comparisons"]) if not entry.get("table"))
        self._relations = sorted((entry["span"] for entry in entries), key=lambda span: span["start"])
        self._relation_starts = [span["start"] for span in self._relations]

    def of(self, span: Parsed, locations: Iterable[Parsed]) -> CardPlace:
        """The place of a stretch of the text."""
        located = tuple(dict(location) for location in locations)
        headings = self._headings(span["start"])
        section = self._section(headings)
        search = self._search(span) if located and "paragraph" in located[0] else None
        return CardPlace(
            words=self._in_words(section, located, search),
            section=section,
            headings=headings,
            page=next((at["page"] for at in located if at.get("page")), span["page"]),
            search=search,
            locations=located,
            start=span["start"],
            end=span["end"],
        )

    def _headings(self, offset: int) -> tuple[Heading, ...]:
        """The headings over an offset, the outermost first."""
        at = bisect_right(self._starts, offset) - 1
        found: list[Heading] = []
        section = self._sections[at] if at >= 0 else None
        while section is not None:
            found.append(Heading(section["label"], one_line(section["title"]).rstrip(" :;.")))
            section = self._by_id.get(section["parent"])
        return tuple(reversed(found))

    def _section(self, headings: Sequence[Heading]) -> str:
        """The headings as one numbers them in speech: «mục II.1.a», «Phụ lục I, mục 2».

        A label that repeats those above it is not said twice: «1.4» under «1» is «I.1.4» under «I».
        """
        said: list[str] = []
        numbers: list[str] = []
        for heading in headings:
            if not _NUMBERED.fullmatch(heading.label):
                outer = heading.label if heading.label != "*" else self._words["titled"].format(title=heading.title)
                said += [*self._numbered(numbers), one_line(outer)]
                numbers = []
            elif numbers and heading.label.startswith(f"{numbers[-1]}."):
                numbers[-1] = heading.label
            else:
                numbers.append(heading.label)
        return ", ".join([*said, *self._numbered(numbers)])

    def _numbered(self, numbers: Sequence[str]) -> list[str]:
        return [self._words["section"].format(section=".".join(numbers))] if numbers else []

    def _in_words(self, section: str, locations: Sequence[Parsed], search: str | None) -> str:
        """The section, and the page, the cell or the line, or what to search for in a document that has no pages."""
        found = place(locations, self._language)
        if search is not None:
            part = place([{"part": at["part"]} for at in locations if at.get("part")], self._language)
            found = ", ".join(filter(None, (part, self._words["search"].format(words=search))))
        return ", ".join(filter(None, (section, found)))

    def _search(self, span: Parsed) -> str | None:
        """Some words up to the end of a stretch, and behind it where there are few, as they stand in its paragraph."""
        around = self._around(span)
        end = span["end"] - around["start"]
        before = _CELL.split(around["text"][:end])[-1].split()
        behind = _CELL.split(around["text"][end:])[0]
        words = before[-_WORDS:]
        if len(span["text"].split()) >= _WORDS:
            words = _CELL.split(span["text"].strip())[0].split()[:_WORDS]
        elif len(words) < _FEW:
            words = (" ".join(words) + behind).split()[:_WORDS]
        return one_line(" ".join(dropwhile(_is_bullet, words))) or None

    def _around(self, span: Parsed) -> Parsed:
        """The words of the first relation that a stretch stands in, or itself."""
        at = bisect_right(self._relation_starts, span["start"])
        near = self._relations[max(0, at - _NEAR) : at]
        return next((relation for relation in near if span["end"] <= relation["end"]), span)


def _is_bullet(word: str) -> bool:
    """True for a bullet, or a number that the program may have counted itself: none is text that a search finds."""
    return _BULLET.fullmatch(word) is not None
