"""Sums: a total with its parts, in one sentence, in a bracket, over list items or over paragraphs of one build.

A total is searched for the run of figures behind it that adds up to it. Runs are read on three levels: all figures of
one depth, those with the total's unit, those with the same words in front. Totals are taken from last to first, so that
a part that is itself a sum is stepped over as one. A sum that fails is reported only where the words say that the list
is complete and the total is missed by a slip.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from de06_extract.claims.prose.mentions import Mention, Reading, alike, says_year
from de06_extract.claims.prose.parts import Run, Sums, can_be_part, find_runs
from de06_extract.claims.prose.relation import Recogniser, Relation, Relations
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import words
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import digits_of, is_near, is_one_edit, is_swapped, mends_sum
from de06_extract.numbers.units import compatible

judge_sum = kind_of("sum").judge

_ELLIPSIS_REACH = 40  # characters behind the last part in which «…» may stand
_LONG_PART = 4  # digits of a part from which one edit that mends the sum is no chance
_LEAST_KNOWN = 50  # a base that neighbours add up to by no chance
_KNOWN_WITHIN = 100  # mentions between such neighbours and their base
_SMALL = 10  # the mean of parts that add up to most totals by chance
_LARGE = 1000  # a total that no chance run adds up to


def find(reading: Reading, found: Relations) -> Iterator[Relation]:
    """The sums of a document, in order of their totals."""
    sums: Sums = {}
    out: list[Relation] = []
    for total in reversed(reading.mentions):
        if not _can_total(total):
            continue
        runs = [p for p in _search(reading, total, sums) if total.role != "change" or p[0].host is total]
        wrong = _complete_list(reading, total) if not runs or _opens_list(reading, total) else None
        if wrong is not None and all(_leaves(run, wrong) for run in runs):
            out.append(_relation(total, wrong))
            continue
        for parts in runs:
            sums.setdefault(total.index, []).append(parts)
            out.append(_relation(total, parts))
    out.extend(_parallel(reading, list(out)))
    out.extend(_backwards(reading))
    out.extend(_of_known_totals(reading, found))
    out.extend(_other_side(out))
    yield from sorted(out, key=lambda relation: min(m.index for m in relation.mentions()))


def _opens_list(reading: Reading, total: Mention) -> bool:
    """True for «84 văn bản (03 Nghị quyết; 01 Quyết định)»: the bracket behind a total lists all of it."""
    return any(mention.host is total for mention in reading.after(total, 1))


def _leaves(run: Run, wrong: Sequence[Mention]) -> bool:
    """True where a run adds up only with figures behind the bracket."""
    return run[-1].index > wrong[-1].index


def _relation(total: Mention, parts: Sequence[Mention]) -> Relation:
    judgement = judge_sum(total.figure, [part.figure for part in parts])
    return Relation("sum", {"total": total, "parts": tuple(parts)}, judgement)


def _can_total(mention: Mention) -> bool:
    return (
        mention.figure.kind == "count"
        and mention.role != "gap"
        and mention.figure.value > 1
        and mention.figure.upper is None
    )


def _search(reading: Reading, total: Mention, sums: Sums) -> Iterator[Run]:
    """The runs of parts behind a total that are meant to add up to it; a second breakdown may follow the first."""
    seen: set[tuple[int, ...]] = set()
    runs = find_runs(reading, total, sums)
    run = next(runs, None)
    while run is not None:
        meant = _is_meant(reading, total, run)
        key = tuple(part.index for part in run)
        if meant and key not in seen:
            seen.add(key)
            yield run
        try:
            run = runs.send(meant)
        except StopIteration:
            return


def _goes_on(reading: Reading, parts: Sequence[Mention]) -> bool:
    """True where the list has one more part: «… và THPT có 9 trường»."""
    for mention in reading.after(parts[-1], 4):
        if mention.sentence != parts[-1].sentence:
            return False
        if mention.is_level and mention.depth == parts[-1].depth:
            same = mention.clause == parts[-1].clause and alike(mention, parts[-1])
            return same and mention.leads_with("and") and not mention.leads_with("reach", "part")
    return False


def _is_meant(reading: Reading, total: Mention, parts: Sequence[Mention]) -> bool:
    """True where words, brackets or sheer size say that the run is no coincidence."""
    first = parts[0]
    if judge_sum(total.figure, [part.figure for part in parts]).verdict == "inconsistent":
        return False
    if _goes_on(reading, parts) or (total.leads_with("whole") and all(part.leads_with("whole") for part in parts)):
        return False  # «Mô hình 4, gồm 02 đơn vị; Mô hình 3, gồm 01 đơn vị»
    hosted = first.host is total
    opener = reading.clause_opener(first)
    part_called = (
        first.leads_with("part")
        or total.trails_with("part")
        or (opener.index > total.index and opener.leads_with("part"))
    )
    if total.figure.bound != "exact" and not hosted and not first.leads_with("part"):
        return False
    if not hosted and not part_called and not all(compatible(total.figure, part.figure) for part in parts):
        return False
    near = first.sentence == total.sentence
    called = (
        hosted or part_called or first.leads_with("colon") or total.leads_with("total", "among") or _opens_within(total)
    )
    if (near and called) or (part_called and first.index - total.index <= 2):
        return True
    if total.figure.exact and total.figure.value >= (_LARGE if len(parts) == 2 else _LARGE // 10):
        return True
    if len(parts) > 2 and total.figure.value >= 30 and all(alike(total, part) for part in parts):
        return part_called or total.figure.value >= _SMALL * len(parts)  # small parts add up to anything
    return (near or part_called) and total.figure.value >= (20 if part_called else _LARGE // 10)


def _opens_within(total: Mention) -> bool:
    """«Trong 11 nhóm hàng, có 10 nhóm tăng»: the sentence begins with the whole."""
    return fold(total.words).split()[:1] == list(words("fillers", "within"))


def _complete_list(reading: Reading, total: Mention) -> tuple[Mention, ...] | None:
    """The parts of a list that claims to be complete and misses its total by a slip."""
    if total.figure.bound != "exact" or total.under is not None:
        return None
    parts = _listed(reading, total) or _items(reading, total)
    if len(parts) < 2 or any(part.figure.bound != "exact" for part in parts) or _is_open(reading, parts):
        return None
    if len(parts) == 2 and parts[-1].leads_with("left"):
        return None  # «trong đó 318 đã di dời, còn lại 158»: a remainder
    first, hosted = parts[0], parts[0].host in (total, total.over) and parts[0].host is not None
    if _are_documents(total, parts) and sum(part.figure.value for part in parts) > total.figure.value:
        return parts if mends_sum(total.figure, [part.figure for part in parts]) else None
    if not hosted and not all(compatible(total.figure, part.figure) for part in parts):
        return None
    same = len(parts) > 2 and all(alike(total, part) for part in parts)
    listed = first.leads_with("whole") or (hosted and not first.leads_with("part")) or parts[-1].leads_with("other")
    listed = listed or (same and first.item > 0)
    listed = listed or (first.item > 0 and total.trails_with("whole") and any(_same_noun(total, p) for p in parts))
    bare = first.item > 0 and len(parts) > 2 and all(not part.unit or alike(total, part) for part in parts)
    listed = listed or (bare and total.figure.value >= _LARGE)
    joined = parts[-1].leads_with("and") and (same or (first.sentence == total.sentence and _is_pair(total, parts)))
    if first.sentence != total.sentence and not (
        (listed or joined) and (bare or any(_same_noun(total, p) for p in parts))
    ):
        return None
    computed = sum((Fraction(part.figure.value) for part in parts), Fraction(0))
    over = computed > Fraction(total.figure.value)
    figures = [part.figure for part in parts]
    if listed or (joined and over):
        if is_near(total.figure, computed, Fraction(1, 10)):
            return parts
        tied = listed or len(parts) > 2 or any(figure.value > total.figure.value for figure in figures)
        if tied or total.figure.value >= _LARGE:
            return parts if mends_sum(total.figure, figures) else None
        return None
    if same and total.figure.value >= _LARGE and (over or parts[-1].leads_with("and")):
        return parts if mends_sum(total.figure, figures) else None
    several = over and (len(parts) > 2 or parts[-1].leads_with("and"))  # two subsets may overlap a little
    if is_near(total.figure, computed, Fraction(1, 50) if several else Fraction(0)) or _one_part_mends(total, parts):
        return parts
    return None


def _are_documents(total: Mention, parts: Sequence[Mention]) -> bool:
    """«07 văn bản; trong đó, 04 Nghị quyết, 03 Quyết định»."""
    whole, kinds = words("fillers", "document"), words("fillers", "documents")
    return total.unit in whole and all(part.unit in kinds for part in parts)


def _same_noun(a: Mention, b: Mention) -> bool:
    """True where both count the same, «hồ sơ» and «hồ sơ TTHC» too."""
    return bool(a.unit and b.unit) and compatible(a.figure, b.figure)


def _is_pair(total: Mention, parts: Sequence[Mention]) -> bool:
    """«214 cuộc, trong đó 47 cuộc hành chính và 176 cuộc chuyên ngành»."""
    return len(parts) == 2 and all(alike(total, p) for p in parts) and parts[0].clause == parts[1].clause


def _one_part_mends(total: Mention, parts: Sequence[Mention]) -> bool:
    """True where one digit of one long part, or two swapped ones of any, makes the sum right."""
    missing = total.figure.value - sum(part.figure.value for part in parts)
    for part in parts:
        figure = part.figure
        if figure.value + missing <= 0 or (figure.scale, figure.decimals) != (
            total.figure.scale,
            total.figure.decimals,
        ):
            continue
        written = digits_of(Fraction(figure.value) / figure.scale, figure.decimals)
        wanted = digits_of(Fraction(figure.value + missing) / figure.scale, figure.decimals)
        if is_swapped(written, wanted) or (len(written) >= _LONG_PART and is_one_edit(written, wanted)):
            return True
    return False


def _listed(reading: Reading, total: Mention) -> tuple[Mention, ...]:
    """The parts in the total's own sentence or bracket, or in the next sentence behind «trong đó»."""
    behind = [m for m in reading.after(total, 30) if can_be_part(m)]
    if not behind:
        return ()
    first = behind[0]
    reach = 1 if first.leads_with("part") and first.paragraph == total.paragraph else 0
    if first.sentence - total.sentence > reach:
        return ()
    behind = [m for m in behind if m.sentence == first.sentence]
    if first.host is not None and first.host in (total, total.over) and first.depth > total.depth:
        return tuple(m for m in behind if m.depth == first.depth and m.host is first.host)
    if first.leads_with("part") and first.depth == total.depth:
        return tuple(m for m in behind if m.depth == total.depth)
    return ()


def _items(reading: Reading, total: Mention) -> tuple[Mention, ...]:
    """The first figure of each list item behind «trong đó:», up to the list's end."""
    if not total.trails_with("part") or not total.trails_with("colon"):
        return ()
    items: dict[tuple[int, int], list[Mention]] = {}
    last = total.paragraph
    for mention in reading.after(total, 60):
        if mention.item == 0 or mention.paragraph - last > 1:
            break
        last = mention.paragraph
        if can_be_part(mention) and not mention.depth:
            items.setdefault((mention.paragraph, mention.item), []).append(mention)
    parts = [next((m for m in found if alike(m, total)), found[0]) for found in items.values()]
    plain = [m for m in parts if m.over is None]
    return tuple(plain if len(plain) > 1 and total.over is None else parts)


def _is_open(reading: Reading, parts: Sequence[Mention]) -> bool:
    """True for a sample («như», «…») and for traits of some that overlap («nữ», «trẻ tuổi»)."""
    last = parts[-1]
    behind = reading.document.text[last.end : last.end + _ELLIPSIS_REACH].split("\n")[0]
    if any(mark in behind for mark in words("fillers", "and_so_on")):
        return True
    if any(part.leads_with("part") for part in parts[1:]):
        return True  # «gồm 88 đơn thuộc thẩm quyền; trong đó khiếu nại 52 đơn, tố cáo 21 đơn»
    if any(says_year(part.words) for part in parts) or all(says_year(part.approach) for part in parts):
        return True  # «214 vụ (năm 2020: 118 vụ, năm 2021: 104 vụ)»
    if any(part.leads_with("open_list") or part.trails_with("open_list") for part in parts):
        return True
    return any(part.words_hold("trait") or part.trails_close("trait") for part in parts)


def _parallel(reading: Reading, sums: Sequence[Relation]) -> Iterator[Relation]:
    """Sums built as one that holds: where units report «thụ lý», «giải quyết», «còn tồn», all three must add up."""
    known = {relation.one("total") for relation in sums}
    for relation in sums:
        model, parts = relation.one("total"), relation.several("parts")
        assert model is not None
        if relation.judgement.verdict != "consistent" or parts[0].sentence == model.sentence:
            continue
        for total in reading.after(model, 8):
            if (
                total in known
                or not total.is_level
                or total.paragraph - model.paragraph > 1
                or total.index >= parts[0].index
            ):
                continue
            twins = [_twin(reading, total, part) for part in parts]
            if not total.verb or any(twin is None for twin in twins) or len(set(twins)) < len(parts):
                continue
            found = [twin for twin in twins if twin is not None]
            computed = sum((Fraction(twin.figure.value) for twin in found), Fraction(0))
            if is_near(total.figure, computed, Fraction(1, 100)) and total.figure.bound == "exact":
                yield _relation(total, found)


def _twin(reading: Reading, total: Mention, part: Mention) -> Mention | None:
    """The figure behind a part that is to it what the total is to its own model: the same words stand in front."""
    for mention in reading.after(part, 8):
        if mention.paragraph != part.paragraph:
            return None
        if mention.is_level and mention.verb == total.verb and compatible(mention.figure, total.figure):
            return mention
    return None


def _other_side(sums: Sequence[Relation]) -> Iterator[Relation]:
    """Numerators that miss theirs where the denominators of `a/b` in a list add up, or the other way round."""
    stated = {(r.one("total"), r.several("parts")) for r in sums}
    for relation in sums:
        whole, parts = relation.one("total"), relation.several("parts")
        assert whole is not None
        total = whole.over or whole.under
        others = tuple(other for part in parts if (other := part.over or part.under) is not None)
        if total is None or len(others) != len(parts) or (total, others) in stated:
            continue
        computed = sum((Fraction(other.figure.value) for other in others), Fraction(0))
        if all((p.over is None) == (whole.over is None) for p in parts) and is_near(
            total.figure, computed, Fraction(1, 10)
        ):
            yield _relation(total, others)


def _backwards(reading: Reading) -> Iterator[Relation]:
    """Totals that follow their parts: «… nâng tổng số lên 213 trường»."""
    for total in reading.mentions:
        if not _can_total(total) or not total.leads_with("total", "raises_total") or total.figure.bound != "exact":
            continue
        before = [m for m in reading.before(total, 12) if m.paragraph >= total.paragraph - 1 and m.depth <= total.depth]
        counts = [m for m in before if m.figure.kind == "count" and m.role != "gap" and m.under is None]
        raised = counts if total.leads_with("raises_total") else []
        for candidates in ([m for m in counts if compatible(m.figure, total.figure)], raised):
            parts = _behind_parts(total, candidates)
            if parts:
                yield _relation(total, parts)
                break


def _behind_parts(total: Mention, candidates: Sequence[Mention]) -> list[Mention]:
    """The nearest of the candidates, last first, that add up to the total."""
    parts: list[Mention] = []
    for mention in candidates:
        parts.insert(0, mention)
        if len(parts) > 1 and judge_sum(total.figure, [part.figure for part in parts]).verdict == "consistent":
            return parts
    return []


def _of_known_totals(reading: Reading, found: Relations) -> Iterator[Relation]:
    """Neighbours that add up to a total which percentages close by are of: «203 người; địa phương có 665 người»."""
    known: dict[Decimal, list[Mention]] = {}
    for relation in found.of("ratio"):
        base = relation.one("denominator")
        if base is not None and base.figure.exact and base.figure.value >= _LEAST_KNOWN:
            known.setdefault(base.figure.value, []).append(base)
    indices = {value: sorted({base.index for base in bases}) for value, bases in known.items()}
    counts = [m for m in reading.mentions if can_be_part(m)]
    for at, first in enumerate(counts):
        amount, parts = first.figure.value, [first]
        for mention in counts[at + 1 : at + 6]:
            if mention.sentence != first.sentence or mention.depth != first.depth:
                break
            if not compatible(first.figure, mention.figure):
                break
            amount += mention.figure.value
            parts.append(mention)
            nearest = _nearest(indices.get(amount, []), first.index)
            if nearest is not None and reading.mentions[nearest] not in parts:
                yield _relation(reading.mentions[nearest], parts)
                break


def _nearest(indices: Sequence[int], index: int) -> int | None:
    """The entry of a sorted list that is nearest to `index` and within reach of it."""
    at = bisect_left(indices, index)
    near = min(indices[max(0, at - 1) : at + 1], key=lambda entry: abs(entry - index), default=None)
    return near if near is not None and abs(near - index) <= _KNOWN_WITHIN else None


RECOGNISER = Recogniser("sum", find, after=("ratio",))
