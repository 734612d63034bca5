"""The API answers with the models that it is described by, and keeps what is sent to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from de06_extract.archive.facets.listings import FailureList, FindingList, ReportList
from de06_extract.archive.facets.unit_table import UnitTable
from de06_extract.archive.store.heads import path_key
from de06_extract.web.api.models import DecisionsAnswer, FacetsAnswer, Index, ReadingList, ReportAnswer
from tests.web.archives import text, write_archive
from tests.web.clients import HOST, finished, page_of

TU_KY = path_key("/kho/tu-ky-2.txt")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    write_archive(tmp_path / "store.sqlite")
    with page_of(tmp_path / "page", archive=tmp_path / "store.sqlite", reviewer="Lan") as (opened, _):
        yield opened


def asked(client: TestClient, address: str, model: type[BaseModel]) -> dict[str, Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    model.model_validate_json(answer.content)
    held: dict[str, Any] = answer.json()
    return held


def test_every_question_is_answered_with_its_model(client: TestClient) -> None:
    index = asked(client, "/api", Index)
    assert set(index["shelves"]) == {"archive", "files"}
    facets = asked(client, "/api/facets?rule=ratio-mismatch", FacetsAnswer)
    assert (facets["totals"]["files"], facets["counts"]["error"]) == (4, 2)
    assert [value["value"] for value in facets["facets"]["month"]] == ["2024-05"]
    units = asked(client, "/api/units", UnitTable)
    assert [row["error"] for row in units["units"]] == [1, 1]
    reports = asked(client, "/api/reports?order=path&limit=2", ReportList)
    assert (reports["total"], [one["path"] for one in reports["reports"]]) == (
        3,
        ["/kho/tra-cu.txt", "/kho/tu-ky-1.txt"],
    )
    findings = asked(client, "/api/findings?words=tu%20ky", FindingList)
    assert [(one["report"], one["rule"], one["reported"]) for one in findings["findings"]] == [
        (TU_KY, "ratio-mismatch", "89,77%")
    ]
    failures = asked(client, "/api/failures", FailureList)
    assert [one["reason"] for one in failures["failures"]] == ["scan"]


def test_a_report_is_whole(client: TestClient) -> None:
    (finding,) = client.get("/api/findings?words=tu%20ky").json()["findings"]
    answer = asked(client, f"/api/reports/{TU_KY}", ReportAnswer)
    assert (answer["path"], answer["shelf"], answer["decisions"]) == ("/kho/tu-ky-2.txt", "archive", [])
    assert [one["id"] for one in answer["report"]["findings"]] == [finding["finding_id"]]
    unread = asked(client, f"/api/reports/{path_key('/kho/quet.pdf')}", ReportAnswer)
    assert (unread["report"], unread["reason"]) == (None, "scan")


def test_another_shelf_can_be_asked(client: TestClient) -> None:
    assert client.get("/api/reports?shelf=files").json()["total"] == 0
    answer = client.get("/api/reports?shelf=none")
    assert (answer.status_code, list(answer.json())) == (404, ["message"])


def decided(client: TestClient, *decisions: dict[str, Any], **options: Any) -> Any:
    return client.post("/api/decisions", json={"decisions": list(decisions)}, **options)


def found(client: TestClient) -> dict[str, str]:
    (finding,) = client.get("/api/findings?words=tu%20ky").json()["findings"]
    return {"report": finding["report"], "finding_id": finding["finding_id"]}


def test_a_decision_is_kept_counted_and_taken_back(client: TestClient) -> None:
    key = found(client)
    answer = decided(client, {**key, "state": "dismissed", "reason": " theo phụ lục "})
    assert answer.status_code == 200, answer.text
    (kept,) = DecisionsAnswer.model_validate_json(answer.content).decisions
    assert (kept.path, kept.state, kept.reason, kept.who) == ("/kho/tu-ky-2.txt", "dismissed", "theo phụ lục", "Lan")
    assert kept.sha256 is not None
    assert client.get("/api/facets").json()["counts"]["error"] == 1
    assert [one["finding_id"] for one in client.get("/api/findings?state=dismissed").json()["findings"]] == [
        key["finding_id"]
    ]
    assert len(client.get(f"/api/reports/{TU_KY}").json()["decisions"]) == 1
    assert decided(client, {**key, "state": "unseen"}).status_code == 200
    assert client.get("/api/facets").json()["counts"]["error"] == 2


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"report": "none"}, 404, "Không có báo cáo nào mang mã none."),
        ({"finding_id": "none"}, 404, "Báo cáo này không có phát hiện none."),
        ({"state": "dismissed", "reason": "  "}, 422, "Muốn bỏ qua một phát hiện thì phải ghi lý do."),
        ({"state": "lost"}, 422, "Nội dung gửi đến không phải JSON đúng mẫu (decisions.1.state)."),
        ({"more": 1}, 422, "Nội dung gửi đến không phải JSON đúng mẫu (decisions.1.more)."),
        ({"note": "a" * 2_001}, 422, "Nội dung gửi đến không phải JSON đúng mẫu (decisions.1.note)."),
    ],
)
def test_what_cannot_be_decided_is_refused_whole(
    client: TestClient, change: dict[str, Any], status: int, said: str
) -> None:
    key = found(client)
    right = {**key, "state": "asked"}
    answer = decided(client, right, {**right, **change})
    assert (answer.status_code, answer.json()) == (status, {"message": said})
    assert client.get(f"/api/reports/{TU_KY}").json()["decisions"] == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"\xff", "application/json", 422),
        (b'{"decisions": []}', "application/json", 422),
        (b"[" * 100_000, "application/json; charset=utf-8", 422),
        (b'{"decisions": []}', "text/plain", 415),
        (b" " * (5 << 20), "application/json", 413),
    ],
)
def test_what_is_no_decision_is_refused_in_a_sentence(client: TestClient, body: bytes, kind: str, status: int) -> None:
    answer = client.post("/api/decisions", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert list(answer.json()) == ["message"]
    assert answer.json()["message"].isprintable()


def test_another_site_can_neither_ask_nor_decide(client: TestClient) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}):
        answer = decided(client, {**found(client), "state": "asked"}, headers=headers)
        assert answer.status_code in (400, 403)
        assert list(answer.json()) == ["message"]
    stranger = TestClient(client.app, base_url=HOST)
    assert stranger.get("/api/facets").status_code == 403
    assert decided(stranger, {"report": TU_KY, "finding_id": "x", "state": "asked"}).status_code == 403
    assert client.get(f"/api/reports/{TU_KY}").json()["decisions"] == []


def test_files_are_sent_and_then_asked_for(client: TestClient) -> None:
    sent = client.post("/api/files", files={"file": ("báo cáo.txt", text("An Phú", 7, rate="12,34"))})
    assert sent.status_code == 202
    ReadingList.model_validate_json(sent.content)
    finished(client, sent.json()["readings"][0]["number"])
    ReadingList.model_validate_json(client.get("/api/readings").content)
    (report,) = client.get("/api/reports?shelf=files").json()["reports"]
    assert (report["path"].rsplit("/")[-1], report["error"]) == ("báo cáo.txt", 1)
    assert client.get(f"/api/reports/{report['id']}?shelf=files").json()["report"]["findings"]


def test_figures_are_written_as_the_report_writes_them(client: TestClient) -> None:
    answer = client.get(f"/api/reports/{TU_KY}").content
    assert b'"value":89.77' in answer
    json.loads(answer)
