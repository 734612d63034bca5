"""Marks: which candidates of a labelled passage are the relations that its labels name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from de06_extract.claims.prose.learning.candidates import FIND, KINDS, Candidates, CandidateSet
from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.mentions import Mention
from de06_extract.pipeline.evidence import read_evidence
from training.folds import original
from training.labelled import Passage, PassageSet
from training.labels import Label, Values

_QUOTE_ROOM = 2  # characters around a quotation in which its anchor stands


@dataclass(frozen=True, slots=True)
class Marked:
    """One passage in a candidate set: its anchors from number `first` on, and what each candidate says.

    `meant` holds for every anchor the candidates that labels name, None where the labels leave open what is meant.
    """

    passage: Passage
    group: str
    names_open: bool
    first: int
    anchor_kinds: tuple[str, ...]
    values: tuple[tuple[Values, ...], ...]
    meant: tuple[frozenset[int] | None, ...]
    labels: tuple[Label, ...]
    tolerated: tuple[Values, ...]

    @property
    def anchors(self) -> range:
        """The numbers of its anchors in the set."""
        return range(self.first, self.first + len(self.values))


@dataclass(frozen=True)
class MarkedSet:
    """The candidates of one kind in labelled passages, with what is meant of them."""

    candidates: CandidateSet
    passages: tuple[Marked, ...]


def gather_marked(groups: Sequence[PassageSet]) -> dict[str, MarkedSet]:
    """The candidates of labelled passages by kind, sets in the order of their names."""
    found = {kind: Candidates(kind) for kind in KINDS}
    marked: dict[str, list[Marked]] = {kind: [] for kind in KINDS}
    numbers: dict[str, int] = {}  # of the documents; a passage in another context is no other document
    for group in sorted(groups, key=lambda group: group.name):
        for passage in group.passages:
            ev = read_evidence(passage.text)
            if ev is None:
                continue
            number = numbers.setdefault(original(passage.name), len(numbers))
            for kind in KINDS:
                anchors = list(FIND[kind](ev))
                marked[kind].append(_mark(ev, passage, group, kind, anchors, found[kind].anchors))
                for anchor in anchors:
                    found[kind].add(anchor, number)
    return {kind: MarkedSet(found[kind].set(), tuple(marked[kind])) for kind in KINDS}


def _mark(
    ev: Evidence, passage: Passage, group: PassageSet, kind: str, anchors: Sequence[Anchor], first: int
) -> Marked:
    labels = tuple(label for label in passage.labels if label.kind == kind)
    tolerated = tuple(values for said, values in passage.tolerated if said == kind)
    values = tuple(tuple(values_stated(anchor, c) for c in anchor.candidates) for anchor in anchors)
    named: list[set[int]] = [set() for _ in anchors]
    open_ = [False] * len(anchors)
    for label in labels:
        for at, hits in where(ev, label, anchors, values):
            if label.debatable:
                open_[at] = True
            else:
                named[at] |= hits
    for at, stated in enumerate(values):
        doubtful = any(Label(kind, one).is_stated_by(other) for one in tolerated for other in stated)
        open_[at] = (open_[at] or doubtful) and not named[at]
    meant = tuple(None if is_open else frozenset(hits) for is_open, hits in zip(open_, named, strict=True))
    kinds = tuple(anchor.kind for anchor in anchors)
    return Marked(passage, group.name, group.names_open_relations, first, kinds, values, meant, labels, tolerated)


def where(
    ev: Evidence, label: Label, anchors: Sequence[Anchor], values: Sequence[Sequence[Values]]
) -> list[tuple[int, set[int]]]:
    """The anchors and candidates that a label names: those in its quotation, or else wherever they stand."""
    found = [
        (at, hits)
        for at, stated in enumerate(values)
        if (hits := {c for c, one in enumerate(stated) if label.is_partly_stated_by(one)})
    ]
    start = ev.text.find(label.quote) if label.quote else -1
    if start < 0:
        return found
    low, high = start - _QUOTE_ROOM, start + len(label.quote) + _QUOTE_ROOM
    return [(at, hits) for at, hits in found if low <= anchors[at].mention.start <= high] or found


def values_stated(anchor: Anchor, candidate: Candidate) -> Values:
    """The values of a candidate in the order in which labels have them."""
    roles, own = candidate.roles, _size(anchor.mention)
    if anchor.kind == "ratio":
        return _size(roles[0]), _size(roles[1]), own
    if anchor.kind == "sum":
        return own, _sizes(roles)
    if anchor.kind == "remainder":
        return _size(roles[0]), _size(roles[1]), own
    if anchor.kind == "distribution":
        return (_sizes(roles),)
    return tuple(_size(mention) for mention in roles)


def _size(mention: Mention | None) -> float | None:
    return None if mention is None else abs(float(mention.figure.value))


def _sizes(mentions: Iterable[Mention | None]) -> tuple[float, ...]:
    return tuple(sorted(abs(float(mention.figure.value)) for mention in mentions if mention is not None))
