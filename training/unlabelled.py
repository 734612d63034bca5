"""Unlabelled texts: a sample of what there is, the same in whatever order it is read."""

from __future__ import annotations

import json
import lzma
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from de06_extract.claims.prose.learning.texts import Text, draw, part_of

SUFFIXES = (".txt", ".jsonl", ".jsonl.xz")


class TextsError(ValueError):
    """A file of texts that has another form than is known."""


def sample(sources: Mapping[Path, float], most: int, left_out: Collection[str] = ()) -> list[Text]:
    """At most so many texts, of every source its share, long ones cut; no text twice."""
    found: dict[str, Text] = {}
    for path, share in sorted(sources.items(), key=lambda item: (item[0].name, str(item[0]))):
        texts = sorted((text for text in read(path) if text.name not in left_out), key=_order)
        taken = 0
        for text in texts:
            part = part_of(text)
            if part.text not in found and taken < int(most * share) and part.text.strip():
                found[part.text] = part
                taken += 1
    return sorted(found.values(), key=_order)


def read(path: Path) -> Iterator[Text]:
    """The texts of a folder of *.txt, or of a file of JSON Lines `{"id", "text"}`."""
    if path.is_dir():
        files = sorted(path.rglob("*.txt"))
        if not files:
            raise TextsError(f"{path}: no texts (*.txt)")
        for file in files:
            yield Text(file.relative_to(path).as_posix(), file.read_text("utf-8"))
    elif path.name.endswith(SUFFIXES[1:]):
        for number, entry in enumerate(_entries(path), 1):
            if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or "id" not in entry:
                raise TextsError(f"{path}, line {number}: not an object with «id» and «text»")
            yield Text(str(entry["id"]), entry["text"])
    else:
        raise TextsError(f"{path}: neither a folder of *.txt nor a file *.jsonl or *.jsonl.xz")


def read_names(path: Path) -> frozenset[str]:
    """The names of documents in JSON Lines with «id»."""
    return frozenset(text.name for text in read(path))


def _entries(path: Path) -> Iterator[object]:
    read = lzma.open if path.suffix == ".xz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise TextsError(f"{path}, line {number}: not JSON: {error}") from error


def _order(text: Text) -> tuple[float, str, str]:
    return draw("order", text.name), text.name, text.text
