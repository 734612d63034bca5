"""The schemas have names, and texts are in a report where they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from de06_extract import Limits, Report, extract, report_schema
from de06_extract.archive.store.outcome import Options
from tests.conftest import ROOT, corpus

SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_schema_has_a_name_of_its_version(path: Path) -> None:
    name = path.name.removesuffix(".schema.json")
    assert json.loads(path.read_text("utf-8"))["$id"] == f"urn:de06-extract:schema:{name}:1"


def test_the_text_is_what_offsets_count_in() -> None:
    report = extract(corpus("003", "pdf"), with_text=True)
    assert report.text is not None
    assert report.findings
    for finding in report.findings:
        assert report.text[finding.span.start : finding.span.end] == finding.span.text
    parsed = json.loads(report.model_dump_json())
    jsonschema.validate(parsed, report_schema())
    assert Report.model_validate(parsed).text == report.text


def test_without_a_word_there_is_no_text() -> None:
    parsed = json.loads(extract(corpus("003")).model_dump_json())
    assert "text" not in parsed
    jsonschema.validate(parsed, report_schema())


def test_numbers_of_citizens_are_masked_in_the_text_too() -> None:
    report = extract("Số CCCD 001099012345; 10/12 xã đạt 83,3%.".encode(), with_text=True)
    assert report.text is not None
    assert "012345" not in report.text


@pytest.mark.slow
def test_a_process_of_its_own_gives_the_text_as_well() -> None:
    assert extract(corpus("003"), with_text=True, limits=Limits()) == extract(corpus("003"), with_text=True)


def test_outcomes_with_a_text_are_others() -> None:
    assert Options(with_text=True).key != Options().key
