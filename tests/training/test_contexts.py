"""Labelled passages in other contexts: what belongs together stays labelled, and nothing else is."""

from __future__ import annotations

from training.contexts import in_other_contexts
from training.folds import fold, original
from training.labelled import Passage, PassageSet
from training.labels import Label

RATIO = Label("ratio", (3225.0, 3265.0, 98.77))
SUM = Label("sum", (845.0, (333.0, 512.0)))
LONG = (
    "Thời tiết năm nay thuận lợi. Đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,77%. Có 12 đơn vị tham gia.\n"
    "Tổng số 845 hồ sơ, gồm 512 hồ sơ trực tuyến và 333 hồ sơ trực tiếp. Năm sau sẽ làm tốt hơn."
)


def altered(*passages: Passage) -> dict[str, tuple[Passage, ...]]:
    return {group.name: group.passages for group in in_other_contexts([PassageSet("made", passages)])}


def test_a_relation_is_cut_out_with_its_sentences_and_labels() -> None:
    cuts = altered(Passage("made/1", LONG, (RATIO, SUM)))["made, alone"]
    assert [(cut.text, cut.labels) for cut in cuts] == [
        ("Đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,77%.", (RATIO,)),
        (LONG.partition("\n")[2], (SUM,)),
    ]


def test_passages_stand_behind_each_other_with_the_labels_of_both() -> None:
    passages = [Passage(f"made/{n}", LONG, (RATIO,)) for n in range(40)]
    joined = altered(*passages)["made, joined"]
    assert {text.count("3.225/3.265") for text in (one.text for one in joined)} == {2}
    assert all(one.labels == (RATIO, RATIO) for one in joined)


def test_what_was_made_of_a_passage_is_left_out_with_it() -> None:
    passages = [Passage(f"made/{n}", LONG, (RATIO, SUM)) for n in range(40)]
    for group in altered(*passages).values():
        assert all(fold(one.name) == fold(original(one.name)) for one in group)
