"""Rules across reports find something in their wrong archives and nothing in what looks wrong and is right."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.find import find_across
from de06_extract.archive.across.rule import AcrossRule
from de06_extract.archive.across.specimens import specimen
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.store import Attempt, Store, open_store
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Rule
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row

CORPUS = Path(__file__).parent.parent / "corpus"
LONGEST_JUDGE = 30  # lines without the docstring; the house style asks for 20
WRONG = [pytest.param(rule, one, id=f"{rule.id}-{n}") for rule in across_rules() for n, one in enumerate(rule.wrong)]
RIGHT = [pytest.param(rule, one, id=f"{rule.id}-{n}") for rule in across_rules() for n, one in enumerate(rule.right)]


def found(reports: Sequence[str], names: Sequence[str] = (), language: Language = "vi") -> list[tuple[str, Row]]:
    """What stands across an archive of these texts, each checked as a file of its own and kept in a store."""
    with stored(reports, names) as store:
        store.save_across(find_across(store, language))
        return [(result.path, row) for result in store.results() for row in result.across]


@contextmanager
def stored(reports: Sequence[str], names: Sequence[str] = ()) -> Iterator[Store]:
    """A store of what came out of each of these texts."""
    names = names or [f"/archive/{number}.txt" for number in range(1, len(reports) + 1)]
    with TemporaryDirectory() as folder, open_store(Path(folder) / "archive.store", Options()) as store:
        run = store.begin_run(["/archive"])
        for name, text in zip(names, reports, strict=True):
            data = text.encode()
            outcome = outcome_of(data, ".txt", Options())
            store.save(run, Attempt(name, ".txt", sha256(data).hexdigest(), len(data), outcome))
        yield store


@pytest.mark.parametrize(("rule", "reports"), WRONG)
def test_a_wrong_archive_is_found(rule: AcrossRule[Any], reports: tuple[str, ...]) -> None:
    rows = [(path, row) for path, row in found(reports) if row["rule"] == rule.id]
    assert rows
    for path, row in rows:
        text = reports[int(Path(path).stem) - 1]
        assert str(row["figure"]) in text[int(str(row["start"])) : int(str(row["end"]))]
        assert re.search(r"[1-9]\.txt: «", str(row["related"]))


@pytest.mark.parametrize(("rule", "reports"), RIGHT)
def test_a_right_archive_is_left_alone(rule: AcrossRule[Any], reports: tuple[str, ...]) -> None:
    assert [row["message"] for _, row in found(reports)] == []


@pytest.mark.parametrize("rule", across_rules(), ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: AcrossRule[Any]) -> None:
    assert re.fullmatch(r"across(-[a-z0-9]+)+", rule.id)
    assert rule.severity in ("warning", "info")
    assert rule.wrong
    assert rule.right
    assert all(text.strip() == text and text for text in (rule.title, rule.title_en, rule.explanation))
    assert rule.title_en.isascii()


def test_ids_and_titles_are_unique() -> None:
    every: list[AcrossRule[Any] | Rule[Any]] = [*across_rules(), *rules()]
    for values in ([rule.id for rule in every], [r.title for r in every], [r.title_en for r in every]):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("rule", across_rules(), ids=lambda rule: rule.id)
def test_judge_is_short(rule: AcrossRule[Any]) -> None:
    source = textwrap.dedent(inspect.getsource(rule.judge))
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    docstring = function.body[0]
    lines = source.count("\n") - ((docstring.end_lineno or 0) - docstring.lineno + 1)
    assert lines <= LONGEST_JUDGE, f"{rule.id}: judge has {lines} lines"


def activated(issued: str, until: str, count: str, more: str = "", **unit: str) -> str:
    """A report on the accounts activated up to a day."""
    said = f"đã kích hoạt {count} tài khoản định danh điện tử{more}"
    return specimen(issued, f"Đến ngày {until}, {said}.", **unit)


def share(issued: str, until: str, ratio: str, base: str = "công dân đủ điều kiện") -> str:
    """A report on the share of people whose accounts are activated."""
    return specimen(issued, f"Đến ngày {until}, {ratio} {base} đã kích hoạt tài khoản định danh điện tử.")


def received(issued: str, period: str, count: str, who: str = "bộ phận", **unit: str) -> str:
    """A report on the dossiers that came in within a period."""
    return specimen(issued, f"{period} năm 2024, {who} Một cửa tiếp nhận {count} hồ sơ TTHC.", **unit)


def nine_months(said: str) -> str:
    """A report on nine months with dossiers that came in, in these words."""
    return specimen(
        "5/10/2024", said.format("bộ phận Một cửa tiếp nhận 1.900 hồ sơ TTHC"), title="9 tháng đầu năm 2024"
    )


def three(issued: str, lead: str) -> str:
    """A report with three figures, as results or as what the lead makes of them."""
    said = ("kích hoạt 12.345 tài khoản định danh điện tử", "cấp 2.187 thẻ căn cước công dân", "có 1.463 văn bản đi")
    return specimen(issued, *(f"{lead} {what}.\n" for what in said))


OTHER = (
    "Quý này cơ quan có 1.210 văn bản đi.\n",
    "Trong năm 2024, có 3.020 lượt khám, chữa bệnh bằng CCCD.\n",
    "Trong năm 2024, số hóa đầu vào 3.225/3.265 hồ sơ.\n",
    "Trong năm 2024, có 24/24 cơ sở giáo dục thu phí không dùng tiền mặt.\n",
    "Trong năm 2024, tổ chức 12 lớp đào tạo, bồi dưỡng về chuyển đổi số.\n",
)
# What looks wrong and is right, each with an archive that differs in the point in question alone, and is wrong.
NEAR_MISSES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a new year restarts the count": (
        (activated("5/1/2024", "31/12/2023", "20.412"), activated("5/4/2024", "31/3/2024", "15.320")),
        (activated("5/4/2024", "31/3/2024", "20.412"), activated("5/7/2024", "30/6/2024", "15.320")),
    ),
    "it does not where it is told since when": (
        (
            activated("5/1/2024", "31/12/2023", "20.412", " từ đầu năm"),
            activated("5/4/2024", "31/3/2024", "5.320", " từ đầu năm"),
        ),
        (
            activated("5/1/2024", "31/12/2023", "20.412", " kể từ khi triển khai"),
            activated("5/4/2024", "31/3/2024", "5.320", " kể từ khi triển khai"),
        ),
    ),
    "the months of a year": (
        (
            specimen("5/4/2024", "Trong tháng kích hoạt 2.412 tài khoản định danh điện tử.", title="tháng 3/2024"),
            specimen("5/5/2024", "Trong tháng kích hoạt 1.320 tài khoản định danh điện tử.", title="tháng 4/2024"),
        ),
        (
            specimen("5/4/2024", "Đến nay kích hoạt 2.412 tài khoản định danh điện tử.", title="tháng 3/2024"),
            specimen("5/5/2024", "Đến nay kích hoạt 1.320 tài khoản định danh điện tử.", title="tháng 4/2024"),
        ),
    ),
    "what was counted within a campaign": (
        (
            activated("5/4/2024", "31/3/2024", "9.412", " trong đợt cao điểm"),
            activated("5/7/2024", "30/6/2024", "8.320", " trong đợt cao điểm"),
        ),
        (
            activated("5/4/2024", "31/3/2024", "9.412", " cho công dân"),
            activated("5/7/2024", "30/6/2024", "8.320", " cho công dân"),
        ),
    ),
    "districts were merged in 2025": (
        (share("5/1/2025", "31/12/2024", "45.300/102.345"), share("5/4/2025", "31/3/2025", "91.300/201.345")),
        (share("5/1/2024", "31/12/2023", "45.300/102.345"), share("5/4/2024", "31/3/2024", "91.300/201.345")),
    ),
    "a province was merged in July 2025": (
        (
            activated("5/7/2025", "30/6/2025", "912.412", unit="tỉnh Vĩnh Long"),
            activated("5/10/2025", "30/9/2025", "861.320", unit="tỉnh Vĩnh Long"),
        ),
        (
            activated("5/7/2024", "30/6/2024", "912.412", unit="tỉnh Vĩnh Long"),
            activated("5/10/2024", "30/9/2024", "861.320", unit="tỉnh Vĩnh Long"),
        ),
    ),
    "the report before was corrected": (
        (
            activated("5/4/2024", "31/3/2024", "61.320"),
            activated("22/4/2024", "31/3/2024", "60.120"),
            activated("5/7/2024", "30/6/2024", "60.944"),
        ),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "60.944")),
    ),
    "a report and its correction": (
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("22/4/2024", "31/3/2024", "60.120")),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("22/4/2024", "20/4/2024", "60.120")),
    ),
    "a draft and its fair copy a week later": (
        (
            specimen("5/4/2024", "Đến nay, đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("12/4/2024", "Đến nay, đã kích hoạt 61.302 tài khoản định danh điện tử."),
        ),
        (
            specimen("5/4/2024", "Đến nay, đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("12/5/2024", "Đến nay, đã kích hoạt 61.302 tài khoản định danh điện tử."),
        ),
    ),
    "a half-year and the quarter behind it": (
        (received("5/7/2024", "6 tháng đầu", "21.345"), received("5/10/2024", "Quý III", "11.207")),
        (received("5/7/2024", "6 tháng đầu", "21.345"), received("5/10/2024", "9 tháng đầu", "11.207")),
    ),
    "a month in the report on nine": (
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("Trong tháng 9, cấp 520 thẻ, {}.")),
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("Kết quả đã cấp 520 thẻ, {}.")),
    ),
    "a month behind its figure": (
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("{} trong tháng.")),
        (received("5/7/2024", "6 tháng đầu", "21.345"), nine_months("{}.")),
    ),
    "a share of another whole": (
        (
            share("5/4/2024", "31/3/2024", "45.300/102.345"),
            share("5/7/2024", "30/6/2024", "48.300/162.345", "nhân khẩu thường trú"),
        ),
        (share("5/4/2024", "31/3/2024", "45.300/102.345"), share("5/7/2024", "30/6/2024", "48.300/162.345")),
    ),
    "a census adds two per cent": (
        (share("5/4/2024", "31/3/2024", "45.300/102.345"), share("5/7/2024", "30/6/2024", "48.300/104.392")),
        (share("5/4/2024", "31/3/2024", "45.300/102.345"), share("5/7/2024", "30/6/2024", "48.300/204.392")),
    ),
    "a new way to count that the next report keeps": (
        (
            share("5/4/2024", "31/3/2024", "45.300/102.345"),
            share("5/7/2024", "30/6/2024", "48.300/162.345"),
            share("5/10/2024", "30/9/2024", "49.300/163.001"),
        ),
        (
            share("5/4/2024", "31/3/2024", "45.300/102.345"),
            share("5/7/2024", "30/6/2024", "48.300/162.345"),
            share("5/10/2024", "30/9/2024", "49.300/103.001"),
        ),
    ),
    "a town became a city": (
        (
            activated("5/10/2023", "30/9/2023", "61.320", unit="thị xã Đông Triều"),
            activated("5/12/2023", "30/11/2023", "58.412", unit="thành phố Đông Triều"),
        ),
        (
            activated("5/10/2023", "30/9/2023", "61.320", unit="thị xã Đông Triều"),
            activated("5/12/2023", "30/11/2023", "58.412", unit="thị xã Đông Triều"),
        ),
    ),
    "targets that stand in every report": (
        (three("5/4/2024", "Phấn đấu trong quý II/2024"), three("5/7/2024", "Phấn đấu trong quý III/2024")),
        (three("5/4/2024", "Trong quý I/2024 đã"), three("5/7/2024", "Trong quý II/2024 đã")),
    ),
    "what is finished stays as it is": (
        (
            three("5/4/2024", "Quý I/2024 đã").replace("12.345 tài", "12.345/12.345 tài"),
            three("5/7/2024", "Quý II/2024 đã").replace("12.345 tài", "12.345/12.345 tài"),
        ),
        (
            three("5/4/2024", "Quý I/2024 đã").replace("12.345 tài", "12.345/12.366 tài"),
            three("5/7/2024", "Quý II/2024 đã").replace("12.345 tài", "12.345/12.366 tài"),
        ),
    ),
    "the whole province, and the offices of the province": (
        (
            received("5/7/2024", "6 tháng đầu", "621.345", "toàn tỉnh", unit="tỉnh Hải Dương"),
            received("5/10/2024", "9 tháng đầu", "80.207", "cấp tỉnh", unit="tỉnh Hải Dương"),
        ),
        (
            received("5/7/2024", "6 tháng đầu", "621.345", "toàn tỉnh", unit="tỉnh Hải Dương"),
            received("5/10/2024", "9 tháng đầu", "80.207", "toàn tỉnh", unit="tỉnh Hải Dương"),
        ),
    ),
    "two communes of one name in two districts": (
        (
            activated("5/4/2024", "31/3/2024", "6.320", unit="xã Tân Hưng, huyện Tứ Kỳ"),
            activated("5/7/2024", "30/6/2024", "5.412", unit="xã Tân Hưng, huyện Ninh Giang"),
        ),
        (
            activated("5/4/2024", "31/3/2024", "6.320", unit="xã Tân Hưng, huyện Tứ Kỳ"),
            activated("5/7/2024", "30/6/2024", "5.412", unit="xã Tân Hưng, huyện Tứ Kỳ"),
        ),
    ),
    "the police of a district, and its committee": (
        (
            activated("5/4/2024", "31/3/2024", "61.320"),
            activated("5/7/2024", "30/6/2024", "58.412").replace("ỦY BAN NHÂN DÂN\n", "CÔNG AN\n"),
        ),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "58.412")),
    ),
    "accounts of one level, and of the other": (
        (
            activated("5/4/2024", "31/3/2024", "61.320", " mức 1"),
            activated("5/7/2024", "30/6/2024", "58.412", " mức 2"),
        ),
        (
            activated("5/4/2024", "31/3/2024", "61.320", " mức 2"),
            activated("5/7/2024", "30/6/2024", "58.412", " mức 2"),
        ),
    ),
    "accounts of pupils alone": (
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "58.412", " cho học sinh")),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "58.412", " cho công dân")),
    ),
    "reports on other matters": (
        (
            activated("5/4/2024", "31/3/2024", "61.320"),
            specimen("5/7/2024", *OTHER, "Đến ngày 30/6/2024, đã kích hoạt 58.412 tài khoản định danh điện tử."),
        ),
        (
            specimen("5/4/2024", *OTHER, "Đến ngày 31/3/2024, đã kích hoạt 61.320 tài khoản định danh điện tử."),
            specimen("5/7/2024", *OTHER, "Đến ngày 30/6/2024, đã kích hoạt 58.412 tài khoản định danh điện tử."),
        ),
    ),
    "more than so many": (
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "hơn 60.000")),
        (activated("5/4/2024", "31/3/2024", "61.320"), activated("5/7/2024", "30/6/2024", "60.000")),
    ),
}


@pytest.mark.parametrize("reports", [pytest.param(right, id=name) for name, (right, _) in NEAR_MISSES.items()])
def test_what_looks_wrong_and_is_right(reports: tuple[str, ...]) -> None:
    assert [row["message"] for _, row in found(reports)] == []


@pytest.mark.parametrize("reports", [pytest.param(wrong, id=name) for name, (_, wrong) in NEAR_MISSES.items()])
def test_the_same_without_what_makes_it_right(reports: tuple[str, ...]) -> None:
    assert len(found(reports)) == 1


FALL = NEAR_MISSES["a new year restarts the count"][1]


def test_the_finding_stands_at_the_later_report_and_names_both() -> None:
    ((path, row),) = found(FALL, ["/a/q1.txt", "/b.zip!/in/q2.txt"])
    assert path == "/b.zip!/in/q2.txt"
    assert row["message"] == (
        "Tài khoản định danh điện tử kích hoạt: báo cáo số 507/BC-UBND ngày 5/7/2024 (q2.txt) ghi 15.320 (đến ngày "
        "30/6/2024), nhưng báo cáo số 504/BC-UBND ngày 5/4/2024 (q1.txt) ghi 20.412 (đến ngày 31/3/2024); số cộng dồn "
        "giảm 20.412 − 15.320 = 5.092; số liệu cần rà soát lại"
    )
    assert (row["figure"], row["reported"], row["location"]) == ("15.320", "15.320", "dòng 11")
    assert str(row["related"]).startswith("/a/q1.txt: «Đến ngày 31/3/2024, đã kích hoạt 20.412 tài khoản")


def test_messages_are_english_where_that_is_asked_for() -> None:
    ((_, row),) = found(FALL, language="en")
    assert str(row["message"]).endswith("a cumulative count falls by 20.412 − 15.320 = 5.092")
    assert row["rule_title"] == "A cumulative count falls from one report to the next"


def test_an_id_does_not_depend_on_paths() -> None:
    ((_, one),) = found(FALL, ["/a/1.txt", "/a/2.txt"])
    ((_, two),) = found(FALL, ["/z/9.txt", "/b/0.txt"])
    assert one["finding_id"] == two["finding_id"]
    assert one["finding_id"] != found(NEAR_MISSES["more than so many"][1])[0][1]["finding_id"]


def test_a_report_at_several_paths_counts_once() -> None:
    ((path, _),) = found((*FALL, *FALL), ["/a/1.txt", "/a/2.txt", "/b/1.txt", "/b/2.txt"])
    assert path == "/a/2.txt"


def test_the_same_report_as_another_file_counts_once() -> None:
    """As PDF and DOCX of one report have other bytes and the same words."""
    assert len(found((*FALL, *(f"{text}\n" for text in FALL)))) == 1


@pytest.mark.parametrize("rule", across_rules(), ids=lambda rule: rule.id)
def test_what_is_found_does_not_depend_on_the_order_of_paths(rule: AcrossRule[Any]) -> None:
    there = found(rule.wrong[0])
    names = [f"/archive/{number}.txt" for number in range(len(rule.wrong[0]), 0, -1)]
    back = found(rule.wrong[0], names)
    assert {row["finding_id"] for _, row in there} == {row["finding_id"] for _, row in back}


def test_a_second_look_finds_the_same() -> None:
    with stored(FALL) as store:
        first, second = (list(find_across(store, "vi")) for _ in range(2))
        store.save_across(first)
        store.save_across(second)
        assert first == second == [(r.path, _own(row)) for r in store.results() for row in r.across]


def _own(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("checker", "path", "position")}


def test_units_that_a_table_lists_are_all_there_are() -> None:
    """The communes of a district before July 2025 stand in no list but that of its own report."""
    table = "STT\tĐơn vị\tSố tài khoản định danh điện tử đã kích hoạt"
    rows = ("1\tXã An Thanh\t4.120", "2\tXã Bình Lãng\t3.305", "3\tThị trấn Tứ Kỳ\t5.040", "\tTổng cộng\t12.465")
    said = "Đến ngày 31/3/2024, trên địa bàn {} đã kích hoạt {} tài khoản định danh điện tử."
    district = specimen("12/4/2024", said.format("huyện Tứ Kỳ", "12.465"), "", table, *rows)
    units = {"xã An Thanh": "4.120", "xã Bình Lãng": "3.350", "thị trấn Tứ Kỳ": "5.040"}
    communes = [
        specimen("5/4/2024", said.format(unit, count), unit=f"{unit}, huyện Tứ Kỳ") for unit, count in units.items()
    ]
    ((path, row),) = found([district, *communes])
    assert (path, row["rule"], row["expected"]) == ("/archive/1.txt", "across-parts-add-up", "12.510")
    assert found([district, *communes[:2]]) == []
    assert found([district.replace("3.305", "3.350").replace("12.465", "12.510"), *communes]) == []


def test_a_report_is_not_held_against_itself_in_another_format() -> None:
    files = [path for folder in (CORPUS, CORPUS / "docx") for path in sorted(folder.glob("00*.*"))]
    assert len(files) == 10
    with TemporaryDirectory() as folder, open_store(Path(folder) / "archive.store", Options()) as store:
        run = store.begin_run([str(CORPUS)])
        for path in files:
            data = path.read_bytes()
            outcome = outcome_of(data, path.suffix, Options())
            store.save(run, Attempt(str(path), path.suffix, sha256(data).hexdigest(), len(data), outcome))
        assert len(list(store.certain_rows("reporter"))) > 400
        assert list(find_across(store, "vi")) == []


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made_across", CORPUS.parent / "benchmarks" / "across.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_across"] = module
    spec.loader.exec_module(module)
    return module


def test_errors_made_on_purpose_are_found_and_nothing_else_is() -> None:
    across = benchmark()
    missed, false = across.measure(across.made(seed=6))
    assert false == []
    assert sum(map(len, missed.values())) <= 12
