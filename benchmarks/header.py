"""How many boxes of the header are read right, for the five reports in each of their formats.

    python benchmarks/header.py [-v]

The gold is that of the texts. Where the laid-out versions print a box otherwise (`PRINTED`), that is right as well. A
box that gold leaves empty counts as invented where something is read. Words are compared without case and
marks, UBND as what it is short for.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from de06_extract import extract

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FORMATS = {"txt": "*.txt", "pdf": "pdf/*.pdf", "docx": "docx/*.docx", "fallback": "fallback/*"}
BOXES = (
    "number",
    "symbol",
    "doc_type",
    "title",
    "issuer",
    "place",
    "date",
    "addressees",
    "signer",
    "signer_role",
    "recipients",
)
# What only the laid-out documents print: a short name in the issuer's box, a signer's title without its last word.
PRINTED = {
    ("003", "issuer"): "TỔ CÔNG TÁC QĐ 1323 HUYỆN TRÀ CÚ",
    ("002", "signer_role"): "CHỦ TỊCH UBND THỊ",
}


@dataclass(frozen=True)
class Read:
    """A box of one document: what was read, and what is right; both empty for a box rightly left empty."""

    format: str
    document: str
    box: str
    found: Any
    right: tuple[Any, ...]

    @property
    def is_wanted(self) -> bool:
        return any(self.right)

    @property
    def is_right(self) -> bool:
        return _plain(self.found) in map(_plain, self.right)


def measure() -> Iterator[Read]:
    """Every box of every document in every format."""
    for kind, pattern in FORMATS.items():
        for path in sorted(CORPUS.glob(pattern)):
            gold = json.loads((CORPUS / "gold" / f"{path.stem}.json").read_text("utf-8"))["header"]
            header = extract(path).header.model_dump()
            for box in BOXES:
                yield Read(kind, path.name, box, header[box], tuple(_right(gold, path.stem, box, kind)))


def _right(gold: dict[str, Any], document: str, box: str, kind: str) -> Iterator[Any]:
    """Gold's value; what it quotes, where that is a name alone and the value is put together; what a layout prints."""
    yield gold.get(box) or None
    if box == "issuer" and gold.get(box):
        yield gold[box].split(" (")[0]
    if kind != "txt" and (document, box) in PRINTED:
        yield PRINTED[document, box]


def _plain(value: Any) -> str:
    text = "|".join(value) if isinstance(value, list | tuple) else value or ""
    return " ".join(text.replace("*", "").casefold().replace("ubnd", "ủy ban nhân dân").split())


def main() -> int:
    """Prints for each format the boxes right of those wanted, and those invented; 1 below 95 of 100."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is not right")
    args = parser.parse_args()
    read = list(measure())
    for each in read if args.verbose else ():
        if not each.is_right:
            print(each.format, each.document, each.box, each.found, "for", each.right, file=sys.stderr)
    out, low = {}, False
    for kind in FORMATS:
        wanted = [each for each in read if each.format == kind and each.is_wanted]
        right = sum(each.is_right for each in wanted)
        invented = sum(not each.is_right for each in read if each.format == kind and not each.is_wanted)
        out[kind] = {
            "right": right,
            "wanted": len(wanted),
            "share": round(right / len(wanted), 4),
            "invented": invented,
        }
        low |= right < 0.95 * len(wanted) or invented > 0
    print(json.dumps(out))
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
