"""The files of a 7z archive are listed and read as those of a ZIP archive are."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import py7zr
import pytest

from de06_extract.archive.files import seven_zip
from de06_extract.archive.files.finder import find_entries
from de06_extract.errors import DamagedFileError, EncryptedFileError, MissingFileError, NotInstalledError, TooLargeError

TEXT = "Đã giải quyết 3.225/3.265 hồ sơ, đạt 98,77%.".encode()


def archive(file: Path, members: dict[str, bytes], password: str | None = None) -> Path:
    with py7zr.SevenZipFile(file, "w", password=password) as written:
        for name, content in members.items():
            written.writestr(content, name)
    return file


def listed(folder: Path) -> dict[str, bytes]:
    return {entry.path.partition("!/")[2]: entry.read() for entry in find_entries([folder]).entries}


def test_the_files_of_an_archive_are_read(tmp_path: Path) -> None:
    archive(tmp_path / "a.7z", {"quý 1/báo cáo.txt": TEXT, "b.txt": TEXT * 2, ".hidden": b"x", "~$c.docx": b"x"})
    assert listed(tmp_path) == {"quý 1/báo cáo.txt": TEXT, "b.txt": TEXT * 2}
    (entry,) = find_entries([tmp_path / "a.7z!" / "b.txt"]).entries
    assert (entry.suffix, entry.read()) == (".txt", TEXT * 2)
    with pytest.raises(TooLargeError):
        entry.read(10)


def test_an_archive_that_has_changed_is_noticed(tmp_path: Path) -> None:
    (entry,) = find_entries([archive(tmp_path / "a.7z", {"a.txt": TEXT})]).entries
    archive(tmp_path / "a.7z", {"b.txt": TEXT})
    with pytest.raises(MissingFileError):
        entry.read()


def test_the_budget_of_the_run_is_asked_before_a_member_is_read(tmp_path: Path) -> None:
    (entry,) = find_entries([archive(tmp_path / "a.7z", {"a.txt": TEXT})]).entries
    asked: list[int] = []
    assert entry.read(allow=asked.append) == TEXT
    assert asked == [len(TEXT)]


def test_an_archive_that_lists_too_many_files_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seven_zip, "MOST_MEMBERS", 1)
    (entry,) = find_entries([archive(tmp_path / "a.7z", {"a.txt": TEXT, "b.txt": TEXT})]).entries
    with pytest.raises(TooLargeError, match="lists 2 files, and 1 are taken"):
        entry.read()


def test_a_member_behind_very_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seven_zip, "MOST_UNPACKED", 1000)
    first, second = find_entries([archive(tmp_path / "a.7z", {"a.txt": b"x" * 950, "b.txt": TEXT})]).entries
    assert first.read(1000) == b"x" * 950
    with pytest.raises(TooLargeError, match="is packed behind more"):
        second.read(1000)
    assert second.read(2000) == TEXT


@pytest.mark.skipif(os.name != "posix", reason="a pipe by name")
def test_a_pipe_that_is_called_an_archive_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.7z")
    (entry,) = find_entries([tmp_path / "a.7z"]).entries
    with pytest.raises(MissingFileError, match="is not a regular file"):
        entry.read()


def test_what_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = archive(tmp_path / "a.7z", {"a.txt": TEXT}).read_bytes()
    (tmp_path / "a.7z").write_bytes(whole[:-20])
    with pytest.raises(DamagedFileError, match="not a whole 7z archive"):
        listed(tmp_path)
    archive(tmp_path / "a.7z", {"a.txt": TEXT}, password="mật khẩu")
    with pytest.raises(EncryptedFileError):
        listed(tmp_path)
    monkeypatch.setitem(sys.modules, "py7zr", None)
    with pytest.raises(
        NotInstalledError, match=r"^needs py7zr, which is not installed: pip install 'de06-extract\[7z\]'"
    ):
        listed(tmp_path)


def test_a_file_that_is_only_called_an_archive_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.7z").write_bytes(TEXT)
    assert [entry.read() for entry in find_entries([tmp_path]).entries] == [TEXT]


def test_a_block_of_many_files_is_unpacked_a_few_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members = {f"{number:03}.txt": f"{number} ".encode() * 400 for number in range(200)}
    entries = find_entries([archive(tmp_path / "a.7z", members)]).entries
    unpacked: list[int] = []
    real = seven_zip._unpacked

    def counted(file: str, wanted: Mapping[int, Any], most: int) -> dict[int, bytes]:
        unpacked.append(len(wanted))
        return real(file, wanted, most)

    monkeypatch.setattr(seven_zip, "_unpacked", counted)
    monkeypatch.setattr(seven_zip, "_AHEAD", 50 * 1600)
    assert {entry.path.partition("!/")[2]: entry.read() for entry in entries} == members
    assert sum(unpacked) >= len(members)
    assert len(unpacked) <= 8


def test_of_one_name_the_last_file_is_read(tmp_path: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as written:
        for content in (TEXT, TEXT * 2, TEXT * 3):
            written.writestr(content, "a.txt")
        written.writestr(b"beside", "b.txt")
    assert listed(tmp_path) == {"a.txt": TEXT * 3, "b.txt": b"beside"}


def test_one_name_twice_and_a_name_that_leads_elsewhere_harm_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files before and behind them are packed as one with them."""
    monkeypatch.setattr(seven_zip, "_AHEAD", 1_000)
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as written:
        for name, content in (("0.txt", b"0"), ("a.txt", b"x" * 5_000), ("a.txt", TEXT), ("b.txt", b"elsewhere")):
            written.writestr(content, name)
        written.header.files_info.files[3]["filename"] = "../b.txt"
    found = {entry.path.partition("!/")[2]: entry for entry in find_entries([tmp_path]).entries}
    assert found["0.txt"].read() == b"0"
    assert found["a.txt"].read() == TEXT
    with pytest.raises(DamagedFileError):
        found["b.txt"].read()


def test_what_is_kept_on_the_way_is_no_more_than_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seven_zip, "_AHEAD", 8_000)
    file = archive(tmp_path / "a.7z", {f"{number:03}.txt": b"%04d" % number * 400 for number in range(40)})
    for entry in find_entries([file]).entries[::9]:
        entry.read()
        assert sum(map(len, seven_zip._listed(str(file)).ahead.values())) <= 8_000


def test_a_damaged_file_does_no_harm_to_those_before_it(tmp_path: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w", filters=[{"id": py7zr.FILTER_COPY}]) as written:
        for name in ("a", "b", "c"):
            written.writestr(name.encode() * 1000, f"{name}.txt")
    whole = (tmp_path / "a.7z").read_bytes()
    (tmp_path / "a.7z").write_bytes(whole.replace(b"b" * 1000, b"b" * 999 + b"x"))
    first, second, _ = find_entries([tmp_path]).entries
    assert first.read() == b"a" * 1000
    with pytest.raises(DamagedFileError):
        second.read()
