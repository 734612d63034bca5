"""Sound reports made up out of the corpus: by seed the same bytes, by number different ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from archiving.portable import PortableLibrary
from archiving.versions import Version
from archiving.word import WordSource
from de06_extract.places import Unit, province_of, units
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


class ReportMaker:
    """Makes reports; what comes out for a number depends on it and the seed alone."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def report(self, number: int, suffix: Suffix) -> Made:
        """The report of a number, as a file of a format."""
        chance = random.Random(f"{self._seed} {number} {suffix}")
        origin, unit = chance.choice(self._pairs)
        years = chance.choice(_YEARS_ON)
        province = unit if unit.level == "province" else province_of(unit, "2024-12")
        version = Version(f"{self._seed} {number}", self._names(unit, province), years)
        folder = f"{province.kind.capitalize()} {province.name}/Năm {origin.year + years}"
        name = f"Báo cáo Đề án 06 {unit.kind} {unit.name} - {number}"
        match suffix:
            case ".pdf":
                data = self._pdf(chance, origin, version, name)
            case ".docx":
                data = self._word[origin.key].write(version, without=chance.choice(_PARAGRAPHS_LEFT_OUT))
            case ".txt":
                data = self._text(chance, origin, version)
        return Made(folder, f"{name}{suffix}", data)

    def _pdf(self, chance: random.Random, origin: Origin, version: Version, title: str) -> bytes:
        """Some pages of a report, mostly from its first one on, now and then with an annex of pages of another.

        A tenth is of the files whose font lacks letters; there the names stay, for their letters are drawn apart.
        """
        at = ORIGINS.index(origin)
        if chance.random() < 0.1:
            at, version = at + len(ORIGINS), Version(version.seed, {}, version.years)
        pages = list(_run(chance, self._library.sources[at], from_first=chance.random() < 0.9))
        if chance.random() < 0.2:
            pages += _run(chance, self._library.sources[chance.randrange(len(ORIGINS))], from_first=False)
        return self._library.write(list(dict.fromkeys(pages))[:_LONGEST], version, title)

    def _text(self, chance: random.Random, origin: Origin, version: Version) -> bytes:
        without = chance.choice(_PARAGRAPHS_LEFT_OUT)
        lines = (CORPUS / f"{origin.key}.txt").read_text("utf-8").splitlines(keepends=True)
        kept = (line for line in lines if chance.random() >= without)
        return "".join(applied(line, tuple(version.edits(line))) for line in kept).encode()

    @cached_property
    def _library(self) -> PortableLibrary:
        paths = [CORPUS / folder / f"{origin.key}.pdf" for folder in ("pdf", "fallback") for origin in ORIGINS]
        return PortableLibrary(paths)

    @cached_property
    def _word(self) -> Mapping[str, WordSource]:
        return {origin.key: WordSource(CORPUS / "docx" / f"{origin.key}.docx") for origin in ORIGINS}

    @cached_property
    def _pairs(self) -> tuple[tuple[Origin, Unit], ...]:
        """The units that each report may be of: those whose names can be drawn in the PDF files of the corpus.

        Each report has as many, drawn again where it has fewer, so that each is as frequent.
        """
        then = [unit for unit in units() if unit.era == "until-2025-06" and unit.existed("2024-12")]
        fit = [
            [unit for unit in then if unit.kind == one.kind and self._fits(at, unit)] for at, one in enumerate(ORIGINS)
        ]
        most = max(map(len, fit))
        return tuple(
            (origin, own[at % len(own)]) for origin, own in zip(ORIGINS, fit, strict=True) for at in range(most)
        )

    def _fits(self, origin: int, unit: Unit) -> bool:
        province = unit if unit.level == "province" else province_of(unit, "2024-12")
        names = self._names(unit, province)
        short = all(len(new) <= len(old) + 2 for old, new in names.items())  # else it runs into what stands beside it
        return short and self._library.can_write(origin, names)

    @staticmethod
    def _names(unit: Unit, province: Unit) -> dict[str, str]:
        return dict(_named(unit, province))


def _named(unit: Unit, province: Unit) -> Iterator[tuple[str, str]]:
    for origin in ORIGINS:
        for old, new in ((origin.district, unit.name), (origin.province, province.name)):
            if old:
                yield from ((old, new), (old.upper(), new.upper()))


def _run(chance: random.Random, pages: tuple[int, ...], *, from_first: bool) -> tuple[int, ...]:
    start = 0 if from_first else chance.randrange(len(pages))
    return pages[start : start + chance.randint(1, len(pages) - start)]
