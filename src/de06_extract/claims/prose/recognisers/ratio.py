"""Ratios: `a/b … p%`, `T, trong đó a, đạt p%`, `a (p%)` with a base that stands elsewhere, and percentages alone.

A slash joins numerator and denominator beyond doubt; which percentage goes with them is judged by its figures, then by
how closely the words tie it. Elsewhere the base is searched for (see `bases`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

from de06_extract.claims.prose.bases import BaseCandidate, Bases, is_roughly, is_slip, steps
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.claims.prose.relation import Recogniser, Relation, Relations, figure
from de06_extract.language.vocabulary import words
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import is_near, mends_ratio
from de06_extract.schema.report import Status

judge_change = kind_of("change").judge
judge_ratio = kind_of("ratio").judge

_FRAME = 40  # characters behind a percentage that say of what it is one
_FRAME_WORDS = 5
_LARGE = 50  # a base that stands far behind its percentages is at least this
_BEHIND = 48  # mentions behind in which such a base may stand
_FAR = 20  # paragraphs in which such a base may stand
_TIED = Fraction(3, 20)
_PRECISE = 100  # steps of its last digit from which one slip undone is no chance
_SEVERAL = 3  # percentages that must fit it


def find(reading: Reading, found: Relations) -> Iterator[Relation]:
    """The ratios of a document in reading order."""
    search = _Search(reading)
    for mention in reading.mentions:
        if mention.over is not None and not _is_new_over_old(mention):
            yield search.slash(mention)
    yield from search.by_words()


class _Search:
    """The state of one document: which percentages already have their ratio."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.taken: set[int] = set()
        self.bases = Bases(reading)
        self.frames = {self._words_behind(percent) for percent in self._holding()}

    def slash(self, numerator: Mention) -> Relation:
        """The ratio of `a/b` with the percentage that goes with it, if any."""
        denominator = numerator.over
        assert denominator is not None
        percent = self._percent_of_slash(numerator, denominator)
        if percent is not None:
            self.taken.add(percent.index)
            self.bases.add(denominator, percent)
        return _relation(numerator, denominator, percent)

    def _percent_of_slash(self, numerator: Mention, denominator: Mention) -> Mention | None:
        before = self._percent_in_front(numerator)
        after = list(self._percents_behind(denominator))
        for percent in [*filter(None, [before]), *after]:
            if percent is not before and self.bases.names_base(percent) and not percent.leads_with("reach", "open"):
                continue  # «23/23 xã ký số 100% văn bản đi»
            if judge_ratio(numerator.figure, denominator.figure, percent.figure).verdict != "inconsistent":
                return percent
        if before is not None and (numerator.leads_with("part", "late") or _is_rest_of(before, numerator, denominator)):
            return None  # «đúng hạn đạt 97,2% (quá hạn 41/1.482 hồ sơ)»
        if before is not None:
            planned = before.trails_with("target") and not is_slip(numerator, denominator, before)
            return None if planned or numerator.other_words("among", "total") else before
        first = after[0] if after else None
        if first is None or _has_level_between(self.reading, denominator, first) or first.clause != denominator.clause:
            return None
        if first.figure.bound != "exact" or first.leads_with("compare", "elsewhere"):
            return None
        mended = self._is_own(first) and _is_mended(numerator, denominator, first)
        if first.trails_with("base", "compare", "total", "among"):
            return first if mended else None
        if first.depth > denominator.depth and first.other_words("reach", "down_share", "target"):
            return None  # «(bình quân cả nước đạt 91,2%)»
        slip = is_slip(numerator, denominator, first) and _is_stated(first) and not first.names_rate
        if first.trails_with("target") and not slip:
            return None
        tied = _is_attached(numerator, denominator, first) and not self.bases.names_base(first)
        return first if slip or tied or mended else None

    def _is_own(self, percent: Mention) -> bool:
        """True where no base follows the percentage but one that others of `a/b` show to be theirs."""
        close = _close_tail(percent)
        if close & {"among", "total"}:
            return self._words_behind(percent) in self.frames
        return not close & {"base", "target", "compare"} and not self.bases.names_base(percent)

    def _words_behind(self, percent: Mention) -> str:
        """«so với tổng số hồ sơ tiếp nhận» behind a percentage."""
        behind = self.reading.document.text[percent.end : percent.end + _FRAME]
        return " ".join(behind.lower().split()[:_FRAME_WORDS])

    def _holding(self) -> Iterator[Mention]:
        """The percentages right behind an `a/b` that are its own."""
        for percent in self.reading.mentions[2:]:
            denominator = self.reading.mentions[percent.index - 1]
            numerator = denominator.under
            if percent.is_percent and numerator is not None and percent.sentence == denominator.sentence:
                judgement = judge_ratio(numerator.figure, denominator.figure, percent.figure)
                if judgement.verdict == "consistent":
                    yield percent

    def _percent_in_front(self, numerator: Mention) -> Mention | None:
        """The percentage of «100% (155/155)», which has no count of its own before the bracket."""
        host = numerator.host
        if host is None or not host.is_percent or host.role != "level" or host.index in self.taken:
            return None
        return host if numerator.index == host.index + 1 else None

    def _percents_behind(self, denominator: Mention) -> Iterator[Mention]:
        """Free percentages behind a ratio in its sentence, up to the next ratio."""
        for mention in self.reading.after(denominator, 8):
            if mention.sentence != denominator.sentence or mention.over is not None:
                return
            if mention.is_share and mention.role == "level" and mention.index not in self.taken:
                yield mention

    def by_words(self) -> Iterator[Relation]:
        """The ratios of the percentages that no slash claimed."""
        open_ones: list[tuple[Mention, list[Mention]]] = []
        for percent in self.reading.mentions:
            if percent.role != "level" or percent.index in self.taken or not percent.is_share:
                continue
            numerators = list(self._numerators(percent))
            best = self._best(percent, numerators)
            if best is None and not numerators and percent.leads_with("reach"):
                best = self._best(percent, self._numerators_before(percent))
            if best is None:
                open_ones.append((percent, numerators))
                continue
            numerator, candidate = best
            self.bases.add(candidate.base, percent)
            yield _relation(numerator, candidate.base, percent)
        yield from self._unfitting(open_ones)

    def _unfitting(self, open_ones: list[tuple[Mention, list[Mention]]]) -> Iterator[Relation]:
        """Percentages that fit no total before them: of one further on, wrong of a certain base, or of none."""
        later = self._later_bases(open_ones)
        for percent, _ in open_ones:
            if percent.index in later:
                self.bases.add(later[percent.index], percent)
        for percent, numerators in open_ones:
            numerator = numerators[0] if numerators else None
            base = later.get(percent.index)
            if base is None and numerator is not None and _is_stated(percent):
                near = numerator.clause == percent.clause or percent.other_words("reach") == 0
                base = self.bases.of_proven_sum(percent, numerator) if near else None
                base = base or self.bases.certain(percent, numerator)
                pair = self.bases.alike_pair(percent, numerators) if base is None else None
                numerator, base = pair if pair is not None else (numerator, base)
            if base is not None or percent.is_percent:
                own_rate = base is None and percent.names_rate
                yield _relation(None if own_rate else numerator, base, percent)

    def _later_bases(self, open_ones: list[tuple[Mention, list[Mention]]]) -> dict[int, Mention]:
        """Totals named only behind the percentages: at least three that fit the same one close by."""
        fits: dict[Decimal, list[tuple[Mention, Mention]]] = {}
        for percent, numerators in open_ones:
            for base in self.reading.after(percent, _BEHIND) if numerators else ():
                if base.paragraph - percent.paragraph > _FAR:
                    break
                if not base.is_level or not base.figure.exact or base.figure.value < _LARGE:
                    continue
                if not is_roughly(numerators[0], base, percent):
                    continue
                if judge_ratio(numerators[0].figure, base.figure, percent.figure).verdict == "consistent":
                    fits.setdefault(base.figure.value, []).append((percent, base))
        best = max(fits.values(), key=len, default=[])
        return {percent.index: base for percent, base in best} if len(best) >= _SEVERAL else {}

    def _numerators(self, percent: Mention) -> Iterator[Mention]:
        """Counts that the percentage may be the share of, the likeliest first."""
        behind = self.reading.after(percent, 1)
        own = behind[0] if behind and behind[0].sentence == percent.sentence and behind[0].is_level else None
        if own is not None and own.leads_with("equals"):
            yield own
            return
        named = percent.trails_with("total", "among", "target", "base")
        wholes: list[Mention] = []
        for mention in self.reading.before(percent, 8):
            if mention.sentence != percent.sentence:
                break
            if mention.is_level and mention.depth <= percent.depth and (mention.over is None or named):
                if mention.leads_with("among") and mention.sentence == percent.sentence:
                    wholes.append(mention)  # «148 trên tổng số 162 trạm, đạt 91,4%»
                else:
                    yield mention
        yield from wholes
        if own is not None and _follows(percent, own):
            yield own

    def _numerators_before(self, percent: Mention) -> list[Mention]:
        """Counts of the sentence before, for «Trong số này, 2.942 lượt thành công. Tỷ lệ thành công đạt 61,33%»."""
        before = [m for m in self.reading.before(percent, 10) if m.paragraph == percent.paragraph]
        return [m for m in before if m.sentence == percent.sentence - 1 and m.is_level and m.over is None][:3]

    def _best(self, percent: Mention, numerators: list[Mention]) -> tuple[Mention, BaseCandidate] | None:
        options: list[tuple[float, int, Mention, BaseCandidate]] = []
        for rank, numerator in enumerate(numerators[:4]):
            distance = 0 if _follows(percent, numerator) else 3 * rank
            for candidate in self.bases.fitting(percent, numerator):
                options.append((candidate.cost + distance, len(options), numerator, candidate))
        if not options:
            return None
        _, _, numerator, candidate = min(options, key=lambda option: option[:2])
        return numerator, candidate


def _follows(percent: Mention, count: Mention) -> bool:
    """True for the count right behind its percentage: «44,1% với 8.216 hồ sơ», «73,5% (917 em)»."""
    if count.index != percent.index + 1 or count.leads_with("target", "total", "among", "compare", "part", "semicolon"):
        return False
    return count.leads_with("open", "and", "equals")


def _is_rest_of(percent: Mention, numerator: Mention, denominator: Mention) -> bool:
    """True where ratio and percentage together are the whole."""
    if not denominator.figure.value:
        return False
    rest = 100 - 100 * numerator.figure.value / denominator.figure.value
    return abs(rest - percent.figure.value) <= percent.figure.slack


def _is_stated(percent: Mention) -> bool:
    """True where words, a bracket or a dash say that the percentage is the level reached."""
    if percent.depth > 0 and percent.words_hold("target", "compare"):
        return False
    if percent.leads_with("reach", "down_share") or percent.depth > 0:
        return True
    return percent.approach.rstrip()[-1:] in ("-", "–", "=", ":")


def _is_attached(numerator: Mention, denominator: Mention, percent: Mention) -> bool:
    """True where the words tie the percentage to what stands before, however far it is off.

    Either nothing but «đạt», «tỷ lệ» stands between: «238/316 vụ việc, đạt tỷ lệ 88,9%»; or no comma does and the
    figure is not out of the way: «118/262 chứng thư số cho lãnh đạo đạt 49%».
    """
    if percent.index != denominator.index + 1 or not _is_stated(percent) or not percent.lead:
        return False
    if not denominator.figure.value:
        return False
    if any(token.is_boundary for token in percent.lead):
        return percent.other_words("reach", "down_share") == 0
    steps = percent.steps_from("reach")
    near = is_near(percent.figure, 100 * Fraction(numerator.figure.value) / Fraction(denominator.figure.value), _TIED)
    return near and steps is not None and steps <= 1 and not percent.names_rate


def _is_mended(numerator: Mention, denominator: Mention, percent: Mention) -> bool:
    """True where one slip undone makes the percentage that of `a/b`, behind which it stands as the level reached.

    Behind a comma or in a bracket nothing but «đạt», «tỷ lệ» may stand before it. Without, «5/8 xã đạt 100%» may say
    what each of the five has reached.
    """
    if percent.index != denominator.index + 1 or not _is_stated(percent) or not percent.leads_with("reach"):
        return False
    if any(token.is_boundary for token in percent.lead):
        if percent.other_words("reach", "down_share") and not _reaches_rate(percent):
            return False
    elif percent.steps_from("reach") not in (0, 1) or percent.names_rate or _may_be_of_each(denominator, percent):
        return False
    return mends_ratio(numerator.figure, denominator.figure, percent.figure)


def _may_be_of_each(denominator: Mention, percent: Mention) -> bool:
    coarse = steps(percent) < _PRECISE or percent.figure.value == 100
    return coarse and denominator.unit in _bodies()


@cache
def _bodies() -> frozenset[str]:
    return frozenset(words("fillers", "bodies"))


def _close_tail(percent: Mention) -> set[str]:
    """The cues behind a percentage, up to the next boundary."""
    kinds: set[str] = set()
    for token in percent.tail:
        if token.is_boundary:
            break
        kinds |= token.kinds
    return kinds - {"cue"}


def _reaches_rate(percent: Mention) -> bool:
    """«83/72, đạt tỷ lệ trung bình máy tính/người là 115,3%»: what reaches the rate is what stands before."""
    behind = [token for token in percent.lead if not token.is_boundary]
    return (
        len(behind) > 1 and "reach" in behind[0].kinds and "rate" not in behind[0].kinds and "rate" in behind[1].kinds
    )


def _has_level_between(reading: Reading, first: Mention, last: Mention) -> bool:
    between = reading.mentions[first.index + 1 : last.index]
    return any(m.is_level and m.depth <= last.depth for m in between)


def _is_new_over_old(numerator: Mention) -> bool:
    """«giảm 53,5% (20/43 DN)», «giảm 03 vụ (45/48 vụ)»: the bracket explains a change, new over old."""
    host, old = numerator.host, numerator.over
    if host is None or old is None or host.role != "change":
        return False
    if host.is_share:
        return True
    judgement = judge_change(old.figure, numerator.figure, host.figure, None, host.direction)
    return judgement.verdict == "consistent"


def _relation(numerator: Mention | None, denominator: Mention | None, percent: Mention | None) -> Relation:
    judgement = judge_ratio(figure(numerator), figure(denominator), figure(percent))
    target = percent is not None and numerator is None and percent.leads_with("target")
    status: Status = "target" if target else "result"
    roles = {"numerator": numerator, "denominator": denominator, "percent": percent}
    return Relation("ratio", dict(roles), judgement, status=status)


RECOGNISER = Recogniser("ratio", find)
