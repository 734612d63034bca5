"""A report as flat rows: their keys, their types, and what each holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import polars
import pytest

from de06_extract import Report, check_text
from de06_extract.language.messages import messages
from de06_extract.output.tables.columns import KINDS, ROOMS, columns
from de06_extract.schema.report import (
    Comparison,
    Finding,
    Header,
    Indicator,
    Location,
    Period,
    Quantity,
    Related,
    Span,
)
from de06_extract.schema.rows import Kind, rows_of
from tests.conftest import CORPUS, report_on

TEXT = (
    "I. KẾT QUẢ\n"
    "1. Số hóa\n"
    "Số hóa đầu vào: 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%.\n"
    "Tiếp nhận 1.204 hồ sơ, gồm: trực tuyến 1.024 hồ sơ, trực tiếp 180 hồ sơ.\n"
    "Số vụ giảm từ 54 vụ xuống 34 vụ.\n"
    "Có 10/12 xã (đạt 83,4%).\n"
)


def span(text: str, inside: str = TEXT) -> Span:
    start = inside.index(text)
    return Span(start=start, end=start + len(text), text=text)


def indicator(**fields: Any) -> Indicator:
    """An indicator over the first claim of the text."""
    known: dict[str, Any] = {
        "id": "digitised_input_rate",
        "name": "Tỷ lệ số hóa đầu vào",
        "value": Decimal("98.57"),
        "unit": "%",
        "numerator": Decimal(3225),
        "denominator": Decimal(3265),
        "period": Period(start="2023-01-01", end="2023-12-14"),
        "claim": "c1",
        "section": "s2",
        "verdict": "inconsistent",
        "score": 0.75,
        "quote": "3.225/3.265",
        "span": span("3.225/3.265"),
        "locations": (Location(line=3),),
    }
    return Indicator(**{**known, **fields})


@pytest.fixture
def report() -> Report:
    header = Header(
        number="415/BC-TCT", issuer="UBND huyện Tứ Kỳ", place="Tứ Kỳ", date="2023-10-12", doc_type="BÁO CÁO"
    )
    made = check_text(TEXT, name="báo cáo.txt")
    return made.model_copy(update={"header": header, "indicators": (indicator(),)})


def row(report: Report, table: Kind, /, **where: Any) -> dict[str, Any]:
    """The one row of which this is true."""
    found = [row for row in report.to_rows(table) if all(row[key] == value for key, value in where.items())]
    assert len(found) == 1, found
    return found[0]


def test_a_finding_has_its_rule_its_claim_and_its_place(report: Report) -> None:
    found = row(report, "findings", rule="ratio-mismatch", severity="error")
    assert found["rule_title"] == "Tỷ lệ không khớp với tử số và mẫu số"
    assert found["message"].startswith("3.225/3.265 là 98,77%, báo cáo ghi 98,57%")
    assert (found["reported"], found["expected"], found["figure"]) == ("98,57%", "98,77%", "98,57%")
    assert (found["kind"], found["claim_ids"], found["location"], found["line"]) == (
        "ratio",
        "c1",
        "mục I.1, dòng 3",
        3,
    )
    assert (found["section_label"], found["section_title"]) == ("1", "Số hóa")
    assert (found["source_file"], found["document_number"]) == ("báo cáo.txt", "415/BC-TCT")
    assert TEXT[found["start"] : found["end"]] == "98,57%"


def test_a_claim_has_its_figures_by_role_and_as_written(report: Report) -> None:
    ratio = row(report, "claims", claim_id="c1")
    assert (ratio["numerator"], ratio["denominator"], ratio["percent"]) == (3225, 3265, 98.57)
    assert ratio["figures"] == "3.225; 3.265; 98,57%"
    assert (ratio["unit"], ratio["verdict"], ratio["bound"]) == ("hồ sơ", "inconsistent", "exact")
    assert ratio["total"] is None
    total = row(report, "claims", kind="sum")
    assert (total["total"], total["parts"]) == (1204, "1.024; 180")
    change = row(report, "claims", kind="change")
    assert (change["old"], change["new"], change["delta"], change["direction"]) == (54, 34, None, "down")


def test_an_indicator_has_its_period_and_what_is_held_against_its_claim(report: Report) -> None:
    (found,) = report.to_rows("indicators")
    assert (found["indicator"], found["value"], found["unit"], found["score"]) == (
        "digitised_input_rate",
        98.57,
        "%",
        0.75,
    )
    assert (found["period_start"], found["period_end"]) == (date(2023, 1, 1), date(2023, 12, 14))
    assert found["period"] == "2023-01-01/2023-12-14"
    assert found["severity"] == "error"
    assert str(found["findings"]).startswith("3.225/3.265 là 98,77%")
    assert (found["document_date"], found["document_issuer"]) == (date(2023, 10, 12), "UBND huyện Tứ Kỳ")


def test_claims_know_the_worst_that_concerns_them(report: Report) -> None:
    severities = {row["label"]: row["severity"] for row in report.to_rows("claims")}
    assert severities["Số hóa đầu vào"] == "error"
    assert severities["xã"] == "warning"
    assert severities["Tiếp nhận"] is None


def test_a_finding_on_a_comparison_concerns_the_claims_that_hold_its_figures(report: Report) -> None:
    figures = [q for q in report.claims[0].quantities.values() if isinstance(q, Quantity)]
    comparison = Comparison(
        id="r1",
        kind="repeat",
        label="Số hóa",
        quote="3.225",
        span=figures[0].span,
        figures=tuple(figures[:1]),
        verdict="inconsistent",
    )
    finding = Finding(
        id="x",
        rule="repeat-mismatch",
        severity="warning",
        message="Hai số khác nhau",
        claims=(),
        comparisons=("r1",),
        quote="3.225",
        span=figures[0].span,
        related=(Related(span=figures[1].span, locations=(Location(page=4),)),),
    )
    changed = report.model_copy(update={"findings": (finding,), "comparisons": (comparison,)})
    found = row(changed, "findings", finding_id="x")
    assert (found["label"], found["kind"], found["comparison_ids"]) == ("Số hóa", "repeat", "r1")
    assert (found["related"], found["rule_title"], found["section_label"]) == ("“3.265” (mục I.1, trang 4)", None, "1")
    assert [row["severity"] for row in changed.to_rows("claims")] == ["warning", None, None, None]


@pytest.mark.parametrize(("iso", "whole"), [("2024-04", None), ("2024-04-31", None), (None, None)])
def test_a_date_known_in_part_is_text_only(report: Report, iso: str | None, whole: date | None) -> None:
    changed = report.model_copy(update={"header": Header(date=iso)})
    (found,) = changed.to_rows("indicators")
    assert (found["document_date"], found["document_date_text"]) == (whole, iso)


def test_an_indicator_without_claim_or_period_has_a_row(report: Report) -> None:
    changed = report.model_copy(update={"indicators": (indicator(claim=None, period=None, section=None),)})
    (found,) = changed.to_rows("indicators")
    assert (found["period"], found["period_start"], found["severity"], found["findings"]) == (None, None, None, None)


def test_places_are_in_the_language_asked_for(report: Report) -> None:
    assert report.to_rows("claims", lang="en")[0]["location"] == "line 3"


def test_the_path_is_what_it_is_given(report: Report) -> None:
    assert report.to_rows("claims")[0]["source_path"] is None
    assert report.to_rows("claims", path="kho/báo cáo.txt")[0]["source_path"] == "kho/báo cáo.txt"


def keys(kind: Kind) -> set[str]:
    """The keys that have a column, or are shown in the place of one."""
    known = [column for column in columns(kind, "vi") if column.type != "order"]
    return {column.key for column in known} | {column.otherwise for column in known if column.otherwise}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_row_has_a_column_and_the_type_it_says(report: Report, kind: Kind) -> None:
    types = {"text": str, "word": str, "link": str, "integer": int, "number": float, "date": date}
    rows = report.to_rows(kind, path="a.txt")
    assert rows
    for found in rows:
        assert set(found) == keys(kind)
        for column in (one for one in columns(kind, "vi") if one.type != "order"):
            assert isinstance(found[column.key], types[column.type] | None), column.key


def test_columns_are_listed_once_and_all_are_used() -> None:
    data = messages("columns")
    used = {key for kind in KINDS for key in keys(kind)}
    listed = {key for table in data["tables"].values() for room in ROOMS for key in table[room]}
    assert used <= set(data["columns"]) | {"document_date_text"}
    assert set(data["columns"]) == listed
    for table in data["tables"]:
        keys_listed = [column.key for column in columns(table, "vi")]
        assert len(keys_listed) == len(set(keys_listed))
    assert set(data["words"]["vi"]) == set(data["words"]["en"])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_heads_of_a_table_differ(kind: Kind, language: Any) -> None:
    heads = [column.head for column in columns(kind, language)]
    assert sorted(heads) == sorted(set(heads))


def codes(names: Iterable[str]) -> dict[str, set[Any]]:
    """The codes that the models allow, by the key of the row."""
    claim, finding = Report.model_fields["claims"], Report.model_fields["findings"]
    fields = {**get_args(claim.annotation)[0].model_fields, **get_args(finding.annotation)[0].model_fields}
    return {name: set(get_args(fields[name].annotation)) for name in names}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_its_word(language: str) -> None:
    words = messages("columns")["words"][language]
    for name, known in codes(["severity", "verdict", "status"]).items():
        assert known <= set(words[name]), name


@pytest.mark.parametrize("name", ["002.txt", "pdf/002.pdf", "docx/003.docx"])
def test_rows_of_the_json_are_those_of_the_report(name: str) -> None:
    report = report_on(CORPUS / name)
    stored = json.loads(report.model_dump_json(), parse_float=Decimal)
    for kind in KINDS:
        rows = report.to_rows(kind)
        assert [dict(found) for found in rows_of(stored, kind)] == [
            {key: stored_value(value) for key, value in found.items()} for found in rows
        ]
        assert len(rows) == len(getattr(report, kind))


def stored_value(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def test_a_data_frame_has_one_type_a_column(report: Report) -> None:
    frame = polars.DataFrame([row for _ in range(200) for row in report.to_rows("claims")], infer_schema_length=None)
    assert frame["percent"].dtype == polars.Float64
    assert frame["line"].dtype == polars.Int64
    assert frame["document_date"].dtype == polars.Date
    assert frame["denominator"].drop_nulls()[0] == 3265
