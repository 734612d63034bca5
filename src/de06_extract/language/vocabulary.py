"""The words that carry meaning, out of `data/*.toml`: a new word is a line there, no Vietnamese word stands in code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import regex

_FOLDED = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "tỉ": "tỷ", "uỷ": "ủy"}


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of `data/<name>.toml`."""
    return tomllib.loads(files("de06_extract").joinpath("data", f"{name}.toml").read_text("utf-8"))


def words(table: str, key: str) -> tuple[str, ...]:
    """The phrases of one table, longest first, so that an alternation of them prefers the longest."""
    return tuple(sorted(load(table)[key]["words"], key=lambda w: (-len(w), w)))


@cache
def any_of(table: str, key: str) -> str:
    """A regex alternation over the phrases of one table; a blank in a phrase matches any white space.

    >>> bool(regex.fullmatch(any_of("cues", "part"), "trong  đó"))
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
    """The regex of one phrase: blanks match any white space, both tone placements and i/y of «tỷ» are allowed."""
    return r"\s++".join(_spellings(word) for word in phrase.split())


def _spellings(word: str) -> str:
    pattern = regex.escape(word)
    for new, old in _FOLDED.items():
        if old in pattern:
            pattern = pattern.replace(old, f"(?:{old}|{new})")
        elif new in pattern and new != "tỉ":
            pattern = pattern.replace(new, f"(?:{old}|{new})")
    return pattern


def fold(phrase: str) -> str:
    """Lower case, single blanks, «tỷ» for «tỉ»: how cues are looked up.

    >>> fold("Tỉ  lệ")
    'tỷ lệ'
    """
    lowered = phrase.lower()
    return (" ".join(lowered.split()) if " " in lowered else lowered).replace("tỉ", "tỷ")
