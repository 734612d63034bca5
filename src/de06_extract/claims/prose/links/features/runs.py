"""Features of runs: how the parts of a sum or the shares of a whole stand to each other and to what is left out.

Of the size of figures only this is told: a year among counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.features.places import bucket, coarse_scope
from de06_extract.claims.prose.links.outcomes import HOLDS, of_shares, of_total
from de06_extract.claims.prose.mentions import Mention

_REST = frozenset({"other", "left", "rest"})
_OPENING = frozenset({"part", "whole", "among", "colon", "open", "total", "comma", "stop"})  # before the first part
_DETAILS = frozenset({"part", "among"})
_ENDS_INSIDE = ("on", "clause", "sentence")  # ends of a run behind which the paragraph goes on
_NEXT = 5  # figures behind the last part among which the next count is sought
_TOTALS = 12  # figures before a share among which the total of the counts is sought that they are the shares of
_YEARS = (1900, 2100)


@dataclass(slots=True, eq=False)
class Run:
    """Parts in the order of the text, cut from a view of what stands behind a total (`side` 1) or before it (-1).

    `more` is the figure of the view behind the last that was taken, `start` the number of those left out before.
    """

    parts: Sequence[Mention]
    more: Mention | None
    view: str
    side: int = 1
    start: int = 0


def spread_of(parts: Sequence[Mention]) -> str:
    """The smallest kind of stretch that holds all parts, or those between which they are divided."""
    first, last = parts[0], parts[-1]
    if first.paragraph != last.paragraph:
        return "paragraphs"
    if first.sentence != last.sentence:
        return "sentences"
    return "clause" if first.clause == last.clause else "clauses"


def end_of(last: Mention, behind: Mention | None) -> str:
    """What ends at the last part, by the figure behind it: «text», «paragraph» … or «on», where nothing does."""
    if behind is None:
        return "text"
    if behind.paragraph != last.paragraph:
        return "paragraph"
    if behind.sentence != last.sentence:
        return "sentence"
    if behind.clause != last.clause:
        return "clause"
    return "out" if behind.depth < last.depth else "in" if behind.depth > last.depth else "on"


def say_parts(ev: Evidence, total: Mention, run: Run) -> list[str]:
    """What speaks for or against a run of figures as the parts of a total."""
    parts, where = run.parts, "behind" if run.side > 0 else "before"
    many, spread, unit = bucket(len(parts)), spread_of(parts), _unit_of(total, parts)
    behind = _next_count(ev, parts[-1])
    end = end_of(parts[-1], behind)
    said = (
        f"{many} of them", f"view {run.view}", f"from number {run.start}", f"unit {unit}",
        f"unit {unit.split(',')[0]}, {many} of them", f"over {spread}", f"over {spread}, {many} of them",
        f"ends {end}", f"ends {end}, over {spread}",
        f"more of the view {'none' if run.more is None else coarse_scope(parts[-1], run.more)}",
        *_nouns(ev, total, parts), *_division(parts, total, many), *_left_out(ev, parts),
        *_behind(ev, parts[-1], behind, end), *_cues(ev, parts, many, end), *_opposites(ev, parts),
        *_shares_beside(ev, parts),
    )  # fmt: skip
    found = [where, *[f"{where}, {feature}" for feature in said]]
    if "total" in total.lead_kinds:
        found.append(f"{where}, total by name, {coarse_scope(total, parts[0])}")
    if run.side > 0:
        found += _beginning(ev, total, parts[0], end, unit, many)
    return [*found, *_oddities(parts)]


def _unit_of(total: Mention, parts: Sequence[Mention]) -> str:
    units = {part.unit for part in parts}
    unit = "mixed" if len(units) > 1 else "one" if "" not in units else "none"
    return f"{unit}, {'that of the total' if total.unit and units == {total.unit} else 'other'}"


def _next_count(ev: Evidence, last: Mention) -> Mention | None:
    """The next count behind the last part, or the first figure of another sentence, if near."""
    for mention in ev.mentions[last.index + 1 : last.index + 1 + _NEXT]:
        if mention.figure.kind == "count" or mention.sentence != last.sentence:
            return mention
    return None


def _nouns(ev: Evidence, total: Mention, parts: Sequence[Mention]) -> tuple[str, str]:
    nouns = [ev.noun(part)[:1] for part in parts]
    one = nouns[0] and nouns.count(nouns[0]) == len(nouns)
    of_total = min(2, len(set(ev.noun(total)).intersection(ev.noun(parts[0]))))
    return f"nouns {'one' if one else 'several'}", f"{of_total} words of the total behind the first"


def _division(parts: Sequence[Mention], total: Mention, many: str) -> tuple[str, ...]:
    """Whether brackets or stretches of text hold a part each."""
    depth = "one" if len({part.depth for part in parts}) == 1 else "several"
    deeper = max(-1, min(1, parts[0].depth - total.depth))
    each = _own_stretch(parts)
    return f"depth {depth}, {deeper}", f"each its own {each}", f"each its own {each}, {many} of them"


def _own_stretch(parts: Sequence[Mention]) -> str:
    """The largest stretch of which no two parts share one; they are in the order of the text."""
    pairs = list(pairwise(parts))
    if all(a.item != b.item or a.paragraph != b.paragraph for a, b in pairs):
        return "item"
    if all(a.paragraph != b.paragraph for a, b in pairs):
        return "paragraph"
    if all(a.sentence != b.sentence for a, b in pairs):
        return "sentence"
    return "clause" if all(a.clause != b.clause or a.sentence != b.sentence for a, b in pairs) else "none"


def _left_out(ev: Evidence, parts: Sequence[Mention]) -> Iterator[str]:
    """The counts between the parts that are none of them, and why they may be none."""
    first = parts[0]
    inner: list[Mention] = []
    if parts[-1].index - first.index >= len(parts):
        taken = {part.index for part in parts}
        inside = ev.mentions[first.index + 1 : parts[-1].index]
        inner = [m for m in inside if m.figure.kind == "count" and m.index not in taken]
    yield f"{bucket(len(inner))} counts left out inside"
    if not inner:
        yield "left out nothing"
        return
    yield f"left out {' '.join(sorted({_why(m, first) for m in inner}))}"
    if any(_is_like(m, first) for m in inner):
        yield "one like them left out"


def _is_like(mention: Mention, first: Mention) -> bool:
    """True for a level of the unit of the parts and not deeper in brackets."""
    return (
        mention.unit == first.unit != ""
        and mention.role == "level"
        and mention.depth <= first.depth
        and mention.under is None
    )


def _why(mention: Mention, first: Mention) -> str:
    """Why a count between parts may be none of them: «level» where nothing tells."""
    if mention.depth > first.depth:
        return "deeper"
    if mention.role != "level":
        return "change"
    if mention.under is not None:
        return "denominator"
    return "level" if mention.lead_kinds.isdisjoint(_DETAILS) else "detail"


def _behind(ev: Evidence, last: Mention, behind: Mention | None, end: str) -> Iterator[str]:
    """Whether the count behind the last part could be one more."""
    if behind is None:
        return
    unit = "unknown" if not behind.unit else "same" if behind.unit == last.unit else "other" if last.unit else "unknown"
    yield f"ends {end}, unit behind {unit}"
    if end in _ENDS_INSIDE:
        for kind in ev.facts[behind.index].telling:
            yield f"ends {end} before {kind}"


def _cues(ev: Evidence, parts: Sequence[Mention], many: str, end: str) -> Iterator[str]:
    """«và» and other cues before the parts."""
    if "and" in parts[-1].lead_kinds:
        yield f"a joining word before the last, {many} of them"
        yield f"a joining word before the last, ends {end}"
    if any("and" in part.lead_kinds for part in parts[1:-1]):
        yield "a joining word inside"
    for kind in frozenset().union(*[ev.facts[part.index].telling for part in parts[1:]]):
        yield f"among the parts {kind}"
    yield f"cues before the parts {_alike(ev, parts)}"


def _opposites(ev: Evidence, parts: Sequence[Mention]) -> Iterator[str]:
    """Whether two parts that follow each other are called so that nothing is left between them."""
    if any(ev.are_opposites(a, b) for a, b in pairwise(parts)):
        yield f"opposites, {'both' if len(parts) == 2 else 'two'} of them"


def _shares_beside(ev: Evidence, parts: Sequence[Mention]) -> Iterator[str]:
    """Whether the percentages behind or before all parts are the shares of one whole, by how they add up."""
    for step in (1, -1):
        beside = _beside(ev, parts, step)
        if beside and all(other.is_percent and other.role == "level" for other in beside):
            holds = of_shares([ev.value(other) for other in beside]) == HOLDS
            yield f"shares beside them {'add up' if holds else 'do not add up'}"
            return


def _beside(ev: Evidence, parts: Sequence[Mention], step: int) -> list[Mention]:
    """The figures next to each part; none where one has none in its sentence, or another part."""
    taken, found = {part.index for part in parts}, []
    for part in parts:
        other = ev.neighbour(part, step)
        if other is None or other.index in taken:
            return []
        found.append(other)
    return found


def _alike(ev: Evidence, parts: Sequence[Mention]) -> str:
    return "alike" if len({ev.step(part) for part in parts[1:]}) == 1 else "unlike"


def _beginning(ev: Evidence, total: Mention, first: Mention, end: str, unit: str, many: str) -> Iterator[str]:
    """What stands between a total and the first part behind it."""
    steps = bucket(first.index - total.index)
    for kind in first.lead_kinds & _OPENING:
        yield f"first after {kind}, {steps} steps"
        yield f"first after {kind}, ends {end}"
        yield f"first after {kind}, ends {end}, {many} of them"
        yield f"first after {kind}, unit {unit}"
    if first.index == total.index + 1:
        yield f"next to the total, path {ev.path(first)}"
        yield f"next to the total, path {ev.path(first)}, {coarse_scope(total, first)}"


def _oddities(parts: Sequence[Mention]) -> Iterator[str]:
    last = parts[-1]
    if any(part.over is not None for part in parts):
        yield "parts with slashes"
    if (last.tail_kinds | last.lead_kinds) & _REST:
        yield "the last is the rest"
    if any(_is_like_year(part) for part in parts):
        yield "a year among them"


def _is_like_year(mention: Mention) -> bool:
    return not mention.unit and not mention.figure.decimals and _YEARS[0] <= mention.figure.value <= _YEARS[1]


def say_shares(ev: Evidence, run: Run) -> Iterator[str]:
    """What speaks for or against a run of percentages as the shares of one whole."""
    parts = run.parts
    many, spread, end = bucket(len(parts)), spread_of(parts), end_of(parts[-1], run.more)
    yield f"{many} of them"
    yield f"view {run.view}"
    yield f"over {spread}"
    yield f"over {spread}, {many} of them"
    yield f"ends {end}"
    yield f"ends {end}, over {spread}"
    yield f"depth {len({part.depth for part in parts})}"
    yield f"decimals {len({part.figure.decimals for part in parts})}"
    yield f"cues {_alike(ev, parts)}"
    yield f"names {'alike' if len({part.leads_with('reach') for part in parts}) == 1 else 'unlike'}"
    taken = {part.index for part in parts}
    inner = [m for m in ev.mentions[parts[0].index + 1 : parts[-1].index] if m.is_percent and m.index not in taken]
    yield f"{bucket(len(inner))} left out"
    yield from _cues_of_shares(ev, parts, many)
    yield from _opposites(ev, parts)
    yield from _counts_beside(ev, parts)


def _cues_of_shares(ev: Evidence, parts: Sequence[Mention], many: str) -> Iterator[str]:
    """Cues before and behind the shares."""
    rests = [bool((part.lead_kinds | part.tail_kinds) & _REST) for part in parts]
    if rests[-1]:
        yield "the last is the rest"
    if any(rests[:-1]):
        yield "one before the last is the rest"
    if any(part.leads_with("up", "down") for part in parts):
        yield "a change among them"
    for kind in frozenset().union(*[ev.facts[part.index].telling for part in parts]):
        yield f"among them {kind}"
    if "and" in parts[-1].lead_kinds:
        yield f"a joining word before the last, {many} of them"


def _counts_beside(ev: Evidence, parts: Sequence[Mention]) -> Iterator[str]:
    """Whether a count stands beside each share, of which it may be the percentage, and whether these add up."""
    for side, step in (("before", -1), ("behind", 1)):
        beside = [ev.neighbour(part, step) for part in parts]
        counts = [other for other in beside if other is not None and other.figure.kind == "count"]
        yield f"counts {side} {'all' if len(counts) == len(parts) else 'some' if counts else 'none'}"
        if len(counts) == len(parts):
            near = ev.mentions[max(0, parts[0].index - _TOTALS) : parts[0].index]
            values = [ev.value(count) for count in counts]
            holds = [of_total(values, ev.value(m)) == HOLDS for m in near if ev.may_be_part(m, counts[0])]
            yield f"counts {side} add up to {'a figure' if any(holds) else 'none'} before them"
