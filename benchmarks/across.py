"""Rules across reports on an archive made up for them: 40 units, six quarters, 60 errors made on purpose.

    python benchmarks/across.py [--seed 6] [--language vi] [-v]

Every unit writes in a style of its own and now and then in another; some reports are corrected later, some lie there
twice, the counts of some begin anew in January. Printed are, for each kind of error, how many are found, and how many
findings speak of no error; with -v each error that is missed and each finding that is false.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from de06_extract.archive.across.find import find_across
from de06_extract.archive.across.specimens import specimen
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.language.places import named, units
from de06_extract.schema.rows import Row

PROVINCES = ("Lai Châu", "Ninh Thuận", "Bạc Liêu", "Hậu Giang")
ALONE = ("Tứ Kỳ", "Ninh Giang", "Gia Lộc", "Thanh Hà", "Nam Sách", "Trà Cú")
QUARTERS = ((2023, 1), (2023, 2), (2023, 3), (2023, 4), (2024, 1), (2024, 2))
ROMAN = ("I", "II", "III", "IV")
LAST_DAYS = ("31/3", "30/6", "30/9", "31/12")
EACH = 12  # errors of a kind
KINDS = (
    "across-count-falls",
    "across-denominator-jumps",
    "across-rate-rises",
    "across-copied-figures",
    "across-parts-add-up",
)

STYLES = {
    "accounts": (
        "Đến ngày {day}, trên địa bàn {unit} đã kích hoạt {accounts}/{base} tài khoản định danh điện tử cho công dân "
        "đủ điều kiện, đạt {share}%.",
        "Tính đến {day}, trên địa bàn {unit}, số công dân đủ điều kiện đã kích hoạt tài khoản định danh điện tử là "
        "{accounts}/{base} tài khoản, đạt tỷ lệ {share}%.",
    ),
    "cards": (
        "Đến ngày {day}, trên địa bàn {unit} đã cấp {cards} thẻ căn cước công dân.",
        "Tính đến ngày {day}, tổng số thẻ căn cước công dân đã cấp trên địa bàn {unit} là {cards} thẻ.",
    ),
    "pensions": (
        "Đến ngày {day}, trên địa bàn {unit} có {pensions} người nhận lương hưu qua tài khoản, đạt {pensions_share}% "
        "số người hưởng.",
        "Đến ngày {day}, số người nhận lương hưu qua tài khoản trên địa bàn {unit} là {pensions} người, chiếm "
        "{pensions_share}%.",
    ),
    "dossiers": (
        "{quarter}, bộ phận Một cửa tiếp nhận {dossiers} hồ sơ TTHC.",
        "{quarter}, tổng số hồ sơ TTHC đã tiếp nhận tại bộ phận Một cửa là {dossiers} hồ sơ.",
    ),
    "year": (
        "Từ ngày 01/01/{year} đến ngày {day}, bộ phận Một cửa tiếp nhận {year_dossiers} hồ sơ TTHC.",
        "Từ ngày 01/01/{year} đến ngày {day}, tổng số hồ sơ TTHC đã tiếp nhận là {year_dossiers} hồ sơ.",
    ),
    "outgoing": (
        "{quarter}, tổng số văn bản đi là {outgoing} văn bản.",
        "{quarter}, số văn bản đi của cơ quan là {outgoing} văn bản.",
    ),
    "digitised": (
        "{quarter}, số hóa đầu vào {digitised}/{to_digitise} hồ sơ, đạt {digitised_share}%.",
        "{quarter}, kết quả số hóa hồ sơ đầu vào: {digitised}/{to_digitise} hồ sơ, đạt tỷ lệ {digitised_share}%.",
    ),
    "visits": (
        "{quarter}, có {visits} lượt khám, chữa bệnh bằng CCCD.",
        "{quarter}, tổng số lượt khám, chữa bệnh bằng CCCD là {visits} lượt người.",
    ),
}
FLOWS = ("dossiers", "outgoing", "digitised", "to_digitise", "visits")


@dataclass
class Report:
    """A report to write: its unit, its quarter, its figures, the style of each sentence, and the error in it."""

    unit: str
    province: str
    at: int
    figures: dict[str, int]
    styles: dict[str, int]
    error: str | None = None
    pension_base: int = 0

    @property
    def name(self) -> str:
        """The path of its file."""
        year, quarter = QUARTERS[self.at]
        return f"/archive/{self.province}/{self.unit}/{year}-{quarter}.txt"

    def text(self, days_later: int = 0) -> str:
        """The report as it is written."""
        year, quarter = QUARTERS[self.at]
        shares = {
            "share": _share(self.figures["accounts"], self.figures["base"]),
            "digitised_share": _share(self.figures["digitised"], self.figures["to_digitise"]),
            "pensions_share": _share(self.figures["pensions"], self.pension_base),
        }
        known = {
            "unit": self.unit,
            "year": str(year),
            "day": f"{LAST_DAYS[quarter - 1]}/{year}",
            "quarter": f"Quý {ROMAN[quarter - 1]}/{year}",
            **{key: f"{value:,}".replace(",", ".") for key, value in self.figures.items()},
            **shares,
        }
        lines = [f"{STYLES[key][style].format(**known)}\n" for key, style in self.styles.items()]
        month, issued_year = (quarter * 3 + 1, year) if quarter < 4 else (1, year + 1)
        return specimen(f"{5 + days_later}/{month}/{issued_year}", *lines, unit=self.unit)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}".replace(".", ",")


@dataclass
class Archive:
    """The reports of all units, and those that were written once more."""

    reports: dict[tuple[str, int], Report]
    again: list[tuple[str, str]] = field(default_factory=list)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Paths and texts."""
        yield from ((report.name, report.text()) for report in self.reports.values())
        yield from self.again


def made(seed: int) -> Archive:
    """The archive with its errors."""
    chance = random.Random(seed)
    archive = Archive({})
    for province in PROVINCES:
        (unit,) = (one for one in named(province, kind="tỉnh", month="2023-12"))
        inside = [f"{one.kind} {one.name}" for one in units() if one.within == unit.code and one.era == unit.era]
        districts = [_series(name, province, chance) for name in inside]
        for at in range(len(QUARTERS)):
            for district in districts:
                archive.reports[district[at].unit, at] = district[at]
            archive.reports[f"tỉnh {province}", at] = _whole(province, at, [one[at] for one in districts], chance)
    for name in ALONE:
        for report in _series(f"huyện {name}", "Khác", chance):
            archive.reports[report.unit, report.at] = report
    _plant(archive, chance)
    _litter(archive, chance)
    return archive


def _series(unit: str, province: str, chance: random.Random) -> list[Report]:
    """The right reports of one unit."""
    base, style = chance.randint(40_000, 160_000), {key: chance.randrange(2) for key in STYLES}
    pension_base, year_dossiers = chance.randint(3_000, 9_000), 0
    accounts, cards, pensions = base // 3, base // 2, pension_base // 3
    restarts = province == "Khác" and chance.random() < 0.5
    out = []
    for at, (_, quarter) in enumerate(QUARTERS):
        base += chance.randint(0, base // 200)
        accounts += chance.randint(base // 50, base // 20)
        cards = (0 if restarts and quarter == 1 else cards) + chance.randint(base // 60, base // 25)
        pensions += chance.randint(-20, 150)
        dossiers = chance.randint(base // 12, base // 6)
        year_dossiers = dossiers + (0 if quarter == 1 else year_dossiers)
        to_digitise = dossiers - chance.randint(0, dossiers // 9)
        figures = {
            "accounts": accounts, "base": base, "cards": cards, "pensions": pensions, "dossiers": dossiers,
            "year_dossiers": year_dossiers, "outgoing": chance.randint(900, 4_000), "to_digitise": to_digitise,
            "digitised": to_digitise - chance.randint(1, to_digitise // 10), "visits": chance.randint(2_000, 9_000),
        }  # fmt: skip
        styles = {key: 1 - own if chance.random() < 0.08 else own for key, own in style.items()}
        out.append(Report(unit, province, at, figures, styles, pension_base=pension_base))
    return out


def _whole(province: str, at: int, districts: list[Report], chance: random.Random) -> Report:
    """The right report of a province: accounts, cards and pensions are those of its districts."""
    summed = {key: sum(one.figures[key] for one in districts) for key in districts[0].figures}
    offices = {key: value + chance.randint(100, 900) for key, value in summed.items() if key in FLOWS[:1]}
    base = sum(one.pension_base for one in districts)
    return Report(f"tỉnh {province}", province, at, {**summed, **offices}, dict.fromkeys(STYLES, 0), None, base)


def _plant(archive: Archive, chance: random.Random) -> None:
    """The errors, one a report at most; the province of a district says what the district should have said."""
    for kind in KINDS:
        planted = 0
        reports = [one for one in archive.reports.values() if one.at > 0]
        chance.shuffle(reports)
        for report in reports:
            steps = (0,) if kind == "across-parts-add-up" else (-1, 0, 1)
            near = (archive.reports.get((report.unit, report.at + step)) for step in steps)
            of_province = report.unit.startswith("tỉnh")
            fits = of_province if kind == "across-parts-add-up" else report.province == "Khác" or not of_province
            if planted == EACH or not fits or any(one is not None and one.error for one in near):
                continue
            _spoil(report, archive.reports[report.unit, report.at - 1], kind, chance)
            report.error = kind
            planted += 1


def _spoil(report: Report, last: Report, kind: str, chance: random.Random) -> None:
    figures = report.figures
    if kind == "across-count-falls":
        key = chance.choice(("accounts", "cards") if QUARTERS[report.at][1] == 1 else ("accounts", "year_dossiers"))
        figures[key] = int(last.figures[key] * chance.uniform(0.75, 0.995))
    elif kind == "across-denominator-jumps":
        figures["base"] = chance.choice((figures["base"] * 10, figures["base"] * 2, int(figures["base"] * 1.55)))
    elif kind == "across-rate-rises":
        figures["pensions"] = int(last.figures["pensions"] * chance.uniform(0.85, 0.97))
        report.pension_base = int(last.pension_base * chance.uniform(0.7, 0.8))
    elif kind == "across-copied-figures":
        figures.update({key: last.figures[key] for key in FLOWS})
    else:
        key = chance.choice(("accounts", "cards", "pensions"))
        figures[key] += chance.choice((1, 9, 90, 360, 1_800))


def _litter(archive: Archive, chance: random.Random) -> None:
    """Copies, and corrections of what was right: a higher figure before, the right one a week later."""
    for report in chance.sample(list(archive.reports.values()), 20):
        archive.again.append((report.name.replace("/archive", "/copies"), f"{report.text()}\n"))
    right = [one for one in archive.reports.values() if one.error is None and not one.unit.startswith("tỉnh")]
    for report in chance.sample(right, 15):
        first = Report(
            **{**vars(report), "figures": {**report.figures, "accounts": report.figures["accounts"] + 2_000}}
        )
        archive.again.append((report.name.replace("/archive", "/corrected"), report.text(days_later=9)))
        archive.reports[report.unit, report.at] = first
        first.styles = report.styles


def measure(archive: Archive, language: str = "vi") -> tuple[dict[str, list[str]], list[tuple[str, Row]]]:
    """The names of the errors that are missed, by kind, and the findings that speak of no error."""
    wrong = {report.name: report.error for report in archive.reports.values() if report.error}
    found: set[str] = set()
    false = []
    for path, row in _findings(archive, language):
        about = {name for name in wrong if name in _speaks_of(path, row, archive)}
        found |= {name for name in about if wrong[name] == row["rule"]}
        if not about:
            false.append((path, row))
    missed = {kind: [name for name, error in wrong.items() if error == kind and name not in found] for kind in KINDS}
    return missed, false


def _speaks_of(path: str, row: Row, archive: Archive) -> set[str]:
    """The reports that a finding speaks of: its own, and those that it names."""
    lines = str(row["related"]).split("\n")
    about = {path, *(line.split(": «")[0] for line in lines)}
    about = {name.replace("/copies/", "/archive/").replace("/corrected/", "/archive/") for name in about}
    if row["rule"] == "across-parts-add-up":  # not all units are named
        report = next(one for one in archive.reports.values() if one.name in about)
        about |= {
            one.name for one in archive.reports.values() if (one.province, one.at) == (report.province, report.at)
        }
    return about


def _findings(archive: Archive, language: str) -> list[tuple[str, Row]]:
    options = Options()
    with TemporaryDirectory() as folder, open_store(Path(folder) / "made.store", options) as store:
        run = store.begin_run(["/archive"])
        for name, text in archive.texts():
            data = text.encode()
            outcome = outcome_of(data, ".txt", options)
            store.save(run, Attempt(name, ".txt", sha256(data).hexdigest(), len(data), outcome))
        return list(find_across(store, "en" if language == "en" else "vi"))


def main() -> int:
    """Prints what is found and what is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--language", default="vi")
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    archive = made(arguments.seed)
    missed, false = measure(archive, arguments.language)
    planted = Counter(report.error for report in archive.reports.values() if report.error)
    for kind in KINDS:
        print(f"{kind:26} {planted[kind] - len(missed[kind]):3} of {planted[kind]} found")
        if arguments.verbose:
            print("".join(f"    missed: {name}\n" for name in missed[kind]), end="")
    total, lost = sum(planted.values()), sum(map(len, missed.values()))
    print(f"{'all':26} {total - lost:3} of {total} found, {len(false)} false")
    if arguments.verbose:
        print("".join(f"    false: {path}: {row['message']}\n" for path, row in false), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
