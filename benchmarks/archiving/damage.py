"""Files that cannot be read, of many kinds, each with the reasons that may be given for it.

Whatever makes one takes a chance (a seeded generator, for other bytes each time) and a sound report of each format.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archiving.portable import assembled
from archiving.reports import Suffix, report
from archiving.word import packed

HUGE = 6 << 30  # bytes of the file that no memory of a worker holds; it is sparse, and takes none on disk
_MAIN = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")  # ISO 32000-1, 7.6.3.3
_PIXEL = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\n"
    b"stream\n\x80\nendstream"
)


class Sound:
    """A sound report of each format, made when it is asked for."""

    def __init__(self, seed: int, number: int) -> None:
        self._seed, self._number = seed, number

    def __getitem__(self, suffix: Suffix) -> bytes:
        return report(self._seed, self._number, suffix).data


@dataclass(frozen=True)
class Damage:
    """A kind of damage: how such a file is named, the reasons that may be given, and what makes one.

    `make` gives the bytes; where damage is none of bytes, `place` puts the file there.
    """

    name: str
    suffix: str
    reasons: frozenset[str]
    make: Callable[[random.Random, Sound], bytes] | None = None
    place: Callable[[Path], None] | None = None


def damaged_files(each: int, seed: int) -> list[tuple[Damage, int, bytes | None]]:
    """So many files of each kind, with their bytes where damage is one of bytes."""
    files = list[tuple[Damage, int, bytes | None]]()
    for kind in KINDS:
        for number in range(1, each + 1):
            chance = random.Random(f"{seed} {kind.name}{kind.suffix} {number}")
            sound = Sound(seed, chance.randrange(1 << 30))
            files.append((kind, number, kind.make(chance, sound) if kind.make else None))
    return files


def write_damaged(folder: Path, each: int, seed: int) -> dict[str, Damage]:
    """Writes so many files of each kind into the folders of an archive; gives the kind of each path listed."""
    folders = sorted(path for path in folder.rglob("*") if path.is_dir()) or [folder]
    written: dict[str, Damage] = {}
    for kind, number, data in damaged_files(each, seed):
        parent = random.Random(f"{seed} {kind.name} {number} folder").choice(folders)
        path = parent / f"Báo cáo hỏng {kind.name} {number}{kind.suffix}"
        if kind.place:
            kind.place(path)
        else:
            path.write_bytes(data or b"")
        written[f"{parent.resolve().as_posix()}/{path.name}"] = kind
    return written


# PDF


def _cut_pdf(chance: random.Random, sound: Sound) -> bytes:
    data = sound[".pdf"]
    return data[: chance.randrange(len(data) // 4, len(data) - 20)]


def _garbage_in_pdf(chance: random.Random, sound: Sound) -> bytes:
    """A PDF of which a block was overwritten, as by a bad sector: a content stream in it no longer unpacks."""
    data = bytearray(sound[".pdf"])
    streams = re.finditer(rb"/Length (\d+)/Filter/FlateDecode>>\nstream\n", data)
    start = chance.choice([found.end() for found in streams if int(found[1]) > 1000]) + 64
    data[start : start + 512] = chance.randbytes(512)
    return bytes(data)


def _pdf_without_tree(chance: random.Random, sound: Sound) -> bytes:
    """A PDF whose page tree and xref table were overwritten, so that its pages cannot be found."""
    data = re.sub(rb"startxref\n\d+", b"startxref\n%d" % chance.randrange(9999999), sound[".pdf"])
    tree = re.search(rb"<</Type/Pages/Count \d+/Kids\[[^\]]*\]>>", data)
    return data.replace(tree[0], chance.randbytes(len(tree[0]))) if tree else b""


def _pdf_without_a_page(chance: random.Random, sound: Sound) -> bytes:
    """A PDF in which a page object was overwritten."""
    data = sound[".pdf"]
    page = chance.choice([*re.finditer(rb"<</Type/Page/Parent[^\n]*", data)])
    return data[: page.start()] + b" " * len(page[0]) + data[page.end() :]


def _encrypted_pdf(chance: random.Random, sound: Sound) -> bytes:
    """A PDF that asks for a password: RC4 with 40 bits (ISO 32000-1, 7.6.3, revision 2)."""
    password, identity = chance.randbytes(8) + _PADDING[:24], chance.randbytes(16)
    owner = _rc4(hashlib.md5(password).digest()[:5], password)
    permissions = struct.pack("<i", -4)
    key = hashlib.md5(password + owner + permissions + identity).digest()[:5]
    user = _rc4(key, _PADDING)
    page = _rc4(hashlib.md5(key + b"\x03\0\0\0\0").digest()[:10], b"BT ET")
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        3: b"<</Length %d>>\nstream\n%b\nendstream" % (len(page), page),
        4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>",
        5: b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (owner.hex().encode(), user.hex().encode()),
    }
    return assembled(objects, b"/Root 1 0 R/Encrypt 5 0 R/ID[<%b><%b>]" % ((identity.hex().encode(),) * 2))


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _scan(chance: random.Random, sound: Sound) -> bytes:
    """Pages that are one picture each."""
    count = chance.randint(1, 20)
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids),
        3: _PIXEL.replace(b"\x80", bytes([chance.randrange(256)])),
        4: b"<</Length 29>>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
    }
    for number in range(5, 5 + count):
        resources = b"/Resources<</XObject<</I 3 0 R>>>>"
        objects[number] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%b/Contents 4 0 R>>" % resources
    return assembled(objects, b"/Root 1 0 R/Info<</Title(%d)>>" % chance.randrange(1 << 30))


def _pages_in_a_loop(chance: random.Random, sound: Sound) -> bytes:
    """A page tree that is a branch of itself."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[3 0 R]>>" % chance.randint(1, 9),
        3: b"<</Type/Pages/Parent 2 0 R/Count %d/Kids[2 0 R 3 0 R]>>" % chance.randint(1, 9),
    }
    return assembled(objects, b"/Root 1 0 R/Info<</Title(%d)>>" % chance.randrange(1 << 30))


def _no_pages(chance: random.Random, sound: Sound) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[]>>"}
    return assembled(objects, b"/Root 1 0 R/Info<</Title(%d)>>" % chance.randrange(1 << 30))


def _drawing_bomb(chance: random.Random, sound: Sound) -> bytes:
    """Forms that draw one another: a thousand million words from a few hundred bytes."""
    depth = 9
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</N 6 0 R>>>>/Contents 4 0 R>>",
        4: b"<</Length 5>>\nstream\n/N Do\nendstream",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for number in range(6, 6 + depth):
        below = b"/XObject<</N %d 0 R>>" % (number + 1) if number < 5 + depth else b""
        drawn = b"/N Do " * 10 if below else b"BT /F 9 Tf 9 %d Td (bomb) Tj ET" % chance.randrange(800)
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>%b>>/Length %d>>"
        objects[number] = head % (below, len(drawn)) + b"\nstream\n%b\nendstream" % drawn
    return assembled(objects, b"/Root 1 0 R/Info<</Title(%d)>>" % chance.randrange(1 << 30))


def _picture(chance: random.Random, sound: Sound) -> bytes:
    """A PNG picture."""
    size = chance.randint(10, 99)
    rows = b"".join(b"\0" + chance.randbytes(size) for _ in range(size))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _text_file(chance: random.Random, sound: Sound) -> bytes:
    return sound[".txt"]


# Word


def _cut_docx(chance: random.Random, sound: Sound) -> bytes:
    data = sound[".docx"]
    return data[: chance.randrange(len(data) // 4, len(data) - 30)]


def _flipped_docx(chance: random.Random, sound: Sound) -> bytes:
    """Some bytes of the packed text are others."""
    data = bytearray(sound[".docx"])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo(_MAIN)
    start = info.header_offset + 30 + len(_MAIN)
    for _ in range(20):
        data[start + chance.randrange(info.compress_size)] ^= chance.randrange(1, 256)
    return bytes(data)


def _open_document(chance: random.Random, sound: Sound) -> bytes:
    """A text of LibreOffice."""
    kind = b"application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": b"<content id='%d'/>" % chance.randrange(1 << 30)})


def _workbook(chance: random.Random, sound: Sound) -> bytes:
    return packed(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook id='%d'/>" % chance.randrange(1 << 30)}
    )


def _docx_without_main(chance: random.Random, sound: Sound) -> bytes:
    parts = _parts(sound)
    del parts[_MAIN]
    return packed(parts)


def _docx_of_broken_xml(chance: random.Random, sound: Sound) -> bytes:
    main = _parts(sound)[_MAIN]
    at = main.index(b"</w:t>", chance.randrange(len(main) // 2))
    return packed({**_parts(sound), _MAIN: main[:at] + b"</w:r>" + main[at:]})


def _docx_bomb(chance: random.Random, sound: Sound) -> bytes:
    """A main part of 70 million blanks, packed in 70 kB."""
    main = _parts(sound)[_MAIN]
    start = main.index(b"<w:body>")
    blanks = b" " * (70_000_000 + chance.randrange(1000))
    return packed({**_parts(sound), _MAIN: main[:start] + blanks + main[start:]})


def _docx_of_entities(chance: random.Random, sound: Sound) -> bytes:
    """Entities that stand for one another: «billion laughs»."""
    main = _parts(sound)[_MAIN]
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE d [<!ENTITY e0 "{chance.randrange(1 << 30)}">{entities}]>'.encode()
    start, text = main.index(b"<w:document"), main.index(b"</w:t>")
    return packed({**_parts(sound), _MAIN: main[:start] + dtd + main[start:text] + b"&e9;" + main[text:]})


def _deep_docx(chance: random.Random, sound: Sound) -> bytes:
    """Tables in tables, thousands deep."""
    main, depth = _parts(sound)[_MAIN], chance.randrange(5000, 9999)
    start = main.index(b"<w:body>") + len(b"<w:body>")
    nested = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth
    return packed({**_parts(sound), _MAIN: main[:start] + nested + main[start:]})


def _cut_archive(chance: random.Random, sound: Sound) -> bytes:
    """A ZIP file that was not copied to its end."""
    data = packed({f"Báo cáo {number}.docx": sound[".docx"] for number in range(3)})
    return data[: chance.randrange(len(data) // 4, len(data) - 300)]


def _parts(sound: Sound) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sound[".docx"])) as package:
        return {name: package.read(name) for name in package.namelist()}


def _old_word(chance: random.Random, sound: Sound) -> bytes:
    """The beginning of a compound file, as of Word 97."""
    return (
        _OLE
        + bytes(16)
        + b"\x3e\0\x03\0\xfe\xff\x09\0"
        + bytes(480)
        + "WordDocument".encode("utf-16-le")
        + chance.randbytes(4096)
    )


def _encrypted_docx(chance: random.Random, sound: Sound) -> bytes:
    """A compound file with the stream that an encrypted document is in."""
    return _OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + chance.randbytes(4096)


def _presentation(chance: random.Random, sound: Sound) -> bytes:
    return packed(
        {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p id='%d'/>" % chance.randrange(1 << 30)}
    )


# Text


def _utf16_without_mark(chance: random.Random, sound: Sound) -> bytes:
    return sound[".txt"].decode().encode(chance.choice(("utf-16-le", "utf-16-be")))


def _mainframe_text(chance: random.Random, sound: Sound) -> bytes:
    """The code page of other machines, in which no Vietnamese was ever written."""
    return sound[".txt"].decode().encode("cp037", "replace")


def _random_bytes(chance: random.Random, sound: Sound) -> bytes:
    return chance.randbytes(chance.randrange(1000, 99999))


def _blanks(chance: random.Random, sound: Sound) -> bytes:
    return b" \r\n" * chance.randrange(1, 9999)


def _accents(chance: random.Random, sound: Sound) -> bytes:
    """Accents heaped on one letter, which takes quadratic time to sort."""
    return b"a" + "\u0301\u0323".encode() * chance.randrange(50_000, 99_999)


def _nothing(chance: random.Random, sound: Sound) -> bytes:
    return b""


def _link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("không có.docx"))


def _huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"%PDF-1.6\n" + path.name.encode())
        file.truncate(HUGE)


def _kind(name: str, suffix: str, reasons: str, make: Callable[[random.Random, Sound], bytes] | None = None) -> Damage:
    return Damage(name, suffix, frozenset(reasons.split()), make)


KINDS: tuple[Damage, ...] = (
    _kind("cut", ".pdf", "damaged", _cut_pdf),
    _kind("garbage", ".pdf", "damaged", _garbage_in_pdf),
    _kind("no page tree", ".pdf", "damaged", _pdf_without_tree),
    _kind("lost page", ".pdf", "damaged", _pdf_without_a_page),
    _kind("encrypted", ".pdf", "encrypted", _encrypted_pdf),
    _kind("scan", ".pdf", "scan illegible", _scan),
    _kind("empty", ".pdf", "empty", _nothing),
    _kind("text named", ".pdf", "damaged unsupported", _text_file),
    _kind("picture named", ".pdf", "scan illegible", _picture),
    _kind("pages in a loop", ".pdf", "damaged", _pages_in_a_loop),
    _kind("no pages", ".pdf", "damaged", _no_pages),
    _kind("drawing bomb", ".pdf", "timeout stalled memory", _drawing_bomb),
    _kind("cut", ".docx", "damaged", _cut_docx),
    _kind("flipped", ".docx", "damaged", _flipped_docx),
    _kind("OpenDocument", ".docx", "unsupported", _open_document),
    _kind("workbook", ".docx", "damaged", _workbook),
    _kind("no main part", ".docx", "unsupported", _docx_without_main),
    _kind("broken XML", ".docx", "damaged", _docx_of_broken_xml),
    _kind("bomb", ".docx", "damaged", _docx_bomb),
    _kind("entities", ".docx", "damaged", _docx_of_entities),
    _kind("deep", ".docx", "damaged", _deep_docx),
    Damage("old Word", ".docx", frozenset({"unsupported", "damaged"}), _old_word),  # the latter said by LibreOffice
    _kind("encrypted", ".docx", "encrypted", _encrypted_docx),
    _kind("presentation", ".docx", "unsupported", _presentation),
    _kind("cut", ".zip", "damaged", _cut_archive),
    _kind("UTF-16 without mark", ".txt", "unsupported", _utf16_without_mark),
    _kind("mainframe code page", ".txt", "unsupported", _mainframe_text),
    _kind("random", ".txt", "unsupported", _random_bytes),
    _kind("blanks", ".txt", "empty", _blanks),
    _kind("accents", ".txt", "unsupported", _accents),
    Damage("link to nowhere", ".docx", frozenset({"link"}), place=_link_to_nowhere),
    Damage("pipe", ".txt", frozenset({"missing"}), place=os.mkfifo),
    Damage("huge", ".pdf", frozenset({"memory", "damaged"}), place=_huge_file),
)
