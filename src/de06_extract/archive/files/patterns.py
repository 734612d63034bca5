"""Which files of a folder or archive are wanted: patterns as `.gitignore` has them, of their paths below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from de06_extract.archive.files.ignore_patterns import without_ways_back
from de06_extract.errors import PathsError
from de06_extract.language.messages import said

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern


class PathPatterns:
    """Patterns of the files that are wanted, and of those that are not; of none, all files are."""

    def __init__(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> None:
        """Raises a `PathsError` that names the pattern which is none."""
        self._include, self._exclude = _compiled(include), _compiled(exclude)

    def wants(self, path: str, *, is_known: bool = True) -> bool:
        """True of a path as seen from the folder; what lies in a folder that is not known may be included.

        >>> wanted = PathPatterns(["*.docx", "2024/"], ["nháp/", "/cũ*"])
        >>> paths = ("a.docx", "2024/a.pdf", "nháp/a.docx", "cũ 1/a.docx", "x/cũ.docx", "a.pdf")
        >>> [wanted.wants(path) for path in paths]
        [True, True, False, False, True, False]
        """
        path = normalize("NFC", path)
        is_included = self._include is None or not is_known or self._include.match_file(path)
        return is_included and not (self._exclude is not None and self._exclude.match_file(path))


def _compiled(patterns: Iterable[str] | None) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec

    specs = GitIgnoreSpec([])
    for pattern in filter(str.strip, patterns or ()):
        try:
            specs += GitIgnoreSpec.from_lines([normalize("NFC", pattern)], _pattern)
        except ValueError as error:
            raise PathsError((said("errors", "no_pattern", pattern=pattern, reason=error),)) from error
    return specs if specs.patterns else None


def _pattern(line: str) -> GitIgnoreSpecPattern:
    """The pattern in a line. Raises a `ValueError` for what is none."""
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    expression, is_wanted = GitIgnoreSpecPattern.pattern_to_regex(line)
    if expression is None or is_wanted is None:  # a comment
        return GitIgnoreSpecPattern(line)
    return GitIgnoreSpecPattern(re.compile(without_ways_back(expression)), is_wanted)


EVERY_FILE = PathPatterns()
