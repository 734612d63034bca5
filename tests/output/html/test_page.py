"""The page of an archive: what stands in it, in which order, in both languages."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tomllib
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from de06_extract.archive.store.results import FileResult
from de06_extract.errors import UnreadableError
from tests.output.html.pages import DATA, PAGE, REPORT, across, dismissed, failure, page, result, written, wrong


def test_totals_are_those_of_the_archive() -> None:
    held = [
        result("/archive/a.txt"),
        wrong("/archive/b.txt"),
        wrong("/archive/copy of b.txt"),
        dismissed(wrong("/archive/c.txt", rate="97,77")),
        failure("/archive/d.pdf", "scan"),
        failure("/archive/e.pdf", "scan"),
        failure("/archive/f.pdf", None),
    ]
    shown = page(held)
    texts = [re.sub(r"\s+", " ", card.text).strip() for card in shown.classed("card")]
    assert texts == [
        "Tệp7 trong đó 1 bản sao trùng nội dung",
        "Đã kiểm tra3 2 không có phát hiện",
        "Không đọc được3 xem lý do ở dưới",
        "Lỗi1 ở 1 báo cáo",
        "Cảnh báo0 ở 0 báo cáo",
        "Ghi chú0 ở 0 báo cáo",
        "Đã bỏ qua1 đã xem xét, không tính vào các số kia",
    ]
    assert "Bản quét, không có lớp chữ" in [cell.text for cell in shown.all("td")]
    assert [failed[2] for failed in shown.data("page-data")["failures"]] == ["scan", "scan", "unfinished"]


def test_a_finding_has_its_arithmetic_its_quotation_and_the_way_back() -> None:
    (finding,) = page([wrong("/archive/2024/b.txt")], folder=Path("/archive/out")).findings
    assert finding["message"].startswith("3.225/3.265 là 98,77%, báo cáo ghi 97,88%")
    assert finding["quote"][-5:] == [["3.225", 1], "/", ["3.265", 1], " hồ sơ, đạt tỷ lệ ", ["97,88%", 2]]
    assert (finding["number"], finding["place"]) == ("P-01", "mục 1, dòng 10")
    assert finding["heading"] == "Dịch vụ công"
    assert finding["rule"] == "ratio-mismatch"
    (report,) = page([wrong("/archive/2024/b.txt")], folder=Path("/archive/out")).reports
    assert report["href"] == "./../2024/b.txt"
    assert (report["error"], report["locality"], report["date"]) == (1, "huyện Tứ Kỳ", "2024-04-05")


def test_the_page_can_be_read_without_its_script() -> None:
    shown = page([wrong("/archive/b.txt"), failure("/archive/d.pdf", "encrypted")])
    (card,) = shown.classed("finding")
    assert "3.225/3.265 là 98,77%, báo cáo ghi 97,88%" in card.text
    assert [mark.text for mark in shown.all("mark")] == ["3.225", "3.265", "97,88%"]
    assert [mark.text for mark in shown.classed("wrong")] == ["97,88%"]
    assert "JavaScript" in shown.all("noscript")[0].text
    assert [element.attributes["id"] for element in shown.elements if "hidden" in element.attributes] == [
        "reports",
        "indicators",
        "unread",
    ]
    anchors = {element.attributes.get("id") for element in shown.elements}
    ranked = shown.classed("file")[0]
    assert ranked.attributes["href"].removeprefix("#") in anchors, "a report of the ranking leads to its findings"


def test_reports_are_ranked_by_errors_then_warnings() -> None:
    two = result("/archive/b two.txt", text=REPORT + "Đã giải quyết 10/12 hồ sơ (đạt 73,4%).\n", rate="97,88")
    undefined = result("/archive/c warning.txt", text=REPORT + "Tiếp nhận 0/0 hồ sơ (đạt 100%).\n")
    shown = page([wrong("/archive/a one.txt"), two, undefined, result("/archive/d clean.txt")])
    names = [folder.text for folder in shown.classed("folder")]
    assert names[:3] == ["b two.txt", "a one.txt", "c warning.txt"]
    assert {link.text for link in shown.classed("file")} == {
        "BÁO CÁO Kết quả thực hiện Đề án 06 trên địa bàn huyện Tứ Kỳ"
    }
    assert [(report["error"], report["warning"]) for report in shown.reports] == [(1, 0), (2, 0), (0, 1), (0, 0)]


def test_a_copy_stands_with_its_original_and_counts_once() -> None:
    shown = page([wrong("/archive/a.txt"), wrong("/archive/b.txt"), wrong("/archive/c.txt")])
    assert [report["path"] for report in shown.reports] == ["/archive/a.txt"]
    assert shown.data("page-data")["copies"] == {"0": ["/archive/b.txt", "/archive/c.txt"]}
    assert len(shown.findings) == 1


def test_a_copy_with_findings_of_its_own_is_named_as_one() -> None:
    own = replace(wrong("/archive/b.txt"), across=(across(),))
    shown = page([wrong("/archive/a.txt"), own])
    assert [report["copy_of"] for report in shown.reports] == [None, "/archive/a.txt"]
    assert [re.sub(r"\s+", " ", card.text).strip()[:9] for card in shown.classed("card")[3:5]] == [
        "Lỗi1 ở 1 ",
        "Cảnh báo1",
    ]
    keys = [report["key"] for report in shown.reports]
    assert len(set(keys)) == 2


def test_the_same_bytes_under_another_suffix_are_another_report() -> None:
    shown = page([wrong("/archive/a.md"), wrong("/archive/a.txt")])
    assert len({report["key"] for report in shown.reports}) == 2


def test_a_finding_across_reports_names_the_other_file() -> None:
    (finding,) = page([replace(result(), across=(across(),))]).findings
    assert (finding["is_across"], finding["is_dismissed"]) == (1, None)
    assert finding["related"] == "q1.txt: “đã kích hoạt 61.320 tài khoản” (dòng 4)"
    assert finding["quote"] == ["đã kích hoạt ", ["58.200", 2], " tài khoản"]


def test_what_was_dismissed_is_marked_with_reason_and_date_and_not_dropped() -> None:
    shown = page(
        [dismissed(wrong()), replace(result("/archive/z.txt", month=7), across=(across(dismissed_reason="đã rõ"),))]
    )
    first, second = shown.findings
    assert (first["is_dismissed"], first["dismissed_reason"], first["dismissed_on"]) == (
        1,
        "số đúng theo phụ lục",
        "2026-01-15",
    )
    assert (second["is_dismissed"], second["dismissed_reason"]) == (1, "đã rõ")
    assert [report["dismissed"] for report in shown.reports] == [1, 1]
    assert not shown.classed("finding"), "they are not among the worst"


@dataclass(frozen=True)
class Stale:
    file: str = "2024/<b>.pdf"
    rule: str = "ratio-mismatch"
    quote: str = "10/12 đạt <i>83%</i>"
    reason: str = "đã sửa"
    date: date = date(2025, 12, 1)


def test_a_finding_says_how_sure_it_is_and_what_was_left_out_is_counted() -> None:
    sure = wrong()
    assert sure.report is not None
    findings = [{**finding, "confidence": 0.937} for finding in sure.report["findings"]]
    summary = {**sure.report["summary"], "left_out": 3}
    shown = page([replace(sure, report={**sure.report, "findings": findings, "summary": summary})])
    assert {finding["confidence"] for finding in shown.findings} == {93}
    assert any("tin cậy 93%" in card.text for card in shown.classed("finding"))
    assert any("Không nêu" in card.text and "3" in card.text for card in shown.classed("card"))
    assert not any("Không nêu" in card.text for card in page([wrong()]).classed("card"))


def test_how_a_report_was_read_is_said_with_the_script_and_without() -> None:
    plain = wrong()
    assert plain.report is not None
    source = {**plain.report["source"], "unread_pages": [2, 3, 4], "remarks": [{"about": "read-as", "detail": "<b>"}]}
    shown = page([replace(plain, report={**plain.report, "source": source})])
    (report,) = shown.reports
    unread, other = report["reading"].split("\n")
    assert unread == "Trang 2–4 là ảnh, chữ và số trên đó chưa đọc được."
    assert "<b>" in other
    assert any("Trang 2–4 là ảnh" in element.text for element in shown.classed("unscripted"))
    assert [report["reading"] for report in page([wrong()]).reports] == [None]


def test_stale_dismissals_are_named() -> None:
    shown = page([result()], stale=[Stale()])
    cells = [cell.text for cell in shown.all("td")]
    assert cells[-5:] == ["2024/<b>.pdf", "ratio-mismatch", "10/12 đạt <i>83%</i>", "đã sửa", "01/12/2025"]


def test_the_same_results_give_the_same_bytes() -> None:
    held = [result(), wrong(), failure("/archive/x.pdf", "damaged", "no end")]
    assert written(held) == written(held)
    assert "Lập ngày 20/01/2026" in written(held, made_on=date(2026, 1, 20))


def test_english_has_all_that_vietnamese_has() -> None:
    words = tomllib.loads((DATA / "messages" / "page.toml").read_text("utf-8"))
    assert shape(words["vi"]) == shape(words["en"])
    shown = page([wrong(), failure("/archive/d.pdf", "scan")], language="en", made_on=date(2026, 1, 20))
    assert shown.all("html")[0].attributes["lang"] == "en"
    assert "A scan without a text layer" in [cell.text for cell in shown.all("td")]


def shape(words: Any) -> Any:
    """The keys, and the names in braces of each text."""
    if isinstance(words, dict):
        return {key: shape(held) for key, held in words.items()}
    return sorted(re.findall(r"\{\w+\}", words))


def test_every_word_that_the_page_asks_for_is_there() -> None:
    words = page([]).data("page-data")["words"]
    asked = {
        path
        for file in PAGE.iterdir()
        if file.suffix in (".js", ".html") and "chart.umd" not in file.name
        for path in re.findall(r"\bwords\.([a-z_]+(?:\.[a-z_]+)?)", file.read_text("utf-8"))
    }
    for path in asked:
        group, _, key = path.partition(".")
        assert group in words, path
        assert not key or key in words[group] or key in dir(str), path


def test_every_reason_has_its_words_and_its_advice() -> None:
    words = page([]).data("page-data")["words"]
    reasons = {UnreadableError.reason, *(error.reason for error in UnreadableError.__subclasses__())}
    reasons |= {"internal", "timeout", "stalled", "memory", "crashed", "unfinished"}
    assert reasons <= set(words["reason"])
    assert reasons <= set(words["advice"])


def test_a_block_holds_the_reports_in_their_order() -> None:
    held = wrong()
    assert held.report is not None
    (finding,) = held.report["findings"]
    reports = [
        FileResult(
            f"/archive/{number:04}.txt",
            f"{number:064}",
            1,
            {**held.report, "findings": [{**finding, "message": f"số {number}"}], "indicators": []},
            None,
            None,
        )
        for number in range(204)
    ]
    shown = page(reports)
    assert [len(json.loads(block.text)) for block in shown.classed("block")] == [100, 100, 4]
    assert [finding["message"] for finding in shown.findings] == [f"số {number}" for number in range(204)]
    assert len(shown.all("li")) < 150, "the list without the script has an end"


def test_results_are_taken_one_at_a_time() -> None:
    class Tracked(dict[str, Any]):
        pass

    alive: list[weakref.ref[Tracked]] = []
    most = 0

    def results() -> Iterator[FileResult]:
        nonlocal most
        for number in range(20):
            held = wrong(f"/archive/{number}.txt", rate=f"9,{number:02}")
            tracked = Tracked(held.report or {})
            alive.append(weakref.ref(tracked))
            most = max(most, sum(reference() is not None for reference in alive))
            yield replace(held, report=tracked)

    written(results())
    assert most <= 3


def test_an_empty_archive_has_a_page() -> None:
    shown = page([])
    assert "Chưa có tệp nào trong kho kết quả." in [notice.text for notice in shown.classed("notice")]
    assert shown.blocks == []


def test_the_library_of_the_charts_is_the_one_named() -> None:
    named = re.search(r"`([0-9a-f]{64})`", (PAGE / "README.md").read_text("utf-8"))
    assert named is not None
    assert hashlib.sha256((PAGE / "chart.umd.min.js").read_bytes()).hexdigest() == named[1]
    assert "MIT" in (PAGE / "chart.LICENSE.md").read_text("utf-8")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_search_finds_words_with_and_without_their_marks() -> None:
    script = (
        (PAGE / "texts.js").read_text("utf-8")
        + """
    const find = (query, text) => Texts.phrases(query).every((phrase) => Texts.has(Texts.fold(text), text, phrase));
    const marks = {group_mark: ".", decimal_mark: ","};
    const shown = [
      find("ho so", "Số Hồ sơ đã nhận"), find("hồ sơ", "HỒ SƠ"), find("hồ", "họ hàng"), find("ho", "họ hàng"),
      find("dat", "ĐẠT 98,57%"), find("98,57%", "đạt 98,57%"), find("so", "cho phép"),
      find("tu ky, ho so", "Tứ Kỳ: hồ sơ"),
      find("tu ky, ho so", "Tứ Kỳ"), find("  ", "gì cũng được"), find("204", "8204"),
      Texts.hits("Hồ sơ và hồ  sơ, ho so", Texts.phrases("ho so")),
      Texts.fold("Đường İ 𝐀 ệ").length,
      Texts.figure("1234567.80", marks), Texts.figure("-12", marks), Texts.figure("1e9", marks),
      Texts.fill("{a} và {b} {c}", {a: "{b}", b: "$&"}),
      Texts.day("2024-04-05", "vi"), Texts.day("2024-04", "vi"), Texts.day("quý I", "vi"), Texts.day(null, "vi"),
      Texts.isLocal("./a/%20b.pdf"), Texts.isLocal("javascript:alert(1)"), Texts.isLocal("//host/a"),
      Texts.isLocal(null), Texts.isLocal("file:///C:/a.pdf"), Texts.isLocal("file:///x:/y/z:1"),
    ];
    console.log(JSON.stringify(shown));
    """
    )
    done = subprocess.run(["node", "-"], input=script, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == [
        *(True, True, False, True, True, True, False, True, False, True, False),
        [[0, 5], [17, 22]],
        len("Đường İ 𝐀 ệ") + 1,  # a letter beyond U+FFFF counts twice there
        *("1.234.567,80", "-12", "1e9", "{b} và $& {c}"),
        *("05/04/2024", "04/2024", "quý I", ""),
        *(True, False, False, False, True, False),
    ]


def test_units_stand_by_the_rules_that_their_reports_break() -> None:
    other = REPORT.replace("HUYỆN TỨ KỲ", "HUYỆN TRÀ CÚ").replace("huyện Tứ Kỳ", "huyện Trà Cú")
    held = [
        wrong("/archive/a.txt"),
        wrong("/archive/copy of a.txt"),
        result("/archive/b.txt", text=other, rate="97,88"),
        result("/archive/c.txt"),
        dismissed(wrong("/archive/d.txt", rate="97,77")),
        replace(wrong("/archive/e.txt", rate="96,77"), across=(across(rule="across-count-falls"),)),
    ]
    shown = page(held)
    (table,) = shown.classed("by-unit")
    assert "Tỷ lệ không khớp với tử số và mẫu số" in table.text
    text = re.sub(r"\s+", " ", table.text)
    assert "ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ 4 3 2 1" in text  # reports, findings, of the rules; neither copy nor dismissed
    assert "ỦY BAN NHÂN DÂN HUYỆN TRÀ CÚ 1 1 1" in text
    links = [unquote(link.attributes["href"]) for link in shown.all("a", title="1 cảnh báo")]
    assert links == [
        "#v=reports&rule=across-count-falls",
        "#v=reports&rule=across-count-falls&q=ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ",
    ]


def test_without_findings_there_is_no_table_of_units() -> None:
    assert page([result("/archive/a.txt")]).classed("by-unit") == []
