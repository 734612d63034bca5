"""Made-up texts whose figures agree, and the slips that make one of them wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from de06_extract import Claim, Quantity, Report
from de06_extract.numbers.intervals import rounded
from de06_extract.numbers.notation import write_numeral
from de06_extract.schema.report import Comparison, Finding, Span, Suggestion

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


def edited(text: str, suggestion: Suggestion) -> str:
    assert text[suggestion.span.start : suggestion.span.end] == suggestion.text
    return text[: suggestion.span.start] + suggestion.replacement + text[suggestion.span.end :]


def errors_of(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity != "info"]


def quantities(claim: Claim) -> Iterator[Quantity]:
    for held in claim.quantities.values():
        yield from (held if isinstance(held, tuple) else () if held is None else (held,))


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
