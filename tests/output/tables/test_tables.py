"""Tables of many reports in one go, and places that cannot be written."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from de06_extract import Report
from de06_extract.output.format import Settings
from de06_extract.output.tables import xlsx
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.csv_tables import write_csv
from de06_extract.output.tables.of_report import report_tables
from de06_extract.output.tables.xlsx import write_sheets
from de06_extract.schema.rows import Row
from tests.output.tables.made_up import WRONG, csv_rows, made_up, run

COMMAND = str(Path(sys.executable).with_name("de06-extract"))


def test_reports_follow_each_other(report: Report) -> None:
    file = BytesIO()
    settings = [Settings(path=f"{number}.txt", tables=("indicators",)) for number in range(3)]
    write_csv((tables for each in settings for tables in report_tables(report, each)), {"indicators": file}, "vi")
    rows = csv_rows(file.getvalue())
    assert [row["Đường dẫn"] for row in rows] == ["0.txt", "1.txt", "2.txt"]
    assert {(row["Giá trị"], row["Từ ngày"], row["Ngày ban hành"]) for row in rows} == {
        ("98.57", "2023-01-01", "2024-04")
    }


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_archive(form: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_DRESSED_ROWS", 50)

    def peak(count: int) -> int:
        row = made_up("claims", quote="một hai " * 20, location="trang 2", source_path="a.pdf", total=Decimal(3265))
        tables: Iterator[Mapping[Table, Iterable[Row]]] = ({"claims": [row]} for _ in range(count))
        with (tmp_path / "out").open("wb") as file:
            tracemalloc.start()
            if form == "csv":
                write_csv(tables, {"claims": file}, "vi")
            else:
                write_sheets(tables, file, ["claims"], "vi")
            highest = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return highest

    peak(10)
    assert peak(1500) < 1.5 * peak(500)  # by then the buffers are full


def failed(*arguments: object) -> str:
    """What standard error says of a command that must fail before it prints anything."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_place_that_cannot_be_written_is_named(wrong: Path, tmp_path: Path, form: str) -> None:
    assert "không ghi được" in failed(wrong, "--format", form, "-o", tmp_path / "none" / f"out.{form}")


def test_all_files_are_written_or_none(wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "out.claims.csv").mkdir()
    (tmp_path / "out.findings.csv").write_text("what was there", "utf-8")
    assert "không ghi được" in failed(wrong, "--format", "csv", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.findings.csv").read_text("utf-8") == "what was there"
    assert {path.name for path in tmp_path.iterdir()} == {"out.claims.csv", "out.findings.csv", wrong.name}


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    error = failed(wrong, "--format", "parquet", "-o", tmp_path / "out.parquet")
    assert error == "parquet: cần pyarrow, chưa được cài: pip install 'de06-extract[parquet]'\n"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_terminal_is_not_sent_a_binary_file(wrong: Path, form: str) -> None:
    master, terminal = pty.openpty()
    try:
        command = [COMMAND, str(wrong), "--format", form]
        result = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(terminal)
        os.close(master)
    assert result.returncode == 2
    example = f"de06-extract '{wrong}' -o '{wrong.stem}.{form}'"
    assert result.stderr.decode() == f"{form}: không hiện được trên màn hình; hãy ghi ra tệp: {example}\n"


def test_a_workbook_goes_down_a_pipe(wrong: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(run(wrong, "--format", "xlsx").stdout_bytes))
    assert len(book.sheetnames) == 4


def test_an_unknown_format_or_table_is_wrong_usage(wrong: Path) -> None:
    assert run(wrong, "--format", "xls").exit_code == 2
    assert run(wrong, "--format", "csv", "--table", "numbers").exit_code == 2


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_the_file_to_read_is_not_overwritten(wrong: Path, form: str) -> None:
    assert "không ghi đè" in failed(wrong, "--format", form, "-o", wrong)
    assert wrong.read_text("utf-8") == WRONG


def test_a_table_named_like_the_file_to_read_does_not_overwrite_it(tmp_path: Path) -> None:
    source = tmp_path / "out.claims.csv"
    source.write_bytes(("\ufeff" + WRONG).encode("utf-16"))
    assert "không ghi đè" in failed(source, "--format", "csv", "-o", tmp_path / "out.csv")


@pytest.mark.parametrize(
    "options",
    [("--table", "claims"), ("--format", "text", "--table", "claims"), ("--format", "xlsx", "--delimiter", "tab")],
)
def test_an_option_that_the_format_does_not_have_is_wrong_usage(wrong: Path, options: tuple[str, ...]) -> None:
    assert "chỉ dùng cùng --format" in failed(wrong, *options)


def test_a_device_gets_one_table(wrong: Path) -> None:
    assert run(wrong, "--format", "csv", "-o", os.devnull).exit_code == 0
    assert not Path("/dev/null.findings.csv").exists()


def test_fail_on_counts_with_tables_too(wrong: Path, tmp_path: Path) -> None:
    assert run(wrong, "--format", "xlsx", "-o", tmp_path / "out.xlsx", "--fail-on", "error").exit_code == 1
    assert (tmp_path / "out.xlsx").exists()
