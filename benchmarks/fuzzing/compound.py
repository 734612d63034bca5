"""Compound files (OLE), as Office wrote them before it wrote ZIP archives: streams in sectors of 512 bytes."""

from __future__ import annotations

import random
import struct
from collections.abc import Mapping
from itertools import count, pairwise

_SECTOR, _CUTOFF = 512, 4096  # bytes of a sector, and of the shortest stream that has sectors of its own
_END, _FREE, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STREAM, _STORAGE = 5, 2, 1
_VALUES = (0, 1, 2, 5, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFA, 200, 0x00010000)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """The file with these streams, «storage/stream» for one in a storage; each is filled up to 4096 bytes."""
    entries, children = _entries(streams)
    chain, body, starts = list[int](), bytearray(), list[int]()
    for _, kind, content in entries:
        starts.append(_add(chain, body, content.ljust(_CUTOFF, b"\0")) if kind == _STREAM else _END)
    right = {one: other for kids in children.values() for one, other in pairwise(kids)}
    directory = b""
    for at, (name, kind, content) in enumerate(entries):
        size = max(_CUTOFF, len(content)) if kind == _STREAM else 0
        links = _NONE, right.get(at, _NONE), (children.get(at) or [_NONE])[0]
        directory += name.encode("utf-16-le")[:62].ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
        directory += struct.pack("<III", *links) + bytes(36) + struct.pack("<III", starts[at], size, 0)
    first = _add(chain, body, directory)
    tables = next(number for number in count(1) if _SECTOR // 4 * number >= len(chain) + number)
    where = range(len(chain), len(chain) + tables)
    whole = [*chain, *[_TABLE] * tables]
    body += struct.pack(f"<{len(whole)}I", *whole).ljust(tables * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, _CUTOFF, _END, 0, _END, 0)
    return head + struct.pack("<109I", *where, *[_FREE] * (109 - tables)) + bytes(body)


def _entries(streams: Mapping[str, bytes]) -> tuple[list[tuple[str, int, bytes]], dict[int, list[int]]]:
    """The entries of the directory, and the numbers of those in the root and in each storage."""
    storages = sorted({path.partition("/")[0] for path in streams if "/" in path})
    entries = [("Root Entry", _ROOT, b"")]
    entries += [(path, _STREAM, content) for path, content in streams.items() if "/" not in path]
    entries += [(storage, _STORAGE, b"") for storage in storages]
    children = {0: list(range(1, len(entries)))}
    for at, storage in enumerate(storages, len(entries) - len(storages)):
        inside = [path for path in streams if path.startswith(f"{storage}/")]
        children[at] = list(range(len(entries), len(entries) + len(inside)))
        entries += [(path.partition("/")[2], _STREAM, streams[path]) for path in inside]
    return entries, children


def _add(chain: list[int], body: bytearray, content: bytes) -> int:
    """The first sector of the content, which is added with its chain."""
    first, sectors = len(chain), -(-len(content) // _SECTOR)
    chain += [*range(first + 1, first + sectors), _END]
    body += content.ljust(_SECTOR * sectors, b"\0")
    return first


def changed(held: bytes, chance: random.Random) -> bytes:
    """The file with a number of its header, its directory or its chains set to another one."""
    found = bytearray(held)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.choice((_in_header, _in_header, _anywhere))(len(found), chance)
        found[at : at + 4] = struct.pack("<I", chance.choice((*_VALUES, chance.randrange(60))))
    return bytes(found)


def _in_header(size: int, chance: random.Random) -> int:
    return chance.choice((24, 28, 30, 32, 40, 44, 48, 56, 60, 64, 68, 72, 76, 80, 84))


def _anywhere(size: int, chance: random.Random) -> int:
    """The place of a number in the last sectors, which are the directory and the chains."""
    return max(0, size - 4 * chance.randrange(1, 6 * _SECTOR // 4))
