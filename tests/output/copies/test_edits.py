"""Which proposals become edits: those that are certain, each once, none over another."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.output.copies.edits import edits_of
from de06_extract.schema.report import Report, Suggestion
from tests.conftest import corpus, report_on

WRONG = "Có 10/12 xã (đạt 83,4%).\nCó 10/13 thôn (đạt 77,0%).\n"


def test_what_is_proposed_is_an_edit_of_the_figure_alone() -> None:
    edits = [(edit.text, edit.replacement) for edit in edits_of(check_text(WRONG))]
    assert [(old.rstrip("%"), new.rstrip("%")) for old, new in edits] == [("83,4", "83,3"), ("77,0", "76,9")]


def with_suggestions(*replacements: str) -> Report:
    """A report on whose finding so many edits are proposed."""
    report = check_text("Có 10/12 xã (đạt 83,4%).")
    (finding,) = report.findings
    (first,) = finding.suggestions
    made: tuple[Suggestion, ...] = tuple(
        first.model_copy(
            update={
                "replacement": text,
                "changes": tuple(change.model_copy(update={"replacement": text}) for change in first.changes),
            }
        )
        for text in replacements
    )
    return report.model_copy(update={"findings": (finding.model_copy(update={"suggestions": made}),)})


def test_where_there_is_a_choice_nothing_is_edited() -> None:
    assert len(edits_of(with_suggestions("83,3%"))) == 1
    assert edits_of(with_suggestions("83,3%", "83,5%")) == ()


def test_findings_that_propose_different_figures_for_one_place_edit_nothing() -> None:
    one, other = (with_suggestions(text).findings[0] for text in ("83,3%", "83,5%"))
    report = with_suggestions("83,3%").model_copy(
        update={"findings": (one, other.model_copy(update={"id": "sum-mismatch-1", "rule": "sum-mismatch"}))}
    )
    assert edits_of(report) == ()


def test_notes_that_only_remark_something_edit_nothing() -> None:
    report = with_suggestions("83,3%")
    remark = report.findings[0].model_copy(update={"severity": "info"})
    assert edits_of(report.model_copy(update={"findings": (remark,)})) == ()


@pytest.mark.parametrize("name", ["001", "002", "003", "004"])
def test_a_text_with_the_edits_has_fewer_findings_and_none_that_is_new(name: str) -> None:
    report = report_on(corpus(name))
    text = corpus(name).read_text("utf-8")
    edits = edits_of(report)
    for edit in reversed(edits):
        assert text[edit.start : edit.end] == edit.text
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    after = check_text(text)
    assert len(after.findings) <= len(report.findings) - (len(edits) > 0)
    assert {finding.rule for finding in after.findings} <= {finding.rule for finding in report.findings}
