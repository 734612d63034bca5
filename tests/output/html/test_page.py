"""The page of an archive: what stands in it, that no text of a document becomes markup, that it needs no network."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tomllib
import weakref
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import de06_extract
from de06_extract.archive.store.outcome import Options, outcome_of, unpacked
from de06_extract.archive.store.store import FileResult
from de06_extract.errors import UnreadableError
from de06_extract.output.html.links import address
from de06_extract.output.html.page import write_page

DATA = Path(de06_extract.__file__).parent / "data"
PAGE = DATA / "page"
VOID = {"meta", "br", "img", "input", "hr", "link"}

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN TỨ KỲ

Tứ Kỳ, ngày {day} tháng {month} năm 2024

BÁO CÁO
Kết quả thực hiện Đề án 06 trên địa bàn huyện Tứ Kỳ

1. Dịch vụ công
Tính đến ngày {day}/{month}/2024, số hóa hồ sơ đầu vào: {done}/{all} hồ sơ, đạt tỷ lệ {rate}%.
"""
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "\u202e\u200f\u2066abc",
    "a\0b",
    "\udcff\ud800",
    "\u2028\u2029",
    "&lt;b&gt;&#x3C;",
    "\x1b[31m",
)


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements with their attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(key) == value for key, value in attributes.items())
        ]

    def classed(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.attributes.get("class", "").split()]

    def data(self, name: str) -> Any:
        (element,) = self.all("script", id=name)
        return json.loads(element.text)

    @property
    def blocks(self) -> list[Any]:
        """The findings and points of each report."""
        return [entry for block in self.classed("block") for entry in json.loads(block.text)]

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings by the names of their values, as the script reads them."""
        given = self.data("page-data")
        keys = given["fields"]["finding"]
        found = [
            dict(zip(keys, values + [None] * len(keys), strict=False)) for block in self.blocks for values in block[0]
        ]
        return [{**finding, "rule": given["rules"][finding["rule"]][0]} for finding in found]

    @property
    def reports(self) -> list[dict[str, Any]]:
        keys = self.data("page-data")["fields"]["report"]
        return [dict(zip(keys, values, strict=True)) for values in self.data("page-reports")]


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


def page(results: Iterable[FileResult], **options: Any) -> Page:
    return Page(written(results, **options))


def written(results: Iterable[FileResult], **options: Any) -> str:
    file = BytesIO()
    write_page(results, file, **options)
    return file.getvalue().decode()


def result(path: str = "/archive/a.txt", text: str | None = None, **filled: Any) -> FileResult:
    """The result of a report; `filled` are its day, month and figures."""
    words = {"day": 5, "month": 4, "done": "3.225", "all": "3.265", "rate": "98,77"}
    data = (text or REPORT).format(**{**words, **filled}).encode()
    outcome = outcome_of(data, ".txt", Options())
    assert outcome.report is not None
    return FileResult(path, hashlib.sha256(data).hexdigest(), len(data), unpacked(outcome.report), None, None)


def wrong(path: str = "/archive/wrong.txt", rate: str = "97,88") -> FileResult:
    return result(path, rate=rate)


def failure(path: str, reason: str | None, message: str | None = None) -> FileResult:
    return FileResult(path, None, None, None, reason, message)


def dismissed(held: FileResult, reason: str = "số đúng theo phụ lục", on: str = "2026-01-15") -> FileResult:
    assert held.report is not None
    findings = [{**finding, "dismissed": {"reason": reason, "date": on}} for finding in held.report["findings"]]
    return replace(held, report={**held.report, "findings": findings})


def across(path: str = "/archive/b.txt", **values: Any) -> dict[str, Any]:
    place = ("page", "paragraph", "line", "table_number", "table_row", "table_column", "part", "start", "end")
    return {
        "finding_id": "cumulative-falls-1",
        "severity": "warning",
        "rule": "cumulative-falls",
        "rule_title": "Số lũy kế giảm so với kỳ trước",
        "message": "kỳ trước 61.320, kỳ này 58.200",
        "figure": "58.200",
        "reported": "58.200",
        "expected": None,
        "related": "q1.txt: «đã kích hoạt 61.320 tài khoản» (dòng 4)",
        "label": "tài khoản",
        "quote": "đã kích hoạt 58.200 tài khoản",
        "section_label": "1",
        "section_title": "Định danh",
        "location": "dòng 12",
        **dict.fromkeys(place),
        **values,
    }


def poisoned(value: Any, poison: str) -> Any:
    """The same with every text of a document followed by the poison; what codes are keep their meaning."""
    codes = {
        "id",
        "rule",
        "severity",
        "kind",
        "verdict",
        "status",
        "claims",
        "comparisons",
        "aspect",
        "bound",
        "section",
    }
    if isinstance(value, dict):
        return {key: held if key in codes else poisoned(held, poison) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [poisoned(held, poison) for held in value]
    return value + poison if isinstance(value, str) and not re.fullmatch(r"[\d-]*", value) else value


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
    assert (finding["figure"], finding["after"]) == ("97,88%", "")
    assert finding["before"].endswith("3.225/3.265 hồ sơ, đạt tỷ lệ ")
    assert finding["place"] == "dòng 10"
    assert finding["section"] == "1 Dịch vụ công"
    assert finding["rule"] == "ratio-mismatch"
    (report,) = page([wrong("/archive/2024/b.txt")], folder=Path("/archive/out")).reports
    assert report["href"] == "./../2024/b.txt"
    assert (report["error"], report["locality"], report["date"]) == (1, "huyện Tứ Kỳ", "2024-04-05")


def test_the_page_can_be_read_without_its_script() -> None:
    shown = page([wrong("/archive/b.txt"), failure("/archive/d.pdf", "encrypted")])
    (card,) = shown.classed("finding")
    assert "3.225/3.265 là 98,77%, báo cáo ghi 97,88%" in card.text
    assert [mark.text for mark in shown.all("mark")] == ["97,88%"]
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
    names = [link.text for link in shown.classed("file")]
    assert names[:3] == ["b two.txt", "a one.txt", "c warning.txt"]
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
    assert finding["related"].startswith("q1.txt: «đã kích hoạt 61.320")
    assert (finding["before"], finding["figure"], finding["after"]) == ("đã kích hoạt ", "58.200", " tài khoản")


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


def test_stale_dismissals_are_named() -> None:
    shown = page([result()], stale=[Stale()])
    cells = [cell.text for cell in shown.all("td")]
    assert cells[-5:] == ["2024/<b>.pdf", "ratio-mismatch", "10/12 đạt <i>83%</i>", "đã sửa", "01/12/2025"]


def test_the_same_results_give_the_same_bytes() -> None:
    held = [result(), wrong(), failure("/archive/x.pdf", "damaged", "no end")]
    assert written(held) == written(held)
    assert "Lập ngày 20/01/2026" in written(held, made_on=date(2026, 1, 20))


def test_english_has_all_that_vietnamese_has() -> None:
    words = tomllib.loads((DATA / "page.toml").read_text("utf-8"))
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


def test_no_network_and_nothing_that_the_policy_does_not_name() -> None:
    shown = page([wrong()])
    (policy,) = [
        element.attributes["content"]
        for element in shown.all("meta")
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    run = [element for element in shown.all("script") if "type" not in element.attributes]
    assert rules["script-src"] == [hash_of(element.text) for element in run]
    assert rules["style-src"] == [hash_of(element.text) for element in shown.all("style")]
    assert "unsafe" not in policy
    for element in shown.elements:
        assert not [key for key in element.attributes if key.startswith("on") or key in ("style", "src", "srcdoc")]
        assert element.tag not in ("link", "iframe", "object", "embed", "img", "base", "form")
    style = shown.all("style")[0].text
    assert not re.search(r"@import|url\(", style)


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_scripts_put_texts_in_as_texts_and_run_none() -> None:
    for file in PAGE.glob("*.js"):
        text = file.read_text("utf-8")
        assert "</script" not in text.lower()
        assert "<!--" not in text
        assert "\r" not in text
        if "chart.umd" not in file.name:
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b(?!\.height)",
                text,
            )
            assert not re.search(r"https?:", text)


@pytest.mark.parametrize("poison", HOSTILE)
def test_nothing_out_of_a_document_becomes_markup(poison: str) -> None:
    in_name = poison.replace("\0", "\1")  # no name of a file holds a zero
    clean, dirty = wrong("/archive/b.txt"), wrong(f"/archive/{in_name.replace('/', '∕')}/b{in_name}.txt")
    dirty = replace(dirty, report=poisoned(dirty.report, poison))
    row = poisoned(across(), poison)
    held = [replace(dirty, across=({**row, "rule": "cumulative-falls", "severity": "warning"},))]
    harmless = page([replace(clean, across=(across(),)), failure("/archive/x.pdf", "damaged", "no end")])
    shown = page([*held, failure(f"/archive/x{in_name}.pdf", "damaged", poison)], title=f"T{poison}")
    assert [element.tag for element in shown.elements] == [element.tag for element in harmless.elements]
    for element, known in zip(shown.elements, harmless.elements, strict=True):
        assert element.attributes.keys() == known.attributes.keys()
        href = element.attributes.get("href", "#")
        assert re.fullmatch(r"#[\w=&-]*|file:///[\w./%~-]*", href), href
    for report in shown.reports:
        assert re.fullmatch(r"file:///[\w./%~-]*", report["href"])
    texts = json.dumps([shown.findings, shown.reports], ensure_ascii=False)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\0\x1b]", texts)
    assert texts.isprintable()


@pytest.mark.parametrize("part", ["quote", "message", "span"])
def test_a_text_of_a_megabyte_does_not_blow_up_the_page(part: str) -> None:
    held = wrong()
    assert held.report is not None
    (finding,) = held.report["findings"]
    large = "số liệu " * 130_000
    changed = {**finding, part: {**finding["span"], "text": large, "end": 10**6} if part == "span" else large}
    if part == "quote":
        changed["claims"] = []
    grown = replace(held, report={**held.report, "findings": [changed]})
    assert len(written([grown])) - len(written([held])) < 10_000


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


def test_a_series_joins_results_of_the_same_kind_only() -> None:
    held = [
        result("/archive/1.txt", day=31, month=3),
        result("/archive/2.txt", day=30, month=6, done="3.230", rate="98,93"),
        result("/archive/3.txt", day=30, month=9, done="3.240", rate="90,93"),
    ]
    shown = page(held)
    given = shown.data("page-data")
    rates = [number for number, series in enumerate(given["series"]) if series["unit"] == "%"]
    assert len(rates) == 1
    keys = given["fields"]["point"]
    points = [
        dict(zip(keys, point, strict=True)) for block in shown.blocks for point in block[1] if point[0] == rates[0]
    ]
    assert [point["value"] for point in points] == ["98.77", "98.93", "90.93"]
    assert [point["is_doubtful"] for point in points] == [0, 0, 1]
    assert [given["periods"][point["period"]][0] for point in points] == ["2024-03-31", "2024-06-30", "2024-09-30"]
    assert {given["units"][point["unit"]] for point in points} == {"huyện Tứ Kỳ (Hải Dương)"}


def test_what_is_no_sure_result_of_an_indicator_is_no_point() -> None:
    held = [result(f"/archive/{month}.txt", month=month, day=1) for month in (1, 2, 3)]

    def changed(**traits: Any) -> list[FileResult]:
        return [
            replace(one, report={**one.report, "indicators": [{**each, **traits} for each in one.report["indicators"]]})
            for one in held
            if one.report is not None
        ]

    assert page(changed()).data("page-data")["series"]
    assert page(changed(status="target")).data("page-data")["series"] == []
    assert page(changed(aspect="remaining")).data("page-data")["series"] == []
    assert page(changed(bound="about")).data("page-data")["series"] == []
    assert page(changed(score=0.89)).data("page-data")["series"] == []
    assert page(held[:2]).data("page-data")["series"] == [], "two figures are not enough"


@pytest.mark.parametrize(
    ("of", "place", "expected"),
    [
        ({}, None, "huyện Tứ Kỳ (Hải Dương)"),
        ({}, "xã An Thanh", "xã An Thanh (Tứ Kỳ, Hải Dương)"),
        ({"level": "commune", "kind": "xã", "name": "An Thanh"}, None, "xã An Thanh (Tứ Kỳ, Hải Dương)"),
        ({"level": "province", "kind": "tỉnh", "name": "Hải Dương", "district": None}, None, "tỉnh Hải Dương"),
        (
            {"kind": "tỉnh", "name": "Vĩnh Long", "province": "Vĩnh Long", "district": None, "era": "since-2025-07"},
            None,
            "tỉnh Vĩnh Long (từ 7/2025)",
        ),
    ],
)
def test_a_unit_is_named_with_the_places_around_it(of: dict[str, Any], place: str | None, expected: str) -> None:
    held = result()
    assert held.report is not None
    indicators = [{**indicator, "locality": place} for indicator in held.report["indicators"]]
    changed = {**held.report, "indicators": indicators, "locality": {**held.report["locality"], **of}}
    assert page([replace(held, report=changed)]).data("page-data")["units"] == [expected]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/archive/a.pdf", "./a.pdf"),
        ("/archive/b/ước tính #1?.pdf", "./b/%C6%B0%E1%BB%9Bc%20t%C3%ADnh%20%231%3F.pdf"),
        ("/archive/javascript:alert(1).pdf", "./javascript%3Aalert%281%29.pdf"),
        ("/other/b\udcff.pdf", "./../other/b%FF.pdf"),
        ("/archive/x.ZIP!/in/side.pdf", "./x.ZIP"),
        ("/archive/wow!/b.pdf", "./wow%21/b.pdf"),
        ("file:///archive/m%20n.pdf", "./m%20n.pdf"),
        ("https://example.org/a.pdf", None),
        ("hdfs://node/a.pdf", None),
        ("javascript:alert(1)", None),
        ("a.pdf", None),
        ("C:/báo cáo/a.pdf", "file:///C:/b%C3%A1o%20c%C3%A1o/a.pdf"),
        ("/archive/a\0.pdf", None),
    ],
)
def test_the_address_of_a_source_file(path: str, expected: str | None) -> None:
    assert address(path, Path("/archive")) == expected


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
