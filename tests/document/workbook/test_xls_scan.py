"""Old workbooks (.xls) that say what is not so cost no memory and end nothing: they are read, or refused in a line."""

from __future__ import annotations

import re
import struct

import pytest

from de06_extract import UnreadableError
from de06_extract.archive.extract import extract
from de06_extract.archive.workers.limits import Limits
from de06_extract.errors import DamagedFileError
from de06_extract.readers import read_document
from tests.readers.mail.test_reader import msg

Records = list[tuple[int, bytes]]

BEGIN, END, SHEET, STYLE, STRINGS, SIZE = 0x0809, 0x000A, 0x0085, 0x00E0, 0x00FC, 0x0200
NUMBER, TEXT, RICH_TEXT, RESULT = 0x0203, 0x0204, 0x00D6, 0x0207


def written(records: Records) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in records)


def text(said: str) -> bytes:
    return struct.pack("<HB", len(said), 1) + said.encode("utf-16-le")


def number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return NUMBER, struct.pack("<HHHd", row, column, 0, value)


def begin(kind: int) -> tuple[int, bytes]:
    return BEGIN, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 6)


TABLE: Records = [
    (TEXT, struct.pack("<HHH", 0, 0, 0) + text("Xã")),
    (TEXT, struct.pack("<HHH", 0, 1, 0) + text("Số hộ")),
    (TEXT, struct.pack("<HHH", 1, 0, 0) + text("An")),
    number(1, 1, 1234),
]


def workbook(cells: Records, *, more: Records | None = None, place: int | None = None) -> bytes:
    """A workbook of one sheet; `more` comes before it, `place` is where the sheet is said to begin."""
    head: Records = [begin(5), (STYLE, bytes(20)), *(more or [])]
    name = b"\0\0\x01\0A"
    before = len(written([*head, (SHEET, bytes(4) + name), (END, b"")]))
    head += [(SHEET, struct.pack("<I", before if place is None else place) + name), (END, b"")]
    return msg({"Workbook": written(head) + written([begin(16), *cells, (END, b"")])})


def test_a_workbook_made_of_records_is_read() -> None:
    assert read_document(workbook(TABLE), "a.xls").text == "Xã\tSố hộ\nAn\t1234"


@pytest.mark.parametrize(
    ("said", "hostile"),
    [
        ("has a sheet of", workbook([(SIZE, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 3, 0)), *TABLE])),
        ("has a sheet of", workbook([(SIZE, struct.pack("<IIHHH", 9, 3, 0, 3, 0)), *TABLE])),
        ("has a sheet of", workbook([(SIZE, struct.pack("<IIHHH", 0, 9, 7, 3, 0)), *TABLE])),
        ("has a sheet of", workbook([*TABLE, (RICH_TEXT, struct.pack("<HHH", 60_000, 250, 0) + text("x"))])),
        ("cannot be read", workbook(TABLE, more=[(STRINGS, struct.pack("<ii", 1, 0x7FFFFFFF))])),
        ("cannot be read", workbook(TABLE, more=[(STRINGS, struct.pack("<ii", 1, -1))])),
        ("cannot be read", workbook(TABLE, place=0x7FFFFFFF)),
        ("cannot be read", workbook([*TABLE, number(0, 5, 1)])),
        ("cannot be read", workbook([*TABLE[2:], (RESULT, text("không có công thức nào trước nó"))])),
        ("cannot be read", workbook([*TABLE[2:], (RICH_TEXT, struct.pack("<HHH", 0, 0, 0) + text("x"))])),
        ("cannot be read", workbook([*TABLE, (0x00E5, b"")])),  # at which the library that reads values panics
    ],
)
def test_what_cannot_be_is_refused_in_a_line(said: str, hostile: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:  # in a process of its own: without the cure it takes gigabytes
        extract(hostile, name="a.xls", limits=Limits(max_memory=512 << 20, timeout=60))
    assert re.fullmatch(rf"a\.xls: [^\n]*{said}[^\n]*", str(refused.value))


def test_the_values_that_a_chart_repeats_are_no_cells() -> None:
    chart = [begin(0x20), number(0, 0, 75), number(9, 3, 80), (END, b"")]
    assert read_document(workbook([*TABLE, *chart]), "a.xls").text == "Xã\tSố hộ\nAn\t1234"


def test_a_chain_of_sectors_without_an_end_takes_no_memory() -> None:
    looped = bytearray(workbook(TABLE))
    (table,) = struct.unpack_from("<I", looped, 76)
    struct.pack_into("<I", looped, 512 * (table + 1) + 4 * 7, 0)  # the last sector of the stream leads to its first
    report = extract(bytes(looped), name="a.xls", with_text=True, limits=Limits(max_memory=512 << 20, timeout=60))
    assert report.text == "Xã\tSố hộ\nAn\t1234"


@pytest.mark.parametrize("made", [workbook(TABLE), msg({"__substg1.0_1000001F": b"x", "__properties_version1.0": b""})])
def test_a_stream_that_is_said_to_be_longer_than_the_file_is_not_read(made: bytes) -> None:
    whole = bytearray(made)
    (directory,) = struct.unpack_from("<I", whole, 48)
    struct.pack_into("<I", whole, 512 * (directory + 1) + 128 + 120, 0x37000000)  # bytes of the first stream
    with pytest.raises(DamagedFileError, match="longer than the file"):
        read_document(bytes(whole), "a.msg" if b"_\0_\0s" in made else "a.xls")


@pytest.mark.parametrize(("place", "value"), [(30, 20), (32, 9), (44, 0x00FFFFFF), (64, 0x7FFFFFFF), (72, 0x7FFFFFFF)])
def test_a_head_that_announces_what_no_compound_file_has_is_refused(place: int, value: int) -> None:
    whole = bytearray(workbook(TABLE))
    struct.pack_into("<H" if place < 40 else "<I", whole, place, value)
    with pytest.raises(DamagedFileError, match=r"sectors"):
        read_document(bytes(whole), "a.xls")
