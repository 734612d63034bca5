"""A store of made-up reports: their units, days and findings, and what was decided of these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from de06_extract.archive.decision import Decision
from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.view import ArchiveView
from de06_extract.archive.store.outcome import Options, Outcome, failed
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.schema.rows import Row

TU_KY, TRA_CU = "Ủy ban nhân dân huyện Tứ Kỳ", "Ủy ban nhân dân huyện Trà Cú"


def finding(number: int, rule: str = "ratio-mismatch", severity: str = "error") -> Row:
    return {
        "finding_id": f"f{number}",
        "severity": severity,
        "rule": rule,
        "rule_title": f"title of {rule}",
        "message": f"finding {number}",
        "quote": f"đạt {number}%",
        "confidence": 0.5,
    }


def report(issuer: str | None, day: str | None, *findings: Row) -> Outcome:
    document: Row = {"document_issuer": issuer, "document_date_text": day, "document_number": "15/BC-UBND"}
    return Outcome(report=b"not opened", document=document, findings=findings)


def decision(path: str, finding_id: str, state: str) -> Decision:
    return Decision.model_validate(
        {
            "path": path,
            "finding_id": finding_id,
            "rule": "ratio-mismatch",
            "quote": "",
            "state": state,
            "note": "đã xem",
            "decided": date(2026, 1, 15),
        }
    )


def write_archive(path: Path) -> None:
    """Five reports of two units and of none, one of them in two places, and two files that could not be read."""
    reports = {
        "a": report(TU_KY, "2024-04-05", finding(1), finding(2, "sum-mismatch", "warning")),
        "b": report(TU_KY.upper(), "2024-05-06", finding(1), finding(2), finding(3, severity="info")),
        "c": report(TRA_CU, "2024-05", finding(1, "sum-mismatch")),
        "d": report(TRA_CU, "2024-05-09"),
        "e": report(None, None, finding(1, "ratio-truncated", "warning")),
    }
    with open_store(path, Options()) as store:
        run = store.begin_run(["/kho"])
        for name, outcome in reports.items():
            store.save(run, Attempt(f"/kho/{name}.txt", ".txt", name, 9, outcome))
        store.save(run, Attempt("/kho/z bản sao.txt", ".txt", "a", 9, None))
        store.save(run, Attempt("/kho/quet.pdf", ".pdf", "scan", 9, failed("scan", "no text layer")))
        store.save(run, Attempt("/kho/hong.pdf", ".pdf", "damaged", 9, failed("damaged", "is no PDF")))
        across = {**finding(9, "cumulative-falls", "warning"), "related": "a.txt: «đạt 1%»"}
        store.save_across([("/kho/c.txt", {key: value for key, value in across.items() if key != "confidence"})])
        store.save_decisions([decision("/kho/b.txt", "f2", "dismissed"), decision("/kho/a.txt", "f1", "corrected")])
        store.end_run(run, "finished")


@contextmanager
def seen(path: Path, wanted: Filter | None = None) -> Iterator[ArchiveView]:
    with read_store(path) as store:
        yield ArchiveView(store, wanted or Filter())
