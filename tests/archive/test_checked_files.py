"""An archive checked from Python: one result a file, kept in a store or nowhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from de06_extract import CheckedFile, Limits, PathsError, Selection, TaxonomyError, check_archive, extract
from de06_extract.archive.store.results import read_store
from tests.archive.folders import small_archive

pytestmark = pytest.mark.slow  # each has worker processes of its own


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return small_archive(tmp_path)


def names(files: list[CheckedFile]) -> list[str]:
    return [Path(file.path).name for file in files]


def test_every_file_has_a_report_or_a_reason_and_nothing_is_left_behind(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tạm"))
    (tmp_path / "tạm").mkdir()
    before = sorted(tmp_path.rglob("*"))
    files = list(check_archive(archive, jobs=1, limits=Limits(timeout=60)))
    assert names(files) == ["bản sao.txt", "đúng.txt", "sai.txt", "ảnh.jpg"]
    assert [file.reason for file in files] == [None, None, None, "unsupported"]
    assert files[3].report is None
    assert files[3].message
    assert files[2].report == extract(archive / "sai.txt")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_store_is_kept_and_holds_more_than_was_asked_for(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "kho.sqlite"
    assert len(list(check_archive([archive], store=store, jobs=1))) == 4
    later = list(check_archive([archive / "sai.txt"], store=store, jobs=1, wanted=Selection(ignore=("ratio-*",))))
    assert names(later) == ["sai.txt"]
    assert later[0].report is not None
    assert later[0].report.findings == ()
    with read_store(store) as held:
        assert len(list(held.results())) == 4


def test_patterns_leave_files_out(archive: Path) -> None:
    assert names(list(check_archive(archive, include=["*.txt"], exclude=["2024/"], jobs=1))) == ["sai.txt"]


def test_to_stop_in_the_middle_closes_everything(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "kho.sqlite"
    files = check_archive(archive, store=store, jobs=1)
    next(files)
    files.close()  # type: ignore[attr-defined]
    assert len(list(check_archive(archive, store=store, jobs=1))) == 4, "its lock is gone"


def test_what_cannot_be_is_raised(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(PathsError, match=r"không có: "):
        next(check_archive([archive, tmp_path / "không có"]))
    with pytest.raises(TaxonomyError):
        next(check_archive(archive, indicators=archive / "ảnh.jpg"))


def test_reports_are_held_against_each_other(tmp_path: Path) -> None:
    from de06_extract.archive.across.checks import across_rules

    rule = next(rule for rule in across_rules() if rule.wrong)
    for number, text in enumerate(rule.wrong[0]):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    across = [row for file in check_archive(tmp_path, jobs=1) for row in file.across]
    assert rule.id in {row["rule"] for row in across}
    assert not {"checker", "path", "position"} & across[0].keys()
