"""How many figures of the five reports are mapped to the indicator that they are, with value, period and status.

python benchmarks/indicators.py                what `corpus/gold/indicators.toml` says
python benchmarks/indicators.py --held-back    for each report without the aliases that could be read off it
python benchmarks/indicators.py -v             every figure that is missed or wrong
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from de06_extract.indicators.aliases import Aliases
from de06_extract.indicators.taxonomy import Taxonomy, taxonomy
from de06_extract.language.labels import read_label, syllables
from de06_extract.pipeline.extract import check
from de06_extract.readers import read_document
from de06_extract.schema.report import Indicator, Report

TERM = 4  # syllables: a term, not a wording
CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass
class Tally:
    """What came of the figures of one report; `misses` says which went wrong and how."""

    figures: int = 0
    mapped: int = 0
    wrong: int = 0
    timed: int = 0
    dated: int = 0
    placed: int = 0
    extra: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in another report's."""
        for name in ("figures", "mapped", "wrong", "timed", "dated", "placed", "extra"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses

    def __str__(self) -> str:
        return (
            f"{self.figures:4} figures   mapped right {_share(self.mapped, self.figures)}   "
            f"wrong {_share(self.wrong, self.figures)}   period {_share(self.dated, self.timed)} of {self.timed}   "
            f"status {_share(self.placed, self.mapped)}   {self.extra:3} mapped that the gold lacks"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


def gold() -> dict[str, list[dict[str, Any]]]:
    """The figures of each report."""
    out: dict[str, list[dict[str, Any]]] = {}
    for entry in tomllib.loads((CORPUS / "gold" / "indicators.toml").read_text("utf-8"))["figure"]:
        out.setdefault(entry["document"], []).append(entry)
    return out


def offset_of(text: str, entry: dict[str, Any]) -> int:
    """Where the figure of an entry begins."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: entry["line"] - 1])
    line = lines[entry["line"] - 1]
    kept = [at for at, character in enumerate(line) if character != "*"]
    squeezed, places = "", []
    for at in kept:
        character = " " if line[at] == " " else line[at]
        if not (character == " " and squeezed.endswith(" ")):
            squeezed += character
            places.append(at)
    return start + places[squeezed.index(entry["anchor"]) + int(entry.get("offset", 0))]


def score(report: Report, text: str, entries: list[dict[str, Any]]) -> Tally:
    """The report held against the gold."""
    tally, used = Tally(), set()
    for entry in entries:
        tally.figures += 1
        at = offset_of(text, entry)
        found = next((i for i in report.indicators if i.span.start <= at < i.span.end), None)
        what = f"{entry['document']}:{entry['line']} {entry['figure']} {entry['indicator']}"
        if found is None:
            tally.misses.append(f"{what}: not mapped")
            continue
        used.add(found.span.start)
        value = Decimal(entry["value"])
        if found.id != entry["indicator"]:
            tally.wrong += 1
            tally.misses.append(f"{what}: mapped to {found.id}")
        elif value not in (found.value, found.numerator):
            tally.misses.append(f"{what}: value {found.value}")
        else:
            tally.mapped += 1
            tally.placed += found.status == entry.get("status", "result")
            if found.status != entry.get("status", "result"):
                tally.misses.append(f"{what}: status {found.status}")
            if not entry.get("doubtful"):
                tally.timed += 1
                tally.dated += _period(found) == (entry.get("start"), entry.get("end"))
                if _period(found) != (entry.get("start"), entry.get("end")):
                    tally.misses.append(f"{what}: period {_period(found)}")
    extra = [i for i in report.indicators if i.span.start not in used]
    tally.extra = len(extra)
    tally.misses += [f"not in the gold: {i.span.text} {i.id} {i.score} «{i.quote[:80]}»" for i in extra]
    return tally


def _period(found: Indicator) -> tuple[str | None, str | None]:
    return (found.period.start, found.period.end) if found.period else (None, None)


def without(known: Taxonomy, text: str) -> Taxonomy:
    """The taxonomy without the aliases that stand, all their words, in one line of the text.

    Terms stay, which every report has to use: «quá hạn», «đăng ký khai sinh».
    """
    lines = [frozenset(syllables(line)) for line in text.split("\n") if line]

    def kept(aliases: tuple[str, ...], name: str) -> Iterator[str]:
        for alias in dict.fromkeys((*aliases, re.sub(r"\(.*?\)", "", name))):
            label = read_label(alias)
            words = label.words | label.numbers
            if len(words) <= TERM or not any(words <= line for line in lines):
                yield alias

    entries = {
        key: entry.model_copy(update={"aliases": tuple(kept(entry.aliases, entry.name_vi)) or (entry.name_vi,)})
        for key, entry in known.entries.items()
    }
    return known.model_copy(update={"entries": entries})


def main() -> None:
    """Print a line for each report and one for all."""
    total = Tally()
    for document, entries in gold().items():
        path = CORPUS / f"{document}.txt"
        data = path.read_bytes()
        text = data.decode("utf-8")
        known = without(taxonomy(), text) if "--held-back" in sys.argv else taxonomy()
        tally = score(check(read_document(data, path.name), data, aliases=Aliases(known)), text, entries)
        print(document, tally)
        if "-v" in sys.argv:
            print(*(f"      {miss}" for miss in tally.misses), sep="\n")
        total.add(tally)
    print("all", total)


if __name__ == "__main__":
    main()
