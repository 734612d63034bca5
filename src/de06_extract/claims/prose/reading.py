"""From a document to its mentions: paragraph by paragraph, token by token."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import regex

from de06_extract.claims.prose.measures import settle
from de06_extract.claims.prose.mentions import Mention, Reading, light_words
from de06_extract.claims.prose.roles import assign_role
from de06_extract.claims.prose.tokens import Token, find_tokens
from de06_extract.document.document import Block, Document
from de06_extract.heartbeat import stepping
from de06_extract.language.spelling import fold
from de06_extract.numbers.style import Style, style_of
from de06_extract.numbers.units import divides, full_unit, share_scale

_MOST_TIMES = 10  # an old value that would be further from the new one has a scale of its own: «từ 500 lên 1 triệu»
_SLASH_WIDTH = 80  # characters of a unit before a slash
# Figures of a sentence beyond which it is none, but a table or list that lost its layout: the longest of two thousand
# documents has 113. What stands in it is not held against each other.
_MOST_IN_SENTENCE = 250
_ENGLISH = regex.compile(r"[1-9][0-9]{0,2},[0-9]{3}")  # «12,416/14,208 hồ sơ»: one style for both
_BETWEEN_SLASH = regex.compile(r"[\s*_]*+(?:[\p{L}.&²³]++[\s*_]*+){0,5}")


def read_mentions(document: Document) -> Reading:
    """The mentions of every paragraph, heading and footnote; tables, headers and footers are left out."""
    reading = Reading(document, [])
    style = style_of(document.text)
    for number, block in enumerate(stepping(document.blocks)):
        if block.kind in ("paragraph", "heading", "footnote"):
            _Paragraph(document, block, number, reading).read(style)
    return reading


class _Paragraph:
    """One block on its way to mentions."""

    def __init__(self, document: Document, block: Block, number: int, reading: Reading) -> None:
        self.block, self.number, self.reading = block, number, reading
        self.text = " ".join(document.text[start:end] for start, end in block.ranges)
        self.local_starts, at = [], 0
        for start, end in block.ranges:
            self.local_starts.append(at)
            at += end - start + 1

    def offset(self, local: int, *, end: bool = False) -> int:
        """The document's offset of one in the joined text."""
        piece = bisect_right(self.local_starts, local - 1 if end else local) - 1
        piece = max(0, piece)
        return self.block.ranges[piece][0] + local - self.local_starts[piece]

    def read(self, style: Style) -> None:
        tokens = find_tokens(self.text, style)
        first = len(self.reading.mentions)
        slashes = self._mentions(tokens)
        self._divide(slashes)
        self._share_scales(first)
        mentions, crowded = _without_crowded(self.reading.mentions[first:], first)
        self.reading.mentions[first:] = mentions
        self.reading.crowded += crowded
        settle(mentions, self.text)
        for before, mention in zip([None, *mentions], mentions, strict=False):
            same = before is not None and before.sentence == mention.sentence
            assign_role(mention, before if same else None)

    def _divide(self, slashes: list[tuple[Mention, Mention]]) -> None:
        """Make the figures of each pair numerator and denominator of each other."""
        for numerator, denominator in slashes:
            if denominator.under is None and numerator.under is None and divides(numerator.figure, denominator.figure):
                numerator.figure = share_scale(numerator.figure, denominator.figure)
                if (
                    denominator.figure.exact
                    and numerator.figure.decimals
                    and all(_ENGLISH.fullmatch(self._digits(m)) for m in (numerator, denominator))
                ):
                    numerator.figure = replace(numerator.figure, value=numerator.figure.value * 1000, decimals=0)
                numerator.over = numerator.over or denominator
                denominator.under = numerator

    def _share_scales(self, first: int) -> None:
        """Give old values the scale that is written once for both: «từ 2,5 xuống còn 1,6 tỷ đồng»."""
        for old, new in pairwise(self.reading.mentions[first:]):
            if old.sentence == new.sentence and "from" in old.lead_kinds and "level" in new.lead_kinds:
                scaled = share_scale(old.figure, new.figure)
                if scaled.value <= _MOST_TIMES * new.figure.value <= _MOST_TIMES**2 * scaled.value:
                    old.figure = scaled

    def _digits(self, mention: Mention) -> str:
        return self.text[mention.figure.start : mention.figure.end]

    def _mentions(self, tokens: list[Token]) -> list[tuple[Mention, Mention]]:
        """Append the block's mentions to the reading; pairs that a slash joins are returned."""
        out, slashes = self.reading.mentions, []
        sentence_start, item, clause = 0, 0, 0
        lead: list[Token] = []
        stack: list[Mention | None] = []
        last: Mention | None = None  # the figure before, in this sentence
        closed: Mention | None = None  # the host of the bracket that was just closed
        boundary = 0
        pending: Mention | None = None  # the numerator before a slash
        for token in tokens:
            if token.figure is None:
                lead.append(token)
                if token.kinds & {"stop", "item"} and (not stack or "item" in token.kinds):
                    self._end_sentence(last, lead)
                    sentence_start, last, lead, closed, pending = token.end, None, [], None, None
                    stack = []
                    item += "item" in token.kinds
                    clause += 1
                elif "open" in token.kinds:
                    stack.append(last)
                elif "close" in token.kinds:
                    closed = stack.pop() if stack else None
                elif "semicolon" in token.kinds and not stack:
                    clause += 1
                elif "slash" in token.kinds:
                    pending = self._numerator(last, closed, token)
                if token.is_boundary:
                    boundary = token.end
                continue
            figure = token.figure
            mention = Mention(
                index=len(out), figure=figure, start=self.offset(figure.start), end=self.offset(figure.end, end=True),
                paragraph=self.number, sentence=self.reading.sentences, clause=clause, item=item,
                depth=len(stack), lead=tuple(lead), label=(self.offset(boundary), self.offset(figure.start, end=True)),
                words=self.text[boundary : figure.start],
                approach=self.text[max(sentence_start, last.figure.end if last else 0) : figure.start],
                verb=_verb(self.text[boundary : figure.start]), unit=full_unit(figure.unit) if figure.unit else "",
                footnote=self.block.kind == "footnote", host=stack[-1] if stack else None,
                lead_kinds=frozenset().union(*(token.kinds for token in lead)),
            )  # fmt: skip
            if last is not None:
                last.end_at(lead)
            if pending is not None:
                slashes.append((pending, mention))
            out.append(mention)
            last, lead, closed, pending, boundary = mention, [], None, None, figure.end
        self._end_sentence(last, lead)
        return slashes

    def _numerator(self, last: Mention | None, closed: Mention | None, slash: Token) -> Mention | None:
        """The figure that the slash divides: the one right before it, or the one whose bracket just closed."""
        if last is None:
            return None
        numerator = closed or last
        if closed is None:
            if slash.start - last.figure.end > _SLASH_WIDTH:
                return None
            between = self.text[last.figure.end : slash.start].rstrip()
            if not _BETWEEN_SLASH.fullmatch(between) or "\n" in between:
                return None
        return numerator.under if numerator.under is not None else numerator

    def _end_sentence(self, last: Mention | None, lead: list[Token]) -> None:
        if last is not None:
            last.end_at(lead)
        self.reading.sentences += 1


def _without_crowded(mentions: list[Mention], first: int) -> tuple[list[Mention], list[Mention]]:
    """The mentions of sentences that can be read, counted on from `first`, and those of sentences with too many."""
    if len(mentions) <= _MOST_IN_SENTENCE:
        return mentions, []
    many = {sentence for sentence, n in Counter(m.sentence for m in mentions).items() if n > _MOST_IN_SENTENCE}
    kept = [mention for mention in mentions if mention.sentence not in many]
    for index, mention in enumerate(kept, first):
        mention.index = index
    return kept, [mention for mention in mentions if mention.sentence in many]


def _verb(text: str) -> str:
    said = [w for w in fold(text.replace("*", " ")).split() if w.isalpha() and w not in light_words()]
    return " ".join(said[-2:])
