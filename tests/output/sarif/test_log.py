"""SARIF 2.1.0: a log that its schema takes, whose places are those of the files, and whose fixes can be applied."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlparse
from uuid import UUID

import pytest
from jsonschema import Draft4Validator

from de06_extract import extract
from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.store.results import FileResult
from de06_extract.output.sarif.log import write_sarif
from de06_extract.rules.checks import rules
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row
from tests.conftest import CORPUS, corpus

FOLDER = "/kho"
WRONG = "Mở đầu.\r\nSố hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\r\nCó 10/12 xã (đạt 83,4%).\r\n"
SLIP = (
    "Mở đầu.\r\nTổng số 15.482 hồ sơ; tiếp nhận trực tuyến 2.138/15.482 hồ sơ, chiếm 13,18%; trực tiếp "
    "13.344/15.482 hồ sơ, chiếm 86,19%.\r\n"
)
DISMISSED = {"reason": "Đơn vị đã xác nhận", "date": "2026-11-25", "who": "Nguyễn Văn A"}
ACROSS: Row = {
    "finding_id": "falling-count-0123456789ab",
    "severity": "info",
    "rule": "falling-count",
    "message": "Kỳ trước 9.000, kỳ này 3.225",
    "reported": "3.225",
    "related": "2023.txt: «9.000» (dòng 1)\n2022.txt: «8.000»",
    "quote": "3.225/3.265 đạt tỷ lệ 98,57%",
    "location": "dòng 2",
    "line": 2,
}


@cache
def schema() -> Draft4Validator:
    return Draft4Validator(json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf-8")))


@cache
def report_on(source: bytes | Path) -> dict[str, Any]:
    report = extract(source, name=None if isinstance(source, Path) else "a.txt")
    parsed: dict[str, Any] = json.loads(report.model_dump_json())
    return parsed


def result(path: str = f"{FOLDER}/a.txt", source: bytes | Path | str = WRONG, **values: Any) -> FileResult:
    """A file with these bytes."""
    report = report_on(source.encode() if isinstance(source, str) else source)
    return FileResult(path, report["source"]["sha256"], report["source"]["bytes"], report, None, None, **values)


def lost(path: str = f"{FOLDER}/hỏng.pdf", **values: Any) -> FileResult:
    usual = {"sha256": "0" * 64, "size": 17, "reason": "damaged", "message": "is not a PDF"}
    return FileResult(path, report=None, **{**usual, **values})


def log(*results: FileResult, folder: str | None = FOLDER, language: Language = "vi") -> dict[str, Any]:
    """The run of a log that the schema takes."""
    file = BytesIO()
    write_sarif(results, file, language, rules(), folder=folder)
    parsed: dict[str, Any] = json.loads(file.getvalue())
    errors = [f"{error.json_path}: {error.message}" for error in schema().iter_errors(parsed)]
    assert not errors, errors[0]
    (run,) = parsed["runs"]
    assert isinstance(run, dict)
    return run


def path_of(run: dict[str, Any], location: dict[str, Any]) -> str:
    """The path that an artifact's location leads to."""
    base = run["originalUriBaseIds"][location["uriBaseId"]]["uri"] if "uriBaseId" in location else ""
    uri = urlparse(urljoin(base, location["uri"]))
    assert uri.scheme == "file"
    assert not uri.query
    assert not uri.fragment
    return unquote(uri.path)


# ---------------------------------------------------------------- the log as a whole


def test_the_schema_refuses_what_is_no_log() -> None:
    assert list(schema().iter_errors({"version": "2.1.0", "runs": [{"results": []}]}))


def test_an_empty_archive_is_a_run_without_results() -> None:
    run = log()
    assert (run["results"], run["artifacts"]) == ([], [])
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["002.txt", "003.txt", "docx/004.docx", "pdf/003.pdf"])
def test_the_corpus_is_a_log(name: str, language: Language) -> None:
    path = CORPUS / name
    run = log(result(str(path), path), lost(), folder=str(CORPUS), language=language)
    assert len(run["results"]) == len(report_on(path)["findings"])


def test_results_name_their_rule_which_explains_itself() -> None:
    run = log(result())
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in rules()]
    for found, (rule, level) in zip(
        run["results"], [("ratio-mismatch", "error"), ("ratio-mismatch", "warning")], strict=True
    ):
        described = driver["rules"][found["ruleIndex"]]
        assert (found["ruleId"], described["id"], found["level"]) == (rule, rule, level)
    described = driver["rules"][run["results"][0]["ruleIndex"]]
    assert described["name"] == "RatioMismatch"
    assert described["shortDescription"]["text"] == "Tỷ lệ không khớp với tử số và mẫu số."
    assert "- 3.225/3.265 hồ sơ đạt tỷ lệ 98,57%" in described["help"]["text"]
    assert described["defaultConfiguration"]["level"] == "error"
    english = log(language="en")["tool"]["driver"]
    assert english["rules"][0]["fullDescription"]["text"] == rules()[0].explanation_en


def test_rules_across_reports_are_described_too() -> None:
    file = BytesIO()
    write_sarif([result(across=({**ACROSS, "rule": across_rules()[0].id},))], file, "vi", across_rules())
    (run,) = json.loads(file.getvalue())["runs"]
    described = run["tool"]["driver"]["rules"][run["results"][-1]["ruleIndex"]]
    assert described["fullDescription"]["text"] == across_rules()[0].explanation
    assert described["help"]["text"] == described["fullDescription"]["text"]  # archives are no sentences


def test_a_result_says_what_the_finding_says() -> None:
    run, (finding, _) = log(result()), report_on(WRONG.encode())["findings"]
    (found, _) = run["results"]
    assert found["message"]["text"] == f"{finding['message']}."
    assert found["partialFingerprints"] == {"findingId/v1": finding["id"], "primaryLocationLineHash": finding["id"]}
    assert found["properties"]["quote"] == finding["quote"]
    assert (found["properties"]["reported"], found["properties"]["expected"]) == ("98,57%", "98,77%")


def test_files_are_listed_with_length_and_hash_and_named_by_their_results() -> None:
    one, other = result(), result(f"{FOLDER}/b/c.txt", SLIP)
    run = log(one, lost(), other)
    assert [path_of(run, artifact["location"]) for artifact in run["artifacts"]] == [
        one.path, lost().path, other.path
    ]  # fmt: skip
    assert run["artifacts"][0]["hashes"] == {"sha-256": one.sha256}
    assert run["artifacts"][0]["length"] == len(WRONG.encode())
    for found in run["results"]:
        location = found["locations"][0]["physicalLocation"]["artifactLocation"]
        named = run["artifacts"][location["index"]]["location"]
        assert {**named, "index": location["index"]} == location


@pytest.mark.parametrize(
    "path",
    [
        "/kho/Báo cáo quý I/100% #1?.txt",
        "/kho/c:d/[x] {y} \\ z;a=b&c+d.txt",
        "/kho/a.zip!/b/c.txt",
        "/other/a b.txt",
        "/khoa/a.txt",
        "/kho/..a/\u0301.txt",
    ],
)
def test_uris_lead_back_to_the_paths(path: str) -> None:
    run = log(result(path))
    (artifact,) = run["artifacts"]
    assert artifact["location"]["uri"].isascii()
    assert not set(artifact["location"]["uri"]) & set(' "<>\\^`{|}[]?#')
    assert path_of(run, artifact["location"]) == path
    assert ("uriBaseId" in artifact["location"]) is path.startswith(f"{FOLDER}/")


def test_a_url_stays_one() -> None:
    run = log(result("s3://kho/Báo cáo.txt"), folder=None)
    assert run["artifacts"][0]["location"] == {"uri": "s3://kho/B%C3%A1o%20c%C3%A1o.txt"}
    assert "originalUriBaseIds" not in run


# ---------------------------------------------------------------- places


def test_a_text_has_lines_and_characters() -> None:
    run = log(result())
    assert run["columnKind"] == "unicodeCodePoints"
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 2, "endLine": 2}
    (annotation,) = location["annotations"]
    start = annotation["charOffset"]
    assert WRONG[start : start + annotation["charLength"]] == annotation["snippet"]["text"] == "98,57%"
    assert location["message"]["text"] == "“98,57%” (dòng 2)"


@pytest.mark.parametrize(
    ("name", "where"), [("pdf/003.pdf", "trang 4"), ("docx/003.docx", "tìm “"), ("docx/002.docx", "bảng 2, hàng 10")]
)
def test_other_formats_have_places_in_words(name: str, where: str) -> None:
    run = log(result(f"{FOLDER}/a", CORPUS / name))
    locations = [found["locations"][0] for found in run["results"]]
    assert any(where in place["fullyQualifiedName"] for at in locations for place in at["logicalLocations"])
    whole = {"byteOffset": 0, "byteLength": (CORPUS / name).stat().st_size}
    assert all(at["physicalLocation"]["region"] == whole and "annotations" not in at for at in locations)
    assert all(at["properties"]["locations"] for at in locations)
    placed = [where in found["message"]["text"].split(": ")[0] for found in run["results"]]
    assert any(placed), "a viewer that shows the message alone says where it is"


def test_the_other_places_of_a_finding_are_related() -> None:
    run = log(result(source=corpus("002")))
    findings = report_on(corpus("002"))["findings"]
    assert any(finding["related"] for finding in findings)
    assert {found["partialFingerprints"]["findingId/v1"] for found in run["results"]} == {f["id"] for f in findings}
    for finding in findings:
        (found,) = [one for one in run["results"] if one["partialFingerprints"]["findingId/v1"] == finding["id"]]
        related = found.get("relatedLocations", [])
        assert [place["id"] for place in related] == list(range(1, len(finding["related"]) + 1))
        said = [place["annotations"][0]["snippet"]["text"] for place in related]
        assert said == [other["span"]["text"] for other in finding["related"]]


def test_findings_across_reports_are_results_that_name_the_other_files() -> None:
    run = log(result(across=(ACROSS,)))
    found = run["results"][-1]
    assert (found["ruleId"], found["level"], "ruleIndex" in found) == ("falling-count", "note", False)
    assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "endLine": 2}
    assert [place["message"]["text"] for place in found["relatedLocations"]] == [
        "2023.txt: “9.000” (dòng 1)",
        "2022.txt: “8.000”",
    ]


def test_results_of_one_cause_have_one_correlation_and_their_numbers() -> None:
    run = log(result(source=corpus("004")))
    guids: dict[str, set[str]] = {}
    for found in run["results"]:
        guids.setdefault(found["properties"]["cause"], set()).add(found["correlationGuid"])
        assert str(UUID(found["correlationGuid"])) == found["correlationGuid"]
    assert all(len(of) == 1 for of in guids.values())
    assert len(set.union(*guids.values())) == len(guids) < len(run["results"])
    assert [found["properties"]["number"] for found in run["results"]][:4] == ["P-01", "P-02a", "P-02b", "P-02c"]


# ---------------------------------------------------------------- fixes


def fixed(text: str, fix: dict[str, Any]) -> str:
    """The text with an edit."""
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    start, length = (replacement["deletedRegion"][key] for key in ("charOffset", "charLength"))
    assert text[start : start + length] == replacement["deletedRegion"]["snippet"]["text"]
    return text[:start] + str(replacement["insertedContent"]["text"]) + text[start + length :]


def test_fixes_are_the_suggestions_as_edits_of_the_file() -> None:
    (found,) = log(result(source=SLIP))["results"]
    (fix,) = found["fixes"]
    assert fixed(SLIP, fix) == SLIP.replace("13,18%", "13,81%")
    assert fix["description"]["text"] == "đảo hai chữ số; 2.138/15.482 = 13,81%."


@pytest.mark.parametrize(
    "source", ["\ufeff".encode() + SLIP.encode(), ("\ufeff" + SLIP).encode("utf-16-le")], ids=["bom", "utf-16"]
)
def test_characters_are_counted_whatever_the_encoding(source: bytes) -> None:
    (found,) = log(result(source=source))["results"]
    assert fixed(SLIP, found["fixes"][0]) == SLIP.replace("13,18%", "13,81%")


def test_a_text_whose_characters_are_composed_on_reading_has_lines_alone() -> None:
    (found,) = log(result(source=normalize("NFD", SLIP)))["results"]
    (location,) = found["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 2, "endLine": 2}
    assert "annotations" not in location
    assert "fixes" not in found


def test_a_document_that_is_no_plain_text_has_no_fixes() -> None:
    run = log(result(source=CORPUS / "pdf" / "003.pdf"))
    assert any(finding["suggestions"] for finding in report_on(CORPUS / "pdf" / "003.pdf")["findings"])
    assert not any("fixes" in found for found in run["results"])


# ---------------------------------------------------------------- dismissed findings, files that could not be read


def test_dismissed_results_are_suppressed_and_all_others_say_that_they_are_not() -> None:
    one = result(across=({**ACROSS, "dismissed_reason": "Đã thanh lý", "dismissed_on": "2026-11-24"},))
    assert one.report is not None
    findings = [one.report["findings"][0], {**one.report["findings"][1], "dismissed": DISMISSED}]
    run = log(replace(one, report={**one.report, "findings": findings}))
    assert run["results"][0]["suppressions"] == []
    (suppression,) = run["results"][1]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "Đơn vị đã xác nhận"
    assert suppression["properties"] == {"date": "2026-11-25", "who": "Nguyễn Văn A"}
    assert run["results"][2]["suppressions"][0]["justification"] == "Đã thanh lý"


def test_files_that_could_not_be_read_are_notifications() -> None:
    run = log(lost(), lost(f"{FOLDER}/khóa.pdf", reason="missing", sha256=None, size=None, message=None))
    damaged, missing = run["invocations"][0]["toolExecutionNotifications"]
    assert damaged["message"]["text"] == "Tệp hỏng: is not a PDF."
    assert damaged["level"] == "error"
    described = run["tool"]["driver"]["notifications"][damaged["descriptor"]["index"]]
    assert described["id"] == damaged["descriptor"]["id"] == "damaged"
    assert path_of(run, damaged["locations"][0]["physicalLocation"]["artifactLocation"]) == lost().path
    assert missing["message"]["text"] == "Không mở được tệp."
    assert "hashes" not in run["artifacts"][1]


def test_a_file_without_an_outcome_yet_is_a_warning() -> None:
    run = log(lost(reason=None, message=None))
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (notification["level"], notification["descriptor"]["id"]) == ("warning", "pending")


# ---------------------------------------------------------------- what stands in documents

HOSTILE: Sequence[str] = (
    "\x00\x1b[31m\ud800\u202e",
    '"},{"',
    "[bấm vào đây](http://example.org)",
    "{0} {1}",
    "\n\n",
    "a" * 40_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_bad_text_is_nothing_but_text(text: str) -> None:
    one = result(across=({**ACROSS, "quote": text, "related": text, "message": text},))
    assert one.report is not None
    finding = {**one.report["findings"][0], "message": text, "quote": text, "reported": text}
    finding["span"] = {**finding["span"], "text": text}
    finding["dismissed"] = {"reason": text, "date": text}
    bad = replace(one, path=f"{FOLDER}/{text}", report={**one.report, "findings": [finding]})
    run = log(bad, lost(message=text))
    assert [found["properties"]["quote"] for found in run["results"]] == [text.replace("\ud800", "?")] * 2


def test_what_a_viewer_would_take_for_a_link_is_escaped() -> None:
    one = result(across=({**ACROSS, "message": "xem [đây](1), bảng [2] và {0}"},))
    assert log(one)["results"][-1]["message"]["text"] == "xem \\[đây](1), bảng [2] và {{0}}."


def test_the_rank_is_how_sure_a_finding_is() -> None:
    report = report_on(WRONG.encode())
    sure, unknown = (
        {**finding, "confidence": said} for finding, said in zip(report["findings"], (0.9337, None), strict=True)
    )
    one = replace(result(), report={**report, "findings": [sure, unknown]})
    first, second = log(one)["results"]
    assert first["rank"] == 93.4
    assert "rank" not in second
    assert "properties" not in log(one)["artifacts"][0]


def test_a_file_says_how_many_findings_were_left_out() -> None:
    report = report_on(WRONG.encode())
    one = replace(result(), report={**report, "findings": [], "summary": {**report["summary"], "left_out": 2}})
    assert log(one)["artifacts"][0]["properties"] == {"leftOut": 2}
