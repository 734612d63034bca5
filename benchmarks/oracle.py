"""The ceiling of the linker: which annotated relations are among its candidates at all, and what the others need.

    python benchmarks/oracle.py [GOLD] [TEXTS] [-v]

GOLD holds NAME.json (the form of `corpus/gold/`), TEXTS the text NAME*.txt. Whatever the weights, a relation that is no
candidate is not found by them. Of each relation that can be checked and is not offered the first of these is told:

    no figure     one of its figures is not read as a figure
    role          one of its figures is read as something else: a change, a gap, a time, one side of a rate
    no anchor     the figure that says something of the others is not asked what it says
    out of reach  a figure is in no candidate of the anchor: too far, or too many others are nearer
    combination   each figure is in one, but no candidate has them together

With -v each of them is printed. Needs the extra `learn`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from de06_extract.claims.prose.learning.candidates import FIND, KINDS  # noqa: E402
from de06_extract.claims.prose.links.candidate import Anchor  # noqa: E402
from de06_extract.claims.prose.links.evidence import Evidence  # noqa: E402
from de06_extract.claims.prose.links.values import Value  # noqa: E402
from de06_extract.claims.prose.mentions import Mention  # noqa: E402
from de06_extract.pipeline.evidence import read_evidence  # noqa: E402
from training.labelled import read_gold  # noqa: E402
from training.labels import Label, Values  # noqa: E402
from training.marks import values_stated  # noqa: E402

CORPUS = ROOT / "corpus"
NEEDS = ("no figure", "role", "no anchor", "out of reach", "combination")
_LOSS = 1e-6  # relative: what floats lose
_COUNTED = frozenset({"count", "other", "percent", "points"})


@dataclass
class Ceiling:
    """Counts by kind: relations annotated, those among the candidates, and of the others what they need."""

    wanted: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    needs: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, dict[str, int]]:
        """The counts by kind, those of needs that are not 0."""
        return {
            kind: {"annotated": self.wanted[kind], "offered": self.offered[kind], **self.needs[kind]}
            for kind in KINDS
            if self.wanted[kind]
        }


def measure(gold: Path, texts: Path) -> Ceiling:
    """The counts over every annotated document."""
    ceiling = Ceiling()
    for passage in read_gold(gold, texts, gold.name).passages:
        ev = read_evidence(passage.text)
        if ev is None:
            continue
        anchors = {kind: list(FIND[kind](ev)) for kind in KINDS}
        for label in passage.labels:
            if label.is_checkable:
                _count(ceiling, passage.name, ev, anchors[label.kind], label)
    return ceiling


def _count(ceiling: Ceiling, name: str, ev: Evidence, anchors: Sequence[Anchor], label: Label) -> None:
    ceiling.wanted[label.kind] += 1
    stated = [[values_stated(anchor, candidate) for candidate in anchor.candidates] for anchor in anchors]
    if any(label.is_partly_stated_by(values) for of_anchor in stated for values in of_anchor):
        ceiling.offered[label.kind] += 1
        return
    need = _need(ev, label, anchors, stated)
    ceiling.needs[label.kind][need] += 1
    ceiling.misses.append(f"{name} {label.kind} {need}: {label.quote[:100]!r} {label.values}")


def _need(ev: Evidence, label: Label, anchors: Sequence[Anchor], stated: Sequence[Sequence[Values]]) -> str:
    """The first of what a relation lacks to be a candidate."""
    wanted = list(_flat(label.values))
    if not _are_among(wanted, map(ev.value, ev.mentions)):
        return "no figure"
    if not _are_among(wanted, (ev.value(m) for m in ev.mentions if _is_usual(m, label))):
        return "role"
    own = [values for anchor, values in zip(anchors, stated, strict=True) if _is_anchor(ev, anchor, label)]
    if not own:
        return "no anchor"
    reached = any(_are_in(wanted, [held for one in values for held in _flat(one)]) for values in own)
    return "combination" if reached else "out of reach"


def _are_among(wanted: Sequence[float], figures: Iterable[Value]) -> bool:
    """True where every value that is wanted is that of a figure, its sign set aside."""
    return _are_in(wanted, [abs(figure.value) for figure in figures])


def _are_in(wanted: Sequence[float], held: Sequence[float]) -> bool:
    return all(any(_same(value, other) for other in held) for value in wanted)


def _is_usual(mention: Mention, label: Label) -> bool:
    """True for a figure that may stand in a relation of the kind: of changes those that are changes, too."""
    role, kind = mention.role, mention.figure.kind
    return kind in _COUNTED and (role == "level" or (label.kind in ("change", "sum") and role == "change"))


def _is_anchor(ev: Evidence, anchor: Anchor, label: Label) -> bool:
    """True where the anchor is the figure of the label that says something of the others, or may be."""
    return any(_same(abs(ev.value(anchor.mention).value), value) for value in _anchor_values(label))


def _anchor_values(label: Label) -> list[float]:
    values = label.values
    if label.kind == "sum":
        return list(_flat(values[:1]))
    if label.kind in ("ratio", "remainder"):
        return list(_flat(values[2:]))
    return list(_flat(values))


def _flat(values: Sequence[float | tuple[float, ...] | None]) -> Iterator[float]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        elif value is not None:
            yield value


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= _LOSS * max(1.0, abs(a), abs(b))


def main() -> int:
    """Prints the counts by kind, with -v every relation that is not offered."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("gold", nargs="?", type=Path, default=CORPUS / "gold")
    parser.add_argument("texts", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    ceiling = measure(args.gold, args.texts)
    if args.verbose:
        print(*ceiling.misses, sep="\n", file=sys.stderr)
    for kind, counts in ceiling.figures().items():
        print(json.dumps({"kind": kind, **counts}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
