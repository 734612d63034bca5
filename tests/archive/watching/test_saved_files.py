"""A file waits until it is written whole; the clock is that of the test."""

from __future__ import annotations

import os
from pathlib import Path

from de06_extract.archive.watching.saved_files import GONE, QUIET, Look, SavedFiles, look_at


class Disk:
    """What the files look like; a test changes it."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}

    def look(self, path: str) -> Look:
        return self.looks.get(path)


def test_a_file_is_taken_once_when_nothing_was_written_for_a_moment() -> None:
    disk = Disk()
    files = SavedFiles(disk.look)
    disk.looks["a"] = (1, 100, 7)
    files.add("a", 10.0)
    assert list(files.taken(10.0 + QUIET / 2)) == []
    disk.looks["a"] = (2, 200, 7)  # more was written
    assert list(files.taken(10.0 + QUIET)) == []
    assert list(files.taken(10.0 + 1.5 * QUIET)) == []
    assert list(files.taken(10.0 + 2.5 * QUIET)) == ["a"]
    assert len(files) == 0
    assert list(files.taken(100.0)) == []


def test_a_file_that_is_renamed_while_it_is_saved_is_never_gone() -> None:
    disk = Disk()
    files = SavedFiles(disk.look)
    files.add("a", 10.0)
    assert list(files.taken(10.0 + GONE - 0.1)) == []
    disk.looks["a"] = (3, 100, 8)
    assert list(files.taken(10.0 + GONE)) == []
    assert list(files.taken(10.0 + GONE + QUIET)) == ["a"]


def test_a_file_that_stays_away_is_taken_as_gone() -> None:
    files = SavedFiles(Disk().look)
    files.add("a", 10.0)
    assert list(files.taken(10.0 + GONE)) == ["a"]


def test_only_regular_files_are_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    assert look_at(str(file)) is None
    file.write_text("một", "utf-8")
    first = look_at(str(file))
    os.utime(file, ns=(1, 1))
    assert first is not None
    assert look_at(str(file)) not in (first, None)
    (tmp_path / "b.txt").symlink_to(file)
    assert look_at(str(tmp_path / "b.txt")) is None
    assert look_at(str(tmp_path)) is None
    assert look_at("a\0b") is None
