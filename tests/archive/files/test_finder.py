"""The files of an archive: each is found once, by a name that any program can hold, and none of them is trusted."""

from __future__ import annotations

import json
import os
import pickle
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import find_entries
from de06_extract.errors import PathsError
from tests.archive.files.folders import names, put, reason, zipped

posix = pytest.mark.skipif(os.name == "nt", reason="names, links and pipes as POSIX has them")
not_root = pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")


def test_a_folder_holds_every_file_below_it_but_for_the_hidden(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", "a/c.docx", "a/d/Báo cáo.txt", "a/d/e.xyz", "no_suffix")
    put(tmp_path, ".hidden.pdf", ".git/a.pdf", "~$b.docx", "a/Thumbs.db", "a/desktop.ini", "__MACOSX/b.pdf")
    found = find_entries([tmp_path])
    assert names(found, tmp_path) == ["a/c.docx", "a/d/Báo cáo.txt", "a/d/e.xyz", "b.pdf", "no_suffix"]
    assert found.entries[1].read() == "a/d/Báo cáo.txt".encode()


def test_what_is_named_is_taken(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/~$a.docx", ".hidden/.b")
    assert names(find_entries([tmp_path / ".hidden/~$a.docx"]), tmp_path) == [".hidden/~$a.docx"]
    put(tmp_path, ".hidden/c.pdf")
    assert names(find_entries([tmp_path / ".hidden"]), tmp_path) == [".hidden/c.pdf"]


def test_a_file_is_listed_once_and_always_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "b/2.pdf", "b/1.pdf", "a.pdf", "đ.pdf")
    whole = find_entries([tmp_path]).entries
    monkeypatch.chdir(tmp_path)
    again = find_entries(["b/2.pdf", "./b/../a.pdf", "b", str(tmp_path / "b"), "*", tmp_path]).entries
    assert again == whole
    assert [entry.path for entry in whole] == sorted(entry.path for entry in whole)


def test_the_programs_own_files_are_none_of_the_archive(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "out.xlsx")
    found = find_entries([tmp_path, tmp_path / "out.xlsx"], but=[tmp_path / "out.xlsx", tmp_path / "none"])
    assert names(found, tmp_path) == ["a.pdf"]


@posix
def test_links_in_folders_are_told_and_not_followed(tmp_path: Path) -> None:
    """Whoever may put a link into a folder for others to check is not shown what stands in their files."""
    put(tmp_path / "away", "a.pdf", "b/c.pdf")
    here = put(tmp_path / "here", "own.pdf", "sub/d.pdf")
    (here / "file.pdf").symlink_to(tmp_path / "away/a.pdf")
    (here / "own again.pdf").symlink_to("own.pdf")
    (here / "sub/e.pdf").symlink_to(tmp_path / "away/a.pdf")
    (here / "folder").symlink_to(tmp_path / "away")
    (here / "loop").symlink_to(here)
    (here / "endless").symlink_to("endless")
    (here / "broken.pdf").symlink_to("nothing")
    found = find_entries([here])
    links = ["broken.pdf", "endless", "file.pdf", "own again.pdf", "sub/e.pdf"]
    assert names(found, here) == sorted([*links, "own.pdf", "sub/d.pdf"])
    assert [path for path in names(found, here) if path in links] == links
    for entry, path in zip(found.entries, names(found, here), strict=True):
        if path in links:
            assert reason(entry) == "link"
        else:
            assert entry.read() == path.encode()
    for pattern in ("*.pdf", "**/*.pdf", "**", "s*/*", "[f-s]*/e.pdf"):
        matched = find_entries([here / pattern])
        assert {reason(entry) for entry in matched.entries if entry.failure is not None} == {"link"}


@posix
def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "away", "a.pdf", "b/c.pdf")
    here = put(tmp_path / "here")
    here.mkdir()
    (here / "file.pdf").symlink_to(tmp_path / "away/a.pdf")
    (here / "folder").symlink_to(tmp_path / "away")
    assert find_entries([here / "file.pdf"]).entries[0].read() == b"a.pdf"
    assert names(find_entries([here / "folder"]), here) == ["folder/a.pdf", "folder/b/c.pdf"]
    for paths in ([here, here / "file.pdf"], [here / "file.pdf", here]):
        assert [(entry.read(), entry.failure) for entry in find_entries(paths).entries] == [(b"a.pdf", None)]


@posix
def test_two_dots_after_a_link_lead_where_the_system_goes(tmp_path: Path) -> None:
    put(tmp_path / "away/b", "x.pdf")
    put(tmp_path / "away", "a.pdf")
    (tmp_path / "link").symlink_to(tmp_path / "away/b")
    assert names(find_entries([f"{tmp_path}/link/../a.pdf"]), tmp_path.resolve()) == ["away/a.pdf"]


@posix
def test_pipes_and_sockets_are_refused_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    os.mkfifo(tmp_path / "pipe.zip")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket.txt"))
        found = find_entries([tmp_path, "/dev/null", tmp_path / "pipe.pdf"])
        assert [reason(entry) for entry in found.entries] == ["missing"] * 4
    ends = [entry.path.rsplit("/", 1)[1] for entry in found.entries]
    assert ends == ["null", "pipe.pdf", "pipe.zip", "socket.txt"]


@posix
def test_a_name_that_is_not_utf8_can_be_kept_and_read(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/b\xe1o c\xe1o.txt"
    with open(raw, "wb") as file:
        file.write(b"content")
    put(tmp_path, "c.pdf")
    for paths in ([tmp_path], [os.fsdecode(raw)], [tmp_path / "*.txt"]):
        entry = find_entries(paths).entries[0]
        assert entry.path == f"{tmp_path}/b\\xe1o c\\xe1o.txt"
        assert pickle.loads(pickle.dumps(entry)).read() == b"content"
    json.dumps(entry.path).encode()
    assert sqlite3.connect(":memory:").execute("SELECT ?", (entry.path,)).fetchone()[0] == entry.path


@posix
@not_root
def test_a_folder_that_may_not_be_listed_is_one_entry(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "shut/b.pdf")
    (tmp_path / "shut").chmod(0)
    try:
        for path in (tmp_path, tmp_path / "**/*.pdf"):
            found = find_entries([path])
            assert names(found, tmp_path) == ["a.pdf", "shut"]
            assert reason(found.entries[1]) == "missing"
    finally:
        (tmp_path / "shut").chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.pdf", "shut/b.pdf")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    for path in (tmp_path, tmp_path / "**/*.pdf", tmp_path / "*/*.pdf"):
        assert names(find_entries([path]), tmp_path)[-1] == "shut"
    assert reason(find_entries([tmp_path]).entries[1]) == "missing"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.pdf", ["a.pdf"]),
        ("**/*.pdf", ["a.pdf", "q1/b.pdf", "q1/x/c.pdf"]),
        ("**", ["a.pdf", "q1/b.pdf", "q1/d.docx", "q1/x/c.pdf", "q2/e.docx"]),
        ("q?/*.docx", ["q1/d.docx", "q2/e.docx"]),
        ("q[13]", ["q1/b.pdf", "q1/d.docx", "q1/x/c.pdf"]),
        ("**/x/c.*", ["q1/x/c.pdf"]),
        ("*/x", ["q1/x/c.pdf"]),
        (".*", [".h.pdf"]),
    ],
)
def test_a_pattern_stands_for_what_it_matches(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    put(tmp_path, "a.pdf", "q1/b.pdf", "q1/d.docx", "q1/x/c.pdf", "q2/e.docx", ".h.pdf", "q1/~$d.docx")
    assert names(find_entries([f"{tmp_path}/{pattern}"]), tmp_path) == expected


@pytest.fixture
def deep() -> Iterator[tuple[Path, str]]:
    """A folder with more folders in each other than could call each other, and where its file is; gone afterwards.

    Not in pytest's own folder, which it empties by calls in each other: what an end in the middle leaves would stop
    every run to come.
    """
    depth = sys.getrecursionlimit() * 7 // 10  # a generator in a generator is two calls
    before, top = os.open(".", os.O_RDONLY), Path(tempfile.mkdtemp())
    try:
        os.chdir(top)
        for _ in range(depth):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text("a", "utf-8")
        os.fchdir(before)
        yield top, "d/" * depth
    finally:
        os.chdir(top)
        while os.path.isdir("d"):
            os.chdir("d")
        Path("a.txt").unlink(missing_ok=True)
        while not os.path.samefile(".", top):
            os.chdir("..")
            os.rmdir("d")
        os.fchdir(before)
        os.close(before)
        top.rmdir()


@posix
def test_folders_may_lie_in_each_other_as_deep_as_the_system_lets_them(deep: tuple[Path, str]) -> None:
    top, inside = deep
    for path in (top, top / "**/*.txt", top / "**", top / "*/**/a.txt"):
        found = find_entries([path])
        assert names(found, top) == [f"{inside}a.txt"]
        assert found.misses(f"{top.as_posix()}/{inside}gone/a.txt")


def test_a_pattern_does_not_mind_how_a_letter_is_composed(tmp_path: Path) -> None:
    put(tmp_path, "Ba\u0301o ca\u0301o.pdf")
    assert len(find_entries([f"{tmp_path}/Báo*"]).entries) == 1


def test_a_name_with_brackets_is_a_name_where_there_is_such_a_file(tmp_path: Path) -> None:
    put(tmp_path, "[2025]/a.pdf", "2/b.pdf")
    found = find_entries([tmp_path / "[2025]"])
    assert names(found, tmp_path) == ["[2025]/a.pdf"]
    assert found.misses(f"{tmp_path.as_posix()}/[2025]/gone.pdf")
    assert not found.misses(f"{tmp_path.as_posix()}/2/gone.pdf")


def test_all_paths_with_nothing_behind_them_are_named_at_once(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "a.zip")
    (tmp_path / "a.zip").write_bytes(zipped("in.pdf"))
    missing = ["none.pdf", "*.docx", "a.pdf/b", "", "a.zip!/out.pdf"]
    with pytest.raises(PathsError) as caught:
        find_entries([tmp_path, *(name and f"{tmp_path}/{name}" for name in missing)])
    assert len(caught.value.lines) == len(missing)
    assert "*.docx: no file matches" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_gone_is_missed_at_the_places_that_were_looked_at(tmp_path: Path) -> None:
    put(tmp_path, "a/1.pdf", "b/1.pdf", "b/1.docx", "c/1.pdf", "c/2.pdf")
    (tmp_path / "d.zip").write_bytes(zipped("in.pdf"))
    found = find_entries([tmp_path / "a", tmp_path / "b/*.pdf", tmp_path / "c/1.pdf", tmp_path / "d.zip"])
    gone = ["a/2.pdf", "a/x/y/3.pdf", "a/z.zip!/4.pdf", "b/2.pdf", "b/z.pdf/deeper", "d.zip!/gone.pdf", "d.zip"]
    other = ["a/1.pdf", "b/1.docx", "b/gone.docx", "c/2.pdf", "c/1.pdf", "d.zip!/in.pdf", "aa/1.pdf", "e.pdf"]
    root = tmp_path.as_posix()
    assert [name for name in gone + other if found.misses(f"{root}/{name}")] == gone
    assert find_entries([tmp_path / "**/*.pdf"]).misses(f"{root}/x/y/gone.pdf")
    assert not find_entries([tmp_path / "**/*.pdf"]).misses(f"{root}/x/y/gone.docx")


def test_an_entry_is_small() -> None:
    entries = [ArchiveFile(f"/archive/province/district/{number:06}.pdf") for number in range(1000)]
    assert sum(sys.getsizeof(entry) + sys.getsizeof(entry.path) for entry in entries) < 250 * len(entries)
