"""Contexts: the words around a figure, by how close they stand to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import regex

from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.document.document import Document
from de06_extract.language.labels import syllables
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Section

_NEAR = 140  # characters of a figure's own words, in front of it and behind it
_SENTENCE, _PARAGRAPH = 320, 300  # characters of what stands farther off
_HEAD = 260  # characters of the line that a list hangs on
_HEAD_BLOCKS = 14  # blocks from that line to the last item of its list
_DEEPEST = 4  # lists within lists
_NEIGHBOURS = 6  # lengths of time in a row
_TITLE = 700  # characters at the top of a document that say what it is about
_END_MARK = "./."  # ends the body of an official document
_BRACKET = 120  # characters of a bracket in the middle of a clause
_TELLING = 8  # letters; fewer behind a figure are a unit at most
_LAST_BRACKET = regex.compile(r"[;,\s]*+\([^()]*+\)[\s:*]*+\Z")  # «…; (Bộ phận Một cửa):» names who, not what
_CLAUSE_END = regex.compile(r"[,;.:()\n]")
_STOP = regex.compile(r"[;.!?](?=\s|\Z)")
_AFTER_STOP = regex.compile(r"[;(:\n]|[.!?](?=\s|\Z)")

CLOSENESS = {"own": 1.0, "whole": 0.9, "sentence": 0.8, "paragraph": 0.7, "head": 0.6, "headings": 0.55}


@dataclass(frozen=True)
class Context:
    """The words of a figure: `lead` in front, `inside` between its digits, `after` behind; then the wider ones.

    `whole` holds those of the figure that it is a part of, or that the bracket around it comments on. `before` and
    `behind` are the rest of the sentence, `paragraph` what stands before it, `head` the line that its list hangs on,
    `headings` those over it, the nearest first, `title` the top of the document. A cell of a table has its row's name
    and its heading for a lead.
    """

    lead: str
    inside: str = ""
    after: str = ""
    whole: str = ""
    before: str = ""
    behind: str = ""
    paragraph: str = ""
    head: str = ""
    headings: tuple[str, ...] = ()
    title: str = ""

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The syllables of the figure's own words."""
        return tuple(syllables(f"{self.lead} {self.inside} {self.after}"))

    @cached_property
    def within(self) -> tuple[str, ...]:
        """The syllables of the figure that it is a part of."""
        return said_in(self.whole)

    @cached_property
    def closeness(self) -> dict[str, float]:
        """Each syllable of the context with the closeness of the nearest place where it stands."""
        out: dict[str, float] = {}
        wider = (
            ("headings", self.headings),
            ("head", (self.head,)),
            ("paragraph", (self.paragraph,)),
            ("sentence", (self.before, self.behind)),
            ("whole", (self.whole,)),
        )
        for zone, texts in wider:
            for text in texts:
                out.update(dict.fromkeys(said_in(text), CLOSENESS[zone]))
        out.update(dict.fromkeys(self.own, CLOSENESS["own"]))
        return out

    @cached_property
    def near(self) -> str:
        """The same syllables, each between blanks."""
        return f" {' '.join(self.within)} {' '.join(self.own)} "

    @cached_property
    def close(self) -> frozenset[str]:
        """The syllables of the figure's own words and of those of its whole."""
        return frozenset((*self.own, *self.within))

    @cached_property
    def wide(self) -> str:
        """All syllables of the context, each between blanks."""
        texts = (self.title, *self.headings, self.head, self.paragraph, self.before, self.behind)
        return f" {' '.join(word for text in texts for word in said_in(text))} {' '.join(self.own)} "


@lru_cache(maxsize=2048)
def said_in(text: str) -> tuple[str, ...]:
    """The syllables of a text; headings and paragraphs come back with each of their figures."""
    return tuple(syllables(text))


class Contexts:
    """The contexts of the figures of a document."""

    def __init__(self, document: Document, reading: Reading, sections: Sequence[Section]) -> None:
        self._document, self._mentions, self._sections = document, reading.mentions, sections
        self._by_id = {section.id: section for section in sections}
        self._section_starts = [section.span.start for section in sections]
        self._block_starts = [block.start for block in document.blocks]
        self._texts: dict[int, str] = {}
        self._starts = self._sentence_starts()
        end = document.text.find(_END_MARK)
        self._end = end if end >= 0 else len(document.text)
        self._heads = self._list_heads()
        self.title = document.text[:_TITLE]

    def of(self, first: Mention, last: Mention, whole: Mention | None = None) -> Context:
        """The context of the figures from one mention to another, which may be a part of a `whole`."""
        text = self._text(first.paragraph)
        start = self._starts[first.index]
        low = max(self._lead_start(first, text), first.figure.start - _NEAR)
        high = self._after_end(last, text)
        after = text[last.figure.end : high]
        if _says_something(after):
            low = _behind_joint(text, low, first.figure.start)
        stop = _STOP.search(text, high, min(len(text), high + _SENTENCE))
        rest = text[high : stop.start() if stop else high + _NEAR]
        return Context(
            lead=text[low : first.figure.start],
            inside=text[first.figure.end : last.figure.start] if last is not first else "",
            after=after + _behind_bracket(text, high),
            whole=self._own(whole or first.host) if (whole or first.host) is not None else "",
            before=text[max(start, low - _SENTENCE) : low],
            behind=rest,
            paragraph=text[max(0, start - _PARAGRAPH) : start],
            head=self._head(first.paragraph),
            headings=self.headings(first.start),
            title=self.title,
        )

    def _own(self, mention: Mention | None) -> str:
        """The own words of one mention."""
        if mention is None:
            return ""
        text = self._text(mention.paragraph)
        low = max(self._lead_start(mention, text), mention.figure.start - _NEAR)
        high = self._after_end(mention, text)
        return f"{text[low : mention.figure.start]} {text[mention.figure.end : high]} {_behind_bracket(text, high)}"

    def _head(self, block: int) -> str:
        """The line that ends in a colon and that the list hangs on in which a block stands; empty without one."""
        head = self._heads[block]
        return self._text(head)[-_HEAD:] if head is not None else ""

    def heads(self, block: int) -> Iterator[tuple[int, int]]:
        """The offsets of that line, of the line that it hangs on in turn, and so on."""
        head = self._heads[block]
        for _ in range(_DEEPEST):
            if head is None:
                return
            yield self._document.blocks[head].start, self._document.blocks[head].end
            head = self._heads[head]

    def headings(self, offset: int) -> tuple[str, ...]:
        """The headings over an offset, the nearest first; behind the end of the report, in its annexes, none."""
        if offset > self._end:
            return ()
        return _over(self.section(offset), self._by_id)

    def section(self, offset: int) -> str | None:
        """The id of the section in which an offset stands."""
        at = bisect_right(self._section_starts, offset) - 1
        return self._sections[at].id if at >= 0 else None

    def block_before(self, offset: int) -> int | None:
        """The last paragraph that begins before an offset, by its place among the blocks."""
        at = bisect_right(self._block_starts, offset) - 1
        while at >= 0 and self._document.blocks[at].kind not in ("paragraph", "heading"):
            at -= 1
        return at if at >= 0 else None

    def between(self, first: Mention, last: Mention) -> str:
        """What stands between two mentions of one paragraph."""
        return self._text(first.paragraph)[first.figure.end : last.figure.start]

    def last_words(self, block: int) -> str:
        """The end of a paragraph, as much of it as leads to what follows."""
        return self._text(block)[-_HEAD:]

    def words(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self._document.text[start:end]

    def _text(self, block: int) -> str:
        if block not in self._texts:
            self._texts[block] = _joined(self._document, block)
        return self._texts[block]

    def _sentence_starts(self) -> list[int]:
        """For each mention where its sentence begins in the joined text of its block."""
        out: list[int] = []
        for before, mention in zip([None, *self._mentions], self._mentions, strict=False):
            same = before is not None and before.sentence == mention.sentence
            out.append(out[-1] if same else mention.figure.start - len(mention.approach))
        return out

    def _list_heads(self) -> list[int | None]:
        out: list[int | None] = []
        head: int | None = None
        sections = {section.span.start for section in self._sections}
        for number, block in enumerate(self._document.blocks):
            if block.start in sections:
                head = None
            out.append(head if head is not None and number - head <= _HEAD_BLOCKS else None)
            end = self._document.text[max(block.start, block.end - 6) : block.end].rstrip(" *_\n")
            if block.kind in ("paragraph", "heading") and end.endswith(":"):
                head = number
        return out

    def _lead_start(self, mention: Mention, text: str) -> int:
        """Where the words in front begin: behind the figure before and what belongs to it, or at the clause's start."""
        begin = self._starts[mention.index]
        before = self._neighbour(mention, -1)
        if before is not None:
            begin = divide(text, before.figure.end, mention.figure.start)[1]
        bracket = _LAST_BRACKET.search(text, begin, mention.figure.start)
        semicolon = text.rfind(";", begin, bracket.start() if bracket else mention.figure.start) + 1
        return max(begin, semicolon)

    def _neighbour(self, mention: Mention, step: int) -> Mention | None:
        """The figure before or behind in the same sentence; lengths of time belong to the words of others."""
        for at in range(mention.index + step, mention.index + step * _NEIGHBOURS, step):
            if not 0 <= at < len(self._mentions) or self._mentions[at].sentence != mention.sentence:
                return None
            if self._mentions[at].figure.kind != "time":
                return self._mentions[at]
        return None

    def _after_end(self, mention: Mention, text: str) -> int:
        """Where the words behind end: before those of the figure after, or at the clause's end."""
        high = min(len(text), mention.figure.end + _NEAR)
        following = self._neighbour(mention, 1)
        if following is not None:
            high = min(high, divide(text, mention.figure.end, following.figure.start)[0])
        stop = _AFTER_STOP.search(text, mention.figure.end, high)
        return stop.start() if stop else high


def divide(text: str, low: int, high: int) -> tuple[int, int]:
    """Where, between two figures, the words of the first end and those of the second begin.

    A semicolon divides, else a bracket or a word such as «trong đó», else commas: what stands between the first of them
    and the last may belong to either. Without any of these all of it does.

    >>> text = "5 xã, phường có mạng; 6 xã có đài, trong đó 4 xã có trạm, 2 xã chưa có"
    >>> [text[slice(*divide(text, low, high))] for low, high in ((1, 22), (23, 43), (44, 58))]
    [';', ', trong đó', ',']
    """
    for pattern in _dividers():
        found = list(pattern.finditer(text, low, high))
        if found:
            return found[-1].start(), found[-1 if pattern is _dividers()[0] else 0].end()
    return high, low


@cache
def _dividers() -> tuple[regex.Pattern[str], ...]:
    strong = regex.compile(r"[;\n]")
    words = regex.compile(rf"[()] | ,?+ \s*+ \b (?i: {any_of('scopes', 'joint')} ) \b", regex.VERBOSE)
    return strong, words, regex.compile(","), regex.compile(rf"\b(?i:{any_of('scopes', 'and')})\b")


def _says_something(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _TELLING


def _behind_joint(text: str, low: int, high: int) -> int:
    """Where the words behind the last «trong đó» begin; `low` without one."""
    found = [match.end() for match in _dividers()[1].finditer(text, low, high) if match[0] not in "()"]
    return found[-1] if found else low


def _behind_bracket(text: str, at: int) -> str:
    """The words behind the bracket that opens at an offset, up to the end of the clause; empty where none opens."""
    close = text.find(")", at, at + _BRACKET) + 1 if text[at : at + 1] == "(" else 0
    if not close:
        return ""
    stop = _CLAUSE_END.search(text, close, close + _NEAR)
    return " " + text[close : stop.start() if stop else close + _NEAR]


def _joined(document: Document, block: int) -> str:
    ranges = document.blocks[block].ranges
    if len(ranges) == 1:
        return document.text[slice(*ranges[0])]
    return " ".join(document.text[start:end] for start, end in ranges)


def _over(section: str | None, by_id: dict[str, Section]) -> tuple[str, ...]:
    titles = []
    while section is not None:
        titles.append(by_id[section].title)
        section = by_id[section].parent
    return tuple(titles)
