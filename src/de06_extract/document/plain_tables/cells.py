"""What stands in a table without rules, told from its words alone: figures, blanks in their place, ordinals, totals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import regex

from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import words

_FIGURE = regex.compile(
    r"""
    [(]? [-+–−]? \s?                               # «-12,5%», «(45)»
    (?! 0\d\d | 00 )                              # «0913» is a code
    (?: \d{1,3} (?: [.,]\d{3} )++ | \d++ ) (?: [.,]\d++ )?+
    \s?%?+ [)]?
    """,
    regex.VERBOSE,
)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MARKS = " *_"


def is_figure(text: str) -> bool:
    """True for a text that is one figure and nothing else.

    >>> [is_figure(text) for text in ("1.204", "-12,5%", "(45)", "0", "05", "0913", "12/5", "7:30", "1.2.3")]
    [True, True, True, True, True, False, False, False, False]
    """
    return _FIGURE.fullmatch(text.strip(_MARKS)) is not None


def is_year(text: str) -> bool:
    """True for four digits that may be a year: it heads a column or names a row.

    >>> is_year("2023"), is_year("1.204")
    (True, False)
    """
    return _YEAR.fullmatch(text.strip(_MARKS)) is not None


def is_blank(text: str) -> bool:
    """True for a mark that stands in place of a figure.

    >>> is_blank("-"), is_blank("…"), is_blank("12")
    (True, True, False)
    """
    return text.strip(_MARKS).casefold() in _blanks()


@cache
def _blanks() -> frozenset[str]:
    return frozenset(word for word in words("tables", "blank") if not word[0].isalpha() or word == "x")


def names_total(text: str) -> bool:
    """True for the name of a row that adds up others.

    >>> names_total("Tổng cộng:"), names_total("Tổng công ty Điện lực")
    (True, False)
    """
    return fold(text).strip(" :.*-_") in words("tables", "total")


def counts_rows(texts: Sequence[str]) -> bool:
    """True for 1, 2, 3 … from 1 on, at least three of them, with or without a dot.

    >>> counts_rows(["1", "2", "3"]), counts_rows(["01", "02", "03"]), counts_rows(["1", "2", "4"])
    (True, True, False)
    """
    bare = [text.strip(" .)") for text in texts]
    if len(bare) < 3 or not all(text.isdecimal() and len(text) < 4 for text in bare):
        return False
    numbers = [int(text) for text in bare]
    return numbers[0] == 1 and all(b == a + 1 for a, b in pairwise(numbers))


def heads_ordinals(text: str) -> bool:
    """True for «STT»."""
    return fold(text).strip(" .") in words("tables", "ordinal")


def begins_caption(text: str) -> bool:
    """True for a line that begins as the title of a table does: «Bảng 1», «PHỤ LỤC 02»."""
    return text.strip(" *#_").casefold().startswith(words("page_marks", "caption"))
