"""What a figure counts: the words before and behind it, those of its whole, its list and its headings."""

from __future__ import annotations

from de06_extract.claims.figures import Figures, read_figures
from de06_extract.claims.prose.mentions import Mention
from de06_extract.document.document import Document
from de06_extract.document.parts import read_parts
from de06_extract.readers import read_document

TEXT = """I. KẾT QUẢ CẤP THẺ

Kết quả cụ thể như sau:

- Cấp 1.200 thẻ căn cước, trong đó có 150 thẻ cho học sinh; kích hoạt 3.225/3.265 tài khoản (đạt 98,77%).
"""


def read(text: str = TEXT) -> tuple[Document, Figures]:
    document = read_document(text.encode(), "made-up.txt")
    return document, read_figures(read_parts(document))


def mention(figures: Figures, value: str) -> Mention:
    return next(m for m in figures.reading.mentions if str(m.figure.value) == value)


def test_a_subject_holds_the_words_by_how_far_they_stand() -> None:
    _, figures = read()
    part, whole = mention(figures, "150"), mention(figures, "1200")
    subject = figures.subjects.of(part, part, whole)
    assert subject.lead.strip() == "có"
    assert subject.after.strip() == "thẻ cho học sinh"
    assert "Cấp" in subject.whole
    assert subject.head == "Kết quả cụ thể như sau:"
    assert subject.headings == ("KẾT QUẢ CẤP THẺ",)


def test_one_subject_is_cut_out_for_the_same_figures() -> None:
    _, figures = read()
    first = mention(figures, "1200")
    assert figures.subjects.of(first, first) is figures.subjects.of(first, first)


def test_a_ratio_has_the_words_between_its_figures_inside() -> None:
    _, figures = read()
    subject = figures.subjects.of(mention(figures, "3225"), mention(figures, "98.77"))
    assert subject.lead.strip() == "kích hoạt"
    assert subject.inside == "/3.265 tài khoản (đạt "


def test_a_clause_ends_where_the_words_of_the_next_figure_begin() -> None:
    document, figures = read()
    clauses = figures.subjects.clauses
    said = {value: document.text[slice(*clauses.of(mention(figures, value)))] for value in ("1200", "150", "3225")}
    assert said == {
        "1200": "Cấp 1.200 thẻ căn cước",
        "150": "có 150 thẻ cho học sinh",
        "3225": "kích hoạt 3.225/3.265 tài khoản",
    }


def test_a_name_stands_in_front_since_the_figure_or_clause_before() -> None:
    document, figures = read()
    names = [document.text[slice(*figures.subjects.clauses.name(m))].strip() for m in figures.reading.mentions]
    assert names[0] == "Cấp"
    assert "kích hoạt" in names
