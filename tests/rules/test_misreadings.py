"""A figure that may have been misread is not held against a report; one that is read so twice is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from de06_extract import check_text
from de06_extract.document.document import SecondReading
from de06_extract.pipeline.extract import check
from de06_extract.readers import read_document
from de06_extract.schema.report import Location, Report
from tests.rules.test_checks import scanned

WRONG = "3.225/3.265 hồ sơ đạt tỷ lệ 93,77%"


def read_twice(text: str, second: SecondReading | None) -> Report:
    """The report on a scanned line, of which every figure is read so when it is looked at again."""

    def again(location: Location) -> SecondReading | None:
        return second

    return check(replace(scanned(text), read_again=again))


@pytest.mark.parametrize(
    "text",
    [
        WRONG,
        "Tổng số 1.250 hồ sơ, trong đó: 850 hồ sơ trực tuyến và 300 hồ sơ trực tiếp",
        "Tiếp nhận 1.063 hồ sơ, trong đó có 580 hồ sơ trực tuyến (đạt 54,3%)",
        "11/12 xã (đạt 97,7%)",
    ],
)
def test_what_one_misreading_explains_is_a_doubt(text: str) -> None:
    assert {finding.severity for finding in check_text(text).findings} & {"error", "warning"}
    found = check(scanned(text)).findings
    assert {(finding.rule, finding.severity) for finding in found} <= {("ocr-doubt", "info")}


def test_the_doubt_has_the_box_of_its_figure() -> None:
    (finding,) = check(scanned(WRONG)).findings
    assert (finding.reported, finding.locations[0].page) == ("93,77%", 1)
    assert finding.claims == ("c1",)


@pytest.mark.parametrize("text", ["9/27 xã, đạt tỷ lệ 32,76%", "10/12 xã (đạt 42,2%)"])
def test_what_no_single_misreading_explains_is_an_error(text: str) -> None:
    assert [finding.rule for finding in check(scanned(text)).findings] == ["ratio-mismatch"]


@pytest.mark.parametrize(("confidence", "rule"), [(79, "ocr-doubt"), (80, "ratio-mismatch")])
def test_what_was_read_with_little_confidence_is_a_doubt(confidence: int, rule: str) -> None:
    (finding,) = check(scanned("9/27 xã, đạt tỷ lệ 32,76%", confidence)).findings
    assert finding.rule == rule


def test_two_readings_that_agree_are_enough_where_no_misreading_explains_it() -> None:
    def again(location: Location) -> SecondReading | None:
        left = location.bbox[0] if location.bbox else 0
        return SecondReading("9" if left < 90 else "27" if left < 110 else "32,76%", 40)

    text = "9/27 xã, đạt tỷ lệ 32,76%"
    line = scanned(text, 70)
    edges = [80 + 10.0 * at for at in range(len(text))]
    place = replace(line.places[0], lefts=edges, rights=[edge + 10 for edge in edges])
    report = check(replace(line, places=(place,), read_again=again))
    assert [finding.rule for finding in report.findings] == ["ratio-mismatch"]


def test_a_second_look_that_reads_another_figure_is_told() -> None:
    seen = replace(scanned("9/27 xã, đạt tỷ lệ 32,76%", 70), read_again=lambda location: SecondReading("32,16%", 60))
    (finding,) = check(seen).findings
    assert "32,76%, đọc lại được 32,16" in finding.message or "9, đọc lại được 32,16" in finding.message


def test_a_figure_that_is_read_so_twice_is_held_against_the_report() -> None:
    report = read_twice(WRONG, SecondReading("93,77%", 95))
    assert [finding.rule for finding in report.findings] == ["ratio-mismatch"]


@pytest.mark.parametrize("second", [SecondReading("93,77%", 60), SecondReading("95,77", 95), None])
def test_a_second_look_that_is_not_sure_leaves_the_doubt(second: SecondReading | None) -> None:
    assert [finding.rule for finding in read_twice(WRONG, second).findings] == ["ocr-doubt"]


def test_a_second_look_that_reads_what_fits_puts_the_text_right() -> None:
    report = read_twice(WRONG, SecondReading("(98,77%)", 70))
    assert report.findings == ()
    (claim,) = report.claims
    assert (claim.verdict, claim.quote) == ("consistent", WRONG.replace("93,77", "98,77"))


def test_figures_of_a_text_are_never_in_doubt() -> None:
    assert "ocr-doubt" not in {finding.rule for finding in check_text(WRONG).findings}


@pytest.mark.parametrize(("confidence", "rules"), [(79, []), (80, ["date-impossible"])])
def test_words_read_with_little_confidence_are_held_against_nobody(confidence: int, rules: list[str]) -> None:
    text = "Báo cáo số liệu tính đến ngày 31/02/2026 theo quy định."
    assert [finding.rule for finding in check_text(text).findings] == ["date-impossible"]
    assert [finding.rule for finding in check(scanned(text, confidence)).findings] == rules


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I. CĂN CỨ\nTheo kế hoạch.\nII. KẾT QUẢ\nĐã làm.\nIV. NHIỆM VỤ\nSẽ làm.\n", "section-numbering"),
        ("Có ba việc: (1) Rà soát dữ liệu; (2) Cấp mã số; (4) Tập huấn cán bộ.\n", "list-numbering"),
    ],
)
def test_a_number_that_is_missing_on_a_scan_was_not_recognised(text: str, rule: str) -> None:
    read = read_document(text.encode(), "a.txt")
    assert rule in {finding.rule for finding in check(read).findings}
    seen = replace(read, places=scanned(read.text).places, ocr_pages=scanned(read.text).ocr_pages)
    assert rule not in {finding.rule for finding in check(seen).findings}
