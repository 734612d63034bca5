"""Patches between two texts: as others write them, also where lines are all the same."""

from __future__ import annotations

from difflib import diff_bytes, unified_diff

import pytest

from de06_extract.output.copies.patches import patch_of

LINES = [b"line %d\n" % number for number in range(60)]


@pytest.mark.parametrize(
    "changed",
    [(0,), (59,), (0, 59), (10, 11, 12), (10, 17), (10, 18), (3, 9, 16, 40, 41), tuple(range(60))],
)
def test_a_patch_is_that_of_difflib(changed: tuple[int, ...]) -> None:
    new = [b"other %d\n" % at if at in changed else line for at, line in enumerate(LINES)]
    for cut in (None, -1):  # the last line with its end, and without
        before, after = b"".join(LINES)[:cut], b"".join(new)[:cut]
        lines = diff_bytes(unified_diff, _lines(before), _lines(after), b"a/a.txt", b"b/a.txt", lineterm=b"\n")
        told = b"".join(_whole(line) for line in lines)
        assert patch_of("a.txt", before, after) == told


def _lines(text: bytes) -> list[bytes]:
    return text.splitlines(keepends=True)


def _whole(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def test_a_text_of_which_lines_are_lost_has_one_change() -> None:
    patch = patch_of("a b.txt", b"1\n2\n3\n4\n", b"1\n5\n4\n").decode()
    assert patch == "--- a/a b.txt\t\n+++ b/a b.txt\t\n@@ -1,4 +1,3 @@\n 1\n-2\n-3\n+5\n 4\n"
    assert patch_of("a.txt", b"1\n1\n", b"1\n1\n1\n").endswith(b"@@ -1,2 +1,3 @@\n 1\n 1\n+1\n")


def test_lines_that_are_alike_are_not_held_against_each_other() -> None:
    """Whoever looks for the longest stretch that two texts have in common takes hours here."""
    lines = [b"%d\n" % (number % 100) for number in range(200_000)]
    new = list(lines)
    for at in range(50, len(new), 1000):
        new[at] = b"x\n"
    patch = patch_of("a.txt", b"".join(lines), b"".join(new))
    assert patch.count(b"\n@@ ") == 200
    assert patch_of("a.txt", b"".join(lines), b"".join(lines)) == b""
