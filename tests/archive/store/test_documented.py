"""What `docs/store.md` says of a store holds."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from de06_extract.archive.store.outcome import failed, outcome_of
from de06_extract.language.messages import messages
from tests.archive.store.stores import OPTIONS, attempt, run, written
from tests.conftest import CORPUS, ROOT

DOCUMENTATION = (ROOT / "docs" / "store.md").read_text("utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the reports of the corpus, a copy of one of them, and a file that could not be read."""
    path = tmp_path_factory.mktemp("archive") / "store.sqlite"
    with run(path) as save:
        for file in sorted((CORPUS).glob("*.txt")):
            save(attempt(file.name, outcome_of(file.read_bytes(), ".txt", OPTIONS)))
        save(attempt("copy.txt", None, "000.txt"))
        save(attempt("scan.pdf", failed("scan", "no text layer")))
    return path


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", DOCUMENTATION, re.DOTALL))
def test_the_documented_questions_have_answers(archive: Path, query: str) -> None:
    connection = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
    assert connection.execute(query).fetchall()
    connection.close()


def test_the_documented_program_runs(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(archive.parent)
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENTATION, re.DOTALL)
    exec(program, {})
    assert "/archive/004.txt {'error': " in capsys.readouterr().out


def test_every_table_and_reason_is_documented(path: Path) -> None:
    written(path)
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    columns = {row[1] for name in names for row in connection.execute(f"PRAGMA table_info({name})")}
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    connection.close()
    assert f"`PRAGMA application_id` is {mark}" in DOCUMENTATION.replace("(", "")
    assert [name for name in (*names, *messages("archive")["vi"]["reasons"]) if f"`{name}`" not in DOCUMENTATION] == []
    section = DOCUMENTATION.partition("Columns that do not")[2].partition("\n## ")[0]
    first_cells = "".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", first_cells)) <= columns
