"""Every figure of a relation says where in the file it stands."""

from __future__ import annotations

import pytest

from tests.conftest import CORPUS, report_on


@pytest.mark.parametrize("name", ["004.txt", "pdf/004.pdf", "docx/004.docx", "pdf/002.pdf"])
def test_every_figure_has_the_places_of_its_span(name: str) -> None:
    report = report_on(CORPUS / name)
    figures = [figure for claim in report.claims for figure in claim.figures()]
    figures += [figure for comparison in report.comparisons for figure in comparison.figures]
    assert len(figures) > 50
    for figure in figures:
        assert figure.locations
        assert {place.page for place in figure.locations} >= {figure.span.page}
        if name.startswith("pdf"):
            assert len(report.source.page_sizes) == report.source.pages
            for place in figure.locations:
                assert place.bbox is not None
                assert place.page is not None
                size = report.source.page_sizes[place.page - 1]
                assert 0 <= place.bbox[0] < place.bbox[2] <= size.width
                assert 0 <= place.bbox[1] < place.bbox[3] <= size.height
