"""Tables against hand annotations: which of their equations are found, and which verdicts on them are right.

    python benchmarks/tables.py [GOLD] [DOCUMENTS] [--suffix .txt] [-v]

GOLD holds NAME.json (the form of `corpus/gold/`), DOCUMENTS the file NAME plus suffix. A check of the annotation names
a row and the columns it compares («row 3: tỷ lệ = trực tuyến / tổng», «column total: Quá hạn»); it is found when a
claim of that table holds the figures that the annotated row prints in those columns. Printed are:

    recall        annotated checks that were found
    verdicts      of those found, the ones with the annotated verdict
    false_alarms  claims of tables called wrong that no annotated check calls wrong
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from annotations import VERDICTS, WRONG, print_tally
from de06_extract import Claim, Quantity, extract
from de06_extract.numbers.numerals import parse_numeral

KINDS = {"/": ("ratio",), "-": ("change", "remainder")}
ROW = re.compile(r"(?P<row>row \d+|total row): (?P<result>.+?) = (?P<first>.+?) (?P<sign>[-+/]) (?P<second>.+)")
SUM = re.compile(r"(?P<row>row \d+|total row): (?P<first>.+?) (?P<sign>[+]) (?P<second>.+?) = (?P<result>.+)")
COLUMN = re.compile(r"column total: (?P<column>.+)")
Values = tuple[Decimal | None, ...]
Wanted = tuple[tuple[str, ...], Values]  # the kinds and the figures of a claim


@dataclass
class Tally:
    """Counts over tables, and a line for each miss."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    alarms: int = 0
    claims: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The measures, recall and verdicts between 0 and 1."""
        return {
            "recall": round(self.found / max(1, self.wanted), 4),
            "verdicts": round(self.right / max(1, self.found), 4),
            "false_alarms": self.alarms,
            "checks": self.wanted,
            "claims": self.claims,
        }


def measure(gold: Path, documents: Path, suffix: str = ".txt") -> Tally:
    """The tally over every annotated document that has tables."""
    tally = Tally()
    for path in sorted(gold.glob("*.json")):
        tables = json.loads(path.read_text("utf-8")).get("tables", ())
        if tables:
            claims = [c for c in extract(documents / f"{path.stem}{suffix}").claims if c.table is not None]
            for table in tables:
                _score(tally, path.stem, table, [c for c in claims if c.table == table["id"]])
    return tally


def _score(tally: Tally, name: str, table: dict[str, Any], claims: Sequence[Claim]) -> None:
    used: set[str] = set()
    tally.claims += len(claims)
    for check in table["checks"]:
        want = _wanted(table, check["what"])
        verdict = VERDICTS.get(check["verdict"])
        if want is None or verdict is None or check.get("debatable"):
            continue  # a count of rows or a comparison with the text is no equation
        tally.wanted += 1
        hit = _hit(want, verdict, [claim for claim in claims if claim.id not in used])
        if hit is None:
            tally.misses.append(f"{name} missed: {check['what']} ({check['why']})")
            continue
        used.add(hit.id)
        tally.found += 1
        tally.right += hit.verdict == verdict
        if hit.verdict != verdict:
            tally.misses.append(f"{name} called {hit.verdict}: {check['what']}")
    for claim in claims:
        if claim.id not in used and claim.verdict in WRONG:
            tally.alarms += 1
            tally.misses.append(f"{name} accused: {claim.label}")


def _hit(want: Wanted, verdict: str, claims: Sequence[Claim]) -> Claim | None:
    """The claim that a check asks for, one with the annotated verdict before another."""
    hits = [claim for claim in claims if claim.kind in want[0] and _values(claim) == want[1]]
    return next((claim for claim in hits if claim.verdict == verdict), hits[0] if hits else None)


def _wanted(table: dict[str, Any], what: str) -> Wanted | None:
    """The kinds and the figures of the claim that a check asks for, the result first."""
    names = [re.sub(r".*/", "", name).strip().lower() for name in table["header"]]
    body, total = [r for r in table["rows"] if r[0]], [r for r in table["rows"] if not r[0]]
    whole = COLUMN.fullmatch(what)
    if whole:
        at = names.index(whole["column"].lower())
        return ("sum",), (_number(total[0][at]), *_sorted(_number(row[at]) for row in body))
    found = SUM.fullmatch(what) or ROW.fullmatch(what)
    if not found:
        return None
    row = total[0] if found["row"] == "total row" else next(r for r in body if f"row {r[0]}" == found["row"])
    result, first, second = (_number(row[_column(names, found[part])]) for part in ("result", "first", "second"))
    if found["sign"] == "+":
        return ("sum", "remainder"), (result, *_sorted((first, second)))
    return KINDS[found["sign"]], (result, first, second)


def _column(names: Sequence[str], said: str) -> int:
    """The column that a check calls by part of its name, or by a word of it: «số tăng», «tổng»."""
    exact = [at for at, name in enumerate(names) if name == said.lower()]
    begun = [at for at, name in enumerate(names) if name.startswith(said.lower())]
    held = [at for at, name in enumerate(names) if set(said.lower().split()) <= set(name.split())]
    return (exact or begun or held)[0]


def _values(claim: Claim) -> Values:
    """The figures, the result first."""

    def one(role: str) -> Decimal | None:
        quantity = claim.quantities.get(role)
        return quantity.value if isinstance(quantity, Quantity) else None

    if claim.kind == "ratio":
        return one("percent"), one("numerator"), one("denominator")
    if claim.kind == "change":
        return one("delta"), one("new"), one("old")
    if claim.kind == "remainder":
        return one("total"), *_sorted((one("done"), one("left")))
    parts = claim.quantities.get("parts")
    return one("total"), *_sorted(part.value for part in (parts if isinstance(parts, tuple) else ()))


def _sorted(values: Iterable[Decimal | None]) -> list[Decimal]:
    return sorted(value for value in values if value is not None)


def _number(text: str) -> Decimal | None:
    numeral = parse_numeral(text.strip(" %"))
    return None if numeral is None else numeral.value


if __name__ == "__main__":
    sys.exit(print_tally(__doc__ or "", measure))
