"""ZIP archives, also in each other, whose names, headers and lists of contents say what is not so."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable

from fuzzing import mails, pages, workbooks
from fuzzing.texts import broken, text

NAMES = (
    "a.txt", "báo cáo.txt", "quý 1/b.txt", "../../c.txt", "/etc/d.txt", "C:\\e.txt", "a\\b\\f.txt", ".hidden",
    "~$g.docx",
    "a/", "", ".", "..", "a//b.txt", "./h.txt", "a.txt", "A.TXT", "x" * 300 + ".txt", "a\0b.txt", "a\nb.txt", "!/i.txt",
    "a.zip!/b.txt", "\u202etxt.exe", "e\u0301.txt", "é.txt",
    "nul", "a.txt ", "k.zip", "l.7z", "m.eml", "n.html", "o.xlsx",
    "[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "__MACOSX/._a.txt", "Thumbs.db", "đ" * 80, "a.pdf",
)  # fmt: skip
_ENTRY, _LOCAL, _END, _END_64 = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06"
_VALUES = (0, 1, 2, 8, 9, 12, 14, 20, 99, 255, 0x800, 0x801, 0x7FFF, 0xFFFE, 0xFFFF)
_LARGE = 1 << 20  # bytes of an archive whose list is not repeated once more
_SIZES = {_ENTRY: 46, _LOCAL: 30, _END: 22}
_EXTRAS = (
    b"", b"\x01\0\x18\0" + b"\xff" * 24, b"\x75\x70\x09\0\1\0\0\0\0a.tx", b"\x75\x70\xff\xff\1", b"\x01\0\0\0",
    b"\0" * 3,
    b"\x75\x70\x0a\0\1\0\0\0\0\xff\xfe\xfd\xfc\xfb",
)  # fmt: skip


def data(chance: random.Random) -> bytes:
    """An archive as the bytes of a file, most of them changed in their headers, now and then in their bytes."""
    held = _archive(chance, 0)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        held = chance.choice(_CHANGES)(held, chance)
    return broken(held, chance) if chance.random() < 0.06 else held


def member(name: str, chance: random.Random) -> bytes:
    """The bytes of a member with that name, mostly those of a document of the kind that it says."""
    makers: dict[str, Callable[[random.Random], bytes]] = {
        "eml": mails.data,
        "html": pages.data,
        "xlsx": workbooks.data,
    }
    make = makers.get(name.rpartition(".")[2].lower())
    if make is not None and chance.random() < 0.6:
        return make(chance)[:20_000]
    return text(chance)[:800].encode("utf-8", "replace")


def _archive(chance: random.Random, depth: int) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")  # of two members with one name
        for _ in range(chance.choice((0, 1, 2, 3, 6, 6, 40))):
            name = chance.choice((*NAMES[:16], *NAMES, *("k.zip",) * 3))
            info = zipfile.ZipInfo(name or "x")
            info.extra = chance.choice((b"", b"", b"", *_EXTRAS))
            info.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            info.comment = b"x" * chance.choice((0, 0, 0, 200))
            inner = name.lower().endswith(".zip") and depth < 4 and chance.random() < 0.8
            archive.writestr(info, _archive(chance, depth + 1) if inner else member(name, chance))
        archive.comment = chance.choice((b"", b"", b"", b"PK\x05\x06" * 8, b"x" * 500))
    return stream.getvalue()


def _set_number(held: bytes, chance: random.Random) -> bytes:
    """One number of a header, of two or of four bytes."""
    mark = chance.choice((_ENTRY, _ENTRY, _LOCAL, _END))
    start = _found(held, mark, chance)
    if start < 0:
        return held
    at = start + 4 + 2 * chance.randrange((_SIZES[mark] - 4) // 2)
    value = chance.choice((chance.choice(_VALUES), chance.randrange(1 << 16)))
    wide = struct.pack("<I", chance.choice((0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF, 1 << 20, 0)))
    put = struct.pack("<H", value) if chance.random() < 0.7 else wide
    return held[:at] + put + held[at + len(put) :]


def _set_name(held: bytes, chance: random.Random) -> bytes:
    """Bytes of a name in the list of contents, of any code page."""
    start = _found(held, _ENTRY, chance)
    if start < 0:
        return held
    (length,) = struct.unpack_from("<H", held.ljust(start + 46, b"\0"), start + 28)
    put = chance.choice((chance.randbytes(200), "Báo cáo".encode("cp1258", "replace") * 30, b"\xff" * 300))[:length]
    return held[: start + 46] + put + held[start + 46 + len(put) :]


def _add_list_64(held: bytes, chance: random.Random) -> bytes:
    """The end of a list as archives of more than 4 GiB have it, with any numbers."""
    at = held.rfind(_END)
    if at < 0:
        return held
    numbers = [chance.choice((0, 1, 44, at, 1 << 62, (1 << 64) - 1, len(held))) for _ in range(6)]
    longer = _END_64 + struct.pack("<QHHIIQQQQ", numbers[0], 45, 45, 0, 0, *numbers[1:5])
    return held[:at] + longer + b"PK\x06\x07" + struct.pack("<IQI", 0, numbers[5], 1) + held[at:]


def _put_before(held: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"MZ", b"\0" * 5, b"PK\x03\x04", b"PK\x07\x08", b"%PDF-1.4\n", b"x" * 70)) + held


def _put_behind(held: bytes, chance: random.Random) -> bytes:
    return held + chance.choice((b"\0" * 3, held[-60:], b"x" * 70_000, b"PK\x05\x06" + bytes(18)))


def _repeat_entries(held: bytes, chance: random.Random) -> bytes:
    """The list of contents several times, with a size and an offset that fit."""
    first, end = held.find(_ENTRY), held.rfind(_END)
    if first < 0 or end + 22 > len(held) or len(held) > _LARGE:
        return held
    times = chance.choice((2, 5, 100))
    listed, tail = held[first:end] * times, bytearray(held[end : end + 22])
    count = min(0xFFFF, listed.count(_ENTRY))
    struct.pack_into("<HHII", tail, 8, count, count, len(listed), first)
    return held[:first] + listed + bytes(tail[:20]) + b"\0\0"


def _found(held: bytes, mark: bytes, chance: random.Random) -> int:
    at = held.find(mark, chance.randrange(len(held) + 1))
    return at if at >= 0 else held.find(mark)


_CHANGES = (
    _set_number,
    _set_number,
    _set_number,
    _set_name,
    _add_list_64,
    _put_before,
    _put_behind,
    _repeat_entries,
)
