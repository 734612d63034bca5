"""The files in ZIP archives, and archives that are damaged, changed or made to do harm."""

from __future__ import annotations

import io
import pickle
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from de06_extract.archive.files import zip
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.zip import MOST_MEMBERS, close_archives
from de06_extract.errors import UnreadableError
from tests.archive.files.folders import names, reason, zipped


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


def test_files_that_are_said_to_lie_in_one_place_are_damaged_but_for_the_one_that_does(tmp_path: Path) -> None:
    """A list of contents in which one packed file has five hundred names."""
    whole = zipped("000.txt")
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    central = b"".join(whole[at:end].replace(b"000", f"{number:03}".encode()) for number in range(500))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, len(central), at, 0)
    (tmp_path / "a.zip").write_bytes(whole[:at] + central + tail)
    good, *others = find_entries([tmp_path]).entries
    assert good.read() == b"000.txt"
    assert len(others) == 499
    assert {reason(entry) for entry in others} == {"damaged"}


def listing(names: int, length: int = 1, *, all_different: bool = False) -> bytes:
    """An archive that is a list of contents alone: so many names of a length."""
    record = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, length, *[0] * 4, 0, 0)
    if all_different:
        central = b"".join(record + f"{number:0{length}}".encode() for number in range(names))
    else:
        central = (record + b"a" * length) * names
    counted = min(names, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, counted, counted, len(central), 30, 0)
    return b"PK\x03\x04".ljust(30, b"\0") + central + end


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(lambda: listing(1_000_000), "45 MiB, and 32 MiB", id="a million names"),
        pytest.param(lambda: listing(MOST_MEMBERS + 1), "100001 files, and 100000", id="one name too many"),
        pytest.param(lambda: listing(600, 60_000), "35 MiB, and 32 MiB", id="long names"),
        pytest.param(
            lambda: listing(6_000, 5, all_different=True), "6000 files, which is more than", id="names without files"
        ),
    ],
)
@pytest.mark.parametrize("is_inside", [False, True], ids=["itself", "inside another"])
def test_a_list_of_contents_that_is_too_long_is_one_failed_row(
    tmp_path: Path, content: Callable[[], bytes], why: str, is_inside: bool
) -> None:
    """It is refused before it is read, as an archive and inside one that packs it to a few kilobytes."""
    data = content()
    (tmp_path / "a.zip").write_bytes(zipped("good.txt", inner=data) if is_inside else data)
    (tmp_path / "b.txt").write_text("b.txt", "utf-8")
    tracemalloc.start()
    try:
        found = find_entries([tmp_path])
        assert tracemalloc.get_traced_memory()[1] < 80 << 20
    finally:
        tracemalloc.stop()
    inside = ["a.zip!/good.txt", "a.zip!/inner.zip"]
    assert names(found, tmp_path) == [*(inside if is_inside else ["a.zip"]), "b.txt"]
    *_, bad, good = found.entries
    assert reason(bad) == "memory"
    assert why in str(bad.failure)
    assert good.read() == b"b.txt"


def test_as_many_files_as_an_archive_has_bytes_for_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(*(f"{number}" for number in range(3000))))
    (tmp_path / "b.zip").write_bytes(zipped(inner=zipped(*(f"{number}" for number in range(900)))))
    found = find_entries([tmp_path])
    assert len(found.entries) == 3900
    assert all(entry.failure is None for entry in found.entries)


def test_archives_in_one_share_what_they_may_list_and_unpack_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped(*(f"{number}" for number in range(400)))
    parts = {f"part{number}": inner for number in range(4)}
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("all.zip", zipped(**parts))  # too deep to be opened
        for name, content in parts.items():
            archive.writestr(f"{name}.zip", content)
    monkeypatch.setattr(zip, "MOST_MEMBERS", 1000)
    found = find_entries([tmp_path])
    failures = {entry.path.rsplit("/", 1)[1]: str(entry.failure) for entry in found.entries if entry.failure}
    assert len(found.entries) == 4 + 2 * 400 + 2
    for late in ("part2.zip", "part3.zip"):
        assert failures[late] == "lists 400 files, which is more than an archive of its size has"
    monkeypatch.setattr(zip, "MOST_MEMBERS", 100_000)
    monkeypatch.setattr(zip, "MOST_UNPACKED", 3 * len(inner))
    monkeypatch.setattr(zip, "_UNPACKS", 0)
    found = find_entries([tmp_path])
    said = {str(entry.failure) for entry in found.entries if entry.failure}
    assert "unpacks to more than an archive in an archive may" in said


def test_an_archive_for_which_there_is_no_memory_is_one_failed_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped("a.pdf"))
    (tmp_path / "b.txt").write_text("b.txt", "utf-8")

    def fail(archive: zipfile.ZipFile) -> None:
        raise MemoryError

    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", fail)
    bad, good = find_entries([tmp_path]).entries
    assert (reason(bad), good.read()) == ("memory", b"b.txt")


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
