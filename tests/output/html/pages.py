"""Pages of made-up results, taken apart as a browser does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import de06_extract
from de06_extract.archive.store.outcome import Options, outcome_of, unpacked
from de06_extract.archive.store.results import FileResult
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
