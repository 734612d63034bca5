"""Which figure is the wrong one: right where enough speaks for it, silent elsewhere, hardly ever wrong."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from de06_extract import Claim, Quantity, Report, check_text
from de06_extract.document.document import Document
from de06_extract.numbers.figures import figure_of
from de06_extract.numbers.intervals import Interval, rounded
from de06_extract.numbers.notation import write_numeral
from de06_extract.numbers.verdicts import interval
from de06_extract.rules.repairs.edits import edits
from de06_extract.rules.repairs.equations import equations
from de06_extract.rules.repairs.find import find_repairs
from de06_extract.rules.repairs.suggestions import with_suggestions
from de06_extract.schema.report import Comparison, Finding, Span, Suggestion

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Slots = dict[str, str]
Slip = Callable[[str, random.Random], str | None]


@dataclass(frozen=True)
class Draft:
    """A text with named figures between braces, and how each is written."""

    text: str
    slots: Slots

    def written(self, **changed: str) -> str:
        return self.text.format(**{**self.slots, **changed})


def n(value: int) -> str:
    return write_numeral(value, 0) if value > 999 else str(value)


def p(part: int, whole: int, decimals: int) -> str:
    return f"{write_numeral(Fraction(100 * part, whole), decimals)}%"


def shares(rng: random.Random, whole: int, parts: int) -> list[int]:
    cuts = sorted(rng.sample(range(whole // 20, whole - whole // 20), parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def received_and_settled(rng: random.Random) -> Draft:
    total = rng.randint(2_000, 60_000)
    online, direct = shares(rng, total, 2)
    done = rng.randint(online // 2, online - 1)
    return Draft(
        "Toàn tỉnh tiếp nhận {total} hồ sơ, trong đó trực tuyến {online} hồ sơ, đạt {share}; trực tiếp {direct} hồ sơ, "
        "chiếm {rest}.\n\nĐã giải quyết {done}/{online2} hồ sơ trực tuyến, đạt {rate}; còn lại {left} hồ sơ.",
        {
            "total": n(total), "online": n(online), "share": p(online, total, 2), "direct": n(direct),
            "rest": p(direct, total, 2), "done": n(done), "online2": n(online), "rate": p(done, online, 2),
            "left": n(online - done),
        },
    )  # fmt: skip


def levels_of_government(rng: random.Random) -> Draft:
    total = rng.randint(900, 9_000)
    a, b, c = shares(rng, total, 3)
    return Draft(
        "Tổng số thủ tục hành chính của tỉnh là {total} thủ tục, trong đó: cấp tỉnh {a} thủ tục (chiếm {pa}), cấp "
        "huyện {b} thủ tục (chiếm {pb}), cấp xã {c} thủ tục (chiếm {pc}).",
        {
            "total": n(total), "a": n(a), "pa": p(a, total, 2), "b": n(b), "pb": p(b, total, 2), "c": n(c),
            "pc": p(c, total, 2),
        },
    )  # fmt: skip


def cleaned_data(rng: random.Random) -> Draft:
    total = rng.randint(5_000, 90_000)
    done = rng.randint(total // 2, total - total // 20)
    return Draft(
        "Đã làm sạch {done}/{total} trường hợp, đạt {rate}. Hiện còn {left} trường hợp.",
        {"done": n(done), "total": n(total), "rate": p(done, total, 2), "left": n(total - done)},
    )


def crimes(rng: random.Random) -> Draft:
    old = rng.randint(900, 4_000)
    delta = rng.randint(110, old // 2)
    new = old + delta
    solved = rng.randint(new // 2, new - 10)
    return Draft(
        "Toàn tỉnh xảy ra {new} vụ, tăng {delta} vụ ({percent}) so với cùng kỳ; đã điều tra làm rõ {solved} vụ, "
        "đạt {rate}.",
        {"new": n(new), "delta": n(delta), "percent": p(delta, old, 2), "solved": n(solved), "rate": p(solved, new, 2)},
    )


def fewer_units(rng: random.Random) -> Draft:
    old = rng.randint(400, 3_000)
    new = rng.randint(old // 2, old - 101)
    return Draft(
        "Số đơn vị của tỉnh giảm từ {old} xuống còn {new} đơn vị, giảm {delta} đơn vị (tương đương {percent}).",
        {"old": n(old), "new": n(new), "delta": n(old - new), "percent": p(old - new, old, 2)},
    )


def complaints(rng: random.Random) -> Draft:
    total = rng.randint(1_000, 5_000)
    a, b, c = shares(rng, total, 3)
    valid = rng.randint(total // 2, total - 5)
    return Draft(
        "Tiếp nhận {total} đơn (khiếu nại {a} đơn, tố cáo {b} đơn, kiến nghị, phản ánh {c} đơn); trong đó có {valid} "
        "đơn đủ điều kiện xử lý, chiếm {rate}.",
        {"total": n(total), "a": n(a), "b": n(b), "c": n(c), "valid": n(valid), "rate": p(valid, total, 1)},
    )


def court(rng: random.Random) -> Draft:
    total = rng.randint(1_200, 9_000)
    old, new = shares(rng, total, 2)
    done = rng.randint(total // 2, total - 120)
    return Draft(
        "Tòa án hai cấp thụ lý {total} vụ, việc (cũ chuyển sang {old}, thụ lý mới {new}); đã giải quyết {done} vụ, "
        "việc, đạt tỷ lệ {rate}; còn lại {left} vụ, việc đang giải quyết.",
        {
            "total": n(total), "old": n(old), "new": n(new), "done": n(done), "rate": p(done, total, 2),
            "left": n(total - done),
        },
    )  # fmt: skip


def voters(rng: random.Random) -> Draft:
    total = rng.randint(20_000, 900_000)
    voted = rng.randint(total * 9 // 10, total - 40)
    women = rng.randint(voted // 3, voted // 2)
    return Draft(
        "Toàn huyện có {total} cử tri, trong đó đã đi bầu {voted} cử tri, đạt {rate}. Số cử tri nữ đã đi bầu là "
        "{women}/{voted2} cử tri, chiếm {share}.",
        {
            "total": n(total), "voted": n(voted), "rate": p(voted, total, 2), "women": n(women), "voted2": n(voted),
            "share": p(women, voted, 2),
        },
    )  # fmt: skip


def list_under_a_head(rng: random.Random) -> Draft:
    total = rng.randint(2_000, 30_000)
    a, b, c = shares(rng, total, 3)
    return Draft(
        "Kết quả xử lý {total} phản ánh, kiến nghị như sau:\n+ Đã xử lý xong: {a} phản ánh, đạt {pa};\n"
        "+ Đang xử lý: {b} phản ánh, chiếm {pb};\n+ Quá hạn chưa xử lý: {c} phản ánh, chiếm {pc}.",
        {
            "total": n(total), "a": n(a), "pa": p(a, total, 2), "b": n(b), "pb": p(b, total, 2), "c": n(c),
            "pc": p(c, total, 2),
        },
    )  # fmt: skip


def one_ratio(rng: random.Random) -> Draft:
    total = rng.randint(500, 50_000)
    done = rng.randint(total // 2, total - 1)
    return Draft(
        "Số hóa kết quả giải quyết: {done}/{total} hồ sơ, đạt tỷ lệ {rate}.",
        {"done": n(done), "total": n(total), "rate": p(done, total, rng.choice([1, 2, 2]))},
    )


def one_sum(rng: random.Random) -> Draft:
    total = rng.randint(500, 20_000)
    a, b = shares(rng, total, 2)
    return Draft(
        "Ban hành {total} văn bản, gồm: {a} văn bản chỉ đạo và {b} văn bản hướng dẫn.",
        {"total": n(total), "a": n(a), "b": n(b)},
    )


def money(rng: random.Random) -> Draft:
    total = rng.randint(20_000, 90_000)
    a, b = shares(rng, total, 2)
    back = rng.randint(a // 2, a - 10)
    return Draft(
        "Phát hiện vi phạm {total} triệu đồng, trong đó kiến nghị thu hồi {a} triệu đồng, xử lý khác {b} triệu đồng; "
        "đã thu hồi {back}/{a2} triệu đồng, đạt {rate}.",
        {"total": n(total), "a": n(a), "b": n(b), "back": n(back), "a2": n(a), "rate": p(back, a, 2)},
    )


def districts(rng: random.Random) -> Draft:
    a, b = rng.randint(3_000, 40_000), rng.randint(3_000, 40_000)
    ra, rb = rng.randint(a // 3, a - 30), rng.randint(b // 3, b - 30)
    return Draft(
        "Toàn tỉnh tiếp nhận {total} hồ sơ. Trong đó: cấp huyện tiếp nhận {a} hồ sơ (trực tuyến {ra} hồ sơ, đạt {pa}); "
        "cấp xã tiếp nhận {b} hồ sơ (trực tuyến {rb} hồ sơ, đạt {pb}).",
        {
            "total": n(a + b), "a": n(a), "ra": n(ra), "pa": p(ra, a, 2), "b": n(b), "rb": n(rb), "pb": p(rb, b, 2),
        },
    )  # fmt: skip


DRAFTS: tuple[Callable[[random.Random], Draft], ...] = (
    received_and_settled, levels_of_government, cleaned_data, crimes, fewer_units, complaints, court, voters,
    list_under_a_head, one_ratio, one_sum, money, districts,
)  # fmt: skip


def swapped(text: str, rng: random.Random) -> str | None:
    places = [at for at in range(len(text) - 1) if text[at : at + 2].isdecimal() and text[at] != text[at + 1]]
    if not places:
        return None
    at = rng.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def digit(text: str, rng: random.Random) -> str | None:
    at = rng.choice([at for at, mark in enumerate(text) if mark.isdecimal()])
    return text[:at] + rng.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def _whole(text: str) -> tuple[str, str]:
    whole, comma, rest = text.partition(",")
    return whole.replace(".", "").removesuffix("%"), comma + rest if comma else "%" if text.endswith("%") else ""


def lost(text: str, rng: random.Random) -> str | None:
    whole, rest = _whole(text)
    at = rng.randrange(len(whole))
    left = whole[:at] + whole[at + 1 :]
    return n(int(left)) + rest if left and left[0] != "0" else None


def doubled(text: str, rng: random.Random) -> str | None:
    whole, rest = _whole(text)
    at = rng.randrange(len(whole))
    return n(int(whole[: at + 1] + whole[at:])) + rest


def separator(text: str, rng: random.Random) -> str | None:
    return text.replace(".", ",") if text.count(".") == 1 and "," not in text else None


def shifted(text: str, rng: random.Random) -> str | None:
    digits = text.removesuffix("%").replace(",", "")
    if "," not in text or digits.startswith("0"):
        return None
    at = text.index(",") + rng.choice([-1, 1])
    return f"{digits[:at]},{digits[at:]}%" if 0 < at < len(digits) else None


def zeros(text: str, rng: random.Random) -> str | None:
    whole, rest = _whole(text)
    return None if rest else n(int(whole) * rng.choice([10, 1000]))


def noise(text: str, rng: random.Random) -> str | None:
    """Another number of about the same size: no slip of the pen."""
    whole, rest = _whole(text)
    digits = rest.removeprefix(",").removesuffix("%") if rest.startswith(",") else ""
    value = Decimal(whole + digits)
    other = int(rounded(Fraction(value) * Fraction(rng.choice([rng.randint(85, 98), rng.randint(102, 115)]), 100), 0))
    if not digits:
        return n(other) + rest
    return f"{write_numeral(Decimal(other).scaleb(-len(digits)), len(digits))}%"


SLIPS: tuple[Slip, ...] = (
    swapped, digit, lost, doubled, separator, shifted, zeros,
)  # fmt: skip


def stale(text: str, rng: random.Random) -> str | None:
    """A number that is a few units off: counted on another day."""
    whole, rest = _whole(text)
    digits = rest.removeprefix(",").removesuffix("%") if rest.startswith(",") else ""
    other = int(whole + digits) + rng.choice([-1, 1]) * rng.randint(1, 60)
    if other <= 0:
        return None
    return n(other) + rest if not digits else f"{write_numeral(Decimal(other).scaleb(-len(digits)), len(digits))}%"


@dataclass(frozen=True)
class Trial:
    """A draft with one figure written wrong, and what the report says of it."""

    slip: str
    draft: str
    slot: str
    touched: int
    right: str
    wrong: str
    report: Report

    @property
    def outcome(self) -> str:
        """unseen: no error; none: no suggestion; right: each gives the text as it was; wrong: one does not."""
        errors = [finding for finding in self.report.findings if finding.severity == "error"]
        said = [suggestion for finding in errors for suggestion in finding.suggestions]
        if not errors:
            return "unseen"
        if not said:
            return "none"
        return "right" if all(edited(self.wrong, suggestion) == self.right for suggestion in said) else "wrong"


def edited(text: str, suggestion: Suggestion) -> str:
    assert text[suggestion.span.start : suggestion.span.end] == suggestion.text
    return text[: suggestion.span.start] + suggestion.replacement + text[suggestion.span.end :]


def errors_of(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity != "info"]


def quantities(claim: Claim) -> Iterator[Quantity]:
    for held in claim.quantities.values():
        yield from (held if isinstance(held, tuple) else () if held is None else (held,))


def trials(slips: tuple[Slip, ...], each: int, seed: int) -> Iterator[Trial]:
    """Each draft with each slip in a figure of it."""
    for make in DRAFTS:
        rng = random.Random(f"{seed} {make.__name__}")
        for _ in range(each):
            draft = make(rng)
            original = check_text(draft.written())
            for slip in slips:
                slot = rng.choice(sorted(draft.slots))
                changed = slip(draft.slots[slot], rng)
                if changed is not None and changed != draft.slots[slot]:
                    yield trial(draft, make.__name__, original, slip.__name__, slot, changed)


def trial(draft: Draft, name: str, original: Report, slip: str, slot: str, changed: str) -> Trial:
    start = len(draft.text[: draft.text.index("{" + slot + "}")].format(**draft.slots))
    held = [claim for claim in original.claims if claim.verdict in ("consistent", "truncated")]
    touched = sum(any(q.span.start == start for q in quantities(claim)) for claim in held)
    wrong = draft.written(**{slot: changed})
    return Trial(slip, name, slot, touched, draft.written(), wrong, check_text(wrong))


@pytest.fixture(scope="module")
def slips_of_the_pen() -> list[Trial]:
    return list(trials(SLIPS, 6, 11))


@pytest.fixture(scope="module")
def other_errors() -> list[Trial]:
    return list(trials((noise, stale), 8, 12))


def tally(found: list[Trial]) -> Counter[str]:
    return Counter(trial.outcome for trial in found)


def test_where_two_claims_touch_the_figure_it_is_named(slips_of_the_pen: list[Trial]) -> None:
    count = tally([trial for trial in slips_of_the_pen if trial.touched > 1])
    noticed = count["right"] + count["none"] + count["wrong"]
    assert noticed > 90
    assert count["right"] >= 0.8 * noticed, count


def test_slips_are_hardly_ever_mended_wrongly(slips_of_the_pen: list[Trial]) -> None:
    wrong = [trial.wrong for trial in slips_of_the_pen if trial.outcome == "wrong"]
    assert len(wrong) <= 0.01 * len(slips_of_the_pen), wrong


def test_errors_that_are_no_slips_are_hardly_ever_mended_wrongly(other_errors: list[Trial]) -> None:
    wrong = [trial.wrong for trial in other_errors if trial.outcome == "wrong"]
    assert len(wrong) <= 0.01 * len(other_errors), wrong


drafts = st.builds(lambda make, seed: make(random.Random(seed)), st.sampled_from(DRAFTS), st.integers(0, 10**6))


@FEW
@given(drafts)
def test_where_all_holds_nothing_is_mended(draft: Draft) -> None:
    report = check_text(draft.written())
    assert errors_of(report) == []
    assert find_repairs(report.claims, report.comparisons) == {}


@FEW
@given(drafts, st.sampled_from((*SLIPS, noise, stale)), st.integers(0, 10**6))
def test_a_repair_mends_its_finding_and_breaks_nothing(draft: Draft, slip: Slip, seed: int) -> None:
    rng = random.Random(seed)
    slot = rng.choice(sorted(draft.slots))
    text = draft.written(**{slot: slip(draft.slots[slot], rng) or draft.slots[slot]})
    report = check_text(text)
    by_id = {equation.id: equation for equation in equations(report.claims, report.comparisons)}
    for name, repair in find_repairs(report.claims).items():
        assert by_id[name].verdict() == "inconsistent"
        assert by_id[name].with_values(repair.changes).verdict() == "consistent"
        for equation in by_id.values():
            if equation.verdict() in ("consistent", "truncated", "unverifiable"):
                assert equation.with_values(repair.changes).verdict() in ("consistent", "truncated", "unverifiable")
    for finding in report.findings:
        for suggestion in finding.suggestions:
            after = errors_of(check_text(edited(text, suggestion)))
            assert len(after) < len(errors_of(report)), [f.message for f in after]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        (  # the parts and their percentages agree on the total
            "Kết quả xử lý 31.421 phản ánh, kiến nghị như sau:\n+ Đã xử lý xong: 6.657 phản ánh, đạt 49,60%;\n"
            "+ Đang xử lý: 2.688 phản ánh, chiếm 20,03%;\n+ Quá hạn: 4.076 phản ánh, chiếm 30,37%.",
            ("31.421", "13.421", "đảo hai chữ số; 6.657 + 2.688 + 4.076 = 13.421 và 6.657/13.421 = 49,60%"),
        ),
        (  # far off, and nothing but a lost digit explains it
            "Số hóa kết quả giải quyết: 553/10.541 hồ sơ, đạt tỷ lệ 52,54%.",
            ("553", "5.538", "thiếu một chữ số; 5.538/10.541 = 52,54%"),
        ),
        (
            "Số hóa kết quả giải quyết: 3.265/3.225 hồ sơ, đạt tỷ lệ 98,77%.",
            ("3.265/3.225", "3.225/3.265", "tử số và mẫu số đổi chỗ; 3.225/3.265 = 98,77%"),
        ),
        ("So với quý I tăng 148,50% (3.175/2.138 hồ sơ)", ("148,50%", "48,50%", "(3.175 − 2.138)/2.138 = 48,50%")),
    ],
)
def test_what_is_suggested_and_why(text: str, suggested: tuple[str, str, str]) -> None:
    found = [s for finding in errors_of(check_text(text)) for s in finding.suggestions]
    assert [(s.text, s.replacement) for s in found] == [suggested[:2]] * len(found)
    assert found
    assert found[0].reason.startswith(suggested[2])


@pytest.mark.parametrize(
    "text",
    [
        "Có 708 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình).",  # each of three could be the wrong one
        "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.",  # one digit, but one close by
        "Tổng số 9/27 nhiệm vụ, đạt 32,76%.",
        "Đã giải ngân 846 tỷ đồng/1.204 triệu đồng, đạt 70,3%.",  # «triệu» for «tỷ», or the other way round
        "Đã làm sạch 6.373/11.020 trường hợp đạt 58%. Hiện còn 4.774 trường hợp.",  # no slip makes 4.774 of 4.647
        "Trong đó có 580/1.068 dịch vụ toàn trình (đạt 53,8%).",
    ],
)
def test_where_nothing_is_certain_nothing_is_suggested(text: str) -> None:
    found = errors_of(check_text(text))
    assert [finding.suggestions for finding in found] == [()]


def test_the_reason_is_told_in_english() -> None:
    (finding,) = errors_of(check_text("Số hóa kết quả giải quyết: 553/10.541 hồ sơ, đạt tỷ lệ 52,54%.", lang="en"))
    assert finding.suggestions[0].reason == "a digit is missing; 5.538/10.541 = 52,54%"


def test_percentages_that_all_miss_are_of_another_base() -> None:
    years = ((3_118, 2_204, "73,1%"), (2_764, 1_912, "71,8%"), (2_951, 2_077, "72,9%"), (2_603, 1_846, "73,4%"))
    taken, settled = sum(year[0] for year in years), sum(year[1] for year in years)
    text = f"Trong 4 năm qua đã thụ lý {n(taken)} vụ việc, hòa giải thành {n(settled)} vụ việc.\n\nCụ thể: "
    text += "; ".join(
        f"năm {2019 + at}, thụ lý {n(total)} vụ việc, hòa giải thành {n(part)} vụ việc, đạt tỷ lệ {rate}"
        for at, (total, part, rate) in enumerate(years)
    )
    found = errors_of(check_text(f"{text}."))
    assert [finding.suggestions for finding in found] == [()] * len(years)
    one = text.replace("71,8%", "69,2%").replace("72,9%", "70,4%").replace("73,4%", "70,9%")
    (finding,) = errors_of(check_text(f"{one}."))
    assert [suggestion.replacement for suggestion in finding.suggestions] == ["70,7%"]


# ---------------------------------------------------------------------------------------------------------------------
# Figures that repeats tie to others


def quantity(text: str, document: str, after: int = 0) -> Quantity:
    """The count that stands in a document next behind an offset."""
    start = document.index(f" {text} " if after else text, after) + bool(after)
    span = Span(start=start, end=start + len(text), text=text)
    return Quantity(value=Decimal(text.replace(".", "")), decimals=0, text=text, unit="dịch vụ", span=span)


def repeat(name: str, first: Quantity, others: tuple[Quantity, ...], computed: int | None) -> Comparison:
    same = {q.value for q in (first, *others)} if computed is None else {first.value, Decimal(computed)}
    return Comparison(
        id=name, kind="repeat", label="", quote="", span=first.span, figures=(first, *others),
        verdict="consistent" if len(same) == 1 else "inconsistent",
        computed=None if computed is None else Decimal(computed),
    )  # fmt: skip


def from_004() -> tuple[str, Report, Claim, Quantity, Quantity]:
    """The report whose 708 procedures are «376 … một phần và 342 … toàn trình»."""
    text = (CORPUS / "004.txt").read_text("utf-8")
    report = check_text(text)
    total = next(claim for claim in report.claims if [q.text for q in quantities(claim)] == ["708", "376", "342"])
    partial, whole = list(quantities(total))[1:]
    return text, report, total, partial, whole


def test_addends_elsewhere_prove_two_figures_wrong() -> None:
    text, report, total, partial, whole = from_004()
    note = text.index("² 1. Dịch vụ công")
    some = tuple(quantity(word, text, note) for word in ("209", "106", "52"))
    all_ = tuple(quantity(word, text, note) for word in ("273", "41", "27"))
    comparisons = (repeat("r1", partial, some, 367), repeat("r2", whole, all_, 341))
    repairs = find_repairs(report.claims, comparisons)
    assert {q.text for q in repairs["r1"].changes.values()} == {"367"}
    assert repairs["r1"].slips == ("swapped",)
    assert {equation.written() for equation in repairs["r1"].equations} == {"367 + 341 = 708", "209 + 106 + 52 = 367"}
    assert [q.text for q in repairs["r2"].changes.values()] == ["341"]
    assert sorted(q.text for q in repairs[total.id].changes.values()) == ["341", "367"]
    (finding,) = (
        f for f in with_suggestions(report.findings, repairs, Document("004.txt", text), "vi") if total.id in f.claims
    )
    (suggestion,) = finding.suggestions
    assert suggestion.text == "376 thủ tục DVC trực tuyến một phần và 342"
    assert suggestion.replacement == "367 thủ tục DVC trực tuyến một phần và 341"
    assert "đảo hai chữ số" in suggestion.reason
    assert [f for f in check_text(edited(text, suggestion)).findings if f.rule == "sum-mismatch"] == []


def test_a_value_that_is_not_written_proves_as_much() -> None:
    _, report, total, partial, whole = from_004()
    repairs = find_repairs(report.claims, (repeat("r1", partial, (), 367), repeat("r2", whole, (), 341)))
    assert sorted(q.text for q in repairs[total.id].changes.values()) == ["341", "367"]


def test_one_of_three_mentions_that_two_contradict() -> None:
    text = "Có 4.182 hồ sơ. Còn 4.812 hồ sơ. Tồn 4.182 hồ sơ."
    first, second, third = (quantity(word, text, at) for word, at in (("4.182", 0), ("4.812", 0), ("4.182", 30)))
    repairs = find_repairs((), (repeat("r1", first, (second, third), None),))
    assert [(q.span.start, q.text) for q in repairs["r1"].changes.values()] == [(second.span.start, "4.182")]
    assert find_repairs((), (repeat("r1", first, (second,), None),)) == {}


def test_a_figure_that_stands_in_two_places_is_changed_in_both() -> None:
    text = "Tổng số 5.230 hồ sơ, gồm: 3.120 hồ sơ trực tuyến và 2.010 hồ sơ trực tiếp.\n\nCả năm có 5.230 hồ sơ."
    report = check_text(text)
    both = repeat("r1", quantity("5.230", text), (quantity("5.230", text, 20),), None)
    (claim,) = report.claims
    alone = find_repairs(report.claims, (both,))
    assert alone == {}, "each of three figures could be the wrong one"
    proof = repeat("r2", quantity("5.230", text), (), 5130)
    repair = find_repairs(report.claims, (both, proof))[claim.id]
    assert [q.text for q in repair.changes.values()] == ["5.130"]
    assert [q.span.start for q in repair.elsewhere] == [text.rindex("5.230")]


@pytest.mark.parametrize(
    ("text", "needed", "found"),
    [
        ("376", 367, ("swapped", "367")),
        ("8.204", 8404, ("digit", "8.404")),
        ("820", 8204, ("lost", "8.204")),
        ("88.204", 8204, ("added", "8.204")),
        ("8204", 8240, ("swapped", "8240")),
        ("3.225.000", 3225, ("scale", "3.225")),
    ],
)
def test_slips_by_name(text: str, needed: int, found: tuple[str, str]) -> None:
    got = [(edit.slip, edit.quantity.text) for edit in edits(quantity(text, text), Interval.exact(needed))]
    assert got == [found]


@pytest.mark.parametrize(
    ("text", "value", "decimals", "needed", "found"),
    [
        ("9,05%", "9.05", 2, Fraction(907, 100), ("digit", "9,07%")),
        ("98,7%", "98.7", 1, Fraction(987, 100), ("shifted", "9,87%")),
        ("0,65%", "0.65", 2, Fraction(165, 100), ("digit", "1,65%")),
    ],
)
def test_slips_in_percentages(text: str, value: str, decimals: int, needed: Fraction, found: tuple[str, str]) -> None:
    span = Span(start=0, end=len(text), text=text)
    percent = Quantity(value=Decimal(value), decimals=decimals, text=text, unit="%", span=span)
    assert [(e.slip, e.quantity.text) for e in edits(percent, Interval.exact(needed))] == [found]


def test_a_wrong_scale_word() -> None:
    text = "33,2 triệu"
    span = Span(start=0, end=len(text), text=text)
    q = Quantity(value=Decimal("33200000.0"), decimals=1, text=text, unit="đồng", scale=10**6, span=span)
    got = [(e.slip, e.quantity.text, e.quantity.value) for e in edits(q, Interval.exact(33_200_000_000))]
    assert got == [("scale", "33,2 tỷ", Decimal("33200000000.0"))]


# ---------------------------------------------------------------------------------------------------------------------
# Equations say of claims what the claims say themselves


def texts() -> Iterator[str]:
    for name in ("made_up", "negative"):
        yield from (entry["text"] for entry in json.loads((HERE / f"{name}.json").read_text("utf-8")))
    yield from (path.read_text("utf-8") for path in sorted(CORPUS.glob("00?.txt")))


def test_an_equation_is_judged_as_its_claim() -> None:
    for text in texts():
        claims = check_text(text).claims
        assert [equation.id for equation in equations(claims, ())] == [claim.id for claim in claims]
        # an empty cell of a table makes a percentage undefined, which its figures alone do not
        assert all(equation.follows for equation in equations(claims, ()) if equation.said != "undefined")


def test_what_holds_lies_in_the_room_that_the_others_leave() -> None:
    asked = 0
    for text in texts():
        for equation in equations(check_text(text).claims, ()):
            for q in equation.quantities if equation.verdict() == "consistent" else ():
                room = equation.room(q.span.start)
                if room is not None:
                    asked += 1
                    assert room.meets(interval(figure_of(q))), equation.written()
    assert asked > 500
