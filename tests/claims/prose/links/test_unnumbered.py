"""Items of a list without a number, each of which may stand for one."""

from __future__ import annotations

import pytest

from de06_extract.claims.prose.links.unnumbered import unnumbered_items
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Đoàn có 22 người, gồm Trưởng đoàn, 6 phó đoàn và 15 thành viên.", 1),
        ("Đoàn có 22 người: Trưởng đoàn, thư ký; 6 phó đoàn, 15 thành viên.", 2),
        ("Đoàn có 22 người, gồm 6 phó đoàn, Trưởng đoàn và 15 thành viên.", 1),
        ("Đoàn có 22 người, gồm 6 phó đoàn, 16 thành viên.", 0),
        ("Đoàn có 22 người, gồm Trưởng đoàn và phó đoàn 6 người, 16 thành viên.", 1),
        ("Tòa nhà có 22 tầng (17 tầng ở, 4 tầng hầm và tầng kỹ thuật).", 1),
        ("Tòa nhà có 22 tầng (17 tầng ở, 4 tầng hầm), có sân và vườn.", 0),
        ("Kế hoạch có 51 nhiệm vụ, trong đó: 7 việc đã xong, 30 việc thường xuyên, 14 việc đang làm.", 0),
        ("Đoàn, kể cả người nhà, có 22 người và 6 phó đoàn, 16 thành viên.", 0),
    ],
)
def test_items_between_marks_that_have_no_number(text: str, items: int) -> None:
    document = read_document(text.encode(), "made-up.txt")
    assert unnumbered_items(read_mentions(document).mentions[1:], document.text) == items
