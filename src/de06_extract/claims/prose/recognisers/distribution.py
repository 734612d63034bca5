"""Distributions: percentages side by side that share out one whole and add up to 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

import regex

from de06_extract.claims.prose.mentions import Mention, Reading, alike
from de06_extract.claims.prose.relation import Recogniser, Relation, Relations, figure
from de06_extract.language.vocabulary import any_of, whole_words
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import mends

judge_distribution = kind_of("distribution").judge
judge_sum = kind_of("sum").judge

_WINDOW = 16  # percentages in one distribution at most
_COMPLEMENT = Fraction(3, 2)  # points by which what is done and what is not may miss 100
_FEWEST = 3  # shares that show the structure of a whole
_SLIP = 10  # points by which shares of one whole may miss 100 and still be meant to be all of it


def find(reading: Reading, found: Relations) -> Iterator[Relation]:
    """The distributions of a document in reading order."""
    ratios = {relation.one("percent"): relation for relation in found.of("ratio")}
    shares = [m for m in reading.mentions if _is_share(m)]
    at = 0
    while at < len(shares) - 1:
        run = (
            _run(shares, at)
            or _cut_run(shares, at, ratios)
            or _settled(shares, at)
            or _complement(reading, shares, at)
            or _structure(reading, shares, at)
        )
        if run is None or _belongs_together_later(shares, at, run):
            at += 1
            continue
        yield from _relations(reading, run, [ratios.get(share) for share in run])
        at = shares.index(run[-1], at) + 1


def _is_share(mention: Mention) -> bool:
    return (
        mention.is_share
        and mention.role == "level"
        and 0 < mention.figure.value != 100
        and mention.figure.upper is None
    )


def _run(shares: Sequence[Mention], at: int) -> tuple[Mention, ...] | None:
    """The percentages from `at` on that add up to 100 within the rounding of their digits; deeper ones are remarks."""
    run = [shares[at]]
    total, slack = Fraction(shares[at].figure.value), Fraction(1, 2 * 10 ** shares[at].figure.decimals)
    for share in shares[at + 1 : at + _WINDOW]:
        if share.depth > run[0].depth:
            continue
        if not _adjoins(run[-1], share):
            return None
        run.append(share)
        total += Fraction(share.figure.value)
        slack += Fraction(1, 2 * 10**share.figure.decimals)
        if abs(total - 100) <= slack:
            return tuple(run)
        if total > 100 + slack:
            return None
    return None


def _cut_run(shares: Sequence[Mention], at: int, ratios: dict[Mention | None, Relation]) -> tuple[Mention, ...] | None:
    """Percentages of one base in one sentence that fall short of 100 by no more than what cutting them off takes."""
    run: list[Mention] = []
    counts = total = units = Fraction(0)
    for share in shares[at : at + _WINDOW]:
        ratio = ratios.get(share)
        base, count = (ratio.one("denominator"), ratio.one("numerator")) if ratio else (None, None)
        if base is None or count is None or share.sentence != shares[at].sentence:
            return None
        run.append(share)
        counts += Fraction(count.figure.value)
        total += Fraction(share.figure.value)
        units += Fraction(1, 10**share.figure.decimals)
        if len(run) > 1 and counts == Fraction(base.figure.value):
            return tuple(run) if 0 <= 100 - total < units else None
    return None


def _settled(shares: Sequence[Mention], at: int) -> tuple[Mention, ...] | None:
    """«trước hạn đạt x%, đúng hạn đạt y%, trễ hạn chiếm z%» shares out all that was settled, whatever it adds up to."""
    run = [
        share
        for share in shares[at : at + 3]
        if share.sentence == shares[at].sentence and share.depth == shares[at].depth
    ]
    while len(run) > 1 and not run[-1].leads_with("late"):
        run.pop()
    if len(run) < 2 or not all(share.leads_with("on_time") for share in run[:-1]) or run[0].figure.bound != "exact":
        return None
    if run[0].clause != run[-1].clause and run[-1].other_words("late", "reach", "on_time"):
        return None  # «cấp huyện đúng hạn đạt 98,2%; cấp xã trễ hạn chiếm 3,1%»
    total = sum((Fraction(share.figure.value) for share in run), Fraction(0))
    return tuple(run) if abs(total - 100) <= _SLIP or _one_mends(run, total) else None


def _one_mends(run: Sequence[Mention], total: Fraction) -> bool:
    """True where one slip undone in one of the shares makes all of them 100."""
    slack = sum(Fraction(share.figure.slack) for share in run)
    rests = [(share.figure, 100 - total + Fraction(share.figure.value)) for share in run]
    return any(mends(figure, rest - slack, rest + slack) for figure, rest in rests)


def _complement(reading: Reading, shares: Sequence[Mention], at: int) -> tuple[Mention, ...] | None:
    """«đã thực hiện đạt 95,2%; chưa thực hiện chiếm 5,8%»: what is done and what is not share out the whole."""
    run = [share for share in shares[at : at + 3] if share.sentence == shares[at].sentence]
    if len(run) != 2 or run[0].depth != run[1].depth or run[0].leads_with("undone"):
        return None
    if not any(m.leads_with("undone") for m in reading.mentions[run[0].index + 1 : run[1].index + 1]):
        return None
    if any(share.figure.bound != "exact" or not share.leads_with("reach") for share in run):
        return None
    previous = shares[at - 1] if at else None
    if previous is not None and (previous.sentence, previous.clause) == (run[0].sentence, run[0].clause):
        return None
    total = Fraction(run[0].figure.value) + Fraction(run[1].figure.value)
    return tuple(run) if abs(total - 100) <= _COMPLEMENT else None


def _structure(reading: Reading, shares: Sequence[Mention], at: int) -> tuple[Mention, ...] | None:
    """«Cơ cấu kinh tế: nông nghiệp 22,18%; công nghiệp 35,26%; dịch vụ 42,56%.»: shares to the end of the sentence."""
    run = [share for share in shares[at : at + _WINDOW] if share.sentence == shares[at].sentence]
    if len(run) < _FEWEST or not run[0].leads_with("structure") or run[-1].index - run[0].index != len(run) - 1:
        return None
    if any(share.depth != run[0].depth or share.figure.bound != "exact" for share in run):
        return None
    if any(m.sentence == run[0].sentence for m in (*reading.before(run[0], 1), *reading.after(run[-1], 1))):
        return None
    return tuple(run) if _one_mends(run, sum((Fraction(share.figure.value) for share in run), Fraction(0))) else None


def _belongs_together_later(shares: Sequence[Mention], at: int, run: tuple[Mention, ...]) -> bool:
    """True where the run adds up as well without its first share, which stands apart from the rest."""
    later = _run(shares, at + 1)
    return later is not None and later[-1] is run[-1] and run[0].sentence != run[1].sentence


def _adjoins(before: Mention, share: Mention) -> bool:
    """True where two percentages can share out one whole: one sentence, or items of one list."""
    if before.footnote != share.footnote or before.depth != share.depth:
        return False
    return before.sentence == share.sentence or share.paragraph - before.paragraph <= 1


def _relations(reading: Reading, run: tuple[Mention, ...], ratios: list[Relation | None]) -> Iterator[Relation]:
    base, counts = _common_base(ratios)
    if base is None:
        base = _only_count(reading, run, ratios)
    judgement = judge_distribution(figure(base), [share.figure for share in run])
    yield Relation("distribution", {"base": base, "percents": run}, judgement)
    if base is not None and len(counts) == len(run) and all(count is not base for count in counts):
        judgement = judge_sum(base.figure, [count.figure for count in counts])
        yield Relation("sum", {"total": base, "parts": tuple(counts)}, judgement)


def _only_count(reading: Reading, run: tuple[Mention, ...], ratios: list[Relation | None]) -> Mention | None:
    """The count before the percentages in their sentence, when they have no counts of their own."""
    counts = {relation.one("numerator") for relation in ratios if relation is not None}
    if len(counts - {None}) > 1 or any(relation and relation.one("denominator") for relation in ratios):
        return None
    for mention in reading.before(run[0], 3):
        if mention.sentence != run[0].sentence:
            return None
        if mention.is_level and mention.figure.exact and not mention.figure.decimals:
            return mention if _is_shared_out(reading, mention, run) else None
    return None


def _is_shared_out(reading: Reading, base: Mention, run: Sequence[Mention]) -> bool:
    """True where the words in front of the first share say that the shares are those of the count."""
    if run[0].leads_with("on_time", "late"):
        return run[0].leads_with("part") or (base.clause == run[0].clause and base.over is None)
    return run[0].leads_with("part") and not _counts_kinds(reading, base, run)


def _counts_kinds(reading: Reading, base: Mention, run: Sequence[Mention]) -> bool:
    """True for «4 dạng địa hình, gồm … chiếm 18,2%, …»: the percentages share out an area among the kinds counted."""
    text = reading.document.text
    before = reading.before(base, _NEAR)
    if any(m.sentence == base.sentence and m.is_level and m.unit and not alike(m, base) for m in before):
        return True  # «vốn đầu tư 4,06 tỷ USD từ 45 quốc gia, trong đó …»: shares of either
    if base.figure.value <= len(run) + 1 or _kinds().match(text, base.end) is not None:
        return True
    end = min([run[-1].end + _BEHIND, *(m.start for m in reading.after(run[-1], 1))])
    behind = _STOP.search(text, run[-1].end, end)
    return whole_words("comparing", "measured").search(text, base.end, behind.start() if behind else end) is not None


_NEAR = 3  # figures before the base
_BEHIND = 60  # characters behind the last share that say what all are shares of
_STOP = regex.compile(r"[.;\n]")


@cache
def _kinds() -> regex.Pattern[str]:
    return regex.compile(rf"\s*+ (?i: {any_of('comparing', 'kinds')} ) \b", regex.VERBOSE)


def _common_base(ratios: Sequence[Relation | None]) -> tuple[Mention | None, list[Mention]]:
    """The base that the ratios of all the percentages share, and their numerators."""
    bases = [relation.one("denominator") if relation else None for relation in ratios]
    counts = [relation.one("numerator") if relation else None for relation in ratios]
    values = {base.figure.value if base else None for base in bases}
    if len(values) != 1 or None in values:
        return None, []
    return bases[0], [count for count in counts if count is not None]


RECOGNISER = Recogniser("distribution", find, after=("ratio",))
