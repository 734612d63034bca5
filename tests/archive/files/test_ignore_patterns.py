"""A pattern with many stars says what it said before, and no name takes long to be told apart from it."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from de06_extract.archive.files.ignore_patterns import without_ways_back
from de06_extract.archive.files.patterns import PathPatterns

PARTS = ("*", "**", "a", "b", "*a", "a*", "*a*b", "?", "[ab]*", "*[ab]*b*", "*.txt", "a*b*a")
NAMES = ("a", "b", "ab", "ba", "aab", "bab", "abab", "a.txt", "b.a.txt", ".txt")
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from de06_extract.archive.files.patterns import PathPatterns
wanted = PathPatterns([{pattern!r}])
print(wanted.wants({path!r}), wanted.wants({fitting!r}))
"""


def test_the_same_paths_fit() -> None:
    chance, fitted = random.Random(7), 0
    for _ in range(3_000):
        line = chance.choice(("", "", "/")) + "/".join(chance.choices(PARTS, k=chance.choice((1, 1, 2, 3, 5))))
        line += chance.choice(("", "", "/"))
        expression, is_wanted = GitIgnoreSpecPattern.pattern_to_regex(line)
        assert expression is not None
        assert is_wanted
        for _ in range(8):
            path = "/".join(chance.choices(NAMES, k=chance.choice((1, 2, 3, 6))))
            before = re.match(expression, path)
            after = re.match(without_ways_back(expression), path)
            assert (before is None) == (after is None), (line, path)
            if before is not None and after is not None:
                fitted += 1
                assert before.groupdict().keys() == after.groupdict().keys()
    assert fitted > 3_000


def test_a_set_parts_no_folders() -> None:
    wanted = PathPatterns(["/*[!a]*b", "/[!a]c[!b]d"])
    paths = ("bb", "a/bb", "ab", "bcad", "bc/d")
    assert [wanted.wants(path) for path in paths] == [True, False, False, True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="time of a processor is limited by POSIX")
@pytest.mark.parametrize(
    ("pattern", "path", "fitting"),
    [
        ("*a" * 30 + "b", "a" * 250, "a" * 250 + "b"),
        ("*a?" * 30 + "b", "ab" * 125, "ab" * 125 + "b"),
        ("**/a/" * 12 + "b", "a/" * 120 + "c", "a/" * 120 + "b"),
        ("**/*a*a*a/" * 6 + "b", "aaa/" * 60 + "c", "aaaa/" * 60 + "b"),
    ],
)
def test_no_path_takes_long(pattern: str, path: str, fitting: str) -> None:
    code = LIMITED.format(pattern=pattern, path=path, fitting=fitting)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "False True\n", done.stderr
