"""Mentions: the figures of a document in reading order, each with its place in the sentence and what leads up to it.

A mention knows its sentence, its clause (what stands between semicolons), how deep in brackets it stands, the cues
between it and the figure before, and the role those cues give it: a level that was reached, the size of a change, a
gap to a target, how many times as much («gấp 4 lần»), one side of a rate («cứ 10 hộ thì có 8»). Recognisers put
mentions together to claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal

from de06_extract.claims.prose.tokens import Token
from de06_extract.document.document import Document
from de06_extract.language.vocabulary import words
from de06_extract.numbers.figures import Figure, quantity_of
from de06_extract.schema.report import Direction, Quantity

Role = Literal["level", "change", "gap", "multiple", "rate"]

_UNIT_WIDTH = 24  # characters of a unit behind a figure
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DAYS, _MONTHS, _YEARS_OF_CENTURY = 31, 12, 100
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True, eq=False)
class Mention:
    """One figure where it stands; offsets are the document's.

    `lead` holds the tokens since the figure before or the sentence's start, `tail` those up to the figure after or the
    sentence's end (their offsets are the joined block's), `lead_kinds` and `tail_kinds` all their kinds. `over` is the
    denominator of `a/b` on a's mention, `under` its numerator on b's. `verb` holds the last words in front that say
    what was done («đã giải quyết»), `unit` the unit in full, in lower case. `words` is the text since the last
    boundary, `approach` since the figure before or the sentence's start. `host` is the figure that the bracket around
    this one comments on.
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
    lead_kinds: frozenset[str] = frozenset()
    tail: tuple[Token, ...] = ()
    tail_kinds: frozenset[str] = frozenset()
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

    @property
    def is_size(self) -> bool:
        """True for the size of a change, or of a gap to a target: «vượt 8 tỷ đồng so với mức 156 tỷ đồng»."""
        return self.role in ("change", "gap")

    @property
    def is_like_date(self) -> bool:
        """True for the numerator of «30/4», «08/24» and «2012/13», which may be a day, a month or a season."""
        other = self.over
        if other is None or self.unit or other.unit or self.figure.decimals or other.figure.decimals:
            return False
        first, last = int(self.figure.value), int(other.figure.value)
        is_month = first <= _MONTHS and self.figure.end - self.figure.start == 2 and last < _YEARS_OF_CENTURY
        return (first <= _DAYS and last <= _MONTHS) or is_month or self.is_season

    @property
    def is_season(self) -> bool:
        """True for the numerator of «2012/13», from one year to the next."""
        first, last = self.figure, None if self.over is None else self.over.figure
        if last is None or first.decimals or last.decimals:
            return False
        return says_year(str(int(first.value))) and int(last.value) == (int(first.value) + 1) % _YEARS_OF_CENTURY

    def quantity(self, document: Document) -> Quantity:
        """The number as reports of this program give it."""
        at = self.start, self.end
        return quantity_of(self.figure, document.span(*at), document.locations(*at))

    def end_at(self, tokens: Sequence[Token]) -> None:
        """Set the tail, once the figure after or the sentence's end is reached."""
        self.tail = tuple(tokens)
        self.tail_kinds = frozenset().union(*(token.kinds for token in tokens))

    def leads_with(self, *cues: str) -> bool:
        """True where one of the cues stands between the figure before and this one."""
        return not self.lead_kinds.isdisjoint(cues)

    def words_hold(self, *cues: str) -> bool:
        """True where one of the cues stands in the words since the last boundary."""
        begin = self.figure.start - len(self.words)
        return any(token.start >= begin and not token.kinds.isdisjoint(cues) for token in self.lead)

    def trails_with(self, *cues: str) -> bool:
        """True where one of the cues stands between this figure and the next."""
        return not self.tail_kinds.isdisjoint(cues)

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
        """True where the cue is the first token behind the figure, a unit between at most: «19 mô hình còn lại»."""
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

    def other_words(self, *cues: str) -> int:
        """How many words since the last boundary are neither light nor inside one of these cues."""
        begin = self.figure.start - len(self.words)
        covered = [(t.start - begin, t.end - begin) for t in self.lead if not t.kinds.isdisjoint(cues)]
        return sum(
            1
            for word in _WORD.finditer(self.words)
            if word[0].lower() not in light_words() and not any(a <= word.start() < b for a, b in covered)
        )

    def _words_since(self, token: Token) -> int:
        behind = self.approach[max(0, len(self.approach) - (self.figure.start - token.end)) :]
        return sum(1 for word in behind.split() if word.strip("*_:,(").isalpha() and word.lower() not in light_words())


@dataclass
class Reading:
    """All mentions of a document, and how many sentences it has.

    `crowded` holds those of sentences with more figures than a sentence has, which are not held against each other.
    """

    document: Document
    mentions: list[Mention]
    sentences: int = 0
    crowded: list[Mention] = field(default_factory=list)

    def clause_opener(self, mention: Mention) -> Mention:
        """The first mention of the clause that this one stands in."""
        return self._clause_openers[mention.sentence, mention.clause]

    @cached_property
    def _clause_openers(self) -> dict[tuple[int, int], Mention]:
        return {(mention.sentence, mention.clause): mention for mention in reversed(self.mentions)}

    def before(self, mention: Mention, limit: int) -> list[Mention]:
        """Up to `limit` mentions before this one, the nearest first, all in the text it belongs to."""
        nearest = self.mentions[max(0, mention.index - limit) : mention.index]
        return [m for m in reversed(nearest) if m.footnote == mention.footnote]

    def after(self, mention: Mention, limit: int) -> list[Mention]:
        """Up to `limit` mentions after this one in order, all in the text it belongs to."""
        following = self.mentions[mention.index + 1 : mention.index + 1 + limit]
        return [m for m in following if m.footnote == mention.footnote]


@cache
def light_words() -> frozenset[str]:
    """Words between what was done and its figure that say nothing of it."""
    return frozenset(words("fillers", "light"))


def says_year(text: str) -> bool:
    """True where the words name a year.

    >>> says_year("năm 2020: "), says_year("120200 hồ sơ")
    (True, False)
    """
    return _YEAR.search(text) is not None


def alike(a: Mention, b: Mention) -> bool:
    """True where both state the same unit."""
    return bool(a.unit) and a.unit == b.unit
