"""What the benchmarks that score claims against hand annotations share: the words of these, and how one is run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
VERDICTS = {"ok": "consistent", "truncated": "truncated", "mismatch": "inconsistent", "undefined": "undefined"}
WRONG = {"truncated", "inconsistent", "undefined"}


class Tally(Protocol):
    """Counts over documents, and a line for each miss."""

    misses: list[str]

    def figures(self) -> dict[str, float]:
        """The measures by name."""


def print_tally(description: str, measure: Callable[[Path, Path, str], Tally]) -> int:
    """Measures what the command line names and prints the figures as JSON, with -v every miss on standard error."""
    parser = argparse.ArgumentParser(description=description.split("\n", 1)[0])
    parser.add_argument("gold", nargs="?", type=Path, default=CORPUS / "gold")
    parser.add_argument("documents", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--suffix", default=".txt")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    tally = measure(args.gold, args.documents, args.suffix)
    if args.verbose:
        print(*tally.misses, sep="\n", file=sys.stderr)
    print(json.dumps(tally.figures()))
    return 0
