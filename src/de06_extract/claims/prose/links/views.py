"""Views: the figures behind or before a total as a reader may take them together, whose first ones may be its parts.

All of one depth, those of one unit, the first of each clause or item: parts are cut from the beginning of a view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.mentions import Mention

LONGEST = 16  # parts of a sum
_BEHIND, _BEFORE = 48, 12  # counts behind and before the total
_FIGURES_BEHIND, _FIGURES_BEFORE = 100, 24  # figures of any kind among which they are
_PARAGRAPHS_BEHIND, _PARAGRAPHS_BEFORE = 16, 4
_SHARES, _PARAGRAPHS_OF_SHARES = 24, 8  # percentages from the first on, and paragraphs behind it, that hold a whole
_MANY, _FEW, _FEWEST = LONGEST + 1, 10, 8  # figures of a view; the rarer its shape, the fewer
_STARTS = 2  # a view may begin at the first level or, where that is another total, at the second

_DETAILS = frozenset({"part", "among"})  # before figures that are parts of the one before


class View(NamedTuple):
    """Figures as a reader may take them together, with their places among all mentions."""

    name: str
    figures: list[Mention]
    places: tuple[int, ...]


class _Views:
    """The views so far; each run of figures is one view, under the first name that it got."""

    def __init__(self) -> None:
        self.found: list[View] = []
        self._known: set[tuple[int, ...]] = set()

    def put(self, name: str, run: list[Mention], most: int = _MANY) -> None:
        if len(run) < 2:
            return
        run = run[:most]
        key = tuple([mention.index for mention in run])
        if key not in self._known:
            self._known.add(key)
            self.found.append(View(name, run, key))


def views_of_total(ev: Evidence, total: Mention, counts: list[Mention]) -> list[View]:
    """The views of counts near a total, the nearest first in each."""
    views = _Views()
    levels = [m for m in counts if m.role == "level"]
    plain = [m for m in levels if m.under is None]
    _views_of_roles(total, counts, plain, views)
    for start in range(min(_STARTS, len(plain))):
        views.put("lines of a list", _lines_of_list(ev, total, plain[start:]))
    _views_of_levels(ev, plain, views)
    _views_like_total(ev, total, plain, levels, views)
    return views.found


def _views_of_roles(total: Mention, counts: list[Mention], plain: list[Mention], views: _Views) -> None:
    """The views of what may be an amount, of both figures of pairs, and of changes where the total is one."""
    views.put("plain", plain)
    changes = [m for m in counts if m.role == "change"]
    if any(map(_may_name_amount, changes)):
        views.put("plain", [m for m in counts if m.under is None and (m.role == "level" or _may_name_amount(m))])
    views.put("denominators", [m for m in counts if m.under is not None], _FEW)
    views.put("numerators", [m for m in counts if m.over is not None], _FEW)
    if total.role == "change":
        views.put("changes", [m for m in changes if m.direction == total.direction], _FEWEST)


def _may_name_amount(m: Mention) -> bool:
    """True for «giảm chi 12 tỷ đồng»: one word behind the direction may say what it is an amount of."""
    return m.role == "change" and m.steps_from("up", "down") == 1


def counts_near(ev: Evidence, total: Mention, side: int) -> list[Mention]:
    """The counts behind a total (`side` 1) or before it (-1) that may be added to its unit, the nearest first."""
    if side > 0:
        mentions, paragraphs, most = ev.reading.after(total, _FIGURES_BEHIND), _PARAGRAPHS_BEHIND, _BEHIND
    else:
        mentions, paragraphs, most = ev.reading.before(total, _FIGURES_BEFORE), _PARAGRAPHS_BEFORE, _BEFORE
    out: list[Mention] = []
    for m in mentions:
        if abs(m.paragraph - total.paragraph) > paragraphs:
            break
        if ev.may_be_part(m, total):
            out.append(m)
            if len(out) >= most:
                break
    return out


_CLAUSE, _PARAGRAPH = attrgetter("sentence", "clause"), attrgetter("paragraph")
_STARTING: Sequence[tuple[str, Callable[[Mention], object]]] = (
    ("first of each clause", _CLAUSE),
    ("first of each paragraph", _PARAGRAPH),
    ("first of each item", attrgetter("paragraph", "item")),
    ("first of each sentence", attrgetter("sentence")),
)


def _views_of_levels(ev: Evidence, plain: list[Mention], views: _Views) -> None:
    """The views that begin at the first level or the second and hold what is like it, or the first of each stretch."""
    nouns = [ev.noun(m) for m in plain]
    heads, pairs = [noun[:1] for noun in nouns], [noun[:2] for noun in nouns]
    stretches = [(name, list(map(key, plain))) for name, key in _STARTING]
    for start in range(min(_STARTS, len(plain) - 1)):
        rest = plain[start:]
        _put_alike_in_unit(rest, views)
        for name, keys in stretches:
            views.put(name, _first_of_each(rest, keys[start:]))
        if heads[start]:
            views.put("noun", _alike(rest, heads[start:]))
            if len(pairs[start]) > 1:
                views.put("nouns", _alike(rest, pairs[start:]))
        verb = rest[0].verb
        if verb:
            views.put("verb", [m for m in rest if m.verb == verb], _FEWEST)
        if len(rest) > 3:
            views.put("every second", rest[::2], _FEWEST)
        views.put("no details", [rest[0], *[m for m in rest[1:] if m.lead_kinds.isdisjoint(_DETAILS)]])


def _lines_of_list(ev: Evidence, total: Mention, rest: list[Mention]) -> list[Mention]:
    """The first figure of each line marked like that of the first, up to where the list or the total's own goes on."""
    mark, own = ev.list_mark(rest[0]), ev.list_mark(total)
    if not mark or mark == own or rest[0].paragraph <= total.paragraph:
        return []
    lines: list[Mention] = []
    for m in rest:
        if lines and m.paragraph == lines[-1].paragraph:
            continue
        its = ev.list_mark(m)
        if its == mark:
            lines.append(m)
        elif not its or its == own:
            break
    return lines


def _put_alike_in_unit(rest: list[Mention], views: _Views) -> None:
    """The views of what has the depth or unit of the first."""
    depth, unit = rest[0].depth, rest[0].unit
    views.put("depth", [m for m in rest if m.depth == depth])
    if unit:
        alike = [m for m in rest if m.unit == unit]
        views.put("unit", alike)
        views.put("unit and depth", [m for m in alike if m.depth == depth])


def _views_like_total(ev: Evidence, total: Mention, plain: list[Mention], levels: list[Mention], views: _Views) -> None:
    """The views of what has the total's unit, noun or verb."""
    if total.unit:
        views.put("unit of the total", [m for m in plain if m.unit == total.unit])
        views.put("unit of the total, slashes too", [m for m in levels if m.unit == total.unit], _FEW)
    noun = ev.noun(total)
    if len(noun) > 1:
        views.put("nouns of the total", [m for m in plain if ev.noun(m)[:2] == noun[:2]])
    if total.verb:
        views.put("verb of the total", [m for m in plain if m.verb == total.verb], _FEWEST)


def _alike(rest: list[Mention], keys: Sequence[object]) -> list[Mention]:
    """The figures of which the same is true as of the first."""
    wanted = keys[0]
    return [m for m, key in zip(rest, keys, strict=True) if key == wanted]


def _first_of_each(rest: list[Mention], keys: Sequence[object]) -> list[Mention]:
    """The first figure of each clause, item, sentence or paragraph, whatever the keys tell apart."""
    return [rest[0], *[m for m, own, before in zip(rest[1:], keys[1:], keys, strict=False) if own != before]]


def views_of_share(first: Mention, shares: Sequence[Mention]) -> list[View]:
    """The views of percentages that begin at one of them; `shares` begin with it."""
    last = first.paragraph + _PARAGRAPHS_OF_SHARES
    rest = [m for m in shares[:_SHARES] if m.paragraph <= last and m.footnote == first.footnote]
    return [
        View(name, figures, tuple([figure.index for figure in figures]))
        for name, figures in (
            ("all", rest),
            ("depth", [m for m in rest if m.depth == first.depth]),
            ("first of each clause", _first_of_each(rest, list(map(_CLAUSE, rest)))),
            ("first of each paragraph", _first_of_each(rest, list(map(_PARAGRAPH, rest)))),
        )
    ]
