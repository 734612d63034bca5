"""Contexts: labelled passages cut down to the sentences of a relation, and put beside others.

What belongs together does not depend on what happens to stand around it, and a text that ends behind a relation is as
good as one that goes on. Passages alone do not teach that: each stands in one context only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from de06_extract.claims.prose.learning.candidates import FIND, KINDS
from de06_extract.claims.prose.learning.texts import draw
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.pipeline.evidence import read_evidence
from training.folds import ALTERED, fold
from training.labelled import Passage, PassageSet
from training.labels import Label
from training.marks import values_stated, where

_MOST_CUT = 3  # of one passage
_LONGEST = 3000  # characters of a passage that is put beside another
_ENDS = (".", "!", "?")  # a text that ends so can be followed by a sentence in the same paragraph


def in_other_contexts(groups: Sequence[PassageSet]) -> list[PassageSet]:
    """Two sets for each: relations in their own sentences alone, and passages one behind another."""
    found = []
    for group in groups:
        alone = tuple(cut for passage in group.passages for cut in _alone(passage))
        found.append(PassageSet(f"{group.name}{ALTERED}alone", alone))
        found.append(PassageSet(f"{group.name}{ALTERED}joined", _joined(group)))
    return [group for group in found if group.passages]


def _alone(passage: Passage) -> Iterator[Passage]:
    """The sentences of each relation without the rest, with all relations that they hold."""
    ev = read_evidence(passage.text)
    if ev is None:
        return
    extents = dict(_extents(ev, passage.labels))
    seen: set[str] = set()
    for first, last in sorted(set(extents.values())):
        text = _cut(ev, first, last).strip()
        if len(seen) >= _MOST_CUT or text in seen or len(text) == len(passage.text.strip()):
            continue
        seen.add(text)
        labels = tuple(label for label, (a, b) in extents.items() if first <= a and b <= last)
        yield Passage(f"{passage.name}{ALTERED}alone {len(seen)}", text, labels, passage.tolerated)


def _extents(ev: Evidence, labels: Sequence[Label]) -> Iterator[tuple[Label, tuple[int, int]]]:
    """The first and last sentence of each relation that is among the candidates."""
    for kind in KINDS:
        own = [label for label in labels if label.kind == kind]
        anchors = list(FIND[kind](ev)) if own else []
        values = [[values_stated(anchor, candidate) for candidate in anchor.candidates] for anchor in anchors]
        for label in own:
            for at, hits in where(ev, label, anchors, values)[:1]:
                roles = anchors[at].candidates[min(hits)].roles
                sentences = [m.sentence for m in (anchors[at].mention, *roles) if m is not None]
                yield label, (min(sentences), max(sentences))


def _cut(ev: Evidence, first: int, last: int) -> str:
    """The text from the beginning of a sentence to the next that has figures behind another."""
    begin, end = 0, len(ev.text)
    previous = -1
    for mention in ev.mentions:
        if mention.sentence != previous:
            start = mention.start - len(mention.approach)
            if mention.sentence == first:
                begin = start
            elif mention.sentence > last:
                end = start
                break
            previous = mention.sentence
    return ev.text[begin:end]


def _joined(group: PassageSet) -> tuple[Passage, ...]:
    """Each passage with another of its fold behind it, in the same paragraph or the next."""
    short = [passage for passage in group.passages if len(passage.text) <= _LONGEST]
    found = []
    for passage in short:
        others = [other for other in short if other is not passage and fold(other.name) == fold(passage.name)]
        if others:
            other = others[int(len(others) * draw("beside", passage.name))]
            text = passage.text.rstrip()
            goes_on = text.endswith(_ENDS) and draw("goes on", passage.name) < 0.5
            found.append(
                replace(
                    passage,
                    name=f"{passage.name}{ALTERED}joined",
                    text=f"{text}{' ' if goes_on else chr(10)}{other.text.lstrip()}",
                    labels=(*passage.labels, *other.labels),
                    tolerated=(*passage.tolerated, *other.tolerated),
                )
            )
    return tuple(found)
