"""Sound reports made up out of the corpus: a seed gives the same bytes each time, a number those of a report."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from archiving.portable import PortableLibrary
from archiving.versions import Version
from archiving.word import WordSource
from de06_extract.language.places import Unit, province_of, units
from mutating.edits import applied

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
Suffix = Literal[".pdf", ".docx", ".txt"]
_LONGEST = 20  # pages
_YEARS_ON = (0, 0, 1, 2, 3)
_PARAGRAPHS_LEFT_OUT = (0.0, 0.0, 0.05, 0.2, 0.5)


@dataclass(frozen=True)
class Origin:
    """A report of the corpus: the kind of unit that it is of, its year, and its names of district and province."""

    key: str
    kind: str
    year: int
    district: str | None
    province: str | None


ORIGINS = (
    Origin("000", "huyện", 2024, "Tứ Kỳ", "Hải Dương"),
    Origin("001", "tỉnh", 2024, None, None),
    Origin("002", "thị xã", 2023, "Bình Long", "Bình Phước"),
    Origin("003", "huyện", 2023, "Trà Cú", "Trà Vinh"),
    Origin("004", "tỉnh", 2024, None, "Bắc Giang"),
)


@dataclass(frozen=True)
class Made:
    """A made report: where an archive keeps it, and its bytes."""

    folder: str
    name: str
    data: bytes


def report(seed: int, number: int, suffix: Suffix) -> Made:
    """The report of a number, as a file of a format; it depends on this and the seed alone."""
    chance = random.Random(f"{seed} {number} {suffix}")
    origin, unit = chance.choice(_pairs(is_drawn=suffix == ".pdf"))
    years, province = chance.choice(_YEARS_ON), _province(unit)
    version = Version(f"{seed} {number}", _names(unit), years)
    folder = f"{province.kind.capitalize()} {province.name}/Năm {origin.year + years}"
    name = f"Báo cáo Đề án 06 {unit.kind} {unit.name} - {number}"
    match suffix:
        case ".pdf":
            data = _pdf(chance, origin, version, name)
        case ".docx":
            data = _word(origin.key).write(version, without=chance.choice(_PARAGRAPHS_LEFT_OUT))
        case ".txt":
            data = _text(chance, origin, version)
    return Made(folder, f"{name}{suffix}", data)


def _pdf(chance: random.Random, origin: Origin, version: Version, title: str) -> bytes:
    """Some pages of a report, mostly from its first one on, now and then with an annex of pages of another.

    A tenth is of the files whose font lacks letters; there the names stay, for their letters are drawn apart.
    """
    library, at = _library(), ORIGINS.index(origin)
    if chance.random() < 0.1:
        at, version = at + len(ORIGINS), Version(version.seed, {}, version.years)
    pages = list(_run(chance, library.sources[at], from_first=chance.random() < 0.9))
    if chance.random() < 0.2:
        pages += _run(chance, library.sources[chance.randrange(len(ORIGINS))], from_first=False)
    return library.write(list(dict.fromkeys(pages))[:_LONGEST], version, title)


def _text(chance: random.Random, origin: Origin, version: Version) -> bytes:
    without = chance.choice(_PARAGRAPHS_LEFT_OUT)
    lines = (CORPUS / f"{origin.key}.txt").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if chance.random() >= without]
    kept = kept if any(map(str.strip, kept)) else lines
    return "".join(applied(line, tuple(version.edits(line))) for line in kept).encode()


def _run(chance: random.Random, pages: tuple[int, ...], *, from_first: bool) -> tuple[int, ...]:
    start = 0 if from_first else chance.randrange(len(pages))
    return pages[start : start + chance.randint(1, len(pages) - start)]


@cache
def _library() -> PortableLibrary:
    paths = [CORPUS / folder / f"{origin.key}.pdf" for folder in ("pdf", "fallback") for origin in ORIGINS]
    return PortableLibrary(paths)


@cache
def _word(key: str) -> WordSource:
    return WordSource(CORPUS / "docx" / f"{key}.docx")


@cache
def _pairs(*, is_drawn: bool) -> tuple[tuple[Origin, Unit], ...]:
    """The units that each report may be of; if it is drawn, those whose names can be in the PDF files of the corpus.

    Each report has as many, drawn again where it has fewer, so that each is as frequent.
    """
    then = [unit for unit in units() if unit.era == "until-2025-06" and unit.existed("2024-12")]
    fit = [
        [unit for unit in then if unit.kind == origin.kind and (not is_drawn or _fits(at, unit))]
        for at, origin in enumerate(ORIGINS)
    ]
    most = max(map(len, fit))
    return tuple((origin, own[at % len(own)]) for origin, own in zip(ORIGINS, fit, strict=True) for at in range(most))


def _fits(origin: int, unit: Unit) -> bool:
    names = _names(unit)
    short = all(len(new) <= len(old) + 2 for old, new in names.items())  # else it runs into what stands beside it
    return short and _library().can_write(origin, names)


@cache
def _province(unit: Unit) -> Unit:
    return unit if unit.level == "province" else province_of(unit, "2024-12")


def _names(unit: Unit) -> dict[str, str]:
    """What the names in the corpus become in a report of a unit."""
    names: dict[str, str] = {}
    for origin in ORIGINS:
        for old, new in ((origin.district, unit.name), (origin.province, _province(unit).name)):
            names |= {old: new, old.upper(): new.upper()} if old else {}
    return names
