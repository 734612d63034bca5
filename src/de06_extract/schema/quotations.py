"""The words that a finding quotes, with the figure in doubt set apart."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from de06_extract.schema.display import one_line

Parts = tuple[str, str, str]
EntriesById = Mapping[str, Mapping[str, Any]]


def entries_by_id(report: Mapping[str, Any]) -> EntriesById:
    """The claims and comparisons of a report by their ids, as findings name them."""
    return {entry["id"]: entry for entry in chain(report["claims"], report["comparisons"])}


def quoted(finding: Mapping[str, Any], held: EntriesById) -> Parts:
    """The words before the figure of a finding, the figure, and those behind it; no figure if it stands elsewhere."""
    named = [held[known] for known in (*finding["claims"], *finding["comparisons"]) if known in held]
    if any(entry.get("table") is not None for entry in named):
        behind_name = f": {finding['span']['text']}"  # the quote of a table names row and column before each figure
        before, figure, after = finding["quote"].partition(behind_name)
        return one_line(before + ": " * bool(figure)), one_line(figure[2:]), one_line(after)
    for entry in named:
        words = entry["span"]["text"]
        start, end = (finding["span"][key] - entry["span"]["start"] for key in ("start", "end"))
        if 0 <= start < end <= len(words):
            return one_line(words[:start]), one_line(words[start:end]), one_line(words[end:])
    return parted(finding["quote"], finding["span"]["text"])


def parted(quote: str, figure: str | None) -> Parts:
    """The quotation around the first place where the figure stands in it.

    >>> parted("đạt 98,57% kế hoạch", "98,57%")
    ('đạt ', '98,57%', ' kế hoạch')
    >>> parted("đạt 98,57%", None)
    ('đạt 98,57%', '', '')
    """
    before, found, after = quote.partition(figure) if figure else (quote, "", "")
    return one_line(before), one_line(found), one_line(after)


def trimmed(before: str, figure: str, after: str, width: int) -> Parts:
    """The three parts of a quotation, cut at blanks to about `width` characters around the figure.

    >>> trimmed("một hai ba bốn ", "98,57%", " năm sáu bảy", 24)
    ('…ba bốn ', '98,57%', ' năm sáu…')
    """
    room = max(width - len(figure), 0)
    left = max(room // 2, room - len(after))
    right = max(room - len(before), room - left)
    if len(before) > left:
        before = "…" + before[len(before) - left :].partition(" ")[2]
    if len(after) > right:
        after = after[:right].rpartition(" ")[0] + "…"
    return before, figure, after
