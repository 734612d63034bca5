"""Excerpts: the words of a document that go with a claim, its quote and its label."""

from __future__ import annotations

from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention, light_words
from de06_extract.claims.prose.relation import Relation
from de06_extract.document.document import Block, Document
from de06_extract.language.vocabulary import words as vocabulary_words


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


_LONG_SUBJECT = 80  # characters; of longer ones the last clause is taken
_SEGMENT = regex.compile(r"[^;()\[\]]*+\Z")
_MARKS = " \t\n*_#:,;.-–+•/"


def subject(document: Document, mention: Mention) -> tuple[int, int]:
    """Where the words stand that say what a figure counts: since the figure or clause before, behind a colon if any."""
    text = document.text
    ranges = document.blocks[mention.paragraph].ranges
    inside = next((start for start, end in ranges if start <= mention.start <= end), mention.start)
    segment = _SEGMENT.search(text, max(inside, mention.start - len(mention.approach)), mention.start)
    start, end = segment.span() if segment else (mention.start, mention.start)
    behind_colon = text.rfind(":", start, end) + 1
    if behind_colon > start and any(c.isalpha() for c in text[behind_colon:end]):
        start = behind_colon
    comma = text.rfind(",", start, end) + 1
    if comma > start and end - start > _LONG_SUBJECT and any(c.isalpha() for c in text[comma:end]):
        start = comma
    while start < end and text[start] in _MARKS:
        start += 1
    return start, end


def label(document: Document, relation: Relation) -> str:
    """What is counted: the words before the figure that the claim is about, or those behind it."""
    about = relation.one("numerator") or relation.one("left") or relation.one("new") or relation.one("total")
    about = about or min(relation.mentions(), key=lambda m: m.start)
    text = document.text
    words = text[slice(*subject(document, about))].strip(_MARKS).split()
    while words and words[-1].lower() in (light_words() | _verbs()) - set(vocabulary_words("fillers", "kept")):
        words.pop()
    if not words:
        last = about.over or about
        behind = regex.split(r"[,;.(\n]", text[last.end : last.end + _LONG_SUBJECT], maxsplit=1)[0]
        words = behind.strip(_MARKS + "%)").split() or text[slice(*subject(document, about))].strip(_MARKS).split()
    return " ".join(words)


@cache
def _verbs() -> frozenset[str]:
    """Words of reaching, one by one: they end a label without saying what is counted."""
    return frozenset(word for phrase in vocabulary_words("cues", "reach") for word in phrase.split())
