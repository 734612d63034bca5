"""A figure of a scanned page that may have been misread, so that what it is part of fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.rules.facts import Facts, Misreading
from de06_extract.rules.rule import Objection, Rule, shorten
from de06_extract.schema.report import Claim, Comparison


@dataclass(frozen=True)
class MisreadingCase:
    """A figure in doubt with the claims and comparisons that fail, which may be because of it."""

    misreadings: tuple[Misreading, ...]
    relations: tuple[Claim | Comparison, ...]

    @property
    def quote(self) -> str:
        """The words of the first claim or comparison."""
        return self.relations[0].quote

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims among them."""
        return tuple(one.id for one in self.relations if isinstance(one, Claim))

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons among them."""
        return tuple(one.id for one in self.relations if isinstance(one, Comparison))


def select(facts: Facts) -> Iterator[MisreadingCase]:
    """The figures in doubt, each once."""
    figures: dict[int, list[Misreading]] = {}
    for misreading in facts.misreadings:
        figures.setdefault(misreading.quantity.span.start, []).append(misreading)
    relations: dict[str, Claim | Comparison] = {claim.id: claim for claim in facts.claims}
    relations |= {comparison.id: comparison for comparison in facts.comparisons}
    for found in figures.values():
        yield MisreadingCase(tuple(found), tuple(relations[misreading.relation] for misreading in found))


def judge(case: MisreadingCase) -> Objection | None:
    """The figure as read, and what it may be."""
    quantity, again = case.misreadings[0].quantity, case.misreadings[0].again
    likely = shorten(list(dict.fromkeys(text for misreading in case.misreadings for text in misreading.likely)))
    fits = (f"; nếu là {' hoặc '.join(likely)} thì khớp", f"; if it is {' or '.join(likely)}, all fits")
    twice = (f", đọc lại được {again}", f", a second time as {again}")
    shown = (again not in (None, quantity.text), bool(likely))
    vi, en = ("".join(text[at] for text, is_said in zip((twice, fits), shown, strict=True) if is_said) for at in (0, 1))
    return Objection(
        vi=f"máy đọc ảnh quét được {quantity.text}{vi}. Cần xem lại trên ảnh, chưa phải là lỗi của báo cáo",
        en=f"read from the scan as {quantity.text}{en}: look at the image",
        span=quantity.span,
        reported=quantity.text,
    )


RULE = Rule(
    id="ocr-doubt",
    severity="info",
    title="Số liệu trên trang quét có thể bị đọc nhầm",
    title_en="A figure of a scanned page may have been misread",
    explanation=(
        "Trên trang quét, phép tính không khớp nhưng sẽ khớp nếu một chữ số hoặc dấu dễ nhầm (0/8/6/9, 1/7, 3/8, 5/6, "
        "dấu chấm, dấu phẩy) được đọc khác đi, hoặc máy đọc một con số không rõ, và đọc lại ảnh phóng to vẫn chưa "
        "chắc. Không coi là lỗi của báo cáo."
    ),
    explanation_en=(
        "On a scanned page an equation fails that would hold if one digit or mark that looks like another were that "
        "one, or one of its figures was read with little confidence, and reading the enlarged image again leaves it "
        "open. It is not held against the report."
    ),
    select=select,
    judge=judge,
    wrong=("3.225/3.265 hồ sơ đạt tỷ lệ 93,77%", "Tiếp nhận 1.063 hồ sơ, trong đó có 580 hồ sơ trực tuyến (đạt 54,3%)"),
    right=("3.225/3.265 hồ sơ đạt tỷ lệ 98,77%",),
)
