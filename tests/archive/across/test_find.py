"""What a finding across reports says, and that it depends on nothing but the reports."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.find import find_across
from de06_extract.archive.across.rule import AcrossRule
from de06_extract.archive.across.specimens import specimen
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.schema.rows import Row
from tests.archive.across.made_up import NEAR_MISSES, found, stored
from tests.conftest import CORPUS

FALL = NEAR_MISSES["a new year restarts the count"][1]


def test_the_finding_stands_at_the_later_report_and_names_both() -> None:
    ((path, row),) = found(FALL, ["/a/q1.txt", "/b.zip!/in/q2.txt"])
    assert path == "/b.zip!/in/q2.txt"
    assert row["message"] == (
        "Tài khoản định danh điện tử kích hoạt: báo cáo số 507/BC-UBND ngày 5/7/2024 (q2.txt) ghi 15.320 (đến ngày "
        "30/6/2024), nhưng báo cáo số 504/BC-UBND ngày 5/4/2024 (q1.txt) ghi 20.412 (đến ngày 31/3/2024); số lũy kế "
        "giảm 20.412 − 15.320 = 5.092"
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
