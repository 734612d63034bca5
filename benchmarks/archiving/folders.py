"""An archive on disk: reports in folders by province and year, some folders as ZIP files, a few files twice."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from archiving.reports import Made, Suffix, report
from archiving.word import packed

SEED = 6
_FORMATS: tuple[Suffix, ...] = (".pdf",) * 6 + (".docx",) * 3 + (".txt",)
_TWICE, _ZIPPED = 0.02, 0.04


def reports(count: int, seed: int = SEED) -> Iterator[Made]:
    """So many sound reports: 60% PDF, 30% Word, 10% text; 2% have the content of one before under another name."""
    chance, before = random.Random(seed), list[Made]()
    for number in range(1, count + 1):
        if before and chance.random() < _TWICE:
            same = chance.choice(before)
            stem, _, suffix = same.name.rpartition(".")
            yield Made(same.folder, f"{stem} (bản sao {number}).{suffix}", same.data)
        else:
            before.append(report(seed, number, chance.choice(_FORMATS)))
            yield before[-1]


def write_archive(folder: Path, count: int, seed: int = SEED) -> list[str]:
    """Writes so many sound files and gives the paths that they are listed under, sorted.

    Hidden files and lock files stand among them, which are no part of the archive.
    """
    zipped: dict[str, dict[str, bytes]] = defaultdict(dict)
    paths = list[str]()
    for made in reports(count, seed):
        if random.Random(f"{seed} {made.folder}").random() < _ZIPPED:
            zipped[made.folder][made.name] = made.data
            paths.append(f"{folder.resolve().as_posix()}/{made.folder}.zip!/{made.name}")
            continue
        path = folder / made.folder / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        paths.append(path.resolve().as_posix())
    for name, members in zipped.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.zip").write_bytes(packed(members))
    for path in [path for path in sorted(folder.rglob("*.docx")) if path.name[0] != "~"][:3]:
        (path.parent / f"~${path.name[2:]}").write_bytes(b"\x05Office" + bytes(155))
        (path.parent / f".{path.name}").write_bytes(b"hidden")
    return sorted(paths)
