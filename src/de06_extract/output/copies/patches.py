"""A patch between two texts, in time in proportion to their length, whatever lines they repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

_CONTEXT = 3  # lines around a change


def patch_of(name: str, old: bytes, new: bytes) -> bytes:
    r"""The patch that `patch -p1` and `git apply` take, for a file of this name; empty where nothing changes.

    >>> print(patch_of("a.txt", b"1\n2\n3\n4\n5\n", b"1\n2\n3\n4\n6\n").decode(), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -2,4 +2,4 @@
     2
     3
     4
    -5
    +6
    """
    before, after = _lines(old), _lines(new)
    changes = list(_changes(before, after))
    if not changes:
        return b""
    told = name.encode() + (b"\t" if " " in name else b"")  # else it ends at the blank
    parts = [b"--- a/", told, b"\n+++ b/", told, b"\n"]
    for group in _groups(changes):
        parts += _hunk(group, before, after)
    return b"".join(parts)


_Change = tuple[int, int, int, int]  # lines from … to … of the old text, and of the new one in their place


def _changes(before: Sequence[bytes], after: Sequence[bytes]) -> Iterator[_Change]:
    """The stretches of lines that differ: each for itself where no line came or went, else all from first to last."""
    if len(before) != len(after):
        start = _alike(before, after)
        same = _alike(before[start:][::-1], after[start:][::-1])
        yield start, len(before) - same, start, len(after) - same
        return
    begun: int | None = None
    for at, (old, new) in enumerate(zip_longest(before, after)):
        if old != new and begun is None:
            begun = at
        elif old == new and begun is not None:
            yield begun, at, begun, at
            begun = None
    if begun is not None:
        yield begun, len(before), begun, len(after)


def _alike(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines two texts begin with that are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _groups(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes, those together whose context would touch."""
    group: list[_Change] = []
    for change in changes:
        if group and change[0] - group[-1][1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _hunk(group: Sequence[_Change], before: Sequence[bytes], after: Sequence[bytes]) -> Iterator[bytes]:
    """The lines of one place of the patch, its head before them."""
    shift = group[0][2] - group[0][0]
    first, last = max(0, group[0][0] - _CONTEXT), min(len(before), group[-1][1] + _CONTEXT)
    behind = last + group[-1][3] - group[-1][1]
    yield b"@@ -%s +%s @@\n" % (_range(first, last), _range(first + shift, behind))
    at = first
    for start, end, new_start, new_end in group:
        yield from (b" " + _ended(line) for line in before[at:start])
        yield from (b"-" + _ended(line) for line in before[start:end])
        yield from (b"+" + _ended(line) for line in after[new_start:new_end])
        at = end
    yield from (b" " + _ended(line) for line in before[at:last])


def _range(first: int, last: int) -> bytes:
    count = last - first
    if count == 1:
        return b"%d" % (first + 1)
    return b"%d,%d" % (first + bool(count), count)


def _lines(data: bytes) -> list[bytes]:
    """The lines as `patch` counts them, by line feeds alone."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
