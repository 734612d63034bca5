"""Parquet files: what a data frame finds in them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import polars
import pytest

from de06_extract import Report, extract
from de06_extract.output.format import Settings
from de06_extract.output.formats import formats
from de06_extract.output.report import write_report
from tests.output.tables.made_up import run


def test_parquet_has_the_keys_codes_and_types_of_the_rows(wrong: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    assert run(wrong, "--format", "parquet", "-o", tmp_path / "out.parquet").output == ""
    claims = polars.read_parquet(tmp_path / "out.claims.parquet")
    assert claims["percent"].to_list() == [98.57, 83.4, 75.0]
    assert claims["severity"].to_list() == ["error", "warning", None]
    assert claims["line"].dtype == polars.Int64
    assert claims["document_date"].dtype == polars.Date
    indicators = extract(wrong).to_rows("indicators")
    assert polars.read_parquet(tmp_path / "out.indicators.parquet")["value"].to_list() == [
        i["value"] for i in indicators
    ]
    assert polars.read_parquet(tmp_path / "out.findings.parquet")["rule"].to_list() == ["ratio-mismatch"] * 2


def test_parquet_holds_what_the_data_frame_of_the_rows_holds(report: Report) -> None:
    pytest.importorskip("pyarrow")
    file = BytesIO()
    write_report(report, formats()["parquet"], [file], Settings(path="a.txt", tables=("indicators",)))
    frame = polars.read_parquet(file.getvalue())
    assert frame.to_dicts() == [
        {key: row[key] for key in frame.columns} for row in report.to_rows("indicators", path="a.txt")
    ]
    assert set(frame.columns) == set(report.to_rows("indicators")[0])
