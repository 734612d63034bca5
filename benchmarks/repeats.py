"""Repeated figures against hand annotations: which conflicts are found, and what is called one that is none.

    python benchmarks/repeats.py [GOLD] [DOCUMENTS] [--suffix .txt] [-v]

Without arguments the five reports are measured as text, PDF and DOCX. A conflict counts as found when a finding that
rests on comparisons shows figures of two of its mentions that differ, or one of them with the year or sum it should be;
places are not compared, because a layout may move them. Printed are, for each format:

    recall        annotated conflicts that were found; what the annotation calls debatable or numbering is left out
    debatable     debatable conflicts that are shown, all of which must be info
    alarms        errors and warnings of these rules that no annotated conflict explains
    agreements    comparisons of repeated figures that agree
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from de06_extract import Report, extract
from de06_extract.schema.report import Finding

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FORMATS = ((CORPUS, ".txt"), (CORPUS / "pdf", ".pdf"), (CORPUS / "docx", ".docx"))
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


@dataclass
class Tally:
    """Counts over documents, and a line for each miss."""

    conflicts: int = 0
    found: int = 0
    debatable: int = 0
    alarms: int = 0
    agreements: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Found conflicts of all."""
        return round(self.found / max(1, self.conflicts), 4)


def measure(gold: Path, documents: Path, suffix: str) -> Tally:
    """The tally over all annotated documents."""
    tally = Tally()
    for path in sorted(gold.glob("*.json")):
        report = extract(documents / (path.stem + suffix))
        annotated = json.loads(path.read_text("utf-8")).get("repeats", [])
        _count(tally, path.stem, report, [e for e in annotated if e.get("kind") != "numbering" and not _is_heading(e)])
    return tally


def _is_heading(entry: dict[str, Any]) -> bool:
    """True for the numbers of sections, which no figure repeats."""
    return all(re.fullmatch(r"[IVX]+", str(mention["value"])) is not None for mention in entry["mentions"])


def _count(tally: Tally, name: str, report: Report, entries: list[dict[str, Any]]) -> None:
    findings = [finding for finding in report.findings if finding.comparisons]
    explained: set[str] = set()
    for entry in entries:
        if entry["verdict"] == "conflict":
            explained |= _explained(tally, name, findings, entry)
    alarms = [f for f in findings if f.severity != "info" and f.id not in explained]
    tally.alarms += len(alarms)
    tally.misses += [f"{name}: alarm: {finding.message}" for finding in alarms]
    tally.agreements += sum(c.kind == "repeat" and c.verdict == "consistent" for c in report.comparisons)


def _explained(tally: Tally, name: str, findings: list[Finding], entry: dict[str, Any]) -> set[str]:
    """The findings that an annotated conflict justifies, counted; a debatable one justifies no more than a hint."""
    hits = {finding.id for finding in findings if _shows(finding, entry)}
    if entry.get("debatable"):
        tally.debatable += bool(hits)
        return hits - {finding.id for finding in findings if finding.severity != "info"}
    tally.conflicts += 1
    tally.found += bool(hits)
    tally.misses += [] if hits else [f"{name}: not found: {entry['id']} {entry['what']}"]
    return hits


def _shows(finding: Finding, entry: dict[str, Any]) -> bool:
    """True where the finding shows numbers of two mentions, different ones."""
    mentions = [set(_numbers(mention["quote"])) for mention in entry["mentions"]]
    here = set(_numbers(finding.reported or ""))
    there = {number for place in finding.related for number in _numbers(place.span.text)}
    return any(here & a and there & b and a != b for a in mentions for b in mentions)


def _numbers(text: str) -> list[str]:
    return [found.replace(".", "") for found in _NUMBER.findall(text)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=CORPUS / "gold")
    parser.add_argument("documents", nargs="?", type=Path)
    parser.add_argument("--suffix", default=".txt")
    parser.add_argument("-v", action="store_true", help="list misses and alarms")
    args = parser.parse_args()
    formats = [(args.documents, args.suffix)] if args.documents else FORMATS
    for documents, suffix in formats:
        tally = measure(args.gold, documents, suffix)
        print(
            f"{suffix}: recall {tally.recall} of {tally.conflicts}, debatable {tally.debatable}, "
            f"alarms {tally.alarms}, agreements {tally.agreements}"
        )
        for miss in tally.misses if args.v else ():
            print("   ", miss)


if __name__ == "__main__":
    main()
