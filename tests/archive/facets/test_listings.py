"""Lists are sorted and come in pages that leave nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.listings import ORDERS, Page, ReportOrder
from de06_extract.archive.store.heads import path_key
from tests.archive.facets.archives import TRA_CU, TU_KY, seen


@pytest.mark.parametrize(
    ("order", "names"),
    [("errors", "acbed"), ("undecided", "cbaed"), ("date", "dbcae"), ("unit", "cdabe"), ("path", "abcde")],
)
def test_reports_are_in_the_order_that_is_asked_for(archive: Path, order: ReportOrder, names: str) -> None:
    with seen(archive) as view:
        assert "".join(item.path[5] for item in view.reports(order).reports) == names


def test_a_report_says_what_it_is(archive: Path) -> None:
    with seen(archive, Filter(words="kho/a")) as view:
        (item,) = view.reports().reports
    assert (item.id, item.copies, item.unit, item.date) == (path_key("/kho/a.txt"), 1, TU_KY, "2024-04-05")
    assert (item.error, item.warning, item.info) == (1, 1, 0)
    assert (item.undecided, item.dismissed) == (1, 0)


def test_counts_of_a_report_are_those_of_the_filter_but_for_what_is_left_to_do(archive: Path) -> None:
    with seen(archive, Filter(state=("dismissed",))) as view:
        (item,) = view.reports().reports
    assert (item.path, item.error, item.warning, item.info) == ("/kho/b.txt", 1, 0, 0)
    assert (item.undecided, item.dismissed) == (2, 1)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_pages_together_are_the_list(archive: Path, order: ReportOrder, limit: int) -> None:
    with seen(archive) as view:
        whole, found, offset = view.reports(order), list[str](), 0
        while True:
            page = view.reports(order, Page(offset=offset, limit=limit))
            found += [item.path for item in page.reports]
            assert page.preceding == (max(offset - limit, 0) if offset else None)
            if page.following is None:
                break
            offset = page.following
    assert found == [item.path for item in whole.reports]
    assert len(found) == whole.total == 5


def test_a_page_behind_the_last_is_empty(archive: Path) -> None:
    with seen(archive) as view:
        page = view.reports("path", Page(offset=7))
    assert (page.total, page.reports, page.following) == (5, (), None)


@pytest.mark.parametrize("page", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"offset": "x"}])
def test_no_page_is_longer_than_the_most(page: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Page.model_validate(page)


def test_findings_come_report_by_report_with_their_words(archive: Path) -> None:
    with seen(archive) as view:
        every = view.findings("path")
    assert [(item.path[5], item.finding_id) for item in every.findings] == [
        *(("a", "f1"), ("a", "f2"), ("b", "f1"), ("b", "f3"), ("c", "f1"), ("c", "f9"), ("e", "f1"))
    ]
    first, across = every.findings[0], every.findings[5]
    assert (first.quote, first.state, first.rule_title) == ("đạt 1%", "corrected", "title of ratio-mismatch")
    assert (first.report, first.unit, first.confidence, first.is_across) == (path_key("/kho/a.txt"), TU_KY, 0.5, False)
    assert (across.unit, across.is_across, across.confidence, across.message) == (TRA_CU, True, None, "finding 9")
    with seen(archive, Filter(severity=("warning",))) as view:
        page = view.findings("path", Page(offset=1, limit=1))
    assert (page.total, page.following, page.findings[0].finding_id) == (3, 2, "f9")


def test_files_without_a_report_have_their_reasons(archive: Path) -> None:
    with seen(archive, Filter(words="nothing")) as view:
        page = view.failures(Page(limit=1))
        following = view.failures(Page(offset=1, limit=1))
    assert (page.total, page.following) == (2, 1)
    assert [(item.path, item.reason, item.message) for item in (*page.failures, *following.failures)] == [
        ("/kho/hong.pdf", "damaged", "is no PDF"),
        ("/kho/quet.pdf", "scan", "no text layer"),
    ]
