"""Small images whose headers, chunks and directories say what is not so, with checksums that are right again."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from fuzzing.texts import broken

_MODES = ("L", "L", "1", "RGB", "RGBA", "LA", "P", "CMYK", "I;16", "I", "F", "YCbCr")
_SIZES = ((60, 24), (24, 60), (1, 1), (8, 300), (200, 3), (33, 17))
_POOL = 48  # sound images that are changed
_WIDE = (0, 1, 2, 8, 255, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 9_000, 100_000)
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_CHUNKS = (
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"tEXt", b"zTXt", b"iTXt", b"gAMA", b"iCCP", b"eXIf", b"acTL",
    b"fcTL", b"fdAT", b"cHRM", b"sRGB", b"abcd",
)  # fmt: skip
_TAGS = (
    256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 296, 317, 320, 322, 323, 324, 325, 330, 338,
    339, 347, 700, 34665, 34675, 50838, 0, 65535,
)  # fmt: skip


@cache
def _sound(form: str, number: int) -> bytes:
    """An image, of several pages where the format has them."""
    chance = random.Random(f"{form} {number}")
    pages = [_page(chance) for _ in range(chance.choice((1, 1, 2, 5)) if form == "TIFF" else 1)]
    options: dict[str, Any] = {"dpi": chance.choice(((300, 300), (0, 0), (1, 1), (72, 5000)))}
    if form == "TIFF":
        compressions = ("raw", "tiff_deflate", "tiff_lzw", "packbits", "jpeg", "group4", "tiff_adobe_deflate")
        options |= {
            "compression": compressions[number % len(compressions)],
            "save_all": True,
            "append_images": pages[1:],
        }
    elif form == "JPEG":
        options |= {"progressive": number % 3 == 0, "exif": _exif(chance), "quality": chance.choice((1, 50, 95))}
    stream = io.BytesIO()
    for mode in ("", "L", "1"):
        try:
            kept = [page.convert(mode) if mode else page for page in pages]
            kept[0].save(stream, form, **(options | ({"append_images": kept[1:]} if form == "TIFF" else {})))
            return stream.getvalue()
        except (OSError, ValueError, KeyError, RuntimeError):  # not every mode can be written in every way
            stream = io.BytesIO()
    raise ValueError(f"no {form} of number {number}")


def _page(chance: random.Random) -> Image.Image:
    image = Image.new("L", chance.choice(_SIZES), 255)
    ImageDraw.Draw(image).text((2, 2), "75% 3/4", fill=0)
    mode = chance.choice(_MODES)
    return image.convert(mode if mode != "I;16" else "I").convert(mode) if mode == "I;16" else _converted(image, mode)


def _converted(image: Image.Image, mode: str) -> Image.Image:
    return (
        image
        if mode == "L"
        else image.convert("RGB").convert(mode)
        if mode in ("YCbCr", "CMYK")
        else image.convert(mode)
    )


def _exif(chance: random.Random) -> bytes:
    exif = Image.Exif()
    exif[274] = chance.choice((1, 3, 6, 8, 0, 9))
    return bytes(exif.tobytes())


def png(chance: random.Random) -> bytes:
    """A PNG as the bytes of a file, changed in its chunks, now and then in its bytes."""
    chunks = _chunks(_sound("PNG", chance.randrange(_POOL)))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        _change_chunk(chunks, chance)
    held = _PNG_HEAD + b"".join(_written(kind, content, chance) for kind, content in chunks)
    return broken(held, chance) if chance.random() < 0.1 else held


def _chunks(held: bytes) -> list[tuple[bytes, bytes]]:
    found, at = list[tuple[bytes, bytes]](), len(_PNG_HEAD)
    while at + 8 <= len(held):
        (size,) = struct.unpack_from(">I", held, at)
        found.append((held[at + 4 : at + 8], held[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _written(kind: bytes, content: bytes, chance: random.Random) -> bytes:
    size = len(content) if chance.random() < 0.99 else chance.choice(_WIDE)
    return struct.pack(">I", size) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _change_chunk(chunks: list[tuple[bytes, bytes]], chance: random.Random) -> None:
    at = chance.randrange(len(chunks))
    kind, content = chunks[at]
    match chance.randrange(7):
        case 0 | 1:
            place = chance.randrange(len(content) // 4 + 1) * 4
            content = content[:place] + struct.pack(">I", chance.choice(_WIDE)) + content[place + 4 :]
            chunks[at] = kind, content
        case 2:
            place = chance.randrange(len(content) + 1)
            chunks[at] = kind, content[:place] + chance.randbytes(1) + content[place + 1 :]
        case 3:
            chunks[at] = chance.choice(_CHUNKS), content
        case 4:
            chunks[at:at] = [chunks[at]] * chance.choice((1, 3, 60))
        case 5:
            if len(chunks) > 1:
                del chunks[at]
        case _:
            packed = zlib.compress(b"x" * chance.choice((1, 1000, 3_000_000)), 9)
            chunks.insert(at, (chance.choice(_CHUNKS), chance.choice((b"a\0\0" + packed, chance.randbytes(9), b""))))


def jpg(chance: random.Random) -> bytes:
    """A JPEG as the bytes of a file, changed in its segments, now and then in its bytes."""
    held = bytearray(_sound("JPEG", chance.randrange(_POOL)))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        marks = [at for at in range(len(held) - 1) if held[at] == 0xFF and held[at + 1] not in (0, 0xFF)]
        if not marks:
            break
        at = chance.choice(marks)
        match chance.randrange(5):
            case 0:
                held[at + 1] = chance.choice(
                    (0xC0, 0xC2, 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xFE, 0xC9, 0xD0)
                )
            case 1:
                held[at + 2 : at + 4] = struct.pack(">H", chance.choice((0, 1, 2, 8, 0xFFFF, 300)))
            case 2:
                place = at + chance.randrange(4, 20)
                held[place : place + 2] = struct.pack(">H", chance.choice((0, 1, 9_000, 0xFFFF, 255, 17)))
            case 3:
                held[at:at] = held[at : at + chance.choice((4, 40, 400))] * chance.choice((1, 3, 50))
            case _:
                del held[at : at + chance.choice((2, 20, 300))]
    return broken(bytes(held), chance) if chance.random() < 0.1 else bytes(held)


def tif(chance: random.Random) -> bytes:
    """A TIFF as the bytes of a file, changed in its directories, now and then in its bytes."""
    held = bytearray(_sound("TIFF", chance.randrange(_POOL)))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        places, links = _directories(bytes(held))
        if not places:
            break
        at = chance.choice(places)
        match chance.randrange(6):
            case 0:
                struct.pack_into("<H", held, at, chance.choice(_TAGS))
            case 1:
                struct.pack_into("<H", held, at + 2, chance.choice((0, 1, 2, 3, 4, 5, 7, 11, 12, 13, 16, 99)))
            case 2:
                struct.pack_into("<I", held, at + 4, chance.choice(_WIDE))
            case 3 | 4:
                struct.pack_into("<I", held, at + 8, chance.choice((*_WIDE, chance.randrange(len(held)))))
            case _:
                struct.pack_into(
                    "<I", held, chance.choice(links), chance.choice((8, 0, len(held) - 4, 0xFFFFFFFF, *links))
                )
    return broken(bytes(held), chance) if chance.random() < 0.1 else bytes(held)


def _directories(held: bytes) -> tuple[list[int], list[int]]:
    """The places of the entries of all directories, and those of the links to the next one."""
    if held[:4] != b"II*\0":
        return [], []
    places, links, (at,) = list[int](), [4], struct.unpack_from("<I", held, 4)
    while 8 <= at <= len(held) - 2 and len(links) < 9:
        (count,) = struct.unpack_from("<H", held, at)
        end = at + 2 + 12 * count
        if end + 4 > len(held):
            break
        places += range(at + 2, end, 12)
        links.append(end)
        (at,) = struct.unpack_from("<I", held, end)
    return places, links
