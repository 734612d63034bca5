"""Facts: what features ask of a mention again and again, taken once from it and the text around."""

from __future__ import annotations

import re
from dataclasses import dataclass

from de06_extract.claims.prose.links.values import Value, value_of
from de06_extract.claims.prose.mentions import Mention

# cues that tell what a figure is to others; the rest of `data/reading/cues.toml` is of use to recognisers
TELLING = frozenset({
    "among", "total", "part", "reach", "rest", "target", "compare", "base", "up", "down", "level", "from", "upto",
    "downto", "equals", "rate", "and", "on_time", "late", "undone", "left", "done", "elsewhere", "respectively",
    "whole", "other", "exceed", "raises_total", "times", "open_list", "trait", "structure",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_BEHIND = 40  # characters behind a figure in which the words stand that say what is counted
_NOUN = 3  # words
_STEPS = 4  # cues and marks before a figure


@dataclass(slots=True, eq=False)
class Facts:
    """A mention with its value and what stands around it, as features say it.

    `cues` are the kinds before it, `telling` those that matter, `path` its last cues and marks in order and `step` the
    last of them, `shape` its kind and role, `noun` the first words behind it, which say what is counted.
    """

    mention: Mention
    value: Value
    cues: frozenset[str]
    telling: frozenset[str]
    path: str
    step: str
    shape: str
    noun: tuple[str, ...]


def facts_of(mention: Mention, text: str) -> Facts:
    """The facts of a mention of a text."""
    cues = mention.lead_kinds - {"cue"}
    steps = [name_of(token.kinds) for token in mention.lead[-_STEPS:]]
    path = ">".join(steps) or "nothing"
    return Facts(
        mention=mention,
        value=value_of(mention, text),
        cues=cues,
        telling=cues & TELLING,
        path=path,
        step=path.rsplit(">", 1)[-1],
        shape=f"{mention.figure.kind} {mention.role}",
        noun=tuple(words_of(text[mention.end : mention.end + _BEHIND])[:_NOUN]),
    )


def name_of(kinds: frozenset[str]) -> str:
    """A token's kinds as features name them: «level+reach».

    >>> name_of(frozenset({"cue", "reach", "level"}))
    'level+reach'
    """
    return "+".join(sorted(kinds - {"cue"}))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> words_of("hồ sơ, trong đó 12 Hồ sơ")
    ['hồ', 'sơ', 'trong', 'đó', 'hồ', 'sơ']
    """
    return _WORD.findall(text.lower())
