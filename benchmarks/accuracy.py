"""Accuracy against hand annotations: which claims are found, and which verdicts on them are right.

    python benchmarks/accuracy.py [GOLD] [DOCUMENTS] [--suffix .txt] [-v]

GOLD holds NAME.json (the form of `corpus/gold/`), DOCUMENTS the file NAME plus suffix. A claim counts as found when one
of the same kind carries the same values; places are not compared, because a layout may move them. Printed are, over
all kinds of claim:

    recall           checkable annotated claims that were found
    verdicts         of those found, the ones with the annotated verdict
    error_recall     annotated errors that were found and called one
    error_precision  claims called an error that the annotation calls one; what it calls debatable counts neither way
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from annotations import VERDICTS, WRONG, print_tally
from de06_extract import Claim, extract
from de06_extract.numbers.kind import Kind
from de06_extract.numbers.kinds import kind_of

KINDS = {
    group: kind_of(name)
    for group, name in (
        ("ratios", "ratio"),
        ("sums", "sum"),
        ("remainders", "remainder"),
        ("changes", "change"),
        ("shares", "distribution"),
    )
}
Values = tuple[Any, ...]


@dataclass
class Tally:
    """Counts over documents, and a line for each miss."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    errors: int = 0
    errors_found: int = 0
    alarms: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The four figures, each between 0 and 1, and of how many claims and errors they are."""
        return {
            "recall": round(self.found / max(1, self.wanted), 4),
            "verdicts": round(self.right / max(1, self.found), 4),
            "error_recall": round(self.errors_found / max(1, self.errors), 4),
            "error_precision": round(self.errors_found / max(1, self.errors_found + self.alarms), 4),
            "claims": self.wanted,
            "errors": self.errors,
        }


def measure(gold: Path, documents: Path, suffix: str = ".txt") -> Tally:
    """The tally over every annotated document."""
    tally = Tally()
    for path in sorted(gold.glob("*.json")):
        annotations = json.loads(path.read_text("utf-8"))
        _score(tally, path.stem, annotations, extract(documents / f"{path.stem}{suffix}").claims)
    return tally


def _score(tally: Tally, name: str, gold: dict[str, Any], claims: tuple[Claim, ...]) -> None:
    used: set[int] = set()
    for kind, want, annotation in _annotations(gold):
        verdict = VERDICTS.get(str(annotation.get("verdict")))
        if annotation.get("debatable"):
            continue
        hit = _hit(kind, want, verdict, claims, used)
        if verdict is None:
            used.update(() if hit is None else (hit,))
            continue
        tally.wanted += 1
        tally.errors += verdict in WRONG
        if hit is None:
            tally.misses.append(f"{name} {kind} missed: {annotation['quote'][:100]!r}")
            continue
        used.add(hit)
        tally.found += 1
        tally.right += claims[hit].verdict == verdict
        tally.errors_found += verdict in WRONG and claims[hit].verdict in WRONG
        if verdict not in WRONG and claims[hit].verdict in WRONG:
            tally.alarms += 1
        if claims[hit].verdict != verdict:
            tally.misses.append(f"{name} {kind} called {claims[hit].verdict}: {annotation['quote'][:90]!r}")
    _score_accusations(tally, name, [claim for at, claim in enumerate(claims) if at not in used], _spared(gold))


def _score_accusations(tally: Tally, name: str, claims: list[Claim], spared: list[tuple[str, Values]]) -> None:
    """Counts the claims without an annotation that are called wrong."""
    for claim in claims:
        if claim.verdict in WRONG and claim.table is None and not _is_spared(claim, spared):
            tally.alarms += 1
            tally.misses.append(f"{name} {claim.kind} accused: {claim.quote[:100]!r}")


def _hit(kind: str, want: Values, verdict: str | None, claims: tuple[Claim, ...], used: set[int]) -> int | None:
    """The claim with these values, one with the annotated verdict before another."""
    hits = [
        at
        for at, claim in enumerate(claims)
        if at not in used and claim.kind == kind and _match(kind, want, _values(claim))
    ]
    return next((at for at in hits if claims[at].verdict == verdict), hits[-1] if hits else None)


def _annotations(gold: dict[str, Any]) -> list[tuple[str, Values, dict[str, Any]]]:
    """Kind, values and annotation, the fullest first, so that a bare a/b takes no a/b with a percentage."""
    rows = [
        (kind.name, _key(kind, annotation), annotation)
        for group, kind in KINDS.items()
        for annotation in gold.get(group, ())
    ]
    return sorted(rows, key=lambda row: sum(value in (None, ()) for value in row[1]))


def _spared(gold: dict[str, Any]) -> list[tuple[str, Values]]:
    """Claims that may be called an error or not: debatable and doubtful ones."""
    out = [(kind, values) for kind, values, annotation in _annotations(gold) if annotation.get("debatable")]
    for doubt in gold.get("doubtful", ()):
        roles = doubt.get("roles") or doubt.get("was")
        if doubt.get("kind") in KINDS and roles:
            kind = KINDS[doubt["kind"]]
            out.append((kind.name, _key(kind, roles)))
    return out


def _is_spared(claim: Claim, spared: list[tuple[str, Values]]) -> bool:
    return any(kind == claim.kind and _match(kind, want, _values(claim)) for kind, want in spared)


def _values(claim: Claim) -> Values:
    return _key(kind_of(claim.kind), claim.model_dump()["quantities"])


def _key(kind: Kind, roles: dict[str, Any]) -> Values:
    """The values, order within a list set aside."""
    return tuple(
        tuple(sorted(filter(None, map(_number, roles.get(role.name) or ()))))
        if role.is_list
        else _number(roles.get(role.name))
        for role in kind.roles
    )


def _number(value: Any) -> Decimal | None:
    """The size of a value; a fall is a direction, not a sign."""
    value = value.get("value") if isinstance(value, dict) else value
    return None if value is None else abs(Decimal(str(value))).normalize()


def _match(kind: str, gold: Values, found: Values) -> bool:
    """Equal value for value; the base of a distribution may be left out."""
    return gold[1:] == found[1:] if kind == "distribution" and found[0] is None else gold == found


if __name__ == "__main__":
    sys.exit(print_tally(__doc__ or "", measure))
