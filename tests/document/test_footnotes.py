"""Footnotes and tables know the section that they belong to."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from tests.conftest import CORPUS, report_on


@pytest.mark.parametrize("path", ["004.txt", "pdf/004.pdf", "docx/004.docx"])
def test_a_footnote_stands_in_the_section_of_its_mark(path: str) -> None:
    report = report_on(CORPUS / path)
    labels = {section.id: section.label for section in report.sections}
    first, second, third = report.footnotes
    assert [labels[note.section or ""] for note in (first, second, third)] == ["1.1", "2.1", "2.4"]
    assert second.span.text.count("482 dịch vụ") == 1
    assert all(note.locations for note in report.footnotes)


def test_a_note_without_a_mark_in_the_text_has_no_anchor() -> None:
    (note,) = check_text("1. Kết quả\n\nĐạt 5 vụ.\n\n² Gồm 5 vụ.\n").footnotes
    assert (note.mark, note.anchor) == ("²", None)
    assert note.section == "s1"


def test_a_table_knows_its_section() -> None:
    text = "1. Kết quả\n\n2. Biểu số liệu\n\nSTT\tXã\tHồ sơ\n1\tXã A\t15\n2\tXã B\t9\n"
    report = check_text(text)
    assert report.tables[0].section == report.sections[1].id
