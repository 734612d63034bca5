"""What is new and what is gone between two readings, whatever was moved or reworded."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.archive.watching.changes import compared
from de06_extract.schema.cards.card import Card
from de06_extract.schema.cards.make import report_cards

FIRST = "Số hóa đầu vào: 3.225/3.265 hồ sơ đạt tỷ lệ 98,57%."
SECOND = "Có 10/12 xã (đạt 84,4%) hoàn thành."
SHARED = "Có 708 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình)."


def cards(*sentences: str) -> tuple[Card, ...]:
    return report_cards(check_text("\n\n".join(sentences)).model_dump())


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ((FIRST,), (FIRST,), (0, 0, 1)),
        ((FIRST,), (FIRST, SECOND), (1, 0, 2)),
        ((FIRST, SECOND), (SECOND,), (0, 1, 1)),
        ((FIRST, SECOND), (SECOND, FIRST), (0, 0, 2)),
        ((FIRST,), ("Trước hết, công tác số hóa ở huyện: 3.225/3.265 hồ sơ đạt tỷ lệ 98,57%.",), (0, 0, 1)),
        ((FIRST,), (FIRST.replace("98,57", "98,67"),), (1, 1, 1)),
        ((FIRST,), (FIRST.replace("98,57", "98,77"),), (0, 1, 0)),
        # written once more, it is another finding of the same cause
        ((FIRST,), (FIRST, "Đoạn hai.", FIRST.replace("Số hóa", "Ở xã, số hóa")), (1, 0, 1)),
        ((), (SHARED,), (1, 0, 1)),
        ((SHARED, FIRST), (SHARED, SECOND), (1, 1, 2)),
    ],
)
def test_causes_are_new_or_gone(before: tuple[str, ...], after: tuple[str, ...], counts: tuple[int, int, int]) -> None:
    change = compared(cards(*before) if before else (), cards(*after))
    assert (len(change.new), change.gone, change.left) == counts


def test_what_is_new_is_the_card_of_the_next_reading() -> None:
    (cause,) = compared(cards(FIRST), cards(FIRST, SECOND)).new
    assert [card.reported for card in cause] == ["84,4%"]
