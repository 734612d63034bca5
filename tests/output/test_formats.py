"""The forms of output: which a name asks for, which are for one report and which for an archive."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from de06_extract import check_text
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.results import FileResult
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.errors import ReportFormError
from de06_extract.output.archive import archive_files, archive_format, archive_formats, write_archive
from de06_extract.output.format import Format, Settings
from de06_extract.output.formats import format_of_ending, formats
from de06_extract.output.report import report_format, report_formats, wanted_tables, write_report

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\nCó 10/12 xã (đạt 83,4%).\n"
SARIF = Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json"


def written(form: str, path: str | None = None, **settings: Any) -> bytes:
    """One report in a form."""
    file = BytesIO()
    write_report(check_text(WRONG, name="a.txt"), formats()[form], [file], Settings(path=path, **settings))
    return file.getvalue()


def test_each_form_has_a_name_and_endings_of_its_own() -> None:
    endings = [suffix for form in formats().values() for suffix in form.suffixes]
    assert len(endings) == len(set(endings))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
    assert all(form.of_report or form.of_archive for form in formats().values())
    assert [form.name for form in report_formats()] == [
        "csv", "docx", "fixed", "github", "gitlab", "html", "json", "jsonl", "junit", "notes", "parquet", "patch",
        "phieu.html", "sarif", "text", "xlsx",
    ]  # fmt: skip
    assert [form.name for form in archive_formats()] == [
        "csv", "docx", "github", "gitlab", "html", "jsonl", "junit", "parquet", "phieu.html", "sarif", "xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.TXT", "text"),
        ("a.b.csv", "csv"),
        ("a.GITLAB.json", "gitlab"),
        ("a.github.txt", "github"),
        ("a.xml", "junit"),
        ("a.jsonl", "jsonl"),
        ("a.PHIEU.html", "phieu.html"),
        ("a.xls", None),
        ("json", None),
        (".json", None),
    ],
)
def test_the_ending_asks_for_a_form(name: str, form: str | None) -> None:
    found = format_of_ending(Path(name))
    assert (found and found.name) == form


@pytest.mark.parametrize(
    ("name", "output", "form"),
    [
        (None, None, "json"),
        (None, "a.xlsx", "xlsx"),
        (None, "a", "json"),
        (None, "/dev/null", "json"),
        ("csv", None, "csv"),
        ("csv", "a.csv", "csv"),
        ("csv", "a.out", "csv"),
        ("gitlab", "gl-code-quality-report.json", "gitlab"),
        ("github", "a.txt", "github"),
    ],
)
def test_a_report_has_the_form_that_is_named_or_that_of_its_ending(name: str | None, output: Any, form: str) -> None:
    assert report_format(name, output and Path(output)).name == form


def test_a_name_and_an_ending_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(
        ReportFormError,
        match=r"^a\.xlsx: the name asks for xlsx, --format for csv; leave out --format, or end it in \.csv$",
    ):
        report_format("csv", Path("a.xlsx"))
    with pytest.raises(
        ReportFormError,
        match=r"^a\.html: the name asks for html, --format for json; leave out --format, or end it in \.json$",
    ):
        report_format("json", Path("a.html"))


def test_a_form_says_what_it_is_not_for() -> None:
    with pytest.raises(ReportFormError, match=r"^a\.doc: the ending says no form; use \.csv, "):
        report_format(None, Path("a.doc"))
    with pytest.raises(ReportFormError, match=r"ends in none of .*\.xlsx \(\.json is the form of a single report\)$"):
        archive_format(Path("a.json"))


def test_tables_that_lie_apart_are_named_after_the_output() -> None:
    csv = formats()["csv"]
    assert csv.files(Path("x/a.CSV"), ("findings", "claims")) == (Path("x/a.findings.CSV"), Path("x/a.claims.CSV"))
    assert csv.files(Path("a.out"), ("findings", "claims")) == (Path("a.out.findings.csv"), Path("a.out.claims.csv"))
    assert csv.files(Path("a.csv"), ("claims",)) == (Path("a.csv"),)
    assert formats()["xlsx"].files(Path("a.xlsx"), ("findings", "claims")) == (Path("a.xlsx"),)
    assert archive_files(Path("A.CSV"))[0] == Path("A.files.CSV")


def test_a_device_or_stream_gets_one_table_of_those_that_lie_apart() -> None:
    assert wanted_tables(formats()["csv"], Path("/dev/null"), None) == ("findings",)
    assert wanted_tables(formats()["csv"], None, "claims") == ("claims",)
    assert wanted_tables(formats()["xlsx"], None, None) == ("findings", "indicators", "claims")


def test_a_new_form_needs_nothing_but_its_file() -> None:
    form = Format("md", (".md",), of_report=lambda report, files, settings: None)
    assert form.files(Path("a.md"), ("findings", "claims")) == (Path("a.md"),)
    form.require()


# ---------------------------------------------------------------- one report as an archive of one file


@pytest.fixture
def archive(tmp_path: Path) -> tuple[FileResult, ...]:
    """The results of an archive that has the one report."""
    with open_store(tmp_path / "store.sqlite", Options()) as store:
        run = store.begin_run(["/kho"])
        outcome = outcome_of(WRONG.encode(), ".txt", Options())
        sha256 = check_text(WRONG).source.sha256
        store.save(run, Attempt("/kho/a.txt", ".txt", sha256, len(WRONG.encode()), outcome))
        return tuple(store.results())


@pytest.mark.parametrize("form", ["jsonl", "sarif"])
def test_one_report_is_written_as_an_archive_of_one_file_is(
    form: str, archive: tuple[FileResult, ...], tmp_path: Path
) -> None:
    output = tmp_path / f"a.{form}"
    write_archive(archive, output, folder="/kho")
    assert written(form, "/kho/a.txt") == output.read_bytes()


def test_the_sarif_of_a_report_is_sarif() -> None:
    schema = json.loads(SARIF.read_text("utf-8"))
    for path in ("/kho/báo cáo.txt", "báo cáo.txt", None):
        jsonschema.validate(json.loads(written("sarif", path)), schema)


def test_a_report_without_a_file_is_known_by_its_name() -> None:
    (run,) = json.loads(written("sarif"))["runs"]
    assert "originalUriBaseIds" not in run
    assert {artifact["location"]["uri"] for artifact in run["artifacts"]} == {"a.txt"}
    assert json.loads(written("jsonl"))["path"] == "a.txt"


def test_the_text_of_a_report_is_in_the_language_of_the_settings() -> None:
    assert "the report says 98,57%" not in written("text").decode()
    assert written("text", language="en").decode().startswith("a.txt\n")
    assert "Error · line 1" in written("text", language="en").decode()
