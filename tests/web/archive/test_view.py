"""The page of an archive: what it counts, where its links lead, and that nothing of a document can steer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from de06_extract.archive.decision import Decision
from de06_extract.archive.store.heads import path_key
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.language.messages import messages
from tests.archive.facets.archives import finding, report
from tests.output.html.pages import Page
from tests.web.archives import write_archive
from tests.web.clients import page_of


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "store.sqlite", more=55)
    with page_of(folder / "page", archive=folder / "store.sqlite") as (opened, _):
        yield opened


def shown(client: TestClient, address: str = "/archive/archive") -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def linked(page: Page) -> list[str]:
    return [link.attributes["href"] for link in page.classed("report-link")]


def test_the_address_without_a_shelf_leads_to_the_store_that_was_given(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/archive").headers["location"] == "/archive/archive"
    with page_of(tmp_path / "page") as (own, _):
        assert own.get("/archive").headers["location"] == "/archive/files"
        assert "Chưa có báo cáo nào." in own.get("/archive/files").text


def test_the_page_tells_what_there_is(client: TestClient) -> None:
    page = shown(client)
    (headline,) = page.classed("headline")
    assert re.sub(r"\s+", " ", headline.text).startswith("2 phát hiện ở 58 báo cáo 2 lỗi")
    labels = [link.attributes["aria-label"] for link in page.all("a") if "aria-label" in link.attributes]
    assert labels == ["04/2024: 1 báo cáo", "05/2024: 2 báo cáo, 2 lỗi", "06/2024: 55 báo cáo"]
    assert "/archive/archive/unread" in [link.attributes["href"] for link in page.all("a")]


def test_no_word_of_the_page_has_the_name_of_something_else_in_a_template() -> None:
    assert not {key for words in messages("web_archive").values() for key in words} & set(dir(dict))


def test_a_report_opens_in_review(client: TestClient) -> None:
    assert linked(shown(client))[:2] == [
        f"/review/archive/{path_key(f'/kho/{name}')}" for name in ("tra-cu.txt", "tu-ky-2.txt")
    ]


def test_the_list_comes_in_pages_of_fifty(client: TestClient) -> None:
    first = shown(client, "/archive/archive?order=path")
    (after,) = first.all("a", rel="next")
    last = shown(client, after.attributes["href"])
    assert after.attributes["href"] == "/archive/archive?order=path&offset=50#reports"
    assert len(linked(first)) == 50
    assert len({*linked(first), *linked(last)}) == 58
    assert (last.all("a", rel="next"), len(last.all("a", rel="prev"))) == ([], 1)
    assert "51–58 trong 58" in last.classed("pages")[0].text


def test_every_link_of_the_view_shows_what_it_promises(client: TestClient) -> None:
    page = shown(client)
    (table,) = page.classed("by-unit")
    assert "HUYỆN TỨ KỲ" in table.text.upper()
    inside = {link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("/archive/")}
    assert len(inside) > 10
    for address in inside:
        assert client.get(address).status_code == 200, address


def test_what_is_chosen_can_be_taken_back(client: TestClient) -> None:
    page = shown(client, "/archive/archive?month=2024-05&rule=ratio-mismatch&words=tra%20cu")
    assert linked(page) == [f"/review/archive/{path_key('/kho/tra-cu.txt')}"]
    (chosen,) = page.classed("chosen-values")
    hrefs = [link.attributes["href"] for link in page.classed("chip") if "href" in link.attributes]
    assert hrefs == [
        "/archive/archive?rule=ratio-mismatch&words=tra%20cu",
        "/archive/archive?month=2024-05&words=tra%20cu",
        "/archive/archive?month=2024-05&rule=ratio-mismatch",
    ]
    assert "Tháng: 05/2024" in re.sub(r"\s+", " ", chosen.text)
    current = [link.attributes["href"] for link in page.all("a") if link.attributes.get("aria-current") == "true"]
    assert set(current) == set(hrefs[:2])


def test_the_form_keeps_what_is_chosen(client: TestClient) -> None:
    page = shown(client, "/archive/archive?month=2024-05&severity=error&order=date&offset=0&words=x")
    hidden = [(field.attributes["name"], field.attributes["value"]) for field in page.all("input", type="hidden")]
    assert hidden == [("month", "2024-05"), ("severity", "error")]
    assert page.all("input", id="words")[0].attributes["value"] == "x"
    (selected,) = [option for option in page.all("option") if "selected" in option.attributes]
    assert selected.attributes["value"] == "date"


def test_nothing_that_matches_is_said(client: TestClient) -> None:
    assert "Không có báo cáo nào khớp" in client.get("/archive/archive?words=qqq").text


def test_files_without_a_report_have_advice(client: TestClient) -> None:
    text = client.get("/archive/archive/unread").text
    assert "/kho/quet.pdf" in text
    assert "Tesseract" in text
    assert "Mọi tệp đều đọc được." in client.get("/archive/files/unread").text


@pytest.mark.parametrize(("address", "status"), [("/archive/none", 404), ("/archive/archive?order=x", 422)])
def test_what_cannot_be_shown_is_one_sentence(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_decisions_count_at_once(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    write_archive(store)
    with page_of(tmp_path / "page", archive=store) as (client, desk):
        (found,) = [one for one in client.get("/api/findings").json()["findings"] if one["path"] == "/kho/tra-cu.txt"]
        decision = {key: found[key] for key in ("path", "finding_id", "rule", "quote")}
        dismissed = Decision.model_validate(
            {**decision, "state": "dismissed", "reason": "đúng", "decided": "2026-01-15"}
        )
        desk.shelf("archive").decide([dismissed])
        assert "1 phát hiện ở 3 báo cáo" in client.get("/archive/archive").text
        shown_again = client.get("/archive/archive?state=dismissed").text
        assert "1 phát hiện ở 1 báo cáo" in shown_again


EVIL = '"><script>alert(1)</script>\u202e'


def test_nothing_of_a_document_steers_the_page(tmp_path: Path) -> None:
    store_path = tmp_path / "store.sqlite"
    with open_store(store_path, Options()) as store:
        run = store.begin_run(["/kho"])
        outcome = report(EVIL, "2024-04-05", finding(1, rule=EVIL), finding(2, severity="warning"))
        store.save(run, Attempt(f"/kho/{EVIL}.txt", ".txt", "a", 9, outcome))
        store.end_run(run, "finished")
    with page_of(tmp_path / "page", archive=store_path) as (client, _):
        text = client.get("/archive/archive").text
        page = Page(text)
        assert [element.attributes.get("src") for element in page.all("script")] == ["/static/archive.js"]
        assert "<script>alert" not in text
        assert "\u202e" not in unescape(text)
        rules = [link.attributes["href"] for link in page.all("a") if "script" in link.attributes["href"]]
        assert rules
        for address in rules:
            assert client.get(address).status_code == 200
