"""Who is let in: the browser with the cookie, from a page of its own, by the name of this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from de06_extract.web.app import make_app
from de06_extract.web.desk.desk import Desk
from de06_extract.web.session import Session
from tests.web.clients import HOST, JSON, PORT, page_of

ROUTES = ("/", "/readings", "/static/web.css", "/files", "/no/such/page")


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Desk]]:
    with page_of(tmp_path_factory.mktemp("web")) as page:
        yield page


@pytest.fixture
def client(entered: tuple[TestClient, Desk]) -> TestClient:
    return entered[0]


@pytest.fixture
def stranger(entered: tuple[TestClient, Desk]) -> TestClient:
    """A browser that was not let in."""
    return TestClient(make_app(entered[1], Session(PORT)), base_url=HOST, follow_redirects=False)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_cookie_no_route_answers(stranger: TestClient, route: str, method: str) -> None:
    answer = stranger.request(method, route)
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert "de06-extract web" in answer.text


def test_the_token_opens_the_page_once(entered: tuple[TestClient, Desk]) -> None:
    session = Session(PORT)
    app = make_app(entered[1], session)
    first = TestClient(app, base_url=HOST, follow_redirects=False)
    assert first.get("/enter?token=guess").status_code == 403
    opened = first.get(f"/enter?token={session.token}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    assert {"httponly", "samesite=strict"} <= set(opened.headers["set-cookie"].lower().split("; "))
    assert first.get("/").status_code == 200
    second = TestClient(app, base_url=HOST, follow_redirects=False)
    again = second.get(f"/enter?token={session.token}")
    assert again.status_code == 403
    assert "chỉ mở được một lần" in again.text
    assert second.get("/").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", "0.0.0.0:8606"])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    for route in ROUTES:
        assert client.get(route, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_a_request_of_another_site_is_refused(client: TestClient, site: str) -> None:
    for method, route in (("POST", "/files"), ("GET", "/"), ("GET", "/readings")):
        assert client.request(method, route, headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1"])
def test_a_form_of_another_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.post("/files", headers={"Origin": origin}).status_code == 403


def test_a_form_of_its_own_is_taken(client: TestClient) -> None:
    own = {"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
    assert client.post("/files", headers=own, files={"other": ("a", b"")}).status_code == 422


@pytest.mark.parametrize("route", ROUTES)
def test_no_answer_lets_a_browser_load_or_keep_or_frame_anything(client: TestClient, route: str) -> None:
    headers = client.get(route).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_what_is_not_there_is_said_in_one_sentence(client: TestClient) -> None:
    for route in ("/no/such/page", "/static/../app.py", "/static/parts.html", "/static/README.md"):
        answer = client.get(route)
        assert answer.status_code == 404
        assert answer.text.count('role="alert"') == 1
        assert "Traceback" not in answer.text
    assert client.get("/no/such/page", headers=JSON).json() == {"message": "Không có trang hoặc tệp này."}


def test_a_defect_is_a_sentence_and_no_traceback(
    entered: tuple[TestClient, Desk], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client, desk = entered
    monkeypatch.setattr(desk.own, "overview", lambda: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.text
    assert "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "GET /" in caplog.text
