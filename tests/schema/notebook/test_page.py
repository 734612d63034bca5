"""A report in a notebook: its cards as HTML with inline styles, everything in it escaped."""

from __future__ import annotations

import pickle
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from de06_extract import Limits, Report, check_archive, check_text, extract
from de06_extract.schema.cards.make import report_cards
from de06_extract.schema.notebook import page
from tests.conftest import corpus, report_on

WRONG = "Số hóa đầu vào: 3.225/3.265 hồ sơ đạt tỷ lệ 98,57%."
VOID = {"img"}


class Markup(HTMLParser):
    """The tags of a page, with what is open in which order; raises where one is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def shown(report: Report) -> Markup:
    markup = Markup(report._repr_html_())
    assert not markup.open
    return markup


def test_every_card_is_a_detail_with_what_the_card_says() -> None:
    report = report_on(corpus("003"))
    markup = shown(report)
    cards = report_cards(report.model_dump())
    assert len(markup.named("details")) == len(cards)
    assert ["open" in attributes for attributes in markup.named("details")].count(True) == 1
    for card in cards:
        assert f"{card.number} {card.level} · {card.place.words}: {card.arithmetic}" in markup.text
        assert all(change.words in markup.text for change in card.proposals)
    assert "003.txt" in markup.text
    assert "8 chỗ cần xem lại (5 lỗi, 3 ghi chú)" in markup.text


def test_the_wrong_figure_is_told_apart_where_styles_are_stripped() -> None:
    text = check_text(WRONG)._repr_html_()
    bare = "".join(text.partition("<blockquote")[2].partition("</blockquote>")[0])
    assert bare.count("<mark") == 1
    assert bare.count("<strong") == 3  # numerator, denominator and the rate, which is marked as well
    assert "98,57%" in bare.partition("<mark")[2].partition("</mark>")[0]


def test_nothing_of_a_report_is_markup() -> None:
    hostile = 'Mục <script>alert(1)</script> "onload=x" & <img src=x>: 3.225/3.265 hồ sơ <b>đạt</b> tỷ lệ 98,57%.'
    markup = shown(check_text(hostile, name="<svg onload=alert(1)>.txt"))
    assert {tag for tag, _ in markup.tags} <= {"div", "p", "strong", "details", "summary", "blockquote", "mark"}
    assert "<svg onload=alert(1)>.txt" in markup.text
    assert "<b>đạt</b>" in markup.text


def test_there_is_no_script_and_nothing_from_elsewhere() -> None:
    markup = shown(report_on(corpus("003", "pdf")))
    assert not markup.named("script")
    for tag, attributes in markup.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "url(" not in (attributes.get("style") or "")
    assert all((image["src"] or "").startswith("data:image/png;base64,") for image in markup.named("img"))
    assert not markup.named("a")


def test_a_report_without_findings_says_how_much_was_checked() -> None:
    assert "Không thấy mâu thuẫn trong 1 phép kiểm tra." in shown(check_text("10/12 xã đạt 83,3%")).text
    assert "nên chưa thể kết luận gì" in shown(check_text("Không có số liệu nào.")).text


def test_many_findings_are_counted_where_they_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_CARDS", 3)
    markup = shown(report_on(corpus("003")))
    assert len(markup.named("details")) == 3
    assert "và 5 phát hiện khác, xem report.findings" in markup.text


def test_the_words_are_in_the_language_of_the_messages() -> None:
    english = check_text(WRONG, lang="en")
    assert "places to review: 1" in shown(english).text
    assert "Lỗi" not in shown(english).text
    assert "1 chỗ cần xem lại" in Markup(english.to_html(lang="vi")).text
    again = Report.model_validate_json(english.model_dump_json())  # which knows nothing of its language
    assert "1 chỗ cần xem lại" in shown(again).text


class Printer:
    def __init__(self) -> None:
        self.said = ""

    def text(self, text: str) -> None:
        self.said += text


def test_a_terminal_is_told_in_a_line() -> None:
    printer = Printer()
    report_on(corpus("003", "pdf"))._repr_pretty_(printer, False)
    assert printer.said == "003.pdf · 5 trang · 8 chỗ cần xem lại"


def test_a_pdf_that_was_read_by_its_path_is_shown_with_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "báo cáo.pdf"
    shutil.copy(corpus("003", "pdf"), file)
    monkeypatch.chdir(tmp_path)
    report = extract("báo cáo.pdf")
    monkeypatch.chdir("/")
    for known in (report, report.only_from(0.1), pickle.loads(pickle.dumps(report))):
        assert len(shown(known).named("img")) == 8
    assert "trang 2" in str(shown(report).named("img")[0]["alt"])


def test_a_file_that_has_changed_or_gone_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    shutil.copy(corpus("003", "pdf"), file)
    report = extract(file)
    data = file.read_bytes()
    file.write_bytes(data.replace(b"%PDF", b"%PDf", 1))  # as long as before
    assert not shown(report).named("img")
    file.unlink()
    assert not shown(report).named("img")
    file.mkdir()
    assert not shown(report).named("img")
    assert len(Markup(report.to_html(content=data)).named("img")) == 8
    assert not Markup(report.to_html(content=b"%PDF-1.4 something else")).named("img")


def test_bytes_are_not_held_and_shown_where_they_are_given_again() -> None:
    data = corpus("003", "pdf").read_bytes()
    report = extract(data, name="003.pdf")
    assert not shown(report).named("img")
    assert report == report_on(corpus("003", "pdf"))
    assert len(Markup(report.to_html(content=data)).named("img")) == 8


@pytest.mark.slow
def test_whoever_read_the_file_the_report_knows_it() -> None:
    file = corpus("003", "pdf")
    assert len(shown(extract(file, limits=Limits())).named("img")) == 8
    (checked,) = check_archive(file, jobs=1, lang="en")
    assert checked.report is not None
    assert len(shown(checked.report).named("img")) == 8
    assert "places to review" in shown(checked.report).text


def test_a_word_document_says_how_its_places_are_found() -> None:
    markup = shown(report_on(corpus("003", "docx")))
    assert not markup.named("img")
    assert "Tìm trong Word: nhấn Ctrl+F" in markup.text
