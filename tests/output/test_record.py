"""The record of a document holds what its report says, and refuses what cannot be true.

`python -m tests.output.test_record` prints the JSON Schema as `schemas/record.schema.json` should hold it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from de06_extract import De06Record, check_text, record_schema
from de06_extract.indicators.taxonomy import taxonomy
from tests.conftest import CORPUS, REPORTS, ROOT, corpus, report_on

SCHEMA = ROOT / "schemas" / "record.schema.json"
FILES = [
    f"{folder}{name}.{suffix}"
    for folder, suffix in (("", "txt"), ("pdf/", "pdf"), ("docx/", "docx"))
    for name in REPORTS
]
TEXT = "Tính đến ngày 30/6/2024, trên địa bàn huyện Hòa An, hồ sơ nộp trực tuyến: 3.225/3.265 hồ sơ, đạt 98,77%."


def schema_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_schema_file_is_that_of_the_model() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), "regenerate it: make schema"


@pytest.mark.parametrize("name", FILES)
def test_a_record_is_valid_and_reads_back_equal(name: str) -> None:
    record = De06Record.from_report(report_on(CORPUS / name))
    printed = record.model_dump_json()
    errors = list(Draft202012Validator(record_schema()).iter_errors(json.loads(printed)))
    assert not errors, errors[0]
    assert De06Record.model_validate_json(printed) == record


def test_a_record_holds_the_indicators_of_its_report_and_the_place() -> None:
    report = check_text(TEXT)
    record = De06Record.from_report(report)
    assert record.indicators == report.indicators
    assert [one.id for one in record.indicators] == ["tthc_dossiers_online"]
    assert record.locality == report.locality
    assert record.summary == report.summary


def test_a_record_says_whose_report_it_is() -> None:
    locality = De06Record.from_report(report_on(corpus("002"))).locality
    assert locality is not None
    assert (locality.kind, locality.name, locality.successor) == ("thị xã", "Bình Long", "Đồng Nai")


def test_a_record_of_a_report_without_a_place_has_none() -> None:
    assert De06Record.from_report(check_text("Số hóa đầu vào đạt 98,77%.")).locality is None


def changed(**fields: Any) -> dict[str, Any]:
    """The JSON of the record of TEXT, with other fields of its indicator."""
    data: dict[str, Any] = json.loads(De06Record.from_report(check_text(TEXT)).model_dump_json())
    data["indicators"][0].update(fields)
    return data


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"period": {"start": "2024-07-01", "end": "2024-06-30"}}, "period: ends on 2024-06-30, before it begins"),
        ({"period": {"start": None, "end": "30/6/2024"}}, "period.end: 30/6/2024 is no date"),
        ({"period": {"start": None, "end": "2024-02-30"}}, "period.end: 2024-02-30 is no date"),
        ({"value": 89.77}, "value: 89.77% does not follow from 3225/3265"),
        ({"value": 98.79}, "value: 98.79% does not follow from 3225/3265"),
        ({"denominator": 0}, "value: there is no share of 0"),
        ({"id": "no_such_thing"}, "id: the taxonomy has no such indicator"),
        ({"unit": "phần trăm"}, "unit: write «%» for «phần trăm»"),
        ({"unit": "hồ sơ"}, "unit: «hồ sơ», but a share of a denominator is written with «%»"),
        ({"id": "documents_outgoing"}, "unit: «%», but the indicator is a count in «văn bản»"),
    ],
)
def test_what_cannot_be_true_is_refused_with_the_reason(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as raised:
        De06Record.model_validate(changed(**fields))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 98.8},
        {"value": 98.7},  # cut off
        {"value": 89.77, "verdict": "inconsistent"},
        {"value": 90, "bound": "over"},
        {"period": {"start": "2024-06-30", "end": "2024-06-30"}},
        {"period": {"start": "2024-06-01", "end": "2024-06"}},
        {"period": None},
        {"value": 3225, "unit": "hồ sơ"},
    ],
)
def test_what_can_be_true_is_kept(fields: dict[str, Any]) -> None:
    De06Record.model_validate(changed(**fields))


def test_another_taxonomy_has_other_indicators() -> None:
    known = taxonomy()
    own = known.model_copy(update={"entries": {"own": known.entries["tthc_dossiers_online"]}})
    data = changed(id="own")
    assert De06Record.model_validate(data, context={"taxonomy": own}).indicators[0].id == "own"
    with pytest.raises(ValidationError):
        De06Record.model_validate(data)


if __name__ == "__main__":
    print(schema_text(), end="")


@pytest.mark.parametrize("day", ["ngày 31 tháng 02 năm 2023", "ngày 5 tháng 6 năm 2020"])
def test_a_date_that_cannot_be_the_end_of_a_period_is_none(day: str) -> None:
    said = "Từ ngày 01/5/2023 đến nay, số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,77%."
    record = De06Record.from_report(check_text(f"An Phú, {day}\n\nBÁO CÁO\n\n{said}"))
    (indicator,) = record.indicators
    assert indicator.period is not None
    assert (indicator.period.start, indicator.period.end) == ("2023-05-01", None)
