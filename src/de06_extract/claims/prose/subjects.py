"""Subjects: what a figure counts, as the words around it say, by how far from it they stand.

A report says it in many places: in the words before and behind the figure, in those of the whole that it is a part of,
in the line that its list hangs on, in the headings over it. Each is cut out here once; the label of a claim, that of a
count and the indicator of a figure are made of these words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from de06_extract.claims.prose.clauses import Clauses, divide, neighbour, says_something, start_behind_joint
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.document.parts import DocumentParts
from de06_extract.schema.report import Section

_NEAR = 140  # characters of a figure's own words, in front of it and behind it
_SENTENCE, _PARAGRAPH = 320, 300  # characters of what stands farther off
_HEAD = 260  # characters of the line that a list hangs on
_HEAD_BLOCKS = 14  # blocks from that line to the last item of its list
_DEEPEST = 4  # lists within lists
_TITLE = 700  # characters at the top of a document that say what it is about
_END_MARK = "./."  # ends the body of an official document
_BRACKET = 120  # characters of a bracket in the middle of a clause
_LAST_BRACKET = regex.compile(r"[;,\s]*+\([^()]*+\)[\s:*]*+\Z")  # «…; (Bộ phận Một cửa):» names who, not what
_CLAUSE_END = regex.compile(r"[,;.:()\n]")
_STOP = regex.compile(r"[;.!?](?=\s|\Z)")
_AFTER_STOP = regex.compile(r"[;(:\n]|[.!?](?=\s|\Z)")


@dataclass(frozen=True)
class Subject:
    """What a figure counts: the words `lead` in front, `inside` between its digits, `after` behind; and wider ones.

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


class Subjects:
    """The subjects of the figures of a document; each is cut out when it is first asked for."""

    def __init__(self, parts: DocumentParts, reading: Reading) -> None:
        document, sections = parts.document, parts.sections
        self._document, self._mentions, self._sections = document, reading.mentions, sections
        self._prose = parts.prose
        self.clauses = Clauses(document, reading)
        self._known: dict[tuple[Mention, Mention, Mention | None], Subject] = {}
        self._by_id = {section.id: section for section in sections}
        self._section_starts = [section.span.start for section in sections]
        self._block_starts = [block.start for block in document.blocks]
        self._starts = self._sentence_starts()
        end = document.text.find(_END_MARK)
        self._end = end if end >= 0 else len(document.text)
        self._heads = self._list_heads()
        self.title = document.text[:_TITLE]

    def of(self, first: Mention, last: Mention, whole: Mention | None = None) -> Subject:
        """The subject of the figures from one mention to another, which may be a part of a `whole`."""
        key = first, last, whole
        if key not in self._known:
            self._known[key] = self._cut_out(*key)
        return self._known[key]

    def _cut_out(self, first: Mention, last: Mention, whole: Mention | None) -> Subject:
        text = self._text(first.paragraph)
        start = self._starts[first.index]
        low = max(self._lead_start(first, text), first.figure.start - _NEAR)
        high = self._after_end(last, text)
        after = text[last.figure.end : high]
        if says_something(after):
            low = start_behind_joint(text, low, first.figure.start)
        stop = _STOP.search(text, high, min(len(text), high + _SENTENCE))
        rest = text[high : stop.start() if stop else high + _NEAR]
        return Subject(
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
        titles, section = [], self.section(offset)
        while section is not None:
            titles.append(section.title)
            section = self._by_id[section.parent] if section.parent is not None else None
        return tuple(titles)

    def section(self, offset: int) -> Section | None:
        """The section in which an offset stands, None before the first."""
        at = bisect_right(self._section_starts, offset) - 1
        return self._sections[at] if at >= 0 else None

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
        return self._prose[block].text

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
        before = neighbour(self._mentions, mention, -1)
        if before is not None:
            begin = divide(text, before.figure.end, mention.figure.start)[1]
        bracket = _LAST_BRACKET.search(text, begin, mention.figure.start)
        semicolon = text.rfind(";", begin, bracket.start() if bracket else mention.figure.start) + 1
        return max(begin, semicolon)

    def _after_end(self, mention: Mention, text: str) -> int:
        """Where the words behind end: before those of the figure after, or at the clause's end."""
        high = min(len(text), mention.figure.end + _NEAR)
        following = neighbour(self._mentions, mention, 1)
        if following is not None:
            high = min(high, divide(text, mention.figure.end, following.figure.start)[0])
        stop = _AFTER_STOP.search(text, mention.figure.end, high)
        return stop.start() if stop else high


def _behind_bracket(text: str, at: int) -> str:
    """The words behind the bracket that opens at an offset, up to the end of the clause; empty where none opens."""
    close = text.find(")", at, at + _BRACKET) + 1 if text[at : at + 1] == "(" else 0
    if not close:
        return ""
    stop = _CLAUSE_END.search(text, close, close + _NEAR)
    return " " + text[close : stop.start() if stop else close + _NEAR]
