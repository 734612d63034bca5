"""The files of an archive: each is found once, by a name that any program can hold, and none of them is trusted."""

from __future__ import annotations

import io
import json
import os
import pickle
import sqlite3
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import ListedFiles, find_entries
from de06_extract.archive.files.zip import close_archives
from de06_extract.errors import PathsError, UnreadableError

posix = pytest.mark.skipif(os.name == "nt", reason="names, links and pipes as POSIX has them")
not_root = pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")


def put(folder: Path, *names: str) -> Path:
    """Files whose content is their name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return folder


def zipped(*names: str, **contents: bytes) -> bytes:
    """A ZIP archive with members whose content is their name, or the given one."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, name)
        for name, content in contents.items():
            archive.writestr(f"{name}.zip", content)
    return held.getvalue()


def names(found: ListedFiles, folder: Path) -> list[str]:
    return [entry.path.removeprefix(f"{folder.as_posix()}/") for entry in found.entries]


def reason(entry: ArchiveFile, most: int = 1 << 20) -> str:
    with pytest.raises(UnreadableError) as caught:
        entry.read(most)
    message = str(caught.value)
    assert message.isprintable()
    assert Path(entry.path.replace("!/", "/")).name not in message
    return caught.value.reason


@pytest.fixture(autouse=True)
def _closed() -> object:
    yield
    close_archives()


# Folders


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
def test_links_to_files_are_followed_and_links_to_folders_are_not(tmp_path: Path) -> None:
    put(tmp_path / "away", "a.pdf", "b/c.pdf")
    here = put(tmp_path / "here", "own.pdf")
    (here / "file.pdf").symlink_to(tmp_path / "away/a.pdf")
    (here / "folder").symlink_to(tmp_path / "away")
    (here / "loop").symlink_to(here)
    (here / "endless").symlink_to("endless")
    (here / "broken.pdf").symlink_to("nothing")
    found = find_entries([here])
    assert names(found, here) == ["broken.pdf", "endless", "file.pdf", "own.pdf"]
    assert names(find_entries([here / "**/*.pdf"]), here) == ["broken.pdf", "file.pdf", "own.pdf"]
    assert found.entries[2].read() == b"a.pdf"
    assert [reason(entry) for entry in found.entries[:2]] == ["missing", "missing"]
    assert names(find_entries([here / "folder"]), here) == ["folder/a.pdf", "folder/b/c.pdf"]  # it was named


@posix
def test_two_dots_after_a_link_lead_where_the_system_goes(tmp_path: Path) -> None:
    put(tmp_path / "away/b", "x.pdf")
    put(tmp_path / "away", "a.pdf")
    (tmp_path / "link").symlink_to(tmp_path / "away/b")
    assert names(find_entries([f"{tmp_path}/link/../a.pdf"]), tmp_path.resolve()) == ["away/a.pdf"]


@posix
def test_pipes_are_refused_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    os.mkfifo(tmp_path / "pipe.zip")
    found = find_entries([tmp_path, "/dev/null", tmp_path / "pipe.pdf"])
    assert [reason(entry) for entry in found.entries] == ["missing"] * 3
    assert [str(entry.path).rsplit("/", 1)[1] for entry in found.entries] == ["null", "pipe.pdf", "pipe.zip"]


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


# Patterns


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


# What is no longer there


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


# ZIP archives


def test_the_files_in_an_archive_are_entries(tmp_path: Path) -> None:
    content = zipped("q1/Báo cáo.pdf", "q1/", "~$a.docx", "__MACOSX/q1/._a.pdf", ".x/b.pdf", inner=zipped("c.txt"))
    (tmp_path / "a.zip").write_bytes(content)
    found = find_entries([tmp_path])
    assert names(found, tmp_path) == ["a.zip!/inner.zip!/c.txt", "a.zip!/q1/Báo cáo.pdf"]
    assert [entry.read() for entry in found.entries] == [b"c.txt", "q1/Báo cáo.pdf".encode()]
    assert [entry.suffix for entry in found.entries] == [".txt", ".pdf"]
    assert pickle.loads(pickle.dumps(found.entries[0])).read() == b"c.txt"
    assert len(pickle.dumps(found.entries[0])) < 400


def test_what_is_in_an_archive_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped("q1/a.pdf", "q1/b.pdf", "q10.pdf"))
    assert names(find_entries([f"{tmp_path}/a.zip!/q1"]), tmp_path) == ["a.zip!/q1/a.pdf", "a.zip!/q1/b.pdf"]
    assert names(find_entries([f"{tmp_path}/a.zip!/q1/b.pdf"]), tmp_path) == ["a.zip!/q1/b.pdf"]


def test_an_archive_is_known_by_its_content_and_a_document_is_none(tmp_path: Path) -> None:
    package = zipped("[Content_Types].xml", "word/document.xml")
    contents = {
        "archive": zipped("a.pdf"),
        "document.zip": package,
        "document.docx": package,
        "renamed.xlsx": zipped("a.pdf"),
        "plain.zip": b"text",
        "empty.zip": b"",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    expected = ["archive!/a.pdf", "document.docx", "document.zip", "empty.zip", "plain.zip", "renamed.xlsx"]
    assert names(find_entries([tmp_path]), tmp_path) == expected


def test_an_archive_that_cannot_be_listed_is_one_entry(tmp_path: Path) -> None:
    whole = zipped("a.pdf", "b.pdf")
    contents = {
        "cut.zip": (whole[:-30], "damaged"),
        "head.zip": (whole[:10], "damaged"),
        "nothing.zip": (zipped(), "empty"),
        "only hidden.zip": (zipped(".x", "y/"), "empty"),
    }
    for name, (content, _) in contents.items():
        (tmp_path / name).write_bytes(content)
    found = find_entries([tmp_path])
    assert names(found, tmp_path) == sorted(contents)
    assert [reason(entry) for entry in found.entries] == [contents[name][1] for name in sorted(contents)]


def test_archives_in_each_other_end_as_entries_that_say_so(tmp_path: Path) -> None:
    deep = zipped("a.pdf", b=zipped("b.pdf", c=zipped("c.pdf")), broken=b"PK\x03\x04", empty=zipped())
    (tmp_path / "a.zip").write_bytes(deep)
    found = find_entries([tmp_path])
    ends = {entry.path.split("!/", 1)[1]: entry for entry in found.entries}
    assert sorted(ends) == ["a.pdf", "b.zip!/b.pdf", "b.zip!/c.zip", "broken.zip", "empty.zip"]
    assert reason(ends["b.zip!/c.zip"]) == "unsupported"
    assert reason(ends["broken.zip"]) == "damaged"
    assert reason(ends["empty.zip"]) == "empty"
    pickle.dumps(found.entries)


def test_a_damaged_member_is_damaged_alone(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("bad.txt", b"A" * 50)
        archive.writestr("good.txt", b"B" * 50)
    (tmp_path / "a.zip").write_bytes(held.getvalue().replace(b"A" * 50, b"A" * 49 + b"x"))
    bad, good = find_entries([tmp_path]).entries
    assert reason(bad) == "damaged"
    assert good.read() == b"B" * 50


def test_an_encrypted_member_asks_for_a_password(tmp_path: Path) -> None:
    content = bytearray(zipped("a.pdf"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert reason(find_entries([tmp_path]).entries[0]) == "encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_by_the_piece_is_refused(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.txt", b"0" * 100)
    assert reason(find_entries([tmp_path]).entries[0]) == "unsupported"


def test_a_bomb_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(3 << 20))
    entry = find_entries([tmp_path]).entries[0]
    assert reason(entry) == "memory"
    assert len(entry.read(3 << 20)) == 3 << 20
    (tmp_path / "b.txt").write_bytes(bytes(3 << 20))
    assert reason(find_entries([tmp_path / "b.txt"]).entries[0]) == "memory"


def test_a_bomb_that_lies_is_stopped_while_it_is_read(tmp_path: Path) -> None:
    """It says that it has a thousand bytes, and would give 256 MiB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(256 << 20))
    content = held.getvalue().replace(struct.pack("<L", 256 << 20), struct.pack("<L", 1000))
    (tmp_path / "a.zip").write_bytes(content)
    entry = find_entries([tmp_path]).entries[0]
    given: list[int] = []

    class Watched:
        """A decompressor that notes how much it gives at a time."""

        def __init__(self) -> None:
            self._own = zlib.decompressobj(-15)

        def decompress(self, data: bytes, most: int) -> bytes:
            given.append(len(piece := self._own.decompress(data, most)))
            return piece

        def __getattr__(self, name: str) -> object:
            return getattr(self._own, name)

    original = zipfile._get_decompressor  # type: ignore[attr-defined]
    zipfile._get_decompressor = lambda method: Watched()  # type: ignore[attr-defined]
    try:
        assert reason(entry) == "damaged"
    finally:
        zipfile._get_decompressor = original  # type: ignore[attr-defined]
    assert 0 < sum(given) <= 1 << 17


def _flagged(name: bytes, extra: bytes = b"") -> bytes:
    """An archive whose only member has these bytes as its name, without the flag of UTF-8."""
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, zlib.crc32(b"x"), 1, 1, len(name), 0)
    start = local + name + b"x"
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, zlib.crc32(b"x"), 1, 1, len(name), len(extra), 0, 0, 0, 0, 0
    )
    central += name + extra
    return start + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(start), 0)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Báo cáo.txt".encode(), "Báo cáo.txt"),
        ("Ba\u0301o ca\u0301o quy\u0301.txt".encode("cp1258"), "Báo cáo quý.txt"),
        ("résumé.txt".encode("cp437"), "résumé.txt"),
        (b"q1\\a.txt", "q1/a.txt"),
        (b"/etc//./a.txt", "etc/a.txt"),
        (b"../../a.txt", "../../a.txt"),
        (b"a\x00b.txt", "a"),
        (b"a\nb\x1b.txt", "a\nb\x1b.txt"),
    ],
)
def test_a_member_has_a_readable_name_whoever_wrote_it(tmp_path: Path, name: bytes, listed: str) -> None:
    (tmp_path / "a.zip").write_bytes(_flagged(name))
    entry = find_entries([tmp_path]).entries[0]
    assert entry.path == f"{tmp_path.as_posix()}/a.zip!/{listed}"
    assert entry.read() == b"x"


def test_the_name_in_utf8_beside_that_in_a_code_page_is_taken(tmp_path: Path) -> None:
    name = "tỷ lệ.txt".encode()
    extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, 0) + name
    (tmp_path / "a.zip").write_bytes(_flagged(b"t\xff l\xff.txt", b"\x01\x00\x02\x00ab" + extra))
    assert names(find_entries([tmp_path]), tmp_path) == ["a.zip!/tỷ lệ.txt"]


def test_of_one_name_the_last_member_counts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "old")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "new")
    assert [entry.read() for entry in find_entries([tmp_path]).entries] == [b"new"]


def test_a_changed_archive_gives_no_wrong_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped("a.pdf", "b.pdf"))
    first, second = find_entries([tmp_path]).entries
    (tmp_path / "a.zip").write_bytes(zipped("b.pdf"))
    assert [reason(first), reason(second)] == ["missing", "missing"]
    (tmp_path / "a.zip").unlink()
    assert reason(first) == "missing"


def test_an_archive_is_opened_once_for_all_its_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(*(f"{number}.txt" for number in range(50))))
    listed: list[zipfile.ZipFile] = []
    list_contents: Callable[[zipfile.ZipFile], None] = zipfile.ZipFile._RealGetContents  # type: ignore[attr-defined]

    def noted(archive: zipfile.ZipFile) -> None:
        listed.append(archive)
        list_contents(archive)

    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", noted)
    assert all(entry.read() for entry in find_entries([tmp_path]).entries)
    assert len(listed) == 1


def test_no_damage_to_an_archive_raises_anything_else(tmp_path: Path) -> None:
    content = zipped("a.txt", "b/c.txt", inner=zipped("d.txt"))
    for position in range(len(content)):
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        (tmp_path / f"{position}.zip").write_bytes(damaged)
    found = find_entries([tmp_path])
    assert len({entry.path.split("!/")[0] for entry in found.entries}) == len(content)
    for entry in found.entries:
        entry.path.encode()
        try:
            entry.read(1 << 20)
        except UnreadableError as error:
            message = str(error)
            assert message.isprintable()


def test_threads_may_read_from_one_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        zipped(*(f"{number}.txt" for number in range(300)), inner=zipped("b.txt", "c.txt"))
    )
    entries = find_entries([tmp_path]).entries
    close_archives()
    with ThreadPoolExecutor(8) as pool:
        contents = list(pool.map(ArchiveFile.read, entries * 3))
    assert contents == [entry.path.rsplit("!/", 1)[1].encode() for entry in entries * 3]


# Many files


def test_an_entry_is_small() -> None:
    entries = [ArchiveFile(f"/archive/province/district/{number:06}.pdf") for number in range(1000)]
    assert sum(sys.getsizeof(entry) + sys.getsizeof(entry.path) for entry in entries) < 250 * len(entries)
