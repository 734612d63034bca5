"""The lists of services for code: GitHub's commands, GitLab's Code Quality, JUnit."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Settings
from de06_extract.output.formats import formats
from tests.conftest import corpus
from tests.output.sarif.test_log import ACROSS, DISMISSED, lost, result

ROW = {
    **ACROSS,
    "expected": None,
    "figure": "3.225",
    "rule_title": "Số giảm",
    "section_label": None,
    "section_title": None,
}


def written(form: str, *results: FileResult, **settings: Any) -> str:
    file, made = BytesIO(), formats()[form].of_archive
    assert made is not None
    made(results, [file], Settings(**settings))
    return file.getvalue().decode("utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def here_result(here: Path, **values: Any) -> FileResult:
    return result(f"{here.as_posix()}/kho, 50%: a.txt", **values)


def dismissed(held: FileResult) -> FileResult:
    """The result with its first finding dismissed."""
    assert held.report is not None
    first, *others = held.report["findings"]
    report = {**held.report, "findings": [{**first, "dismissed": DISMISSED}, *others]}
    return FileResult(held.path, held.sha256, held.size, report, None, None)


def test_github_is_told_file_line_title_and_message(here: Path) -> None:
    first, second = written("github", here_result(here)).splitlines()
    assert first.startswith("::error file=kho%2C 50%25%3A a.txt,line=2,title=")
    assert re.search(r"::3\.225/3\.265 là 98,77%25, báo cáo ghi 98,57%25.*\. “Số hóa đầu vào: .*”$", first)
    assert second.startswith("::warning file=kho%2C 50%25%3A a.txt,line=3,title=")
    assert ". Đề xuất: 83,4%25 → 83,3%25. “Có 10/12 xã" in second


def test_github_is_told_of_what_could_not_be_read_and_not_of_what_was_dismissed(here: Path) -> None:
    told = written("github", dismissed(here_result(here)), lost("/elsewhere/hỏng.pdf")).splitlines()
    assert len(told) == 2
    assert told[1].startswith("::warning file=/elsewhere/hỏng.pdf,title=Tệp hỏng::Tệp hỏng: is not a PDF")


def test_a_message_begins_with_its_place_where_a_file_has_no_lines() -> None:
    for line in written("github", result("/a.pdf", source=corpus("003", "pdf"))).splitlines():
        assert ",line=" not in line
        assert re.search(r"::.*trang \d+: ", line)


def test_nothing_in_a_document_begins_another_command(here: Path) -> None:
    text = (
        "Có\u20281.068 ::error::x\r\n dịch vụ, trong đó có 580 dịch vụ toàn trình (đạt 53,8%)%0A::set-env name=a::b\n"
    )
    told = written("github", here_result(here, source=text))
    assert told
    assert all(line.startswith("::") for line in told.splitlines())
    assert "%250A" in told or "::set-env" not in told


def test_gitlab_knows_each_finding_of_each_file_again(here: Path) -> None:
    other = result("/elsewhere/b.txt")
    entries = json.loads(written("gitlab", here_result(here), other, lost()))
    assert [entry["severity"] for entry in entries if entry["check_name"] == "unread"] == ["minor"]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert entries == json.loads(written("gitlab", here_result(here), other, lost()))
    first = entries[0]
    assert first["location"] == {"path": "kho, 50%: a.txt", "lines": {"begin": 2}}
    assert (first["check_name"], first["severity"]) == ("ratio-mismatch", "major")
    assert "3.225/3.265 là 98,77%" in first["description"]
    assert written("gitlab") == "[\n]\n"


def test_junit_has_a_suite_for_each_file_and_counts_what_is_in_it(here: Path) -> None:
    sound = result("/sound.txt", source="Có 10/12 xã (đạt 83,3%).\n")
    across = result("/c.txt", across=(ROW,))
    suites = ElementTree.fromstring(written("junit", here_result(here), sound, lost(), across))
    assert [suite.get("name") for suite in suites] == ["kho, 50%: a.txt", "/sound.txt", lost().path, "/c.txt"]
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases) > 0
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))
    assert [len(suite.findall("testcase/failure")) for suite in suites] == [2, 0, 0, 2]
    assert suites[2].find("testcase/error") is not None
    assert "Kỳ trước 9.000" in (suites[3].findtext("testcase/system-out") or "")


def test_xml_holds_names_that_xml_cannot(here: Path) -> None:
    hostile = result('/a"<&>\x01\ud800.txt')
    suites = ElementTree.fromstring(written("junit", hostile))
    assert suites[0].get("name") == '/a"<&>\ufffd\ufffd.txt'


@pytest.mark.parametrize("form", ["github", "gitlab", "junit"])
def test_the_language_is_that_of_the_settings(form: str, here: Path) -> None:
    assert "Damaged" in written(form, lost(), language="en") or "damaged" in written(form, lost(), language="en")
    assert "hỏng: is not" not in written(form, lost(), language="en")
