"""Addresses of the view of an archive say what is looked at, and nothing that is usual anyway."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.listings import Page
from de06_extract.language.messages import speaking
from de06_extract.web.answers import RefusedError
from de06_extract.web.archive.query import Query, query_of

FULL = (
    "month=2024-04&month=-&rule=ratio-mismatch&severity=error&state=asked&words=huy%E1%BB%87n%20A&order=date&offset=50"
)


@pytest.mark.parametrize("asked", ["", FULL, "unit=x%C3%A3%20a%26b%3Dc&limit=10"])
def test_an_address_leads_back_to_its_query(asked: str) -> None:
    query = query_of(QueryParams(asked))
    assert query.address("archive") == "/archive/archive" + (f"?{asked}" if asked else "")


def test_a_value_is_chosen_and_taken_back_from_the_first_page_on() -> None:
    query = Query(Filter(rule=("a",)), page=Page(offset=100, limit=20))
    chosen = query.toggled("rule", "b")
    assert (chosen.wanted.rule, chosen.page) == (("a", "b"), Page(limit=20))
    assert chosen.toggled("rule", "a").wanted.rule == ("b",)
    assert query.wanted.rule == ("a",)


def test_what_is_usual_does_not_stand_in_an_address() -> None:
    assert query_of(QueryParams("words=&order=errors&offset=0&limit=50&month=")).address("files") == "/archive/files"


def test_a_value_that_is_given_twice_counts_once() -> None:
    assert query_of(QueryParams("rule=a&rule=a")).wanted.rule == ("a",)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("order=colour", "order"),
        ("severity=fatal", "severity.0"),
        ("state=lost", "state.0"),
        ("offset=-1", "offset"),
        ("limit=100000", "limit"),
        ("limit=many", "limit"),
        (f"words={'a' * 201}", "words"),
    ],
)
def test_what_is_not_valid_is_named(asked: str, name: str) -> None:
    with speaking("vi"), pytest.raises(RefusedError) as caught:
        query_of(QueryParams(asked))
    assert (caught.value.status, caught.value.message) == (422, f"Giá trị của “{name}” không hợp lệ.")
