"""Mentions: the figures of a document in reading order, each with its place in the sentence and what leads up to it.

A mention knows its sentence, its clause (what stands between semicolons), how deep in brackets it stands, the cues
between it and the figure before, and the role those cues give it: a level that was reached, the size of a change, a
gap to a target. Recognisers put mentions together to claims.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

import regex

from de06_extract.document import Block, Document
from de06_extract.figures import Figure
from de06_extract.schema import Bound, Direction
from de06_extract.tokens import Token, find_tokens, fold
from de06_extract.vocabulary import any_of, load, words

Role = Literal["level", "change", "gap"]


@dataclass(slots=True, eq=False)
class Mention:
    """One figure where it stands; offsets are the document's.

    `lead` holds the tokens since the figure before or the sentence's start, `tail` those up to the figure after or the
    sentence's end (their offsets are the joined block's). `over` is the denominator of `a/b` on a's mention, `under` its numerator on b's.
    `verb` holds the last words in front that say what was done («đã giải quyết»), `unit` the unit in full, in lower case.
    `words` is the text since the last boundary, `approach` since the figure before or the sentence's start. `host` is the figure that the bracket around this one comments on.
    """

    index: int
    figure: Figure
    start: int
    end: int
    paragraph: int
    sentence: int
    clause: int
    item: int
    depth: int
    lead: tuple[Token, ...]
    label: tuple[int, int]
    words: str
    approach: str
    verb: str
    unit: str
    footnote: bool = False
    tail: tuple[Token, ...] = ()
    host: Mention | None = None
    over: Mention | None = None
    under: Mention | None = None
    role: Role = "level"
    direction: Direction | None = None

    @property
    def is_percent(self) -> bool:
        """True for a percentage."""
        return self.figure.kind == "percent"

    @property
    def is_level(self) -> bool:
        """True for a count or amount that is reported as such: no share, no change, no length of time, no rank."""
        return self.figure.kind == "count" and self.role == "level" and self.under is None

    def leads_with(self, *cues: str) -> bool:
        """True where one of the cues stands between the figure before and this one."""
        return any(not token.kinds.isdisjoint(cues) for token in self.lead)

    def trails_with(self, *cues: str) -> bool:
        """True where one of the cues stands between this figure and the next."""
        return any(not token.kinds.isdisjoint(cues) for token in self.tail)

    @property
    def is_share(self) -> bool:
        """True for a percentage, and for «(đạt 78,35)» or «(-38,02)» that lost its sign."""
        if self.is_percent:
            return True
        figure = self.figure
        bare = figure.kind == "count" and figure.decimals > 0 and figure.unit is None and figure.scale == 1
        if not bare or self.over is not None or self.under is not None or figure.value > 1000:
            return False
        return self.leads_with("reach") or (figure.sign is not None and self.depth > 0)

    def trails_close(self, cue: str) -> bool:
        """True where the cue is the first token behind the figure and at most a unit stands between: «19 mô hình còn lại»."""
        first = self.tail[0] if self.tail else None
        return first is not None and cue in first.kinds and first.start - self.figure.end <= _UNIT_WIDTH

    def steps_from(self, *cues: str) -> int | None:
        """How many words stand between the last of these cues in the lead and the figure; None without such a cue."""
        for token in reversed(self.lead):
            if not token.kinds.isdisjoint(cues):
                return self._words_since(token)
        return None

    @property
    def names_rate(self) -> bool:
        """True for «tỷ lệ hộ nghèo là 3,58%»: the words between «tỷ lệ» and the figure say what it is the rate of."""
        for at in range(len(self.lead) - 1, -1, -1):
            if "rate" in self.lead[at].kinds:
                said = self._words_since(self.lead[at])
                return said > sum(len(t.kinds & {"reach"}) for t in self.lead[at + 1 :])
        return False

    def _words_since(self, token: Token) -> int:
        behind = self.approach[max(0, len(self.approach) - (self.figure.start - token.end)) :]
        return sum(1 for word in behind.split() if word.strip("*_:,(").isalpha() and word.lower() not in _light())


@dataclass
class Reading:
    """All mentions of a document, and the sentences they stand in."""

    document: Document
    mentions: list[Mention]
    sentences: list[tuple[int, int]]
    numbers: int = 0
    _by_sentence: dict[int, list[Mention]] = field(default_factory=dict)

    def clause_opener(self, mention: Mention) -> Mention:
        """The first mention of the clause that this one stands in."""
        at = mention.index
        while (
            at and self.mentions[at - 1].sentence == mention.sentence and self.mentions[at - 1].clause == mention.clause
        ):
            at -= 1
        return self.mentions[at]

    def in_sentence(self, sentence: int) -> list[Mention]:
        """The mentions of one sentence in order."""
        if not self._by_sentence:
            for mention in self.mentions:
                self._by_sentence.setdefault(mention.sentence, []).append(mention)
        return self._by_sentence.get(sentence, [])

    def before(self, mention: Mention, limit: int) -> list[Mention]:
        """Up to `limit` mentions before this one, the nearest first, all in the text it belongs to."""
        nearest = self.mentions[max(0, mention.index - limit) : mention.index]
        return [m for m in reversed(nearest) if m.footnote == mention.footnote]

    def after(self, mention: Mention, limit: int) -> list[Mention]:
        """Up to `limit` mentions after this one in order, all in the text it belongs to."""
        following = self.mentions[mention.index + 1 : mention.index + 1 + limit]
        return [m for m in following if m.footnote == mention.footnote]


_UNIT_WIDTH = 24  # characters of a unit behind a figure
_BETWEEN_SLASH = regex.compile(r"[\s*_]*+(?:[\p{L}.&²³]++[\s*_]*+){0,5}")
_AFTER_SLASH = regex.compile(r"[\s*_]*+(?:[\p{L}]++\s++){0,3}")


def read_mentions(document: Document) -> Reading:
    """The mentions of every paragraph, heading and footnote; tables, headers and footers are left out."""
    reading = Reading(document, [], [])
    for number, block in enumerate(document.blocks):
        if block.kind in ("paragraph", "heading", "footnote"):
            _Paragraph(document, block, number, reading).read()
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

    def read(self) -> None:
        tokens = find_tokens(self.text)
        first = len(self.reading.mentions)
        slashes = self._mentions(tokens)
        mentions = self.reading.mentions[first:]
        for numerator, denominator in slashes:
            if denominator.under is None and numerator.under is None and divides(numerator.figure, denominator.figure):
                numerator.over = numerator.over or denominator
                denominator.under = numerator
        for before, mention in zip([None, *mentions], mentions, strict=False):
            same = before is not None and before.sentence == mention.sentence
            _assign_role(mention, before if same else None)

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
                    self._end_sentence(sentence_start, token.start, out, last, lead)
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
                paragraph=self.number, sentence=len(self.reading.sentences), clause=clause, item=item,
                depth=len(stack), lead=tuple(lead), label=(self.offset(boundary), self.offset(figure.start, end=True)),
                words=self.text[boundary : figure.start],
                approach=self.text[max(sentence_start, last.figure.end if last else 0) : figure.start],
                verb=_verb(self.text[boundary : figure.start]), unit=_full(figure.unit) if figure.unit else "", footnote=self.block.kind == "footnote",
                host=stack[-1] if stack else None,
            )  # fmt: skip
            if last is not None:
                last.tail = tuple(lead)
            if pending is not None and _AFTER_SLASH.fullmatch(
                self.text, boundary_after_slash(self.text, figure), figure.start
            ):
                slashes.append((pending, mention))
            out.append(mention)
            last, lead, closed, pending, boundary = mention, [], None, None, figure.end
        self._end_sentence(sentence_start, len(self.text), out, last, lead)
        return slashes

    def _numerator(self, last: Mention | None, closed: Mention | None, slash: Token) -> Mention | None:
        """The figure that the slash divides: the one right before it, or the one whose bracket just closed."""
        if last is None:
            return None
        numerator = closed or last
        if closed is None:
            local_end = len(self.text[: slash.start].rstrip())
            between = self.text[last.figure.end : local_end]
            if not _BETWEEN_SLASH.fullmatch(between) or "\n" in between:
                return None
        return numerator.under if numerator.under is not None else numerator

    def _end_sentence(self, start: int, end: int, out: list[Mention], last: Mention | None, lead: list[Token]) -> None:
        if last is not None:
            last.tail = tuple(lead)
        self.reading.sentences.append((self.offset(start), self.offset(end, end=True)))


def boundary_after_slash(text: str, figure: Figure) -> int:
    """The offset behind the slash before a figure."""
    return text.rfind("/", max(0, figure.start - 40), figure.start) + 1


_WORDS_TO_SIZE = (
    1  # «tăng nhẹ ở mức 391 vụ»; with more words between, the direction belongs to a noun: «tăng thu 7.486 tỷ»
)


def _assign_role(mention: Mention, before: Mention | None) -> None:
    """Give the mention the role that the cues right before it call for; the last such cue decides."""
    if mention.figure.sign is not None and mention.depth:
        mention.role, mention.direction = "change", "up" if mention.figure.sign == "+" else "down"
        return
    compared = joined = False
    for token in reversed(mention.lead):
        kinds = token.kinds
        if kinds & {"down_share", "reach"} or ("rest" in kinds and "level" not in kinds):
            return
        if "level" in kinds:
            mention.direction = _direction_in(mention.lead)
            return
        if "exceed" in kinds:
            mention.role = "gap"
            return
        if kinds & {"up", "down"}:
            steps = mention.steps_from("up", "down")
            if compared or steps is None or steps <= _WORDS_TO_SIZE:
                mention.role, mention.direction = "change", "up" if "up" in kinds else "down"
            return
        if kinds & {"semicolon", "colon", "part", "among", "total"}:
            return
        if "compare" in kinds and joined:
            return  # «10 nhóm tăng giá so với tháng trước và 1 nhóm giảm»
        compared, joined = compared or "compare" in kinds, joined or "and" in kinds
    if before is not None and before.role == "change" and _carries_on(mention):
        mention.role, mention.direction = before.role, before.direction


def _carries_on(mention: Mention) -> bool:
    """True right behind another figure: «giảm 146 lượt tiếp, 127 lượt người», «tăng 66 tin (9%)», «và hơn 30,7%»."""
    kinds = [next(iter(token.kinds - {"cue"})) for token in mention.lead]
    if kinds == ["open"]:
        return _only_bound(mention.words)
    return kinds in (["comma"], ["and"], ["comma", "and"]) and _only_bound(mention.words)


@cache
def _bound_words() -> regex.Pattern[str]:
    bounds = "|".join(any_of("bounds", name) for name in get_args(Bound) if name != "exact")
    return regex.compile(rf"(?: [\s*_+-]++ | {any_of('cues', 'and')} | {bounds} )*+", regex.VERBOSE | regex.IGNORECASE)


def _only_bound(words: str) -> bool:
    """True where nothing but «và» and a bound stands between boundary and figure."""
    behind_unit = regex.sub(r"\A.*?(?=\s(?:và|hoặc)\s)", "", words)
    return bool(_bound_words().fullmatch(behind_unit))


def _direction_in(lead: tuple[Token, ...]) -> Direction | None:
    for token in reversed(lead):
        if "up" in token.kinds:
            return "up"
        if "down" in token.kinds:
            return "down"
    return None


def divides(numerator: Figure, denominator: Figure) -> bool:
    """True where `a/b` can be a part of a whole: not two units side by side, not odds («tỷ lệ chọi 1/1,5»).

    «866 lượt/964 lượt người» counts two things; «52 tỉ/83 tỉ đồng» and «346 000 ha / 350 000 ha» one.
    """
    if numerator.kind == "percent" or denominator.kind == "percent":
        return False
    if numerator.value == 1 and denominator.decimals:
        return False
    if not numerator.unit or not denominator.unit or not _is_known(numerator.unit) or not _is_known(denominator.unit):
        return True
    return _full(numerator.unit) == _full(denominator.unit)


def _verb(text: str) -> str:
    said = [w for w in fold(text.replace("*", " ")).split() if w.isalpha() and w not in _light()]
    return " ".join(said[-2:])


@cache
def _light() -> frozenset[str]:
    return frozenset(words("words", "light"))


@cache
def _known_units() -> frozenset[str]:
    return frozenset(fold(unit) for key in ("counted", "measure", "time", "other") for unit in words("units", key))


@cache
def _full(unit: str) -> str:
    """The unit in lower case, an abbreviation spelled out."""
    folded = fold(unit)
    return str(load("units")["same"]["as"].get(folded, folded))


def _is_known(unit: str) -> bool:
    return fold(unit) in _known_units()


def alike(a: Mention, b: Mention) -> bool:
    """True where both state the same unit."""
    return bool(a.unit) and a.unit == b.unit


def compatible(a: Figure, b: Figure) -> bool:
    """True unless both units are known and differ; «vụ» and «vụ việc» do not."""
    if a.measured != b.measured and a.unit and b.unit:
        return False
    if not a.unit or not b.unit or not _is_known(a.unit) or not _is_known(b.unit):
        return True
    one, two = (_full(unit).split() for unit in (a.unit, b.unit))
    short = min(len(one), len(two))
    return one[:short] == two[:short]
