"""The text for people: what stands where, marked how, and how wide."""

from __future__ import annotations

import io
import re
from typing import Literal

import pytest
from rich.console import Console

from de06_extract import check_text
from de06_extract.language.messages import messages
from de06_extract.output.console import WIDTH
from de06_extract.output.rule_list import show_rules
from de06_extract.output.text import show_report, show_rule
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Language
from de06_extract.schema.display import percent_of
from de06_extract.schema.report import Location, Report
from tests.conftest import CORPUS, corpus, report_on

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%."

TITLE = "Tỷ lệ không khớp với tử số và mẫu số"  # as the report has it, whatever language it is shown in


def shown(
    report: Report, language: Language = "vi", *, width: int = WIDTH, colour: bool = False, is_verbose: bool = False
) -> str:
    out = io.StringIO()
    show_report(report, console(out, width, colour), language, is_verbose=is_verbose)
    return out.getvalue()


def console(out: io.StringIO, width: int = WIDTH, colour: bool = False) -> Console:
    system: Literal["truecolor"] | None = "truecolor" if colour else None
    return Console(file=out, width=width, color_system=system, force_terminal=colour, highlight=False, no_color=False)


def test_one_wrong_sentence() -> None:
    report = check_text(WRONG, name="báo cáo.txt")
    quote = report.findings[0].quote.replace("98,57%", "⟦98,57%⟧").replace("3.225/3.265", "[3.225]/[3.265]")
    assert shown(report).startswith(
        "báo cáo.txt\n"
        "1 phép đối chiếu: 1 không khớp\n"
        "\n"
        "1 chỗ cần xem lại: 1 lỗi\n"
        "\n"
        f"P-01. Lỗi · dòng 1 · {TITLE} · tin cậy {percent_of(report.findings[0].confidence)}%\n"
        "   3.225/3.265 là 98,77%, báo cáo ghi 98,57%\n"
        f"   “{quote}”\n"
        "\n"
        "Đã đọc 3 số"
    )


def test_how_sure_a_finding_is_stands_at_its_head_where_it_is_known() -> None:
    report = check_text(WRONG)
    (finding,) = report.findings

    def head(confidence: float | None, language: Language = "vi") -> str:
        said = report.model_copy(update={"findings": (finding.model_copy(update={"confidence": confidence}),)})
        return next(line for line in shown(said, language).splitlines() if line.startswith("P-01."))

    assert head(0.949) == f"P-01. Lỗi · dòng 1 · {TITLE} · tin cậy 94%"
    assert head(0.9999, "en") == f"P-01. Error · line 1 · {TITLE} · sure 99%"
    assert head(None) == f"P-01. Lỗi · dòng 1 · {TITLE}"


def test_findings_that_are_left_out_are_counted() -> None:
    report = check_text(WRONG)
    (finding,) = report.findings
    assert finding.confidence is not None
    assert finding.confidence < 1
    assert "1 phát hiện kém tin cậy" in closing(report.only_from(1))
    assert "less sure than --min-confidence asks for: 1." in shown(report.only_from(1), "en")
    assert "kém tin cậy" not in closing(report.only_from(0))


def closing(report: Report, *, is_verbose: bool = False) -> str:
    """What follows the last finding, which lists the rules there are."""
    return shown(report, is_verbose=is_verbose).rsplit("\n\n", 1)[1]


def test_the_end_counts_what_was_read_and_judged() -> None:
    lines = " ".join(closing(check_text(WRONG)).split())
    assert lines.startswith("Đã đọc 3 số: 3 thuộc các phép đối chiếu, trong đó 3 đã được kiểm tra.")
    assert "ratio-mismatch" not in lines
    lines = " ".join(closing(check_text(WRONG), is_verbose=True).split())
    judged, idle = lines.split("Chưa gặp trường hợp nào để xét: ")
    assert "ratio-mismatch 1" in judged
    assert "sum-mismatch" in idle


def test_the_end_says_what_was_not_checked_and_why() -> None:
    report = check_text("Ban hành 18 công văn và 11 báo cáo, 4 kế hoạch. Tỷ lệ hộ dùng điện đạt 98,77%.")
    lines = " ".join(closing(report).split())
    assert (
        "Chưa kiểm tra 4 số: 3 số đứng riêng, không có số nào khác để đối chiếu, như “18 công văn”, “11 báo cáo”; "
        "1 số thuộc các tỷ lệ không rõ tính trên tổng nào, như “98,77%”."
    ) in lines
    assert "Chưa kiểm tra" not in shown(check_text(WRONG))
    paged = shown(report_on(CORPUS / "pdf" / "003.pdf"), "en")
    assert "1 with a bound (over, nearly, about), such as «67% so với» (page 2)" in " ".join(paged.split())


@pytest.mark.parametrize(
    ("pages", "vi", "en"),
    [
        ((2,), "Trang 2 là ảnh", "no word was read: 2."),
        ((2, 5, 6, 7), "Trang 2, 5–7 là ảnh", "no word was read: 2, 5–7."),
    ],
)
def test_pages_that_are_images_are_named(pages: tuple[int, ...], vi: str, en: str) -> None:
    report = check_text(WRONG)
    assert "là ảnh" not in shown(report)
    scanned = report.model_copy(update={"source": report.source.model_copy(update={"unread_pages": pages})})
    assert vi in shown(scanned)
    assert en in shown(scanned, "en")


def test_nothing_found_says_how_much_was_checked() -> None:
    report = check_text("Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,77%. Ước đạt khoảng 95%.")
    assert "Không thấy mâu thuẫn trong 1 phép kiểm tra.\n" in shown(report)
    assert "No contradiction seen in 1 checks.\n" in shown(report, "en")
    assert "rà soát lại" not in shown(report)


def test_nothing_checked_is_no_praise() -> None:
    report = check_text("Kính gửi: Ủy ban nhân dân tỉnh.")
    assert "Không có số liệu nào kiểm tra được" in shown(report)
    assert "Không thấy mâu thuẫn" not in shown(report)


def test_findings_come_by_severity_then_place() -> None:
    text = shown(report_on(CORPUS / "pdf" / "002.pdf"))
    heads = re.findall(r"^P-\d+a?\. (.+?) · .*?trang\s+(\d+)", text, re.MULTILINE)  # the first of each cause
    order = list(messages("report")["vi"]["severity"].values())
    keys = [(order.index(severity), int(page)) for severity, page in heads]
    assert len({severity for severity, _ in heads}) > 1
    assert len(heads) == int(text.split(" chỗ cần xem lại")[0].split()[-1])
    assert keys == sorted(keys)


def test_a_proposal_is_shown_with_its_reason() -> None:
    report = report_on(corpus("004"))
    assert "   Đề xuất: 99,8% → 99,7%, vì 3.226/3235 = 99,7%\n" in shown(report)
    assert "   Suggestion: 99,8% → 99,7%, because 3.226/3235 = 99,7%\n" in shown(report, "en")


@pytest.mark.parametrize(
    ("location", "vi", "en"),
    [
        (Location(page=3), "trang 3", "page 3"),
        (Location(page=3, bbox=(1, 2, 3, 4)), "trang 3", "page 3"),
        (Location(paragraph=41), "tìm “{words}”", "search for “{words}”"),
        (Location(line=12), "dòng 12", "line 12"),
        (Location(table=1, row=2, column=3), "bảng 1, hàng 2, cột 3", "table 1, row 2, column 3"),
        (Location(page=2, table=1, row=2), "trang 2, bảng 1, hàng 2, cột ?", "page 2, table 1, row 2, column ?"),
        (
            Location(paragraph=4, part="footnote"),
            "chú thích chân trang, tìm “{words}”",
            "footnote, search for “{words}”",
        ),
    ],
)
def test_places_are_in_words(location: Location, vi: str, en: str) -> None:
    report = check_text(WRONG)
    finding = report.findings[0].model_copy(update={"locations": (location, location)})
    placed = report.model_copy(update={"findings": (finding,)})
    words = "vào: 3.225/3.265 đạt tỷ lệ 98,57%"
    assert f"P-01. Lỗi · {vi.format(words=words)} · {TITLE}" in " ".join(shown(placed).split())
    assert f"P-01. Error · {en.format(words=words)} · {TITLE}" in " ".join(shown(placed, "en").split())


def test_other_places_are_named_with_where_they_stand() -> None:
    text = """I. KẾT QUẢ
Theo Quyết định số 06/QĐ-TTg ngày 06/01/2022.
II. NHIỆM VỤ
Theo Quyết định số 06/QĐ-TTg ngày 07/01/2022.
"""
    words = " ".join(shown(check_text(text)).split())
    assert "Đối chiếu với: “Quyết định số 06/QĐ-TTg ngày 06/01/2022” (mục I, dòng 2)" in words


def test_the_id_of_a_rule_is_for_who_asks() -> None:
    assert "ratio-mismatch" not in shown(check_text(WRONG))
    assert f"{TITLE} (ratio-mismatch)" in shown(check_text(WRONG), is_verbose=True)


def test_a_cell_of_a_table_is_called_as_its_place_calls_it() -> None:
    found = [
        (finding, place.table)
        for finding in report_on(CORPUS / "docx" / "002.docx").findings
        if (place := finding.locations[0]).table
    ]
    assert len(found) == 5
    for finding, table in found:
        assert finding.message.startswith(f"Bảng {table}, “"), finding.message
        assert not re.match("Bảng [0-9]+, “[^”]*”: [A-ZĐ][a-zđà-ỹ]", finding.message), finding.message


def test_a_finding_without_a_place_has_none() -> None:
    report = check_text(WRONG)
    placed = report.model_copy(update={"findings": (report.findings[0].model_copy(update={"locations": ()}),)})
    assert f"P-01. Lỗi · {TITLE} · tin cậy" in shown(placed)


@pytest.mark.parametrize("width", [24, 40, 80, 300])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_is_wider_than_the_window(width: int, language: Language) -> None:
    for name in ("002", "003"):
        for line in shown(report_on(corpus(name)), language, width=width).splitlines():
            assert len(line) <= min(width, WIDTH), line
            assert line == line.rstrip()


def test_colours_only_where_there_are_any() -> None:
    report = check_text(WRONG)
    plain, coloured = shown(report), shown(report, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;7m98,57%\x1b[0m" in coloured
    assert "⟦" not in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == re.sub(r"[⟦⟧\[\]]", "", plain)


def test_no_color_keeps_the_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    show_report(check_text(WRONG), Console(file=out, width=WIDTH, force_terminal=True, highlight=False), "vi")
    assert "⟦98,57%⟧" in out.getvalue()
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", out.getvalue())


def test_a_long_quote_is_cut_around_the_figure() -> None:
    long = "giải quyết hồ sơ của công dân " * 12
    report = check_text(WRONG)
    claim = report.claims[0]
    words = f"{long}đạt 98,57% {long}".rstrip()
    start = words.index("98,57%")
    span = claim.span.model_copy(update={"text": words, "end": claim.span.start + len(words)})
    first = claim.span.start + start
    at = report.findings[0].span.model_copy(update={"start": first, "end": first + len("98,57%")})
    longer = report.model_copy(
        update={
            "claims": (claim.model_copy(update={"span": span, "quote": words}),),
            "findings": (report.findings[0].model_copy(update={"span": at}),),
        }
    )
    quote = " ".join(shown(longer).split("“")[1].split("”")[0].split())
    assert quote.startswith("…")
    assert quote.endswith("…")
    assert "đạt ⟦98,57%⟧ giải" in quote
    assert 120 <= len(quote) <= 170
    assert set(quote.strip("…").split()) - {"⟦98,57%⟧"} <= set(words.split())


def test_brackets_and_control_characters_do_no_harm() -> None:
    report = check_text("[bold]Có \x9b31m 10/12 xã\u202e (đạt 83,4%)[/bold]", name="[red]\x1b[31m.txt")
    text = shown(report)
    assert "[red][31m.txt" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_words_of_both_languages_fill_the_same_blanks() -> None:
    vi, en = messages("report")["vi"], messages("report")["en"]

    def blanks(held: object) -> object:
        if isinstance(held, dict):
            return {key: blanks(value) for key, value in held.items()}
        return sorted(re.findall(r"\{\w+\}", str(held)))

    assert blanks(vi) == blanks(en)


@pytest.mark.parametrize("width", [40, 80])
def test_the_table_of_rules_shows_each_id_whole(width: int) -> None:
    out = io.StringIO()
    show_rules(console(out, width), "vi")
    assert [rule.id for rule in rules() if f"{rule.id} " not in out.getvalue()] == []


def test_a_rule_is_shown_with_its_sentences() -> None:
    rule = rules()[0]
    out = io.StringIO()
    show_rule(rule, console(out, 200), "en")
    assert rule.title_en in out.getvalue()
    assert all(f"   «{sentence}»\n" in out.getvalue() for sentence in (*rule.wrong, *rule.right) if len(sentence) < 90)
