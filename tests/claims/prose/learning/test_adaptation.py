"""Adaptation: what texts show again and again counts more, what was held back decides, and no label is needed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from de06_extract.claims.prose.learning.adaptation import FEWEST, Adaptation, AdaptedKind, Measured, adapt
from de06_extract.claims.prose.learning.texts import LONGEST, Text, draw, part_of
from de06_extract.claims.prose.links.linker import Link, links
from de06_extract.claims.prose.links.model import shipped_model
from de06_extract.claims.prose.model_file import ModelFile, models_of
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.pipeline.evidence import read_evidence
from de06_extract.readers import read_document

WORDS = ("Phiếu", "Thẻ")


def number(name: int, at: int) -> int:
    return 100 + int(800 * draw(name, at))


def line(name: int, word: str, at: int) -> str:
    """A line as one office writes it: what came in, something else, what came out, and the share of it."""
    out, left, other = (number(name, at + step) for step in range(3))
    share = f"{100 * out / (out + left):.2f}".replace(".", ",")
    low = word.lower()
    return f"{word} vào {out + left} {low}; lượt xem {other} lượt; {low} ra khớp {out} {low}, mức ra {share}%."


def office(many: int) -> list[Text]:
    return [Text(f"{n:04}", "\n".join(line(n, word, 10 * at) for at, word in enumerate(WORDS))) for n in range(many)]


@pytest.fixture(scope="module")
def adapted() -> Adaptation:
    return adapt(shipped_model(), office(100), read_evidence, lambda kind: None)


def ratio_of(models: ModelFile | None) -> Link:
    text = line(7777, "Phiếu", 5)
    (link,) = links(read_mentions(read_document(text.encode(), "a.txt")), models_of(models))["ratio"]
    return link


def test_what_the_texts_show_again_and_again_becomes_likelier(adapted: Adaptation) -> None:
    ratio = adapted.kinds["ratio"]
    assert ratio.is_better
    assert ratio.gain > 0
    assert ratio.features > 0
    usual, own = ratio_of(None), ratio_of(ModelFile("own.json", adapted.text("base")))
    assert own.prior > usual.prior
    assert own.posterior >= usual.posterior


def test_a_part_is_held_back(adapted: Adaptation) -> None:
    assert adapted.learned_from + adapted.held_back == 100
    assert 10 <= adapted.held_back <= 30
    ratio = adapted.kinds["ratio"]
    assert ratio.own.anchors == ratio.moved.anchors == 2 * adapted.held_back
    assert ratio.moved.found == ratio.own.anchors


def test_a_kind_of_which_the_texts_say_nothing_keeps_its_weights(adapted: Adaptation) -> None:
    change = adapted.kinds["change"]
    assert not change.is_better
    written = json.loads(adapted.text("base"))
    weights = written["kinds"]["change"]["weights"]
    names = {name.partition(": ")[2] or name for name in weights}
    assert written["adapted"] == [kind for kind in sorted(adapted.kinds) if adapted.kinds[kind].is_better]
    assert sum(map(len, shipped_model()["change"].weights.values())) == len(weights)
    assert "none" in names


def test_the_file_is_a_model_with_the_tables_of_the_one_it_was_adapted_from(adapted: Adaptation) -> None:
    own = models_of(ModelFile("own.json", adapted.text("base")))
    for kind, model in shipped_model().items():
        assert own[kind].truth == model.truth
        assert own[kind].chance == model.chance
        assert own[kind].calibration == model.calibration
    assert json.loads(adapted.text("abc"))["base"] == "abc"


def test_the_same_texts_give_the_same_file_in_whatever_order(adapted: Adaptation) -> None:
    again = adapt(shipped_model(), office(100)[::-1], read_evidence, lambda kind: None)
    assert again.text("base") == adapted.text("base")


OWN = Measured(anchors=FEWEST, likelihood=0.5, found=10, failing=1, by_chance=1)
BETTER = replace(OWN, likelihood=0.6)


@pytest.mark.parametrize(
    ("own", "moved", "gain", "error", "better"),
    [
        (OWN, BETTER, 0.1, 0.04, True),
        (OWN, BETTER, 0.1, 0.06, False),  # it may be chance
        (OWN, replace(BETTER, likelihood=0.4), -0.1, 0.01, False),
        (OWN, replace(BETTER, failing=2), 0.1, 0.01, False),  # nobody says that it is an error
        (OWN, replace(BETTER, failing=0), 0.1, 0.01, True),
        (OWN, replace(BETTER, by_chance=2), 0.1, 0.01, False),
        (replace(OWN, anchors=FEWEST - 1), replace(BETTER, anchors=FEWEST - 1), 0.1, 0.01, False),
    ],
)
def test_moved_weights_are_kept_only_where_they_are_better_and_accuse_no_more(
    own: Measured, moved: Measured, gain: float, error: float, better: bool
) -> None:
    model = shipped_model()["ratio"]
    kind = AdaptedKind(model, replace(model), own, moved, 5, gain, error)
    assert kind.is_better is better
    assert kind.kept is (kind.behind if better else kind.before)


def test_figures_that_belong_to_nothing_move_nothing_for_the_better() -> None:
    def text(name: int) -> str:
        figures = [number(name, at) for at in range(4)]
        return f"Nhiệt độ {figures[0]} độ; mưa {figures[1]} mm, ẩm {figures[2] // 10}%; gió {figures[3]} m."

    noise = adapt(shipped_model(), [Text(f"{n:03}", text(n)) for n in range(120)], read_evidence, lambda kind: None)
    for kind in noise.kinds.values():
        assert kind.moved.by_chance <= kind.own.by_chance or not kind.is_better
        assert kind.moved.failing <= kind.own.failing or not kind.is_better


def test_of_a_long_text_a_part_from_the_start_of_a_line_is_taken() -> None:
    long = Text("long", "\n".join(f"dòng {n}" for n in range(3000)))
    part = part_of(long)
    assert len(part.text) == LONGEST
    assert part.text.startswith("dòng ")
    assert part_of(Text("short", "ngắn")).text == "ngắn"
