"""Workbooks that reviewers filled in: what they decided, and what they did not touch."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from de06_extract import check_text
from de06_extract.archive.decision import Check, Decision
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.store.results import FileResult
from de06_extract.errors import DecisionsError
from de06_extract.output.archive import write_archive
from de06_extract.output.tables.columns import columns
from de06_extract.output.tables.reviews import read_reviews, unread_reviews
from de06_extract.schema.display import Language

TODAY = date(2026, 11, 30)
WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\nCó 10/12 xã (đạt 83,4%).\n"
FOUND = [finding.id for finding in check_text(WRONG).findings]
Fill = Callable[[Any, dict[str, int], int], None]


def written(path: Path, *decisions: Decision, language: Language = "vi") -> Path:
    """A workbook of one file with two findings, with what was decided of them."""
    result = FileResult("/kho/a.txt", "0" * 64, 1, check_text(WRONG).model_dump(), None, None)
    write_archive([result], path, language=language, decisions=Decisions(decisions))
    return path


def filled(path: Path, language: Language = "vi", **values: Any) -> Path:
    """The workbook with values in the row of its first finding."""
    book = openpyxl.load_workbook(path)
    sheet, head, places = findings_sheet(book, language)
    for key, value in values.items():
        sheet.cell(head + 1, places[key]).value = value
    book.save(path)
    return path


def findings_sheet(book: Any, language: Language = "vi") -> tuple[Any, int, dict[str, int]]:
    """The sheet of findings, the number of its head, and the places of its columns."""
    keys = {column.head: column.key for column in columns("reviews", language)}
    for sheet in book:
        for row in sheet.iter_rows(max_row=10):
            places = {keys[cell.value]: cell.column for cell in row if cell.value in keys}
            if {"finding_id", "review_state"} <= set(places):
                return sheet, row[0].row, places
    raise AssertionError("no sheet of findings")


def decided(path: Path) -> list[tuple[str, str, str | None]]:
    return [(one.finding_id, one.state, one.said) for one in read_reviews(path, TODAY).decisions]


def decision(**values: Any) -> Decision:
    usual = {"path": "/kho/a.txt", "finding_id": FOUND[0], "rule": "r", "quote": "q", "state": "asked"}
    return Decision(**{**usual, "decided": date(2026, 11, 25), **values})


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return written(tmp_path / "kq.xlsx")


def test_a_row_that_nobody_touched_decides_nothing(book: Path, tmp_path: Path) -> None:
    assert decided(book) == []
    assert decided(written(tmp_path / "b.xlsx", decision(note="gọi\nđơn vị", who="An"))) == []


def test_what_a_reviewer_wrote_is_read_with_all_that_identifies_the_finding(book: Path) -> None:
    filled(book, review_state="Số liệu đúng – bỏ qua", review_note="đã giải trình", review_who="An")
    (one,) = read_reviews(book, TODAY).decisions
    assert one == Decision(
        path="/kho/a.txt",
        finding_id=FOUND[0],
        rule="ratio-mismatch",
        quote="Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%",
        sha256="0" * 64,
        state="dismissed",
        reason="đã giải trình",
        who="An",
        decided=TODAY,
    )


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Hỏi lại đơn vị", "asked"),
        ("hỏi lại  đơn vị ", "asked"),
        ("bỏ qua", "dismissed"),
        ("Số liệu đúng - bỏ qua", "dismissed"),
        ("SỐ LIỆU SAI", "corrected"),
        ("đã sửa", "corrected"),
        ("Wrong – corrected", "corrected"),
        ("asked", "asked"),
    ],
)
def test_people_write_a_choice_in_several_ways(book: Path, said: str, state: str) -> None:
    assert decided(filled(book, review_state=said)) == [(FOUND[0], state, None)]


def test_a_note_alone_is_kept(book: Path) -> None:
    assert decided(filled(book, review_note="xem bản gốc")) == [(FOUND[0], "unseen", "xem bản gốc")]
    assert decided(filled(book, review_note=2024)) == [(FOUND[0], "unseen", "2024")]


def test_a_decision_is_taken_back_by_whoever_had_it_before_them(tmp_path: Path) -> None:
    path = written(tmp_path / "b.xlsx", decision(note="x"))
    filled(path, review_state="Chưa xem", review_note=None)
    (one,) = read_reviews(path, TODAY).decisions
    assert one.is_empty


def test_two_reviewers_do_not_undo_each_other(tmp_path: Path) -> None:
    """Both copies say «Chưa xem» of what the other one decided."""
    first, second = (written(tmp_path / f"{name}.xlsx") for name in "ab")
    filled(first, review_state="Hỏi lại đơn vị")
    other = openpyxl.load_workbook(second)
    sheet, head, places = findings_sheet(other)
    sheet.cell(head + 2, places["review_state"]).value = "Số liệu sai – đã sửa"
    other.save(second)
    assert [state for path in (first, second) for _, state, _ in decided(path)] == ["asked", "corrected"]
    assert [one for path in (first, second) for one, _, _ in decided(path)] == FOUND


@pytest.mark.parametrize(
    ("day", "read"),
    [
        (datetime(2026, 11, 20), date(2026, 11, 20)),
        ("20/11/2026", date(2026, 11, 20)),
        ("2026-11-20", date(2026, 11, 20)),
        (None, TODAY),
    ],
)
def test_a_day_is_read_as_people_write_it(book: Path, day: Any, read: date) -> None:
    (one,) = read_reviews(filled(book, review_state="đã sửa", review_on=day), TODAY).decisions
    assert one.decided == read


def test_a_name_that_was_not_written_down_is_no_other_name(book: Path) -> None:
    filled(book, review_state="Hỏi lại đơn vị")
    assert unread_reviews(book, [decision(who="An")]) == 0
    filled(book, review_who="Bình")
    assert unread_reviews(book, [decision(who="An")]) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"review_state": "để xem"},
            "“để xem” không có trong danh sách ý kiến (Chưa xem, Số liệu sai – chưa sửa, ",
        ),
        ({"review_state": "đã sửa", "review_on": "hôm qua"}, "“hôm qua” không phải là ngày"),
        ({"review_state": "đã sửa", "finding_id": None}, "thiếu mã phát hiện hoặc đường dẫn"),
        ({"review_state": "đã sửa", "source_path": None}, "thiếu mã phát hiện hoặc đường dẫn"),
    ],
)
def test_a_row_that_nobody_understands_is_told_and_the_others_are_read(
    book: Path, values: dict[str, Any], said: str
) -> None:
    filled(book, **values)
    other = openpyxl.load_workbook(book)
    sheet, head, places = findings_sheet(other)
    sheet.cell(head + 2, places["review_state"]).value = "bỏ qua"
    other.save(book)
    reviews = read_reviews(book, TODAY)
    (problem,) = reviews.problems
    assert problem.startswith(f"“Cần rà soát”, dòng {head + 1}: ")
    assert said in problem
    assert [one.finding_id for one in reviews.decisions] == FOUND[1:]


def test_english_workbooks_are_read_as_well(tmp_path: Path) -> None:
    path = written(tmp_path / "en.xlsx", language="en")
    assert decided(filled(path, "en", review_state="Right – dismissed")) == [(FOUND[0], "dismissed", None)]


def moved_columns(sheet: Any, places: dict[str, int], head: int) -> None:
    for row in sheet.iter_rows(min_row=head, max_row=head + 2):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value


def sorted_rows(sheet: Any, places: dict[str, int], head: int) -> None:
    first, second = ([cell.value for cell in sheet[number]] for number in (head + 1, head + 2))
    for number, values in ((head + 1, second), (head + 2, first)):
        for cell, value in zip(sheet[number], values, strict=True):
            cell.value = value


def named_anew(sheet: Any, places: dict[str, int], head: int) -> None:
    sheet.title = "Phòng KSTT"


def with_a_title(sheet: Any, places: dict[str, int], head: int) -> None:
    sheet.insert_rows(1, 3)
    sheet.cell(1, 1).value = "KẾT QUẢ RÀ SOÁT"


@pytest.mark.parametrize("change", [moved_columns, sorted_rows, named_anew, with_a_title])
def test_people_may_move_what_they_like(book: Path, change: Fill) -> None:
    filled(book, review_state="Hỏi lại đơn vị")
    other = openpyxl.load_workbook(book)
    sheet, head, places = findings_sheet(other)
    change(sheet, places, head)
    other.save(book)
    assert decided(book) == [(FOUND[0], "asked", None)]


def test_without_a_mark_every_decision_is_taken(book: Path) -> None:
    filled(book, review_state="Hỏi lại đơn vị")
    other = openpyxl.load_workbook(book)
    sheet, _, places = findings_sheet(other)
    sheet.delete_cols(places["review_mark"])
    other.save(book)
    assert decided(book) == [(FOUND[0], "asked", None)]


def test_decisions_are_unread_until_they_are_known(book: Path) -> None:
    assert unread_reviews(book, ()) == 0
    filled(book, review_state="Hỏi lại đơn vị")
    assert unread_reviews(book, ()) == 1
    assert unread_reviews(book, [decision(state="corrected")]) == 1
    assert unread_reviews(book, [decision()]) == 0
    filled(book, review_state="để xem")
    assert unread_reviews(book, [decision()]) == 1


def made(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _other_workbook() -> bytes:
    file = BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


NO_WORKBOOKS = (
    made("a.xlsx", b""),
    made("a.xlsx", b"not a workbook"),
    made("a.xlsx", b"PK\x03\x04 broken"),
    made("a.xlsx", _other_workbook()),
)


@pytest.mark.parametrize("make", NO_WORKBOOKS)
def test_what_is_no_workbook_of_ours_holds_no_decisions(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    with pytest.raises(DecisionsError) as caught:
        read_reviews(path, TODAY)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert unread_reviews(path, ()) == 0


def test_a_workbook_that_goes_to_the_end_of_the_grid_is_not_read(book: Path) -> None:
    """Memory for all of its cells is more than there is, and whoever asks for it ends this process."""
    held = openpyxl.load_workbook(book)
    held.worksheets[0]["XFD1048576"] = 1
    held.save(book)
    filled(book, review_state="Đã sửa")
    with pytest.raises(DecisionsError, match="1048576") as caught:
        read_reviews(book, TODAY)
    assert str(caught.value).startswith(f"{book}: ")
    assert "\n" not in str(caught.value)
    assert unread_reviews(book, ()) == 0


def test_what_a_cell_hides_is_not_kept(book: Path) -> None:
    filled(book, review_state="Đã sửa", review_note="gọi @ lại", review_who="@ An")
    stream = BytesIO()
    with zipfile.ZipFile(book) as archive, zipfile.ZipFile(stream, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name).replace(b"@", b"_x001B_[31m&#x202E;"))
    book.write_bytes(stream.getvalue())
    (decision,) = read_reviews(book, TODAY).decisions
    assert (decision.note, decision.who) == ("gọi  [31m  lại", "[31m  An")


def test_a_missing_workbook_holds_none(tmp_path: Path) -> None:
    assert unread_reviews(tmp_path / "a.xlsx", ()) == 0


def test_nobody_knows_what_a_workbook_with_a_password_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    with pytest.raises(DecisionsError):
        unread_reviews(path, ())


# ---------------------------------------------------------------- decisions whose finding is gone


def with_settled(path: Path, *settled: tuple[Decision, Check], language: Language = "vi") -> Any:
    result = FileResult("/kho/a.txt", "0" * 64, 1, check_text(WRONG).model_dump(), None, None)
    write_archive([result], path, language=language, folder="/kho", settled=settled)
    return openpyxl.load_workbook(path)


GONE = decision(
    finding_id="ratio-gone", rule="ratio-mismatch", quote="đạt 98,58%", state="corrected", note="=1+1", who="An"
)


def test_decisions_whose_finding_is_gone_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    book = with_settled(tmp_path / "kq.xlsx", (GONE, "confirmed"))
    assert book.sheetnames == [
        "Tóm tắt", "Tổng hợp", "Cần rà soát", "Đã rà soát, không còn", "Chỉ tiêu", "Số liệu", "Chú giải",
    ]  # fmt: skip
    head, row, *others = book["Đã rà soát, không còn"].iter_rows(values_only=True)
    shown = dict(zip(head, row, strict=True))
    assert others == []
    assert {key: shown[key] for key in ("STT", "Tệp báo cáo", "Quy tắc", "Trích nguyên văn", "Ý kiến rà soát")} == {
        "STT": 1,
        "Tệp báo cáo": "a.txt",
        "Quy tắc": "Tỷ lệ không khớp với tử số và mẫu số",
        "Trích nguyên văn": "đạt 98,58%",
        "Ý kiến rà soát": "Số liệu sai – đã sửa",
    }
    assert shown["Ghi chú của người rà soát"] == "=1+1"
    assert (shown["Người rà soát"], shown["Ngày rà soát"]) == ("An", datetime(2026, 11, 25))
    assert shown["Kiểm tra lại"] == "Đã sửa, kiểm tra lại không còn"
    facts = dict(row[:2] for row in book["Tóm tắt"].iter_rows(values_only=True))
    assert facts["Ý kiến về nội dung nay không còn"] == 1


def test_without_such_decisions_there_is_no_such_sheet(tmp_path: Path) -> None:
    book = with_settled(tmp_path / "kq.xlsx")
    assert "Đã rà soát, không còn" not in book.sheetnames
    assert "Ý kiến về nội dung nay không còn" not in [row[0].value for row in book["Tóm tắt"].iter_rows()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_decision_whose_finding_is_gone_can_be_taken_back(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "kq.xlsx"
    with_settled(path, (GONE, "withdrawn"), language=language)
    assert decided(path) == []  # nobody touched it
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[3]
    heads = {cell.value: cell.column for cell in sheet[1]}
    names = {column.key: column.head for column in columns("settled", language)}
    sheet.cell(2, heads[names["review_state"]]).value = None
    sheet.cell(2, heads[names["review_note"]]).value = None
    book.save(path)
    (one,) = read_reviews(path, TODAY).decisions
    assert (one.path, one.finding_id, one.rule) == (GONE.path, GONE.finding_id, GONE.rule)
    assert one.is_empty
