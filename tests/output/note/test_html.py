"""The note as a page to print: the same words as in the Word document, and no script."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

from de06_extract.output.note.contents import notes_on_report
from de06_extract.output.note.html import write_note_page
from tests.output.note.test_contents import WRONG, note, result, texts


def page(*names: str, text: str = WRONG) -> str:
    file = BytesIO()
    write_note_page((one for name in names for one in notes_on_report(result(text, name), "vi")), file, "vi")
    return file.getvalue().decode()


def test_a_page_says_all_that_the_note_says() -> None:
    said = unescape(re.sub(r"<[^>]+>", "", page("/kho/báo cáo.txt")))
    for line in texts(note()).split("\n"):
        assert line in said, line


def test_figures_are_marked_and_the_wrong_one_told_apart() -> None:
    marks = re.findall(r'<mark class="(\w+)">([^<]+)</mark>', page("/kho/a.txt"))
    assert marks[:3] == [("figure", "3.225"), ("figure", "3.265"), ("wrong", "98,57%")]


def test_every_note_is_an_article_and_nothing_runs() -> None:
    made = page("/kho/a.txt", "/kho/b.txt")
    assert made.count("<article>") == 2
    assert "<script" not in made
    assert "default-src 'none'" in made


def test_words_of_a_document_are_no_markup() -> None:
    made = page("/kho/<b>.txt", text=WRONG.replace("Số hóa", "Số <script>alert(1)</script> hóa"))
    assert "<script" not in made
    assert "&lt;b&gt;.txt" in made
