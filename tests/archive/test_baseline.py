"""Dismissed findings: which they are whatever moves, what is kept when they are written again, and wrong entries."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06_extract import check_text
from de06_extract.archive.baseline import Baseline, Dismissal, read_baseline, write_baseline
from de06_extract.archive.rows import finding_rows, open_severities
from de06_extract.archive.store.results import FileResult
from de06_extract.errors import BaselineError

TODAY, LATER = date(2026, 11, 25), date(2026, 12, 1)
QUOTE = "3.225/3.265 đạt tỷ lệ 98,57%"
WRONG = f"Số hóa đầu vào: {QUOTE}.\nCó 10/12 xã (đạt 83,4%).\n"
ACROSS = {"rule": "falling-count", "severity": "warning", "quote": "3.225 hồ sơ", "message": "…"}


@cache
def report_on(text: str) -> dict[str, Any]:
    return check_text(text).model_dump()


def result(path: str, text: str | None = WRONG, **values: Any) -> FileResult:
    """A file with this text, or one without a report."""
    report = None if text is None else report_on(text)
    return FileResult(
        path, "0" * 64, 1, report, None if report else "damaged", None if report else "is damaged", **values
    )


def dismissal(**values: Any) -> Dismissal:
    usual = {"file": "2024/a.txt", "rule": "ratio-mismatch", "quote": f"Số hóa đầu vào: {QUOTE}", "reason": "đúng"}
    return Dismissal(**{**usual, "date": TODAY, **values})


def dismissed(baseline: Baseline, *results: FileResult) -> list[str]:
    """What is written in place of the figures whose findings are dismissed."""
    rows = [row for one in results for row in finding_rows(replace(baseline.mark(one), across=()))]
    return [str(row["reported"]) for row in rows if row["dismissed_reason"] is not None]


# ---------------------------------------------------------------- what a dismissal fits


def test_a_dismissal_marks_its_finding_and_no_other() -> None:
    marked = Baseline([dismissal(who="Nguyễn Văn A")]).mark(result("/kho/2024/a.txt"))
    assert marked.report is not None
    assert [finding.get("dismissed") for finding in marked.report["findings"]] == [
        {"reason": "đúng", "date": "2026-11-25", "who": "Nguyễn Văn A"},
        None,
    ]
    assert open_severities(marked) == {"warning": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Mở đầu.\n\n" * 40 + WRONG,
        WRONG.replace("tỷ lệ 98", "tỷ lệ\n98"),
        WRONG.replace(" đạt", "   đạt"),
        "\n".join(reversed(WRONG.split("\n"))),
    ],
)
def test_it_does_not_matter_where_the_words_stand_and_what_blanks_are_between(text: str) -> None:
    assert dismissed(Baseline([dismissal()]), result("/kho/2024/a.txt", text)) == ["98,57%"]


def test_a_changed_figure_is_another_finding() -> None:
    baseline = Baseline([dismissal()])
    assert dismissed(baseline, result("/kho/2024/a.txt", WRONG.replace("98,57", "98,58"))) == []
    assert baseline.stale == (dismissal(),)


def test_another_rule_is_another_finding() -> None:
    assert dismissed(Baseline([dismissal(rule="sum-mismatch")]), result("/kho/2024/a.txt")) == []


def test_one_dismissal_fits_all_findings_of_its_rule_words_and_file() -> None:
    twice = WRONG + "\n" + WRONG
    assert dismissed(Baseline([dismissal()]), result("/kho/2024/a.txt", twice)) == ["98,57%", "98,57%"]


def test_findings_across_reports_are_dismissed_too() -> None:
    baseline = Baseline([dismissal(rule="falling-count", quote="3.225  hồ sơ")])
    (row,) = baseline.mark(result("/kho/2024/a.txt", across=(ACROSS,))).across
    assert (row["dismissed_reason"], row["dismissed_on"]) == ("đúng", "2026-11-25")
    assert baseline.stale == ()


def test_a_finding_can_be_asked_for_without_its_report() -> None:
    baseline = Baseline([dismissal()])
    assert baseline.dismissal("/kho/2024/a.txt", "ratio-mismatch", f"Số hóa đầu vào:\n{QUOTE}") == dismissal()
    assert baseline.stale == ()


@pytest.mark.parametrize(
    ("file", "path", "fits"),
    [
        ("2024/a.txt", "/kho/2024/a.txt", True),
        ("2024/a.txt", "/moved/deep/2024/a.txt", True),
        ("2024/a.txt", "/kho/12024/a.txt", False),
        ("2024/a.txt", "/kho/2024/ba.txt", False),
        ("2024/a.txt", "/kho/2024/a.txt/b.txt", False),
        ("a.txt", "/kho/2024/a.txt", True),
        ("/kho/2024/a.txt", "/kho/2024/a.txt", True),
        ("/kho/2024/a.txt", "/moved/kho/2024/a.txt", False),
        ("2024\\a.txt", "/kho/2024/a.txt", True),
        ("./2024//a.txt", "/lists/2024/a.txt", True),
        ("./a.txt", "/lists/2024/a.txt", False),
        ("../kho/a.txt", "/kho/a.txt", True),
        ("../kho/a.txt", "/moved/kho/a.txt", False),
        ("2024/z.zip!/a.txt", "/kho/2024/z.zip!/a.txt", True),
        ("2024/a.txt", "s3://bucket/2024/a.txt", True),
        ("s3://bucket/2024/a.txt", "s3://bucket/2024/a.txt", True),
        ("2024/Ba\u0301o.txt", "/kho/2024/B\u00e1o.txt", True),
    ],
)
def test_a_file_is_its_path_or_the_end_of_it_in_whole_names(file: str, path: str, fits: bool) -> None:
    baseline = Baseline([dismissal(file=file)], Path("/lists"))
    assert (dismissed(baseline, result(path)) == ["98,57%"]) is fits


def test_the_longer_path_counts() -> None:
    baseline = Baseline([dismissal(file="a.txt", reason="any"), dismissal(reason="this")])
    marked = baseline.mark(result("/kho/2024/a.txt"))
    assert marked.report is not None
    assert marked.report["findings"][0]["dismissed"]["reason"] == "this"


def test_stale_are_those_that_fit_nothing_but_not_those_of_unreadable_files() -> None:
    fitting, changed, gone, unread = (
        dismissal(),
        dismissal(quote="9/27 đạt 32%"),
        dismissal(file="2023/gone.txt"),
        dismissal(file="2024/b.txt"),
    )
    baseline = Baseline([fitting, changed, gone, unread])
    for one in (result("/kho/2024/a.txt"), result("/kho/2024/b.txt", None)):
        baseline.mark(one)
    assert baseline.stale == (changed, gone)
    assert baseline.kept == (fitting, gone, unread)


def test_a_result_without_dismissals_is_the_same_result() -> None:
    one = result("/kho/other.txt")
    assert Baseline([dismissal()]).mark(one) is one


# ---------------------------------------------------------------- the file


def test_what_is_written_dismisses_every_finding_and_is_read_again(tmp_path: Path) -> None:
    output = tmp_path / "đã bỏ qua.toml"
    results = [
        result(f"{tmp_path}/2024/a.txt", across=(ACROSS,)),
        result(f"{tmp_path}/b.txt"),
        result("/kho/c.txt", None),
    ]
    written = write_baseline(output, results, today=TODAY, reason="chờ đính chính", who="A")
    read = read_baseline(output)
    assert read.dismissals == written.dismissals
    assert [(one.file, one.rule) for one in read.dismissals] == [
        ("./b.txt", "ratio-mismatch"),
        ("./b.txt", "ratio-mismatch"),
        ("2024/a.txt", "falling-count"),
        ("2024/a.txt", "ratio-mismatch"),
        ("2024/a.txt", "ratio-mismatch"),
    ]
    assert {(one.reason, one.date, one.who) for one in read.dismissals} == {("chờ đính chính", TODAY, "A")}
    assert not any(open_severities(read.mark(one)) for one in results)
    assert read.stale == ()


def test_the_file_explains_itself_in_the_language_of_its_readers(tmp_path: Path) -> None:
    output = tmp_path / "b.toml"
    write_baseline(output, [result("/kho/2024/a.txt")], today=TODAY, folder="/kho")
    lines = output.read_text("utf-8").split("\n")
    assert lines[0].startswith("# Các phát hiện đã được xem xét và bỏ qua")
    assert lines[-7:] == [
        "[[dismissed]]",
        'file = "2024/a.txt"',
        'rule = "ratio-mismatch"',
        f'quote = "Số hóa đầu vào: {QUOTE}"',
        'reason = "Đã có từ trước khi lập danh sách này"',
        "date = 2026-11-25",
        "",
    ]
    write_baseline(output, [result("/kho/2024/a.txt")], today=TODAY, language="en")
    assert output.read_text("utf-8").startswith("# Findings that were looked at and dismissed")


def test_an_archive_that_was_moved_is_still_known(tmp_path: Path) -> None:
    output = tmp_path / "b.toml"
    write_baseline(output, [result("/kho/2024/a.txt"), result("/kho/b.txt")], today=TODAY, folder="/kho")
    for moved in ("/mnt/năm cũ/kho", "s3://bucket/kho"):
        read = read_baseline(output)
        assert not any(open_severities(read.mark(result(f"{moved}/{name}"))) for name in ("2024/a.txt", "b.txt"))


def test_writing_again_keeps_reasons_and_dates_and_drops_what_is_stale(tmp_path: Path) -> None:
    output = tmp_path / "b.toml"
    first = [result("/kho/2024/a.txt"), result("/kho/2024/b.txt"), result("/kho/2024/c.txt")]
    write_baseline(output, first, today=TODAY, reason="lần đầu", folder="/kho")
    corrected = WRONG.replace("83,4%", "83,3%").replace("98,57%", "98,58%")
    second = [result("/kho/2024/a.txt", corrected), result("/kho/2024/b.txt", None)]
    written = write_baseline(output, second, today=LATER, reason="lần sau", folder="/kho")
    assert [(one.file, one.quote[-6:], one.reason, one.date) for one in written.dismissals] == [
        ("2024/a.txt", "98,58%", "lần sau", LATER),
        ("2024/b.txt", "83,4%)", "lần đầu", TODAY),
        ("2024/b.txt", "98,57%", "lần đầu", TODAY),
        ("2024/c.txt", "83,4%)", "lần đầu", TODAY),
        ("2024/c.txt", "98,57%", "lần đầu", TODAY),
    ]
    assert read_baseline(output).dismissals == written.dismissals


def test_writing_the_same_again_changes_no_byte(tmp_path: Path) -> None:
    output, results = tmp_path / "b.toml", [result("/kho/b/a.txt"), result("/kho/a/a.txt")]
    write_baseline(output, results, today=TODAY, folder="/kho")
    before = output.read_bytes()
    write_baseline(output, reversed(results), today=LATER, reason="khác", folder="/kho")
    assert output.read_bytes() == before


def test_what_another_list_dismisses_can_be_taken_over(tmp_path: Path) -> None:
    known = Baseline([dismissal()])
    written = write_baseline(tmp_path / "b.toml", [result("/kho/2024/a.txt")], today=LATER, known=known, folder="/kho")
    assert [(one.reason, one.date) for one in written.dismissals] == [
        ("Đã có từ trước khi lập danh sách này", LATER),
        ("đúng", TODAY),
    ]


def test_a_list_that_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "b.toml"
    output.write_text("my notes", "utf-8")
    with pytest.raises(BaselineError, match="is not TOML"):
        write_baseline(output, [result("/kho/a.txt")], today=TODAY)
    assert output.read_text("utf-8") == "my notes"


TEXTS: Sequence[str] = ('"""', "a\\b", "\x00\x1b\x7f\x1e", "\ud800", "𝟏\u2028", "# =1+1", "a" * 40_000, "")


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_stands_in_a_report_can_be_dismissed(text: str, tmp_path: Path) -> None:
    one = result(f"/kho/{text[:100]}/a.txt")
    assert one.report is not None
    findings = [{**finding, "quote": f"{text} {number}"} for number, finding in enumerate(one.report["findings"])]
    one = replace(one, report={**one.report, "findings": findings})
    write_baseline(tmp_path / "b.toml", [one], today=TODAY, reason=text or None, folder="/kho")
    assert open_severities(read_baseline(tmp_path / "b.toml").mark(one)) == {}


@given(st.text())
def test_every_text_is_a_string_of_toml(text: str) -> None:
    from de06_extract.archive.baseline import _quoted

    whole = text.encode("utf-8", "replace").decode("utf-8")
    assert tomllib.loads(f"text = {_quoted(text)}") == {"text": whole}


# ---------------------------------------------------------------- what is wrong in a file

ENTRY = '[[dismissed]]\nfile = "a.txt"\nrule = "r"\nquote = "q"\nreason = "đúng"\ndate = 2026-11-25\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "is not TOML"),
        ("x = " + "[" * 5_000, r"is not TOML \(it is nested too deep\)"),
        ("x = " + "9" * 5_000, r"is not TOML \(a number in it has too many digits\)"),
        (ENTRY.replace("2026-11-25", "2026-02-30"), "is not TOML"),
        ("[other]\n", r"\[other\] is not \[\[dismissed\]\]"),
        ("[dismissed]\nfile = 'a'\n", r"write \[\[dismissed\]\] with two brackets"),
        ("dismissed = ['a']\n", "dismissed 1: "),
        (ENTRY + ENTRY.replace('"đúng"', '" "'), r"dismissed 2 \(a\.txt\): reason: say why it is dismissed"),
        (ENTRY.replace('reason = "đúng"\n', ""), r"dismissed 1 \(a\.txt\): reason: Field required"),
        (ENTRY.replace("2026-11-25", '"25/11/2026"'), r"dismissed 1 \(a\.txt\): date: "),
        (ENTRY + "page = 3\n", r"dismissed 1 \(a\.txt\): page: "),
        (ENTRY.replace('"a.txt"', "3"), "dismissed 1: file: "),
    ],
)
def test_an_error_is_one_line_that_names_the_file_the_entry_and_the_field(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BaselineError, match=said) as error:
        read_baseline(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be opened"):
        read_baseline(tmp_path / "none.toml")
    (tmp_path / "b.toml").write_bytes(b"\xff")
    with pytest.raises(BaselineError, match="is not TOML"):
        read_baseline(tmp_path / "b.toml")


def test_a_file_as_editors_of_windows_save_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_bytes(b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode())
    assert read_baseline(path).dismissals[0].reason == "đúng"


def test_a_date_may_stand_in_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_text(ENTRY.replace("2026-11-25", '"2026-11-25"'), "utf-8")
    assert read_baseline(path).dismissals[0].date == TODAY
