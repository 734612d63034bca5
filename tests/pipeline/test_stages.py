"""The stages from a document to its report: each thing is read once, and what is read is handed on."""

from __future__ import annotations

import cProfile
import pstats
from pathlib import Path

import pytest

from de06_extract import check_text
from de06_extract.claims.prose.model_file import models_of
from de06_extract.document.document import Document
from de06_extract.indicators.aliases import aliases_of
from de06_extract.pipeline.stages import find_claims, judge, map_indicators, take_apart
from de06_extract.readers import read_document

REPORT = """Số: 12/BC-UBND

Bình Long, ngày 12 tháng 10 năm 2023

BÁO CÁO

I. KẾT QUẢ

1. Thực hiện Kế hoạch số 56/KH-UBND ngày 23/12/2023 của UBND tỉnh giai đoạn 2022-2025, tầm nhìn đến năm 2030.

2. Tính đến ngày 30/12/2023 đã cấp 1.250 tài khoản; số hóa hồ sơ: 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%.

Đơn vị\tĐúng hạn\tQuá hạn\tTổng số
Xã Hòa An\t40\t5\t45
Xã Phú Lộc\t36\t2\t38
"""
ONCE = {
    "header.py": ("read_header",),
    "letterhead.py": ("find_report_date", "read_letterhead"),
    "parts.py": ("read_parts",),
    "sections.py": ("find_sections",),
    "footnotes.py": ("find_footnotes",),
    "references.py": ("find_references",),
    "reading.py": ("read_mentions",),
    "sheets.py": ("read_sheets",),
    "find.py": ("find_prose_claims", "find_table_claims", "find_comparisons", "find_indicators", "find_repairs"),
}


def document(text: str = REPORT) -> Document:
    return read_document(text.encode(), "made-up.txt")


@pytest.fixture(scope="module")
def calls() -> dict[tuple[str, int, str], int]:
    """How often each function is called for one report: by its file, line and name."""
    profile = cProfile.Profile()
    profile.runcall(check_text, REPORT)
    return {where: counted[1] for where, counted in pstats.Stats(profile).stats.items()}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, names in ONCE.items() for name in names])
def test_it_is_read_once(calls: dict[tuple[str, int, str], int], file: str, name: str) -> None:
    assert [n for (path, _, called), n in calls.items() if Path(path).name == file and called == name] == [1]


@pytest.mark.parametrize("name", ["Calendar", "Subjects", "Clauses", "Times", "Counts"])
def test_it_is_made_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The calendar, what figures count, when, and what is compared: one of each for a document."""
    made = []
    kept = classes()[name]
    initialise = vars(kept)["__init__"]

    def counted(self: object, *held: object) -> None:
        made.append(self)
        initialise(self, *held)

    monkeypatch.setattr(kept, "__init__", counted)
    check_text(REPORT)
    assert len(made) == 1


def classes() -> dict[str, type]:
    from de06_extract.claims.prose.clauses import Clauses
    from de06_extract.claims.prose.subjects import Subjects
    from de06_extract.comparisons.counts import Counts
    from de06_extract.document.periods import Calendar
    from de06_extract.indicators.times import Times

    return {kept.__name__: kept for kept in (Calendar, Subjects, Clauses, Times, Counts)}


def test_each_sheet_and_each_passage_is_read_once(calls: dict[tuple[str, int, str], int]) -> None:
    parts, figures = take_apart(document())
    by_name = {(Path(path).name, called): n for (path, _, called), n in calls.items()}
    assert by_name["sheets.py", "_sheet"] == len(figures.sheets) == 1
    assert by_name["paragraphs.py", "join"] == len(parts.passages)
    assert by_name["paragraphs.py", "dates"] == len(parts.passages)


def test_the_parts_are_those_of_the_document() -> None:
    parts, figures = take_apart(document())
    assert parts.header.number == "12/BC-UBND"
    assert parts.report_date is not None
    assert parts.report_date.date.iso == parts.header.date == "2023-10-12"
    assert parts.report_date.span.text == "ngày 12 tháng 10 năm 2023"
    assert [section.label for section in parts.sections] == ["I", "1", "2"]
    assert [reference.number for reference in parts.references] == ["56/KH-UBND"]
    assert [(found.start, found.end, found.vision) for found in parts.programmes] == [(2022, 2025, 2030)]
    assert [date.iso for passage in parts.passages for date in passage.dates] == [
        "2023-10-12", "2023-12-23", "2023-12-30",
    ]  # fmt: skip
    last = [str(period.last) for period in parts.calendar.periods]
    assert "2023-12-30" in last
    assert [len(sheet.rows) for sheet in figures.sheets] == [2]
    assert {str(mention.figure.value) for mention in figures.reading.mentions} >= {"1250", "3225", "3265", "98.57"}


def test_rules_select_from_what_was_read() -> None:
    parts, figures = take_apart(document())
    facts = find_claims(parts, figures, models_of(None))
    assert facts.parts is parts
    assert facts.document is parts.document
    assert {claim.kind for claim in facts.claims} == {"ratio", "sum"}
    findings, checked = judge(facts, "vi")
    found = {finding.rule: finding for finding in findings}
    assert {"ratio-mismatch", "reference-after-report", "result-after-report"} <= found.keys()
    assert parts.report_date is not None
    for rule in ("reference-after-report", "result-after-report"):
        assert [related.span for related in found[rule].related] == [parts.report_date.span]
    assert checked["period-reversed"] == len(parts.programmes) == 1
    assert checked["date-impossible"] == 3


def test_the_stages_make_the_report() -> None:
    report = check_text(REPORT)
    parts, figures = take_apart(document())
    facts = find_claims(parts, figures, models_of(None))
    findings, checked = judge(facts, "vi")
    mapping = map_indicators(figures, facts, aliases_of())
    assert report.claims == facts.claims
    assert report.comparisons == facts.comparisons
    assert report.header == parts.header
    assert report.findings == findings
    assert report.checked == checked
    assert (report.indicators, report.unmapped) == (mapping.indicators, mapping.unmapped)
