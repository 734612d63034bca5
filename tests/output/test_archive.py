"""The report on an archive: what people and programs find in its files, whatever stands in the documents."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pytest

from de06_extract import extract
from de06_extract.archive.baseline import Baseline, Dismissal
from de06_extract.archive.decision import Decision
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.rows import file_row, open_severities
from de06_extract.archive.store.outcome import Options, Outcome, failed, outcome_of
from de06_extract.archive.store.results import FileResult
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.errors import ReportFormError
from de06_extract.output.archive import archive_files, archive_format, archive_formats, write_archive
from de06_extract.output.tables.columns import Table, columns
from de06_extract.output.tables.csv_tables import Headers
from de06_extract.output.tables.xlsx import LONGEST_TEXT
from de06_extract.schema.rows import Row

FORMS = [form.suffixes[0].removeprefix(".") for form in archive_formats()]
FOLDER = "/kho"
WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\nCó 10/12 xã (đạt 83,4%).\nCó 3/4 xã đạt 75%.\n"
WORSE = "Số hóa đầu vào: 1.225/1.265 đạt tỷ lệ 98,64%.\nSố hóa đầu ra: 845/918 đạt tỷ lệ 90,25%.\n"
RIGHT = "Có 3/4 xã đạt 75%.\n"
ACROSS: Row = {
    "finding_id": "falling-count-0123456789ab",
    "severity": "warning",
    "rule": "falling-count",
    "rule_title": "Số lũy kế giảm",
    "message": "Kỳ trước 9.000 hồ sơ, kỳ này 3.225 hồ sơ",
    "figure": "3.225",
    "reported": "3.225",
    "expected": None,
    "related": "a/2023.txt: «9.000» (dòng 1)",
    "label": "hồ sơ",
    "quote": "3.225/3.265 đạt tỷ lệ 98,57%",
    "location": "dòng 1",
    "line": 1,
    "start": 16,
    "end": 21,
}
DISMISSED = {"reason": "Đơn vị đã xác nhận", "date": "2026-11-25"}


def attempt(path: str, text: str | Outcome) -> Attempt:
    """What a run did to a file with this text, or that came to this outcome."""
    data = text.encode() if isinstance(text, str) else path.encode()
    outcome = outcome_of(data, ".txt", Options()) if isinstance(text, str) else text
    is_lost = not isinstance(text, str) and text.reason == "missing"
    sha256 = None if is_lost else hashlib.sha256(data).hexdigest()
    return Attempt(f"{FOLDER}/{path}", ".txt", sha256, None if is_lost else len(data), outcome)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[FileResult, ...]:
    """The files of a small archive, one of them with a dismissed finding, two that could not be checked."""
    with open_store(tmp_path_factory.mktemp("archive") / "store.sqlite", Options()) as store:
        run = store.begin_run([FOLDER])
        store.save(run, attempt("a/báo cáo.txt", WRONG))
        store.save(run, attempt("a/đúng.txt", RIGHT))
        store.save(run, attempt("b.zip!/c/nặng #1.txt", WORSE))
        store.save(run, attempt("hỏng.pdf", failed("damaged", "is not a PDF (no trailer)")))
        store.save(run, attempt("khóa.pdf", failed("missing", "cannot be opened (Permission denied)")))
        store.save_across([(f"{FOLDER}/a/báo cáo.txt", ACROSS)])
        return tuple(store.results())


@pytest.fixture(scope="module")
def marked(results: tuple[FileResult, ...]) -> tuple[FileResult, ...]:
    """The same, with a finding of the first file and that across reports dismissed."""
    first, *others = results
    assert first.report is not None
    warning, error = first.report["findings"][1], first.report["findings"][0]
    report = {**first.report, "findings": [error, {**warning, "dismissed": DISMISSED}]}
    across = ({**first.across[0], "dismissed_reason": "Đã thanh lý", "dismissed_on": "2026-11-24"},)
    return (replace(first, report=report, across=across), *others)


Written = Callable[[Iterable[FileResult], str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a report on results to a name in a folder."""

    def write(results: Iterable[FileResult], name: str) -> Path:
        write_archive(results, tmp_path / name, folder=FOLDER)
        return tmp_path / name

    return write


def sheet_rows(sheet: Any, table: Table) -> list[dict[str, Any]]:
    """The rows of a sheet by the keys of its columns."""
    keys = [column.key for column in columns(table, "vi")]
    return [dict(zip(keys, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]


def csv_rows(path: Path, table: Table) -> list[dict[str, str]]:
    rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    keys = [column.key for column in columns(table, "vi") if not column.is_for_people]
    return [dict(zip(keys, row, strict=True)) for row in rows[1:]]


# ---------------------------------------------------------------- which files there will be


@pytest.mark.parametrize("name", ["out", "out.xls", "out.json", ".xlsx"])
def test_a_name_that_says_no_form_is_refused_with_those_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReportFormError, match=r"ends in none of \.csv, \.docx, \.github\.txt, ") as error:
        write_archive([], tmp_path / name)
    assert "\n" not in str(error.value)
    assert not list(tmp_path.iterdir())


def test_tables_have_a_file_each_and_other_forms_one() -> None:
    assert [path.name for path in archive_files(Path("kết quả.parquet"))][:2] == [
        "kết quả.files.parquet",
        "kết quả.findings.parquet",
    ]
    assert archive_files(Path("x/out.xlsx")) == (Path("x/out.xlsx"),)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_results_are_the_same_bytes(form: str, marked: tuple[FileResult, ...], tmp_path: Path) -> None:
    contents = []
    for name in ("first", "second"):
        output = tmp_path / name / f"out.{form}"
        output.parent.mkdir()
        write_archive(iter(marked), output, folder=FOLDER)
        contents.append([path.read_bytes() for path in archive_files(output)])
    assert contents[0] == contents[1]


@pytest.mark.parametrize("form", FORMS)
def test_all_is_written_or_nothing(form: str, results: tuple[FileResult, ...], tmp_path: Path) -> None:
    output = tmp_path / f"out.{form}"
    for path in archive_files(output):
        path.write_text("what was there", "utf-8")

    def broken() -> Iterator[FileResult]:
        yield results[0]
        raise OSError("the store went away")

    with pytest.raises(OSError, match="the store went away"):
        write_archive(broken(), output)
    assert set(tmp_path.iterdir()) == set(archive_files(output))
    assert {path.read_text("utf-8") for path in tmp_path.iterdir()} == {"what was there"}


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_archive_is_a_report_without_rows(form: str, written: Written) -> None:
    output = written([], f"out.{form}")
    assert all(path.exists() for path in archive_files(output))


@pytest.mark.parametrize("form", FORMS)
def test_results_are_taken_one_at_a_time(form: str, results: tuple[FileResult, ...], written: Written) -> None:
    taken = 0

    class Once(FileResult):
        """A result that must be gone when the next one but one is asked for."""

    alive: list[Any] = []

    def stream() -> Iterator[FileResult]:
        nonlocal taken
        import weakref

        for result in results * 3:
            assert sum(ref() is not None for ref in alive) <= 2
            report = None if result.report is None else _Report(result.report)
            if report is not None:
                alive.append(weakref.ref(report))
            taken += 1
            yield replace(result, report=report)
            del report

    written(stream(), f"out.{form}")
    assert taken == 3 * len(results)


class _Report(dict[str, Any]):
    """A report that can be watched."""

    __slots__ = ("__weakref__",)


# ---------------------------------------------------------------- files: states and counts


def test_open_severities_leave_out_what_was_dismissed(results: Any, marked: Any) -> None:
    assert open_severities(results[0]) == {"error": 1, "warning": 2}
    assert open_severities(marked[0]) == {"error": 1}
    assert open_severities(results[3]) == {}


def test_the_row_of_a_file_has_the_same_keys_whatever_came_out(marked: tuple[FileResult, ...]) -> None:
    rows = [file_row(result, FOLDER) for result in marked]
    assert len({tuple(sorted(row)) for row in rows}) == 1
    assert [row["state"] for row in rows] == ["checked", "checked", "checked", "damaged", "missing"]
    assert [(row["errors"], row["warnings"], row["dismissed"]) for row in rows][:2] == [(1, 0, 2), (0, 0, 0)]
    assert rows[0]["checked_share"] is not None
    assert {rows[3][key] for key in ("errors", "warnings", "infos", "dismissed", "numbers")} == {None}
    assert file_row(replace(marked[3], reason=None))["state"] == "pending"


@pytest.mark.parametrize("form", ["jsonl", "html"])
def test_what_a_baseline_dismisses_is_marked_and_what_is_stale_known(form: str, results: Any, tmp_path: Path) -> None:
    finding = results[0].report["findings"][0]
    usual = {"rule": finding["rule"], "quote": finding["quote"], "date": date(2026, 11, 25)}
    baseline = Baseline(
        [
            Dismissal(file="a/báo cáo.txt", reason="Đơn vị đã xác nhận", **usual),
            Dismissal(file="a/đúng.txt", reason="Đã sửa trong báo cáo", **usual),
        ]
    )
    write_archive(results, tmp_path / f"out.{form}", folder=FOLDER, baseline=baseline)
    assert [dismissal.file for dismissal in baseline.stale] == ["a/đúng.txt"]
    content = (tmp_path / f"out.{form}").read_text("utf-8")
    assert "Đơn vị đã xác nhận" in content
    assert ("Đã sửa trong báo cáo" in content) is (form == "html")


# ---------------------------------------------------------------- the workbook


@pytest.fixture
def book(marked: tuple[FileResult, ...], written: Written) -> Any:
    return openpyxl.load_workbook(written(marked, "out.xlsx"))


def test_the_overview_comes_first_and_the_worst_file_in_it(book: Any) -> None:
    assert book.sheetnames == ["Tóm tắt", "Tổng hợp", "Cần rà soát", "Chỉ tiêu", "Số liệu", "Chú giải"]
    rows = sheet_rows(book["Tổng hợp"], "files")
    assert [row["path"] for row in rows] == [
        "b.zip!/c/nặng #1.txt",
        "a/báo cáo.txt",
        "hỏng.pdf",
        "khóa.pdf",
        "a/đúng.txt",
    ]
    assert [row["state"] for row in rows][1:4] == ["Đã kiểm tra", "Tệp hỏng", "Không mở được tệp"]
    assert rows[2]["failure"] == "is not a PDF (no trailer)"
    assert [rows[1][key] for key in ("errors", "warnings", "infos", "dismissed")] == [1, 0, 0, 2]


def test_the_overview_links_to_the_files(book: Any, tmp_path: Path) -> None:
    links = [row[1].hyperlink.target.replace("\\", "/") for row in book["Tổng hợp"].iter_rows(min_row=2)]
    assert links[0].endswith("/kho/b.zip")  # what is inside a ZIP file cannot be opened
    assert links[1].endswith("/kho/a/báo%20cáo.txt")


def test_a_reviewer_chooses_a_state_from_a_list(book: Any) -> None:
    sheet = book["Cần rà soát"]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.type == "list"
    assert (
        validation.formula1
        == '"Chưa xem,Số liệu sai – chưa sửa,Số liệu sai – đã sửa,Số liệu đúng – bỏ qua,Hỏi lại đơn vị"'
    )
    assert str(validation.sqref) == f"I2:I{sheet.max_row}"
    rows = sheet_rows(sheet, "reviews")
    assert [row["review_state"] for row in rows][:3] == ["Chưa xem", "Số liệu đúng – bỏ qua", "Số liệu đúng – bỏ qua"]
    assert [row["review_note"] for row in rows][:3] == [None, "Đơn vị đã xác nhận", "Đã thanh lý"]


def test_dismissed_findings_are_marked_and_not_dropped(book: Any) -> None:
    rows = sheet_rows(book["Cần rà soát"], "reviews")
    assert [row["dismissed_reason"] for row in rows[:3]] == [None, "Đơn vị đã xác nhận", "Đã thanh lý"]
    assert rows[1]["dismissed_on"] == datetime(2026, 11, 25)
    fills = [row[2].fill.start_color.rgb for row in book["Cần rà soát"].iter_rows(min_row=2)]
    assert fills == ["FFF8CBAD", "00000000", "00000000", "FFF8CBAD", "FFF8CBAD"]
    letters = [[cell.font.color and cell.font.color.rgb for cell in row[:6]] for row in book["Cần rà soát"].iter_rows()]
    assert [set(row) & {"FF7F7F7F"} for row in letters[1:4]] == [set(), {"FF7F7F7F"}, {"FF7F7F7F"}]


def test_findings_across_reports_stand_with_the_others_and_name_the_other_file(book: Any) -> None:
    row = sheet_rows(book["Cần rà soát"], "reviews")[2]
    assert (row["is_across"], row["rule"], row["path"]) == ("Giữa các báo cáo", "falling-count", "a/báo cáo.txt")
    assert row["related"] == "a/2023.txt: “9.000” (dòng 1)"


def test_the_summary_comes_first_and_counts_what_the_sheets_hold(book: Any) -> None:
    lines = [[cell for cell in row if cell is not None] for row in book["Tóm tắt"].iter_rows(values_only=True)]
    facts = {line[0]: line[1] for line in lines if len(line) == 2}
    assert lines[0] == ["TÓM TẮT KẾT QUẢ RÀ SOÁT SỐ LIỆU"]
    assert (facts["Số tệp"], facts["Số báo cáo đọc được"], facts["Số tệp không đọc được"]) == (5, 3, 2)
    assert (facts["Tệp hỏng"], facts["Không mở được tệp"]) == (1, 1)
    reviews, files = sheet_rows(book["Cần rà soát"], "reviews"), sheet_rows(book["Tổng hợp"], "files")
    is_open = [row for row in reviews if row["dismissed_on"] is None]
    assert (facts["Số phát hiện"], facts["Đã bỏ qua"]) == (len(is_open), len(reviews) - len(is_open))
    assert facts["Số chỗ cần xem lại"] == len({(row["path"], row["cause"]) for row in is_open})
    assert facts["Số liệu đã đọc"] == sum(row["numbers"] or 0 for row in files)
    (errors,) = (line[1:] for line in lines if line[0:1] == ["Lỗi"] and len(line) == 3)
    assert errors == [sum(row["severity"] == "Lỗi" for row in is_open), sum(bool(row["errors"]) for row in files)]
    at = lines.index(["Theo loại sai lệch"])
    rules = {line[0]: line[1:5] for line in lines[at + 2 : lines.index([], at)]}
    assert set(rules) == {row["rule_title"] for row in reviews}
    assert sum(sum(counts) for counts in rules.values()) == len(reviews)


def test_the_legend_comes_last_and_explains_what_is_there(book: Any) -> None:
    explained = [row for row in book["Chú giải"].iter_rows(min_row=2, values_only=True) if row[0] in book.sheetnames]
    assert {sheet for sheet, _, _ in explained} == {"Tổng hợp", "Cần rà soát", "Chỉ tiêu", "Số liệu"}
    for sheet, head, about in explained:
        assert head in [cell.value for cell in book[sheet][1]]
        assert about


def test_rows_are_numbered_and_the_level_alone_is_coloured(book: Any) -> None:
    sheet = book["Cần rà soát"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(range(1, sheet.max_row))
    assert {row[0].fill.start_color.rgb for row in sheet.iter_rows(min_row=2)} == {"00000000"}
    assert sheet.freeze_panes == "D2"
    assert sheet.cell(2, 1).font.name == "Times New Roman"


def test_sheets_for_looking_up_print_their_head_alone(book: Any) -> None:
    areas = {name: book[name].print_area.rpartition("$")[2] for name in book.sheetnames[1:5]}
    assert areas == {"Tổng hợp": "6", "Cần rà soát": "6", "Chỉ tiêu": "1", "Số liệu": "1"}


# ---------------------------------------------------------------- CSV and Parquet


def test_csv_has_a_file_a_table(marked: tuple[FileResult, ...], written: Written) -> None:
    output = written(marked, "out.csv")
    files, findings, _, claims = archive_files(output)
    assert [row["state"] for row in csv_rows(files, "files")][-2:] == ["Tệp hỏng", "Không mở được tệp"]
    assert [(row["severity"], row["dismissed_on"]) for row in csv_rows(findings, "reviews")][:2] == [
        ("Lỗi", ""),
        ("Cảnh báo", "2026-11-25"),
    ]
    assert len(csv_rows(claims, "claims")) == 6


def test_parquet_has_codes_and_types(marked: tuple[FileResult, ...], written: Written) -> None:
    pytest.importorskip("pyarrow")
    files, findings, *_ = archive_files(written(marked, "out.parquet"))
    assert polars.read_parquet(files)["state"].to_list()[-2:] == ["damaged", "missing"]
    frame = polars.read_parquet(findings)
    assert frame["is_across"].to_list() == [False, False, True, False, False]
    assert frame["dismissed_on"].to_list()[:2] == [None, date(2026, 11, 25)]
    assert frame["review_state"].to_list() == ["unseen", "dismissed", "dismissed", "unseen", "unseen"]
    assert not {"order", "review_mark"} & set(frame.columns)


# ---------------------------------------------------------------- JSON Lines


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_a_line_holds_the_whole_report_of_a_file(results: Any, written: Written, tmp_path: Path) -> None:
    source = tmp_path / "báo cáo.txt"
    source.write_text(WRONG, "utf-8")
    first, *_ = lines(written(results, "out.jsonl"))
    assert first["report"]["findings"][0].pop("dismissed") is None
    assert first["report"]["findings"][1].pop("dismissed") is None
    assert [finding.pop("decision") for finding in first["report"]["findings"]] == [None, None]
    assert first["report"] == json.loads(extract(source).model_dump_json())


def test_a_line_says_what_became_of_a_file(marked: Any, written: Written) -> None:
    found = lines(written(marked, "out.jsonl"))
    keys = ["path", "sha256", "bytes", "state", "reason", "message", "report", "across"]
    assert {tuple(line) for line in found} == {tuple(keys)}
    assert [line["state"] for line in found] == ["checked", "checked", "checked", "failed", "failed"]
    assert (found[4]["sha256"], found[4]["bytes"], found[4]["reason"]) == (None, None, "missing")
    assert found[0]["report"]["findings"][1]["dismissed"] == DISMISSED
    (across,) = found[0]["across"]
    assert across["dismissed"] == {"reason": "Đã thanh lý", "date": "2026-11-24"}
    assert across["related"] == ACROSS["related"]


# ---------------------------------------------------------------- what stands in documents and names

HOSTILE = ("=1+1", "+1", "-1 xã", "@SUM(A1)", '=HYPERLINK("http://x")', "\x1b[31m\x00\ud800", "<r>a</r>", "a" * 40_000)


@pytest.mark.parametrize("text", HOSTILE)
def test_bad_text_is_nothing_but_text(text: str, marked: Any, written: Written) -> None:
    first = marked[0]
    findings = [{**finding, "quote": text, "message": text} for finding in first.report["findings"]]
    dismissed = {**findings[0], "dismissed": {"reason": text, "date": "2026-11-25"}}
    header = {**first.report["header"], "issuer": text}
    bad = replace(
        first,
        path=f"{FOLDER}/{text[:200]}",
        report={**first.report, "header": header, "findings": [dismissed, *findings]},
        across=({**first.across[0], "quote": text, "related": text},),
    )
    lost = replace(marked[3], message=text)
    for form in FORMS:
        output = written([bad, lost], f"out.{form}")
        if form == "xlsx":
            book = openpyxl.load_workbook(output)
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
            assert max(len(str(cell.value)) for cell in cells) <= LONGEST_TEXT
        elif form == "csv":
            for path in archive_files(output):
                cells = [cell for row in csv.reader(StringIO(path.read_text("utf-8-sig"), newline="")) for cell in row]
                assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-1 "))]
        elif form == "jsonl":
            assert lines(output)[0]["report"]["findings"][0]["quote"] == text.replace("\ud800", "?")


def test_form_of_reads_the_end_of_the_name() -> None:
    assert archive_format(Path("A.b.CSV")).name == "csv"


def test_csv_and_parquet_have_what_was_decided(results: tuple[FileResult, ...], tmp_path: Path) -> None:
    first = results[0]
    assert first.report is not None
    finding = first.report["findings"][0]
    held = Decision(
        path=first.path,
        finding_id=finding["id"],
        rule=finding["rule"],
        quote=finding["quote"],
        state="asked",
        note="=gọi",
        who="An",
        decided=date(2026, 11, 25),
    )
    outputs: list[tuple[str, Headers]] = [("words.csv", "words"), ("ids.csv", "ids"), ("out.parquet", "words")]
    for name, headers in outputs:
        write_archive(results, tmp_path / name, headers=headers, decisions=Decisions([held]))
    rows = csv_rows(tmp_path / "words.findings.csv", "reviews")
    keys = ("review_state", "review_note", "review_who", "review_on")
    own = next(row for row in rows if row["finding_id"] == finding["id"])
    assert [own[key] for key in keys] == ["Hỏi lại đơn vị", "'=gọi", "An", "2026-11-25"]
    assert {row["review_state"] for row in rows if row is not own} == {"Chưa xem"}
    coded = list(csv.DictReader(StringIO((tmp_path / "ids.findings.csv").read_text("utf-8-sig"), newline="")))
    own = next(row for row in coded if row["finding_id"] == finding["id"])
    assert [own[key] for key in keys] == ["asked", "'=gọi", "An", "2026-11-25"]
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(tmp_path / "out.findings.parquet").to_pylist()
    row = next(row for row in table if row["finding_id"] == finding["id"])
    assert [row[key] for key in keys] == ["asked", "=gọi", "An", date(2026, 11, 25)]
    assert "review_mark" not in row
