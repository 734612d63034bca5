"""A reading of figures that does not hold, where the words leave open whether it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from de06_extract.numbers.notation import write_like, write_numeral
from de06_extract.rules.cases import DoubtCase
from de06_extract.rules.facts import Facts
from de06_extract.rules.repairs.equations import equations
from de06_extract.rules.rule import Message, Objection, Rule, join
from de06_extract.schema.report import Quantity

_WAYS = {"up": ("tăng", "rise"), "down": ("giảm", "fall")}
_STATED = {"ratio": ("percent",), "change": ("percent", "delta", "new"), "sum": ("total",), "remainder": ("left",)}


class _Doubt(NamedTuple):
    """The figure in doubt, what the report says and what would follow; None where the direction alone is wrong."""

    figure: Quantity
    reported: str
    expected: str | None


def select(facts: Facts) -> Iterator[DoubtCase]:
    """The readings that fail and may not be meant."""
    return (DoubtCase(claim) for claim in facts.doubts)


def judge(case: DoubtCase) -> Objection:
    """The figure in doubt, the reading on which that rests, and what would follow from it."""
    doubt = _shares(case) if case.claim.kind == "distribution" else _figure(case)
    reading = _READINGS[case.claim.kind](case, doubt.figure)
    right = doubt.expected
    vi, en = (f"phải là {right}", f"it should be {right}") if right else ("chiều không đúng", "it goes the other way")
    return Objection(
        vi=f"nếu {reading.vi} thì {vi}, báo cáo ghi {doubt.reported}; lời văn chưa đủ rõ để kết luận",
        en=f"if {reading.en}, {en}, and the report says {doubt.reported}; the words leave open whether that is meant",
        span=doubt.figure.span,
        reported=doubt.reported,
        expected=right,
        related=tuple(q.span for q in case.claim.figures() if q.span.start != doubt.figure.span.start),
    )


def _figure(case: DoubtCase) -> _Doubt:
    """The first of the figures that say something of the others which does not follow from them."""
    (equation,) = equations([case.claim], ())
    stated = [q for role in _STATED[case.claim.kind] if (q := case.maybe(role)) is not None]
    for figure in stated:
        room = equation.room(figure.span.start)
        if room is not None and room.low is not None and room.high is not None and room.high >= 0:
            right = write_like(figure, (room.low + room.high) / 2)
            if right != figure.text:
                return _Doubt(figure, figure.text, right)
    return _Doubt(stated[0], stated[0].text, None)


def _shares(case: DoubtCase) -> _Doubt:
    """What the shares add up to, where it should be 100%; none of them is more in doubt than the others."""
    percents = case.several("percents")
    total = sum(percent.value for percent in percents)
    return _Doubt(percents[0], f"{write_numeral(total, max(percent.decimals for percent in percents))}%", "100%")


def _ratio(case: DoubtCase, figure: Quantity) -> Message:
    part, whole = case.quantity("numerator").text, case.quantity("denominator").text
    return Message(
        f"«{whole}» là mẫu số của «{part}» (tỷ lệ «{figure.text}»)",
        f"«{whole}» is meant as the base of «{part}» (the share «{figure.text}»)",
    )


def _change(case: DoubtCase, figure: Quantity) -> Message:
    """The direction with the values and the size that are printed: «từ A đến B», «đến B», «từ A»."""
    old, new, delta = (case.maybe(role) for role in ("old", "new", "delta"))
    vi, en = _WAYS[case.claim.direction or "up"]
    size = f" «{delta.text}»" if delta is not None and delta is not figure else ""
    before = (f" từ «{old.text}»", f" from «{old.text}»") if old is not None else ("", "")
    behind = (f" đến «{new.text}»", f" to «{new.text}»") if new is not None and new is not figure else ("", "")
    return Message(
        f"«{figure.text}» là mức {vi}{size}{before[0]}{behind[0]}",
        f"«{figure.text}» is meant as the {en}{size}{before[1]}{behind[1]}",
    )


def _sum(case: DoubtCase, figure: Quantity) -> Message:
    parts = join(case.several("parts"), " + ")
    return Message(f"«{figure.text}» là tổng của {parts}", f"«{figure.text}» is meant as the total of {parts}")


def _remainder(case: DoubtCase, figure: Quantity) -> Message:
    whole, done = case.quantity("total").text, case.quantity("done").text
    return Message(
        f"«{figure.text}» là phần còn lại của «{whole}» sau khi trừ «{done}»",
        f"«{figure.text}» is meant as what «{done}» leaves of «{whole}»",
    )


def _distribution(case: DoubtCase, figure: Quantity) -> Message:
    shares = join(case.several("percents"), " + ")
    return Message(f"{shares} chia hết một tổng", f"{shares} are meant as all shares of one whole")


_READINGS = {
    "ratio": _ratio,
    "change": _change,
    "sum": _sum,
    "remainder": _remainder,
    "distribution": _distribution,
}

RULE = Rule(
    id="unsure",
    severity="info",
    title="Có thể không khớp, tùy cách hiểu",
    title_en="Figures that may not fit, depending on how they are read",
    explanation=(
        "Các số này không khớp nếu báo cáo muốn nói như câu «nếu …», nhưng lời văn chưa đủ rõ để coi là lỗi. "
        "Người đọc quyết định; lệnh «de06-extract explain» cho biết vì sao máy hiểu như vậy."
    ),
    explanation_en=(
        "The figures do not fit if the report means what the sentence «if …» says, but its words are not clear enough "
        "to call that an error. The reader decides; «de06-extract explain» says why they are read so."
    ),
    select=select,
    judge=judge,
    wrong=("Số giao dịch thanh toán trực tuyến là 4.731 và số giao dịch phải nộp phí là 5.208, chiếm 93,84%.",),
    right=(
        "Số giao dịch thanh toán trực tuyến là 4.731 và số giao dịch phải nộp phí là 5.208, chiếm 90,84%.",
        "Tổng số đã cấp là 154.590 thẻ (khối nghề 22.340/44.680, đạt 50%; khối phổ thông 132.250/165.312, đạt 80%).",
        "Tỉnh thu hút 15.482 lượt khách, doanh thu 13.344 triệu đồng, công suất phòng đạt 86,91%.",
    ),
)
