"""Makes `src/de06_extract/data/places.csv`: provinces and districts until 30/6/2025, provinces and communes since.

    python -m venv /tmp/places && /tmp/places/bin/pip install vietnamadminunits==1.0.4
    /tmp/places/bin/python tools/make_places.py

The lists are those of the package vietnamadminunits (MIT licence), read from its data files without importing it. Added
by hand is what it leaves out: Thừa Thiên Huế, which was a province with a city of Huế until the end of 2024.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "de06_extract" / "data" / "places.csv"
KINDS = ("thành phố", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
OLD, NEW = "2025-06", "2025-07"  # the last month of the 63 provinces, the first of the 34
HEAD = """\
# Administrative units of Vietnam: made by tools/make_places.py, do not edit.
# Source: vietnamadminunits {version}, https://pypi.org/project/vietnamadminunits/
# MIT License, Copyright (c) 2025 Tran Ngoc Minh Hieu
# since, until: the months from and to which the unit is one; within: the code of the province; successor: that of the
# province since 2025-07. Codes were given again in 2025-07, so a code alone names no unit.
"""
HUE = (
    ("", "2024-12", "46", "tỉnh", "Thừa Thiên Huế", "", "46"),
    ("", "2024-12", "474", "thành phố", "Huế", "46", ""),
)
Row = tuple[str, ...]


def rows(folder: Path) -> Iterator[Row]:
    """Since, until, code, kind, name, within and successor of every unit."""
    with closing(sqlite3.connect(folder / "dataset.db")) as base:
        old = base.execute("select distinct provinceCode, provinceKey, province from admin_units_legacy order by 1")
        new = dict(base.execute("select distinct provinceKey, provinceCode from admin_units"))
        joined = json.loads((folder / "converter_2025.json").read_text("utf-8"))["DICT_PROVINCE"]
        successor = {before: new[after] for after, those in joined.items() for before in those}
        yield from HUE
        for code, key, name in old.fetchall():
            yield "2025-01" if name.endswith("Huế") else "", OLD, code, *_parts(name), "", successor[key]
        for code, within, name in base.execute(
            "select distinct districtCode, provinceCode, district from admin_units_legacy order by 2, 1"
        ):
            yield "", OLD, code, *_parts(name), within, ""
        for code, name in base.execute("select distinct provinceCode, province from admin_units order by 1"):
            yield NEW, "", code, *_parts(name), "", ""
        for code, within, name in base.execute("select wardCode, provinceCode, ward from admin_units order by 2, 1"):
            yield NEW, "", code, *_parts(name), within, ""


def _parts(printed: str) -> tuple[str, str]:
    """The kind in small letters and the name: «Thị Xã Việt Yên» gives «thị xã» and «Việt Yên»."""
    name = " ".join(unicodedata.normalize("NFC", printed).split())
    kind = next(kind for kind in KINDS if name.lower().startswith(kind + " "))
    return kind, name[len(kind) + 1 :]


def main() -> int:
    """Writes the table; the package's data files lie where pip put them."""
    package = distribution("vietnamadminunits")
    folder = Path(str(package.locate_file("vietnamadminunits/data")))
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD.format(version=package.version))
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("since", "until", "code", "kind", "name", "within", "successor"))
        writer.writerows(rows(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
