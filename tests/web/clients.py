"""The page without a server: an application with a folder of its own, and the browser that was let in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from de06_extract.web.app import make_app
from de06_extract.web.desk.desk import Desk
from de06_extract.web.session import Session
from de06_extract.web.settings import WebSettings

PORT = 8606
HOST = f"http://127.0.0.1:{PORT}"
JSON = {"Accept": "application/json"}
_PATIENCE = 120.0  # seconds for a file to be read on a machine that is busy


@contextmanager
def page_of(folder: Path, **settings: Any) -> Iterator[tuple[TestClient, Desk]]:
    """A browser that was let in, and the desk behind its page."""
    with closing(Desk(WebSettings(folder, **settings))) as desk:
        session = Session(PORT)
        client = TestClient(make_app(desk, session), base_url=HOST, follow_redirects=False)
        assert client.get(session.address.removeprefix(HOST)).status_code == 303
        yield client, desk


def send(client: TestClient, name: str, data: bytes) -> dict[str, Any]:
    """Sends a file and waits until it was read, or could not be; what the page says of it then."""
    answer = client.post("/files", files={"file": (name, data)}, headers=JSON)
    assert answer.status_code == 202, answer.text
    number = answer.json()["readings"][0]["number"]
    return finished(client, number)


def finished(client: TestClient, number: int) -> dict[str, Any]:
    """What the page says of a reading that came to its end."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        shown: dict[str, Any] = {one["number"]: one for one in client.get("/readings").json()["readings"]}[number]
        if shown["state"] in ("done", "failed"):
            return shown
        time.sleep(0.05)
    raise AssertionError("the file is still not read")
