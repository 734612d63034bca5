"""What stands on a note: every finding to review, once, with what to do, and what was not checked."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract import check_text
from de06_extract.archive.decision import Decision
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.store.results import FileResult
from de06_extract.output.note.contents import (
    Note,
    note_of_report,
    note_of_unit,
    note_report,
    notes_on,
    notes_on_report,
)
from de06_extract.schema.display import Language

HEAD = """ỦY BAN NHÂN DÂN
XÃ AN BÌNH

Số: 12/BC-UBND

An Bình, ngày 05 tháng 4 năm 2024

BÁO CÁO
Kết quả thực hiện Đề án 06

"""
WRONG = f"{HEAD}I. KẾT QUẢ\nSố hóa đầu vào: 3.225/3.265 hồ sơ đạt tỷ lệ 98,57%.\nCó 10/12 thôn (đạt 83,4%).\n"
RIGHT = f"{HEAD}I. KẾT QUẢ\nSố hóa đầu vào: 3.225/3.265 hồ sơ đạt tỷ lệ 98,77%.\n"


def result(text: str = WRONG, path: str = "/kho/báo cáo.txt", language: Language = "vi") -> FileResult:
    return FileResult(path, "0" * 64, 1, check_text(text, lang=language).model_dump(), None, None)


def note(text: str = WRONG, language: Language = "vi") -> Note:
    (made,) = notes_on_report(result(text, language=language), language)
    return made


def texts(made: Note) -> str:
    """Everything that a note says."""
    said: list[Any] = [made.title, made.about, made.to, made.intro, *made.remarks]
    for heading, rows in made.sections:
        said.append(heading)
        for row in rows:
            said += [row.group, row.level, *row.places, *(quote.text for quote in row.quotes)]
            said += [text for line in row.arithmetic for text in line]
            said += [*row.proposals, *row.answers]
    return "\n".join(filter(None, said))


def test_a_note_names_the_report_and_who_is_to_answer() -> None:
    made = note()
    assert made.title == "PHIẾU RÀ SOÁT SỐ LIỆU"
    assert made.about.startswith("Báo cáo số 12/BC-UBND ngày 05/04/2024 của ")
    assert made.to.startswith("Kính gửi: ")
    assert "AN BÌNH" in made.to.upper()
    assert "(tệp báo cáo.txt) có 2 chỗ cần xem lại." in made.intro


def test_a_row_says_where_what_why_and_what_to_do() -> None:
    ((heading, rows),) = note().sections
    assert heading is None
    assert [(row.number, row.group, row.level) for row in rows] == [(1, "P-01", "Lỗi"), (2, "P-02", "Cảnh báo")]
    first = rows[0]
    assert first.places == ("mục I, dòng 12",)
    assert [[(piece.text, piece.mark) for piece in quote.figures] for quote in first.quotes] == [
        [("3.225", "figure"), ("3.265", "figure"), ("98,57%", "wrong")]
    ]
    ((arithmetic, related),) = first.arithmetic
    assert arithmetic.startswith("3.225/3.265 là 98,77%, báo cáo ghi 98,57%")
    assert related is None
    assert first.proposals == ("Theo đối chiếu: 98,77%",)
    assert rows[1].proposals == ("Sửa 83,4% → 83,3%",)
    assert first.answers == ()


def test_a_note_says_how_much_was_checked() -> None:
    made = note()
    report = check_text(WRONG)
    numbers, checked = report.coverage.numbers, report.coverage.checked
    assert f"có {numbers} số liệu, đã đối chiếu được {checked}; {numbers - checked} số liệu" in made.remarks[0]


def test_a_report_without_a_finding_has_a_note_that_says_so_and_none_in_an_archive() -> None:
    made = note(RIGHT)
    assert "không thấy nội dung mâu thuẫn" in made.intro
    assert made.sections == ()
    assert [one.about for one in notes_on([result(RIGHT), result()], "vi")] == [note().about]


def test_a_file_that_could_not_be_read_has_no_note() -> None:
    assert list(notes_on([FileResult("/kho/a.pdf", None, None, None, "scan", "no text")], "vi")) == []


def test_what_was_confirmed_is_counted_and_not_asked_again() -> None:
    first = check_text(WRONG).findings[0]
    decision = {
        "path": "/kho/báo cáo.txt",
        "finding_id": first.id,
        "rule": first.rule,
        "quote": first.quote,
        "decided": "2026-11-30",
    }
    dismissed = Decision.model_validate({**decision, "state": "dismissed"}, strict=False)
    (made,) = notes_on_report(Decisions([dismissed]).mark(result()), "vi")
    assert [row.group for _, rows in made.sections for row in rows] == ["P-02"]  # numbers stay what they are
    assert "Không nêu 1 nội dung đã được xác nhận là đúng." in made.remarks
    asked = Decision.model_validate({**decision, "state": "asked", "note": "gọi lại"}, strict=False)
    (made,) = notes_on_report(Decisions([asked]).mark(result()), "vi")
    assert made.sections[0][1][0].answers == ("Hỏi lại đơn vị: gọi lại",)


def test_findings_of_one_cause_are_one_row_and_say_nothing_twice() -> None:
    text = (
        "I. KẾT QUẢ\nToàn tỉnh có 708 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình).\n"
        "II. CHI TIẾT\nCó 367 thủ tục một phần và 341 thủ tục toàn trình.\n"
    )
    ((_, rows),) = note(text).sections
    for row in rows:
        assert len(set(row.places)) == len(row.places)
        assert len(set(row.arithmetic)) == len(row.arithmetic)
        assert len({quote.text for quote in row.quotes}) == len(row.quotes)
    assert sum(len(row.arithmetic) for row in rows) <= len(check_text(text).findings)
    assert len(rows) == len({row.group for row in rows})


def test_a_unit_has_one_note_on_all_its_reports() -> None:
    files = [result(path="/kho/q1.txt"), result(path="/kho/q2.txt"), result(RIGHT, "/kho/q3.txt")]
    reports = [one for file in files if (one := note_report(file, "vi"))]
    made = note_of_unit(reports, "vi")
    assert made.about.startswith("3 báo cáo của ")
    assert "trong 2 báo cáo của đơn vị có 4 chỗ cần xem lại" in made.intro
    assert [heading for heading, _ in made.sections] == [
        f"Báo cáo số 12/BC-UBND ngày 05/04/2024 (tệp {name}.txt)" for name in ("q1", "q2")
    ]
    assert any("1 báo cáo khác của đơn vị: q3.txt" in remark for remark in made.remarks)
    assert note_of_unit(reports[:1], "vi") == note_of_report(reports[0], "vi")


def test_many_clean_reports_are_not_all_named() -> None:
    files = [result(), *(result(RIGHT, f"/kho/{number}.txt") for number in range(20))]
    made = note_of_unit([one for file in files if (one := note_report(file, "vi"))], "vi")
    (remark,) = (remark for remark in made.remarks if "báo cáo khác" in remark)
    assert remark.endswith("11.txt và 8 tệp khác.")


@pytest.mark.parametrize("text", [WRONG, RIGHT, WRONG.removeprefix(HEAD)])
def test_nothing_is_left_to_fill_in_by_us(text: str) -> None:
    for language in ("vi", "en"):
        assert "{" not in texts(note(text, language))


def test_a_note_in_english() -> None:
    made = note(language="en")
    assert made.title == "REVIEW OF FIGURES"
    assert made.sections[0][1][1].proposals == ("Change 83,4% → 83,3%",)
