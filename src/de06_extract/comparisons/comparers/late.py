"""Late cases among those handled online against late cases among all, where only percentages say how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts
from de06_extract.language.labels import late
from de06_extract.numbers.whole_counts import least_count, most_count
from de06_extract.schema.report import Comparison, Quantity

_UNSURE = 0.6  # that those online are among all is how the text writes them, not what it says
_Late = tuple[Quantity, Quantity]  # the percentage of late cases, and its base


def find(material: Counts) -> Iterator[Comparison]:
    """For each total whose parts all say how many were late, the ratios of it that say so too."""
    late_of = _late_shares(material)
    online = _late_online(material, late_of)
    for claim in material.claims:
        total, parts = claim.quantities.get("total"), claim.quantities.get("parts")
        if claim.kind != "sum" or claim.table or not isinstance(total, Quantity) or not isinstance(parts, tuple):
            continue
        among_all = [late_of[part.span.start] for part in parts if part.span.start in late_of]
        if len(among_all) == len(parts):
            for late_online in online.get((total.value, claim.section), ()):
                yield _compared(material, late_online, among_all)


def _late_online(material: Counts, late_of: Mapping[int, _Late]) -> dict[tuple[Decimal, str | None], list[_Late]]:
    """For a total and a section, the late cases of each numerator of a ratio of it there."""
    out: dict[tuple[Decimal, str | None], list[_Late]] = defaultdict(list)
    for claim in material.claims:
        part, whole = claim.quantities.get("numerator"), claim.quantities.get("denominator")
        if claim.kind != "ratio" or claim.table or not isinstance(part, Quantity) or not isinstance(whole, Quantity):
            continue
        if part.span.start in late_of:
            out[whole.value, claim.section].append(late_of[part.span.start])
    return out


def _late_shares(material: Counts) -> dict[int, _Late]:
    """For the offset of each base of a distribution, the percentage of late cases."""
    mentions = {mention.start: mention for mention in material.reading.mentions}
    out = {}
    for claim in material.claims:
        base, percents = claim.quantities.get("base"), claim.quantities.get("percents")
        if claim.kind == "distribution" and isinstance(base, Quantity) and isinstance(percents, tuple):
            found = [p for p in percents if late(material.label(mentions[p.span.start]))]
            if len(found) == 1:
                out[base.span.start] = found[0], base
    return out


def _compared(material: Counts, online: _Late, among_all: list[_Late]) -> Comparison:
    percent, base = online
    together = sum(most_count(*each) for each in among_all)
    return compare(
        material, "late", [percent, base, *(quantity for each in among_all for quantity in each)],
        "inconsistent" if least_count(percent, base) > together else "consistent",
        about=(base.span.start, percent.span.end), computed=Decimal(together), certainty=_UNSURE,
    )  # fmt: skip


COMPARER = find
