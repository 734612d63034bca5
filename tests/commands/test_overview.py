"""What a run says while it goes on and at its end."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from rich.console import Console

from de06_extract.archive.decision import Decision
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.store.outcome import Outcome, failed
from de06_extract.archive.store.results import FindingKey, PathContent
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.work import FileAtWork
from de06_extract.commands import progress
from de06_extract.commands.archive_output import ArchiveOutput
from de06_extract.commands.overview import Overview, overview_of, show_overview
from de06_extract.commands.progress import Progress, progress_bar
from de06_extract.language.messages import messages, speaking
from de06_extract.schema.display import Language
from de06_extract.schema.report import Severity
from de06_extract.schema.selection import Selection

READ = Outcome(
    report=b"",
    findings=tuple(
        {"rule": rule, "severity": severity, "quote": "gồm 3 và 1", "confidence": sure, "finding_id": f"{rule}-1"}
        for rule, severity, sure in (("sum-mismatch", "error", 0.9), ("repeat-total", "info", None))
    ),
)


def attempt(outcome: Outcome | None) -> Attempt:
    return Attempt("/archive/a.txt", ".txt", "00", 1, outcome)


def outline(path: str, content: str | None, reason: str | None = None) -> PathContent:
    return PathContent(path, content, ".pdf", reason)


def head(path: str, severity: Severity) -> FindingKey:
    return FindingKey(path, "sum-mismatch", severity, "tổng 5, gồm 3 và 1")


def shown(overview: Overview, language: Language = "vi") -> str:
    out = io.StringIO()
    show_overview(overview, Console(file=out, width=100), language, time="1 phút 2 giây")
    return out.getvalue()


def test_a_count_tells_errors_failures_and_what_was_known() -> None:
    count = Progress()
    for outcome in (READ, failed("scan", "no text"), None, READ):
        count.add(attempt(outcome))
    assert (count.done, count.errors, count.failed, count.known) == (4, 2, 1, 1)
    assert count.words(10, "vi")["total"] == 10


def test_a_count_takes_for_errors_what_the_overview_does() -> None:
    def errors(wanted: Selection, *decisions: Decision) -> int:
        output = ArchiveOutput([], None, None, None, "comma", "words", wanted)
        count = Progress(output.errors_of(Decisions(decisions)))
        count.add(attempt(READ))
        return count.errors

    dismissed = Decision(
        path="/archive/a.txt",
        finding_id="sum-mismatch-1",
        rule="sum-mismatch",
        quote="gồm 3 và 1",
        state="dismissed",
        decided=date(2026, 11, 30),
    )
    assert errors(Selection()) == 1
    assert errors(Selection(ignore=("sum-*",))) == 0
    assert errors(Selection(select=("repeat-*",), severities={"repeat-*": "error"})) == 1
    assert errors(Selection(severities={"sum-mismatch": "warning"})) == 0
    assert errors(Selection(least=0.95)) == 0
    assert errors(Selection(), dismissed) == 0


LONG = FileAtWork("/kho/xã A/dài.pdf", 75.2, "page 12 180")
SHORT = FileAtWork("/kho/xã B/ngắn.pdf", 2.0, "figures")


def test_a_terminal_names_the_files_that_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, progress_bar(8, "vi", at_work=lambda: (LONG, SHORT)) as (_, watch):
        watch(attempt(READ))
    assert "Đang xử lý lâu: xã A/dài.pdf, 1 phút 15 giây, đang đọc trang 12/180" in screen.getvalue()
    assert "ngắn.pdf" not in screen.getvalue()


def test_piped_progress_names_a_file_that_takes_long_while_none_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_SECONDS_A_LINE", 0.02)
    said: list[str] = []
    monkeypatch.setattr(progress, "say", said.append)
    with progress_bar(8, "vi", at_work=lambda: (SHORT, LONG)) as (_, watch):
        watch(attempt(READ))
        wait_until(lambda: len(said) > 3)
    assert "Đang xử lý lâu: xã A/dài.pdf, 1 phút 15 giây, đang đọc trang 12/180" in said
    assert not any("ngắn.pdf" in line for line in said)


def test_piped_progress_is_silent_while_every_file_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SECONDS_A_LINE", 0.02)
    said: list[str] = []
    looks: list[None] = []

    def at_work() -> tuple[FileAtWork, ...]:
        looks.append(None)
        return (SHORT,)

    monkeypatch.setattr(progress, "say", said.append)
    with progress_bar(8, "vi", at_work=at_work):
        wait_until(lambda: len(looks) > 3)
    assert said == []


def test_no_more_than_three_long_files_are_named() -> None:
    files = [LONG._replace(path=f"/kho/{number}.pdf") for number in range(9)]
    assert [line.split(",")[0] for line in progress.long_files(files, "en")] == [
        f"Taking long: kho/{number}.pdf" for number in range(3)
    ]


def wait_until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_piped_progress_is_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(2, "vi") as (count, watch):
        watch(attempt(READ))
        watch(attempt(failed("damaged", "broken")))
    out, err = capsys.readouterr()
    assert (out, count.done) == ("", 2)
    (line,) = err.splitlines()
    assert line.startswith("2/2 tệp · ")
    assert line.endswith("1 lỗi · 1 không đọc được")
    assert "\x1b" not in line


def test_of_files_that_had_a_result_only_what_is_new_is_counted_and_said_to_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress_bar(2, "vi") as (_, watch):
        watch(attempt(None))
        watch(attempt(READ))
    assert capsys.readouterr().err == "2/2 tệp · 1 tệp đã có kết quả; mới: 1 lỗi, 0 không đọc được\n"


def test_quiet_progress_says_nothing_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(1, "vi", quiet=True) as (count, watch):
        watch(attempt(READ))
    assert count.errors == 1
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_a_bar_with_rate_time_left_and_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, progress_bar(8, "vi") as (_, watch):
        for _ in range(8):
            watch(attempt(READ))
    drawn = screen.getvalue()
    assert "8/8" in drawn
    assert "8 lỗi" in drawn
    assert "tệp/giây" in drawn
    assert "còn khoảng 0 giây" in drawn


def test_nobody_estimates_from_a_file_or_two(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, progress_bar(100, "vi") as (_, watch):
        watch(attempt(READ))
        watch(attempt(READ))
    assert "còn khoảng" not in screen.getvalue()
    assert "chưa rõ còn bao lâu" in screen.getvalue()


def test_one_long_file_shows_where_it_is_and_a_short_one_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with terminal(monkeypatch) as screen, speaking("vi"), progress.file_progress("dài.pdf") as tell:
        tell("page 12 180")
    assert "dài.pdf: đang đọc trang 12/180 (0 giây)" in screen.getvalue()
    monkeypatch.setattr(progress, "_PATIENCE", 1e9)
    with terminal(monkeypatch) as screen, progress.file_progress("ngắn.pdf") as tell:
        tell("page 1 2")
    assert screen.getvalue() == ""
    with terminal(monkeypatch) as screen, progress.file_progress("dài.pdf", quiet=True) as tell:
        tell("page 1 2")
    assert screen.getvalue() == ""


@pytest.mark.parametrize("stage", ["page 3 12", "figures", "claims", "rules", "indicators", ""])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_stage_has_its_words(stage: str, language: Language) -> None:
    with speaking(language):
        assert progress.stage_words(stage)


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    yield screen


def test_an_overview_ranks_by_errors_then_warnings() -> None:
    outlines = [outline(path, path) for path in ("/a.pdf", "/b.pdf", "/c.pdf")]
    severities: dict[str, tuple[Severity, ...]] = {
        "/a.pdf": ("warning",),
        "/b.pdf": ("error", "info"),
        "/c.pdf": ("error", "warning"),
    }
    heads = [(head(path, severity), False) for path, said in severities.items() for severity in said]
    overview = overview_of(outlines, heads)
    assert [path for path, _ in overview.worst()] == ["/c.pdf", "/b.pdf", "/a.pdf"]
    assert overview.severities == {"error": 2, "warning": 2, "info": 1}
    assert overview.has("error")


def test_a_content_counts_once_and_dismissed_findings_apart() -> None:
    outlines = [outline("/a.pdf", "same"), outline("/copy.pdf", "same"), outline("/scan.pdf", "other", "scan")]
    heads = [(head("/a.pdf", "error"), True), (head("/copy.pdf", "error"), True), (head("/a.pdf", "info"), False)]
    overview = overview_of(outlines, heads)
    assert (overview.files, overview.same, overview.dismissed, overview.failed) == (3, 1, 1, 1)
    assert not overview.has("error")
    assert overview.has("info")


def test_the_overview_is_words_and_figures() -> None:
    outlines = [outline("/kho/báo\ncáo.pdf", "one"), *(outline(f"/kho/{n:02}.pdf", None, "scan") for n in range(12))]
    text = shown(overview_of(outlines, [(head("/kho/báo\ncáo.pdf", "error"), False)]))
    assert "Đã kiểm tra 13 tệp trong 1 phút 2 giây: 1 đọc được, 12 không đọc được." in text
    assert "Số liệu cần rà soát lại trong 1 báo cáo: 1 lỗi." in text
    assert "   báo cáo.pdf · 1 lỗi" in text
    assert "Không đọc được: bản quét, không có lớp chữ (12). Cài Tesseract cùng dữ liệu tiếng Việt" in text
    assert "… và 2 tệp khác" in text
    assert "Checked 13 files in 1 phút 2 giây" in shown(overview_of(outlines, []), "en")


def test_both_languages_have_the_same_words() -> None:
    words = messages("archive")
    assert words["vi"].keys() == words["en"].keys()
    assert words["vi"]["reasons"].keys() == words["en"]["reasons"].keys()
