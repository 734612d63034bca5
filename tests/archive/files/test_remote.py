"""Files at URLs are found and read as those of this machine are, and what goes wrong there is one line."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from de06_extract.archive.files import remote
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.remote import find_urls
from de06_extract.errors import MissingFileError, PathsError, TooLargeError, UnreadableError
from de06_extract.optional_libraries import MissingExtraError


@pytest.fixture
def memory() -> Iterator[Any]:
    """The file system in memory with a few reports and what is none."""
    files = fsspec.filesystem("memory")
    for name in ("b/2.txt", "b/1.pdf", "a.txt", "c/deep/er/3.docx", "Báo cáo [cuối].md", "b/~$1.docx", ".git/config"):
        files.pipe(f"/archive/{name}", name.encode())
    yield files
    files.rm("/archive", recursive=True)


def listed(*paths: str) -> list[str]:
    return [entry.path for entry in find_entries(paths).entries]


def problem(*paths: str) -> str:
    with pytest.raises(PathsError) as caught:
        find_entries(paths)
    return str(caught.value)


def why(entry: ArchiveFile, most: int = 1 << 20) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        entry.read(most)
    return caught.value.reason, str(caught.value)


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("memory://archive", ["Báo cáo [cuối].md", "a.txt", "b/1.pdf", "b/2.txt", "c/deep/er/3.docx"]),
        ("memory://archive/b/", ["b/1.pdf", "b/2.txt"]),
        ("memory://archive/*.txt", ["a.txt"]),
        ("memory://archive/?", ["b/1.pdf", "b/2.txt", "c/deep/er/3.docx"]),
        ("memory://archive/**/*.docx", ["c/deep/er/3.docx"]),
        ("memory://arch*/b/1.*", ["b/1.pdf"]),
        ("memory://archive/b/~$1.docx", ["b/~$1.docx"]),
        ("memory://archive/Báo cáo [cuối].md", ["Báo cáo [cuối].md"]),
    ],
)
def test_the_files_at_a_url(path: str, found: list[str]) -> None:
    assert listed(path) == [f"memory://archive/{name}" for name in found]


@pytest.mark.usefixtures("memory")
def test_a_file_at_a_url_is_read() -> None:
    assert ArchiveFile("memory://archive/b/2.txt").read() == b"b/2.txt"
    assert ArchiveFile("memory://archive/b/2.TXT").suffix == ".txt"
    assert why(ArchiveFile("memory://archive/b/2.txt"), most=3) == ("memory", "has 1 MiB, and 0 MiB may be read")
    assert why(ArchiveFile("memory://archive/b")) == ("missing", "is not a regular file")
    assert why(ArchiveFile("memory://archive/d")) == ("missing", "cannot be opened (No such file or directory)")


def test_a_server_that_sends_more_than_it_said_is_not_read_to_the_end(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/archive/long.txt", b"x" * 5_000_000)
    real = memory.info
    monkeypatch.setattr(type(memory), "info", lambda self, path, **options: real(path, **options) | {"size": 10})
    asked: list[int] = []
    reads: list[int] = []
    opened = type(memory).open

    def watched(self: Any, path: str, *arguments: Any, **options: Any) -> Any:
        file = opened(self, path, *arguments, **options)
        real_read = file.read

        def read(size: int = -1) -> bytes:
            reads.append(size)
            return bytes(real_read(size))

        monkeypatch.setattr(file, "read", read)
        return file

    monkeypatch.setattr(type(memory), "open", watched)
    with pytest.raises(MissingFileError, match="grows while it is read"):
        ArchiveFile("memory://archive/long.txt").read(1000, asked.append)
    assert (asked, reads) == ([10], [11])


def test_a_file_of_which_the_storage_says_no_size_is_read_up_to_what_is_allowed(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/archive/long.txt", b"x" * 1_000)
    real = memory.info
    monkeypatch.setattr(type(memory), "info", lambda self, path, **options: real(path, **options) | {"size": None})
    assert len(ArchiveFile("memory://archive/long.txt").read(1_000)) == 1_000
    with pytest.raises(TooLargeError):
        ArchiveFile("memory://archive/long.txt").read(999)


def test_folders_of_a_storage_may_lie_in_each_other_as_deep_as_they_like(memory: Any) -> None:
    deep = "d/" * 1_500
    memory.store[f"/archive/deep/{deep}a.txt"] = memory.store["/archive/b/2.txt"]
    (entry,) = find_entries(["memory://archive/deep"]).entries
    assert entry.path == f"memory://archive/deep/{deep}a.txt"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("memory://nowhere/x", "cannot be opened (No such file or directory)"),
        ("memory://nowhere/*.txt", "cannot be opened (No such file or directory)"),
        ("nothing://bucket/x", "nothing:// is not known"),
        ("zip://*::memory://a.zip", "URLs in a chain («::») are not read"),
        ("simplecache::memory://a", "URLs in a chain («::») are not read"),
        (
            "sftp://user:secret@host/folder",
            "a password in a URL would stand in every table: it belongs into fsspec's configuration",
        ),
        ("file:///nowhere/x", "cannot be opened (No such file or directory)"),
    ],
)
def test_a_url_with_nothing_behind_it_is_named(path: str, line: str) -> None:
    assert problem(path).endswith(line)


def test_a_url_of_this_machine_is_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "quý 1"
    (folder / "inner").mkdir(parents=True)
    for name in ("a.txt", "inner/100%.txt", "~$a.docx"):
        (folder / name).write_text(name)
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("b.txt", "b")
    for url in (f"file://{folder}", folder.as_uri(), f"file://localhost{folder}", f"local://{folder}"):
        assert find_entries([url]).entries == find_entries([folder]).entries
    assert listed(f"file://{folder}/inner/*") == [f"{folder}/inner/100%.txt"]
    assert listed(f"file://{folder}/more.zip!/b.txt") == [f"{folder}/more.zip!/b.txt"]


def test_files_in_an_archive_at_a_url(memory: Any) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("quý 1/a.txt", "first")
        archive.writestr("~$a.txt", "lock")
    memory.pipe("/archive/x/all.zip", held.getvalue())
    memory.pipe("/archive/x/broken.zip", held.getvalue()[:40])
    first, broken = find_entries(["memory://archive/x"]).entries
    assert first.path == "memory://archive/x/all.zip!/quý 1/a.txt"
    assert first.read() == b"first"
    assert broken.path == "memory://archive/x/broken.zip"
    assert why(broken)[0] == "damaged"
    memory.pipe("/archive/x/all.zip", held.getvalue()[:40])
    assert why(first)[0] == "damaged"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (PermissionError("arn:aws:1234"), f"cannot be listed ({os.strerror(13)})"),
        (TimeoutError(), f"cannot be listed ({os.strerror(110)})"),
        (OSError("Unable to load libjvm\ndlopen failed"), "cannot be listed (Unable to load libjvm)"),
        (ValueError("Could not connect to the endpoint"), "cannot be listed (Could not connect to the endpoint)"),
        (KeyError(), "cannot be listed (KeyError)"),
    ],
)
def test_a_folder_that_cannot_be_listed_is_a_row(
    memory: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, line: str
) -> None:
    whole = type(memory).ls

    def ls(files: Any, path: str, **options: Any) -> Any:
        if path.endswith("/b"):
            raise error
        return whole(files, path, **options)

    monkeypatch.setattr(type(memory), "ls", ls)
    found = find_entries(["memory://archive"]).entries
    assert [entry.path for entry in found if entry.failure] == ["memory://archive/b"]
    assert len(found) == 4
    assert why(found[2]) == ("missing", line)


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingExtraError, match=r"^s3://: Install s3fs to access S3$"):
        find_entries(["s3://bucket/folder"])
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'de06-extract\[remote\]'"):
        ArchiveFile("memory://archive/a.txt").read()


def test_a_page_of_the_web_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_file_system", lambda url: (None, url))
    assert list(find_urls("https://example.org/a.pdf", lambda name: True)) == [("https://example.org/a.pdf", None)]
