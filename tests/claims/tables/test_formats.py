"""The same table in a text and in a Word file, merged headings among it, makes the same claims and findings."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from de06_extract import Quantity, Report, check_text, extract
from tests.conftest import CORPUS, corpus, report_on, sentences

docx = pytest.importorskip("docx")

_TABLES = sentences("tables")
_LOST = ("trailing empty", "short row")  # entries about what only a text can lose


def _word_file(text: str) -> bytes:
    """The TAB-separated lines as a table with lines around its cells, headings merged to the right and down."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    document = docx.Document()
    while len([cell for cell in rows[0] if cell]) == 1 and len(rows[0]) == 1:
        document.add_paragraph(rows.pop(0)[0])
    width = max(map(len, rows))
    grid = [row + [""] * (width - len(row)) for row in rows]
    table = document.add_table(rows=len(grid), cols=width, style="Table Grid")
    for at, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell:
                table.cell(at, column).text = cell
    heads = next((at for at, row in enumerate(grid) if row[0].strip("()") == "1"), 1)
    for at in range(heads - 1):
        for column, cell in enumerate(grid[at]):
            last = column
            while cell and last + 1 < width and not grid[at][last + 1] and grid[at + 1][last + 1]:
                last += 1
            if last > column and grid[at + 1][column]:
                table.cell(at, column).merge(table.cell(at, last))
            elif cell and not any(grid[below][column] for below in range(at + 1, heads)):
                table.cell(at, column).merge(table.cell(heads - 1, column))
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _claims(report: Report) -> list[tuple[str, str, str, tuple[tuple[str, tuple[Decimal, ...]], ...]]]:
    """Kind, verdict, name and figures of each claim of a table."""
    out = []
    for claim in report.claims:
        if claim.table:
            figures = {
                role: tuple(q.value for q in (held if isinstance(held, tuple) else (held,)) if isinstance(q, Quantity))
                for role, held in claim.quantities.items()
            }
            out.append((claim.kind, claim.verdict, claim.label, tuple(sorted(figures.items()))))
    return sorted(out)


@pytest.mark.parametrize(
    "entry", [e for e in _TABLES if not e["label"].startswith(_LOST)], ids=lambda entry: entry["label"]
)
def test_a_word_table_reads_as_the_text(entry: dict[str, Any]) -> None:
    text, word = check_text(entry["text"]), extract(_word_file(entry["text"]), name="a.docx")
    assert word.tables[0].header == text.tables[0].header
    assert _claims(word) == _claims(text)
    assert [f.message for f in word.findings] == [f.message for f in text.findings]


@pytest.mark.parametrize("path", ["pdf/{}.pdf", "docx/{}.docx", "fallback/{}.pdf", "fallback/{}.docx"])
@pytest.mark.parametrize("name", ["002", "003"])
def test_the_reports_make_the_same_claims_in_every_format(name: str, path: str) -> None:
    assert _claims(report_on(CORPUS / path.format(name))) == _claims(report_on(corpus(name)))


@pytest.mark.parametrize("path", ["003.txt", "pdf/003.pdf", "docx/003.docx"])
def test_a_claim_of_a_table_says_where_its_cells_are(path: str) -> None:
    report = report_on(CORPUS / path)
    claims = [claim for claim in report.claims if claim.table == "t1"]
    assert claims
    for claim in claims:
        figures = sum(len(held) if isinstance(held, tuple) else held is not None for held in claim.quantities.values())
        assert len(claim.locations) == figures
        assert claim.label.split(" – ")[0] in claim.quote
