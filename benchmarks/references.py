"""References, sections, lists and numbering against the hand annotations.

    python benchmarks/references.py [GOLD] [DOCUMENTS] [--suffix .txt] [-v]

GOLD holds NAME.json (the form of `corpus/gold/`), DOCUMENTS the file NAME plus suffix; without them all formats of the
corpus are measured. Places are not compared, because a layout may move them, but their order is. Printed are, for each
kind, how many were annotated, how many found, how many of those annotated are right, and what was found besides:

    references       type, number and date
    sections         label, title (where one is annotated) and level
    lists            the stated count, and no conflict where the annotation sees none
    numbering        section numbers that repeat or are left out
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from de06_extract import Report, extract

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FORMATS = (("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx"), ("fallback", ".pdf"), ("fallback", ".docx"))
NUMBERING_RULE = "section-numbering"
Key = tuple[Any, ...]


@dataclass
class Tally:
    """Counts of one kind over documents, and a line for each miss."""

    wanted: int = 0
    right: int = 0
    beyond: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the annotated ones that are right."""
        return self.right / max(1, self.wanted)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.beyond)

    def count(self, name: str, want: Sequence[Key], got: Sequence[Key]) -> None:
        """Count what stands in both, in any order: tables and footnotes move with the layout."""
        wanted, found = Counter(want), Counter(got)
        self.wanted += len(want)
        self.right += (wanted & found).total()
        self.beyond += (found - wanted).total()
        self.misses.extend(f"{name}: wanted {key}" for key in wanted - found)
        self.misses.extend(f"{name}: got {key}" for key in found - wanted)

    def align(self, name: str, want: Sequence[Key], got: Sequence[Key]) -> None:
        """Count what stands in both, in one order."""
        matcher = SequenceMatcher(a=want, b=got, autojunk=False)
        self.wanted += len(want)
        self.right += sum(block.size for block in matcher.get_matching_blocks())
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                self.beyond += j2 - j1
                self.misses.append(f"{name}: wanted {list(want[i1:i2])}, got {list(got[j1:j2])}")


def measure(gold: Path, documents: Path, suffix: str) -> dict[str, Tally]:
    """The tallies over every annotated document."""
    tallies = {kind: Tally() for kind in ("references", "sections", "lists", "numbering")}
    for path in sorted(gold.glob("*.json")):
        annotations = json.loads(path.read_text("utf-8"))
        report = extract(documents / f"{path.stem}{suffix}")
        _score(tallies, path.stem, annotations, report)
    return tallies


def _score(tallies: dict[str, Tally], name: str, gold: dict[str, Any], report: Report) -> None:
    tallies["references"].count(
        name,
        [(r["type"], r["number"], r["date"]) for r in gold["references"]],
        [(r.type, r.number, r.date) for r in report.references],
    )
    tallies["sections"].align(
        name,
        [(*_head(s["label"], s["title"] or s["quote"]), s["level"]) for s in gold["sections"] if s["label"]],
        [(*_head(s.label, s.title), s.level) for s in report.sections],
    )
    _score_lists(tallies["lists"], name, gold, report)
    numbering = [f for f in report.findings if f.rule == NUMBERING_RULE]
    annotated = [s["label"] for s in gold["sections"] if "numbering" in s.get("note", "")]
    tallies["numbering"].align(name, [(label,) for label in annotated], [(f.reported,) for f in numbering])


def _score_lists(tally: Tally, name: str, gold: dict[str, Any], report: Report) -> None:
    counts = [c for c in report.comparisons if c.kind == "list"]
    for annotation in gold["list_counts"]:
        tally.wanted += 1
        hits = [c for c in counts if c.figures[0].value == annotation["claimed"] and _meets(c.quote, annotation)]
        if hits and hits[0].verdict == {"ok": "consistent", "open_list": "unverifiable"}[annotation["verdict"]]:
            tally.right += 1
        else:
            tally.misses.append(f"{name}: {annotation['claimed']} {annotation['quote'][:80]!r}: {hits[:1]}")
    for conflict in (c for c in counts if c.verdict == "inconsistent"):
        tally.beyond += 1
        tally.misses.append(f"{name}: accused {conflict.quote[:200]!r}")


def _meets(quote: str, annotation: dict[str, Any]) -> bool:
    """True where the quote shares a stretch of words with the annotated one."""
    a, b = " ".join(quote.split()), " ".join(annotation["quote"].split())
    return SequenceMatcher(a=a[:300], b=b[:300], autojunk=False).find_longest_match().size >= 24


def _head(label: str, title: str) -> tuple[str, str]:
    """The label without marks, and the first words of the title or paragraph without number; an annex has its label."""
    label = label.rstrip(".)/")
    words = re.findall(r"\w+", re.sub(r"^[\s#*\\]*(?:[\dIVX.]+[.)]\s|[\d.]+\s(?=\D)|[a-zđ]\)\s)?", "", title))
    return label, "" if label.isupper() and len(label) > len("XVIII") else " ".join(words[:4]).casefold()


def main() -> int:
    """Print the tallies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", nargs="?", type=Path, default=CORPUS / "gold")
    parser.add_argument("documents", nargs="?", type=Path)
    parser.add_argument("--suffix", default=".txt")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was missed")
    arguments = parser.parse_args()
    given = arguments.documents
    formats = [(CORPUS / where, suffix) for where, suffix in FORMATS] if given is None else [(given, arguments.suffix)]
    for where, suffix in formats:
        for kind, tally in measure(arguments.gold, where, suffix).items():
            print(
                f"{where.name:9} {suffix:6} {kind:11} annotated {tally.wanted:3}  right {tally.right:3}"
                f"  besides {tally.beyond:3}  recall {tally.recall:.4f}  precision {tally.precision:.4f}"
            )
            if arguments.verbose:
                print("".join(f"    {miss}\n" for miss in tally.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
