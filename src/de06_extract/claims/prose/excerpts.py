"""Excerpts: the words of a document that go with a claim, its quote and its label."""

from __future__ import annotations

from functools import cache

import regex

from de06_extract.claims.prose.clauses import MARKS, Clauses
from de06_extract.claims.prose.mentions import light_words
from de06_extract.claims.prose.relation import Relation
from de06_extract.document.document import Block, Document
from de06_extract.language.vocabulary import words as vocabulary_words
from de06_extract.numbers.kinds import kind_of


def quote(document: Document, relation: Relation, start: int, end: int) -> str:
    """The words from `start` to `end`, without a footnote or table that stands between them."""
    footnote = next(relation.mentions()).footnote
    paragraphs = [mention.paragraph for mention in relation.mentions()]
    blocks = document.blocks[min(paragraphs) : max(paragraphs) + 2]
    between = [b for b in blocks if start < b.start < end and _is_prose(b) != (not footnote)]
    if not between:
        return document.text[start:end]
    kept = (b for b in blocks if _is_prose(b) != footnote)
    clipped = ((max(start, low), min(end, high)) for block in kept for low, high in block.ranges)
    return " ".join(document.text[low:high] for low, high in clipped if low < high)


def _is_prose(block: Block) -> bool:
    return block.kind in ("paragraph", "heading")


def with_bracket(text: str, start: int, end: int) -> int:
    """The end of a quote, a bracket that it opens included: «(đạt 53,8%)»."""
    inside = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if inside and text[end : end + 1] == ")" else end


_LONG_LABEL = 80  # characters behind a figure that say what it counts


def label(document: Document, clauses: Clauses, relation: Relation) -> str:
    """What is counted: the words before the figure that the claim is about, or those behind it."""
    role = kind_of(relation.kind).about
    about = relation.one(role) if role is not None else None
    about = about or min(relation.mentions(), key=lambda m: m.start)
    text = document.text
    words = text[slice(*clauses.name(about))].strip(MARKS).split()
    while words and words[-1].lower() in (light_words() | _verbs()) - set(vocabulary_words("fillers", "kept")):
        words.pop()
    if not words:
        last = about.over or about
        behind = regex.split(r"[,;.(\n]", text[last.end : last.end + _LONG_LABEL], maxsplit=1)[0]
        words = behind.strip(MARKS + "%)").split() or text[slice(*clauses.name(about))].strip(MARKS).split()
    return " ".join(words)


@cache
def _verbs() -> frozenset[str]:
    """Words of reaching, one by one: they end a label without saying what is counted."""
    return frozenset(word for phrase in vocabulary_words("cues", "reach") for word in phrase.split())
