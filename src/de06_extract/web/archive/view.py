"""The page of an archive: months, facets, units by rules and reports of what is looked at; a report opens in review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from de06_extract.archive.facets.counts import FacetValue
from de06_extract.archive.facets.filter import FACETS, UNKNOWN, Facet
from de06_extract.archive.facets.listings import ORDERS, ReportItem
from de06_extract.archive.facets.unit_table import UnitRow
from de06_extract.archive.facets.view import ArchiveView
from de06_extract.language.messages import messages, spoken
from de06_extract.output.html.notation import shown_day
from de06_extract.output.tables.columns import reasons
from de06_extract.schema.display import one_line
from de06_extract.web.answers import page
from de06_extract.web.archive.chart import chart_of
from de06_extract.web.archive.query import Query, query_of
from de06_extract.web.desk.desk import ARCHIVE, DROPPED
from de06_extract.web.start import desk_of, review_address

_LISTED = 12  # values of a facet that are shown at once; the others fold out
_UNITS = 15  # rows of the table of units by rules
_FOLDED = 500  # values that fold out


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as the page shows it: in words, with the address that chooses it or no longer does."""

    facet: Facet
    value: FacetValue
    words: str
    href: str


def show_usual_archive(request: Request) -> Response:
    """Leads to the archive that was given, else to the files that were dropped."""
    shelf = ARCHIVE if ARCHIVE in desk_of(request).shelves else DROPPED
    return RedirectResponse(f"/archive/{shelf}", 303)


def show_archive(request: Request) -> Response:
    """The page of the archive on a shelf."""
    shelf, query = request.path_params["shelf"], query_of(request.query_params)
    desk = desk_of(request)
    with desk.shelf(shelf).reading() as store:
        view = ArchiveView(store, query.wanted, spoken(), request.app.state.known_heads.of(store))
        totals, counts, facets, units = view.totals(), view.counts(), view.facets(), view.units(_UNITS)
        reports = view.reports(query.order, query.page)
    choices = {facet: [_choice(query, shelf, facet, value) for value in facets.of(facet)] for facet in FACETS}
    return page(
        "archive.html",
        **_shared(shelf, desk.shelves),
        totals=totals,
        query=query,
        chart=chart_of(facets.month),
        choices=choices,
        chosen=[choice for facet in FACETS for choice in choices[facet] if choice.value.chosen],
        by_month={choice.value.value: choice for choice in choices["month"]},
        listed=_LISTED,
        folded=_FOLDED,
        units=units,
        unit_link=lambda row, rule: _unit_link(query, shelf, row, rule),
        reports=reports,
        review=lambda item: _review(shelf, item),
        orders=ORDERS,
        counts=counts,
    )


def show_unread(request: Request) -> Response:
    """The files of a shelf that have no report, page by page."""
    shelf, query = request.path_params["shelf"], query_of(request.query_params)
    desk = desk_of(request)
    with desk.shelf(shelf).reading() as store:
        failures = ArchiveView(store, query.wanted, spoken()).failures(query.page)
    return page(
        "unread.html",
        **_shared(shelf, desk.shelves),
        failures=failures,
        reasons=reasons(spoken()),
        advice=messages("page")[spoken()]["advice"],
        at=lambda offset: f"/archive/{quote(shelf, safe='')}/unread?offset={offset}&limit={query.page.limit}",
    )


def _shared(shelf: str, shelves: dict[str, Any]) -> dict[str, Any]:
    words = messages("web_archive")[spoken()]
    return {
        "shelf": shelf,
        "shelves": [(name, words["shelf"][name]) for name in (ARCHIVE, DROPPED) if name in shelves],
        "path": shelves[shelf].path,
        "of_archive": words,
        "of_page": messages("page")[spoken()],
    }


def _choice(query: Query, shelf: str, facet: Facet, value: FacetValue) -> Choice:
    return Choice(facet, value, one_line(_words(facet, value)), query.toggled(facet, value.value).address(shelf))


def _words(facet: Facet, value: FacetValue) -> str:
    """What a value is called in the language of the page."""
    words = messages("web_archive")[spoken()]
    if facet == "month":
        return words["no_date"] if value.value == UNKNOWN else shown_day(value.value, spoken()) or value.value
    if facet == "unit":
        return value.name or (words["no_unit"] if value.value == UNKNOWN else value.value)
    if facet == "severity":
        return str(messages("page")[spoken()]["severity"][value.value])
    if facet == "state":
        return str(messages("columns")["words"][spoken()]["review_state"].get(value.value, value.value))
    return value.name or value.value


def _unit_link(query: Query, shelf: str, row: UnitRow | None, rule: str | None) -> str:
    """Where the findings of a unit, of a rule, or of both are shown, of those that are looked at."""
    asked = {"unit": None if row is None else row.unit, "rule": rule}
    return query.narrowed(**{name: (value,) for name, value in asked.items() if value is not None}).address(shelf)


def _review(shelf: str, item: ReportItem) -> str:
    return review_address(shelf, item.id)
