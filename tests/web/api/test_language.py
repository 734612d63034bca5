"""Programs are answered in the language that they ask for, the page in its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.web.clients import page_of

VIETNAMESE, ENGLISH = "Không có trang hoặc tệp này.", "There is no such page or file."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with page_of(tmp_path_factory.mktemp("page")) as (opened, _):
        yield opened


@pytest.mark.parametrize(
    ("address", "accepted", "said"),
    [
        ("/api/none", "", VIETNAMESE),
        ("/api/none", "fr", VIETNAMESE),
        ("/api/none", "en-GB, vi;q=0.5", ENGLISH),
        ("/api/none", "vi, en", VIETNAMESE),
        ("/api/none?lang=en", "vi", ENGLISH),
        ("/api/none?lang=xx", "en", ENGLISH),
        ("/api/none", ", ;q=,en;q=2,", VIETNAMESE),
    ],
)
def test_a_refusal_is_in_the_language_that_is_asked_for(
    client: TestClient, address: str, accepted: str, said: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.json()) == (404, {"message": said})


def test_the_page_does_not_follow_the_browser(client: TestClient) -> None:
    assert '<html lang="vi">' in client.get("/archive/files?lang=en", headers={"Accept-Language": "en"}).text


def test_who_is_not_let_in_is_told_so_in_that_language(client: TestClient) -> None:
    stranger = TestClient(client.app, base_url=str(client.base_url))
    answer = stranger.get("/api", headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert answer.json()["message"].startswith("This browser has not opened")
