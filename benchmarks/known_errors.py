"""What is known to be wrong in the five reports, and what looks wrong and is right: which of it is reported, and how.

    python benchmarks/known_errors.py [FOLDER] [--suffix .txt] [-v]

`corpus/gold/known.toml` lists it by hand. Printed are how many of the errors are reported as an error or a warning, how
many matters of style are reported above a warning, and how many right figures above a note; with -v each entry.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from de06_extract import Finding, extract
from de06_extract.readers import read_document
from de06_extract.schema.report import Severity

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
REACH = 400  # characters of a sentence around a figure
ALLOWED = {"error": ("error", "warning"), "style": ("warning", "info", None), "right": ("info", None)}


@dataclass(frozen=True)
class Known:
    """One entry of the list, with the gravest severity of a finding that speaks of it."""

    id: str
    verdict: str
    near: str
    severity: Severity | None

    @property
    def is_met(self) -> bool:
        """True where what is reported is what should be."""
        return self.severity in ALLOWED[self.verdict]


def measure(folder: Path, suffix: str = ".txt") -> list[Known]:
    """Every entry of the list, against the documents NAME plus suffix of a folder."""
    entries = tomllib.loads((CORPUS / "gold" / "known.toml").read_text("utf-8"))["known"]
    out = []
    for name in sorted({entry["document"] for entry in entries}):
        path = folder / f"{name}{suffix}"
        text, findings = read_document(path.read_bytes(), path.name).text, extract(path).findings
        for entry in (entry for entry in entries if entry["document"] == name):
            about = [f.severity for f in findings if _speaks_of(f, text, entry["figures"], entry["near"])]
            out.append(
                Known(entry["id"], entry["verdict"], entry["near"], min(about, key=SEVERITIES.index, default=None))
            )
    return out


def _speaks_of(finding: Finding, text: str, figures: list[str], near: str) -> bool:
    """True where a place of the finding holds one of the figures in the neighbourhood of some words."""
    for start, end in _places(finding):
        words = _plain(text[start:end])
        around = _plain(text[max(0, start - REACH) : end + REACH])
        if any(_plain(figure) in words for figure in figures) and _plain(near) in around:
            return True
    return False


def _places(finding: Finding) -> Iterator[tuple[int, int]]:
    yield finding.span.start, finding.span.end
    yield from ((related.span.start, related.span.end) for related in finding.related)


def _plain(words: str) -> str:
    return " ".join(words.replace("*", "").split())


def main() -> int:
    """Prints the counts as JSON, with -v every entry on standard error; 1 where one is not as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--suffix", default=".txt")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    known = measure(args.folder, args.suffix)
    for entry in known if args.verbose else ():
        print("  " if entry.is_met else "! ", entry.id, entry.verdict, entry.severity, entry.near, file=sys.stderr)
    met, of = Counter(k.verdict for k in known if k.is_met), Counter(k.verdict for k in known)
    print(json.dumps({verdict: f"{met[verdict]} of {of[verdict]}" for verdict in ALLOWED}))
    return int(any(not entry.is_met for entry in known))


if __name__ == "__main__":
    sys.exit(main())
