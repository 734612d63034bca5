"""A pattern of `.gitignore` as a regular expression that is decided without trying all ways to divide a path.

What pathspec makes of `*a*b` may give characters to either star, and tries that for every name which does not fit:
each further star takes a name's length times as long. The first place where the text behind a star fits is as good as
any later one, but for the last star of a name; and so it is with the folders behind `**`.
"""

from __future__ import annotations

import re
from itertools import pairwise

_STAR = "[^/]*"
_NAMES, _FOLDERS = "(?:.+/)?", "(?:/.+)?/"  # what `**` stands for at the beginning and between folders
_FEWEST = {_NAMES: "(?:.+?/)??", _FOLDERS: "(?:/.+?)??/"}
_ANY_DEPTH = re.compile("|".join(map(re.escape, _FEWEST)))
_ONE = "[^/]"  # what «?» stands for
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")  # of characters; «/» in one parts no folders


def without_ways_back(pattern: str) -> str:
    """The regular expression that says the same with atomic groups; of one from pathspec.

    A set without some characters is without «/» too, as git has it.

    >>> without_ways_back("^[^/]*a[^/]*b$"), without_ways_back("^a[^/]*$")
    ('^(?>[^/]*?a)[^/]*b$', '^a[^/]*$')
    >>> without_ways_back("^(?:.+/)?a(?:/.+)?/b$")
    '^(?>(?:.+?/)??a(?=/))(?:/.+)?/b$'
    """
    pattern = _SET.sub(lambda found: found[0].replace("[^", "[^/") if found[0] not in _ONE else found[0], pattern)
    deep = list(_ANY_DEPTH.finditer(pattern))
    if not deep:
        return _in_names(pattern)
    made = [_in_names(pattern[: deep[0].start()])]
    for one, after in pairwise(deep):
        made.append(f"(?>{_FEWEST[one[0]]}{_in_names(pattern[one.end() : after.start()])}(?=/))")
    return "".join((*made, deep[-1][0], _in_names(pattern[deep[-1].end() :])))


def _in_names(pattern: str) -> str:
    """A stretch without `**` in which each star of a name but the last takes as little as it can."""
    first, *others = pattern.split(_STAR)
    made = first
    for at, behind in enumerate(others):
        is_last = at == len(others) - 1 or "/" in _SET.sub("", behind) or "(" in behind
        made += f"{_STAR}{behind}" if is_last else f"(?>[^/]*?{behind})"
    return made
