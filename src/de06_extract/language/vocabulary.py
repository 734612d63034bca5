"""The words that are read, out of `data/reading/`: a new word is a line there, no Vietnamese word stands in code."""

from __future__ import annotations

from functools import cache
from typing import Any

import regex

from de06_extract.language.spelling import word_pattern
from de06_extract.wording import read_data as read_data


def load(name: str) -> dict[str, Any]:
    """The tables of `data/reading/<name>.toml`."""
    return read_data("reading", name)


def knowledge(name: str) -> dict[str, Any]:
    """The tables of `data/knowledge/<name>.toml`: what is known of the world, not of its words."""
    return read_data("knowledge", name)


@cache
def words(table: str, key: str) -> tuple[str, ...]:
    """The phrases under one key of a table, longest first, so that an alternation of them prefers the longest."""
    return tuple(sorted(load(table)[key]["words"], key=lambda w: (-len(w), w)))


@cache
def any_of(table: str, key: str) -> str:
    """A regex that matches any of the phrases under one key of a table; their blanks match any white space.

    >>> import re
    >>> bool(re.fullmatch(any_of("cues", "part"), "trong  đó"))
    True
    """
    return "(?:" + "|".join(phrase_pattern(w) for w in words(table, key)) + ")"


@cache
def whole_words(table: str, key: str) -> regex.Pattern[str]:
    """Any of the phrases of one table, whatever its case, where no letter stands right before or behind it.

    >>> bool(whole_words("cues", "part").search("Trong đó:")), whole_words("cues", "part").search("trong đón")
    (True, None)
    """
    return regex.compile(rf"(?<!\p{{L}})(?i:{any_of(table, key)})(?!\p{{L}})")


def phrase_pattern(phrase: str) -> str:
    """A regex that matches the phrase in each of its spellings, with any white space for its blanks.

    >>> import re
    >>> bool(re.fullmatch(phrase_pattern("xã hòa bình"), "xã  hoà bình"))
    True
    """
    return r"\s++".join(map(word_pattern, phrase.split()))
