"""Files are wanted or not by the patterns of `.gitignore`, as seen from the folder or archive that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.patterns import PathPatterns
from de06_extract.errors import PathsError
from tests.archive.files.folders import names, put, zipped

FILES = ("2023/a.docx", "2024/a.docx", "2024/nháp/b.docx", "2024/b.pdf", "nháp.docx", "Thumbs.txt")


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ([], [], sorted(FILES)),
        (["*.docx"], [], ["2023/a.docx", "2024/a.docx", "2024/nháp/b.docx", "nháp.docx"]),
        (["/*.docx"], [], ["nháp.docx"]),
        (["2024/"], ["*.pdf"], ["2024/a.docx", "2024/nháp/b.docx"]),
        ([], ["nháp*"], ["2023/a.docx", "2024/a.docx", "2024/b.pdf", "Thumbs.txt"]),
        ([], ["*", "!*.pdf"], ["2024/b.pdf"]),
        ([], ["**/nháp/**", " "], ["2023/a.docx", "2024/a.docx", "2024/b.pdf", "Thumbs.txt", "nháp.docx"]),
        ([], ["nha\u0301p/"], ["2023/a.docx", "2024/a.docx", "2024/b.pdf", "Thumbs.txt", "nháp.docx"]),
    ],
)
def test_what_is_wanted_is_listed(tmp_path: Path, include: list[str], exclude: list[str], expected: list[str]) -> None:
    put(tmp_path, *FILES)
    found = find_entries([tmp_path], wanted=PathPatterns(include, exclude))
    assert names(found, tmp_path) == expected
    listed = {entry.path for entry in found.entries}
    assert found.left_out == {entry.path for entry in find_entries([tmp_path]).entries} - listed


def test_a_file_that_is_named_itself_is_wanted_whatever_the_patterns_say(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", "b.docx")
    wanted = PathPatterns(exclude=["*.docx"])
    found = find_entries([tmp_path, tmp_path / "a.docx"], wanted=wanted)
    assert names(found, tmp_path) == ["a.docx"]
    assert {Path(path).name for path in found.left_out} == {"b.docx"}
    assert names(find_entries([f"{tmp_path}/*"], wanted=wanted), tmp_path) == [], "what a pattern met nobody named"


def test_patterns_speak_of_what_is_in_an_archive_too(tmp_path: Path) -> None:
    archive = tmp_path / "kho" / "q1.zip"
    archive.parent.mkdir()
    archive.write_bytes(zipped("xã/a.txt", "xã/b.docx"))
    wanted = PathPatterns(["*.txt"])
    assert names(find_entries([tmp_path / "kho"], wanted=wanted), tmp_path) == ["kho/q1.zip!/xã/a.txt"]
    assert names(find_entries([archive], wanted=wanted), tmp_path) == ["kho/q1.zip!/xã/a.txt"]
    assert names(find_entries([tmp_path / "kho"], wanted=PathPatterns(exclude=["q1.zip"])), tmp_path) == []


def test_a_file_that_is_not_wanted_now_is_not_gone(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", "b.pdf")
    found = find_entries([tmp_path], wanted=PathPatterns(["*.docx"]))
    assert not found.misses(f"{tmp_path}/b.pdf")
    assert found.misses(f"{tmp_path}/c.pdf")


@pytest.mark.parametrize("pattern", ["!", "a\\"])
def test_a_pattern_that_is_none_is_named(pattern: str) -> None:
    with pytest.raises(PathsError, match="is no pattern of paths") as error:
        PathPatterns(exclude=[pattern])
    assert f"«{pattern}»" in str(error.value)
