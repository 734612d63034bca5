"""Tokens: a paragraph as figures, cue words and marks, with everything else left out.

The claim grammar works on these, not on words: a sentence that says the same in other words gives the same tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

import regex

from de06_extract.language.spelling import fold, spellings, word_pattern
from de06_extract.language.vocabulary import any_of, load
from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.style import Style


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text that matters to the grammar.

    `kinds` holds "figure", or "cue" with the cues of `data/reading/cues.toml` that the words are, or one mark: "slash",
    "open", "close", "comma", "semicolon", "colon", "stop", "item".
    """

    kinds: frozenset[str]
    start: int
    end: int
    figure: Figure | None = None

    @property
    def is_boundary(self) -> bool:
        """True for what separates clauses: any mark but a slash."""
        return bool(self.kinds & _BOUNDARIES)


_BOUNDARIES = frozenset({"open", "close", "comma", "semicolon", "colon", "stop", "item"})
_FIGURE, _ITEM, _STOP = frozenset({"figure"}), frozenset({"item"}), frozenset({"stop"})
_MARKS = {
    mark: frozenset({kind})
    for kind, marks in {
        "slash": "/", "open": "([", "close": ")]", "comma": ",", "semicolon": ";|", "colon": ":",
    }.items()
    for mark in marks
}  # fmt: skip
_ITEM_MARK = regex.compile(
    r"""
    [ \t*#_\\]*+
    (?: (?: [-+•–▪∙*]++ (?= [\s\p{L}\d(] ) \s*+ )++                                    # «- », «+», «- + », «•»
      | (?: \d{1,2} (?: \. \d{1,2} )*+ [.)] | \p{Ll} \) | [IVX]{1,5} [.)] ) (?= \s++ [\p{L}*“"] ) )
    """,
    regex.VERBOSE,
)
_ENUMERATOR = regex.compile(
    r"""
      (?: (?<= [\s:;.,] ) | \A ) [(⁽] (?: \d{1,2} | [¹²³⁴-⁹⁰]{1,2} ) [)⁾] (?= \s*+ [\p{Lu}*“"] )      # «; (2) Mô hình»
    | (?<= [\s:;.,] ) \d{1,2} - \x20 (?= \p{Lu} )                                      # «552 2- Sơn La»
    """,
    regex.VERBOSE,
)
_PIECE = re.compile(r"(?P<word>[^\W\d_]+)|(?P<mark>[/()\[\],;:|])|(?P<stop>[.!?…]+)")
_ENDS = regex.compile(r"""["”’')\]*_]*+(?:\s|\Z)""")
_Phrases = dict[str, list[tuple[re.Pattern[str], frozenset[str]]]]


@cache
def _cues() -> _Phrases:
    """First syllable to a pattern for the rest of each phrase that begins with it, and its cues; the longest first."""
    kinds: dict[tuple[str, ...], frozenset[str]] = {}
    for cue, entry in load("cues").items():
        for phrase in entry["words"]:
            key = tuple(fold(phrase).split())
            kinds[key] = kinds.get(key, frozenset({"cue"})) | {cue}
    out: _Phrases = {}
    for (first, *rest), cues in sorted(kinds.items(), key=lambda pair: -len(pair[0])):
        behind = "".join(rf"\s+{word_pattern(syllable)}" for syllable in rest)
        pattern = re.compile(behind + r"(?![^\W_])", re.IGNORECASE)
        for spelling in spellings(first):
            out.setdefault(spelling, []).append((pattern, cues))
    return out


def find_tokens(text: str, style: Style = "vietnamese") -> list[Token]:
    """The tokens of one paragraph in order; none overlaps another. The style is that of the document's numerals.

    >>> [sorted(t.kinds - {"cue"})[0] for t in find_tokens("- Số hóa: 3.225/3.265, đạt tỷ lệ 98,77%.")]
    ['item', 'colon', 'figure', 'slash', 'figure', 'comma', 'reach', 'rate', 'figure', 'stop']
    """
    found = [Token(_ITEM, m.start(), m.end()) for m in _item_marks(text)]
    _add(found, [Token(_FIGURE, f.start, f.end, f) for f in find_figures(text, style)])
    _add(found, _words_and_marks(text))
    found = _without_other_slashes(found, text)
    return [token for token, after in zip_longest(found, found[1:]) if not _opens_threshold(token, after)]


def _without_other_slashes(tokens: list[Token], text: str) -> list[Token]:
    """The tokens without slashes that divide no figure: «đồng/kg», «nam/nữ lần lượt là», «5 viên/ngày, 15 ngày»."""
    kept: list[Token] = []
    figure: Token | None = None  # the one behind, where only words stand before it
    for token in reversed(tokens):
        if token.figure is not None:
            figure = token
        elif "cue" not in token.kinds:
            divides = figure is not None and _after_slash().fullmatch(text, token.end, figure.start) is not None
            figure = None
            if "slash" in token.kinds and not divides:
                continue
        kept.append(token)
    return kept[::-1]


@cache
def _after_slash() -> regex.Pattern[str]:
    """What may stand between a slash and the figure under it: «/tổng số », not «/ngày trong »."""
    time = rf"(?i: {any_of('units', 'time')} ) \b"
    return regex.compile(rf"[\s*_]*+ (?! {time} ) (?: \p{{L}}++ \s++ ){{0,3}}", regex.VERBOSE)


def _opens_threshold(token: Token, after: Token | None) -> bool:
    """True for the «từ» of «từ 40 thành viên trở lên», from which nothing rises."""
    if after is None or after.figure is None or "from" not in token.kinds:
        return False
    return after.figure.bound in ("at_least", "at_most")


def _item_marks(text: str) -> Iterator[regex.Match[str]]:
    """The list mark that the paragraph begins with, and enumerators inside it."""
    first = _ITEM_MARK.match(text)
    if first is not None:
        yield first
    if "(" in text or "⁽" in text or "- " in text:
        behind = first.end() if first is not None else 0
        yield from _ENUMERATOR.finditer(text, behind)


def _words_and_marks(text: str) -> list[Token]:
    out = []
    phrases_of, behind = _cues().get, 0
    for piece in _PIECE.finditer(text):
        kind, said = piece.lastgroup, piece[0]
        if kind == "word":
            phrases = phrases_of(said.lower())
            if phrases is None or piece.start() < behind:
                continue  # no cue, or inside the phrase before
            for pattern, kinds in phrases:
                rest = pattern.match(text, piece.end())
                if rest is not None:
                    behind = rest.end()
                    out.append(Token(kinds, piece.start(), behind))
                    break
        elif kind == "mark":
            out.append(Token(_MARKS[said], *piece.span()))
        elif _ENDS.match(text, piece.end()) and not _is_abbreviated(text, piece):
            out.append(Token(_STOP, *piece.span()))
    return out


def _is_abbreviated(text: str, stop: re.Match[str]) -> bool:
    """True for the full stop of «TP. Hà Nội»."""
    return _abbreviation().search(text, max(0, stop.start() - 4), stop.end()) is not None


@cache
def _abbreviation() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{any_of('fillers', 'abbreviated')}|\p{{Lu}})\.\Z")


def _add(tokens: list[Token], more: list[Token]) -> None:
    """Put those of `more` that overlap none of `tokens` among them, in order; both lists are sorted."""
    at, kept = 0, []
    for token in more:
        while at < len(tokens) and tokens[at].end <= token.start:
            at += 1
        if at == len(tokens) or token.end <= tokens[at].start:
            kept.append(token)
    tokens += kept
    tokens.sort(key=lambda token: token.start)
