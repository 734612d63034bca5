"""Chance and truth: what arithmetic says of readings, and that the linker is told the same."""

from __future__ import annotations

import pytest

from de06_extract.claims.prose.learning.arithmetic import RESOLUTIONS, log_ratios
from de06_extract.claims.prose.learning.candidates import KINDS, Pool, gather
from de06_extract.claims.prose.learning.texts import Text, draw
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.model import KindModel
from de06_extract.claims.prose.links.outcomes import HOLDS, LOST, NEAR, SLIP, SWAP
from de06_extract.pipeline.evidence import read_evidence
from training.chance import OTHER, chance_of, truth_of


def number(*parts: object, least: int = 100, most: int = 900) -> int:
    return least + int((most - least) * draw(*parts))


def text(name: int) -> Text:
    done, left, asked, content = (number(name, at) for at in range(4))
    percent = f"{100 * done / (done + left):.2f}".replace(".", ",")
    return Text(
        f"text {name}",
        f"Xã tiếp nhận {done + left} hồ sơ, đã giải quyết {done} hồ sơ, đạt {percent}%; còn lại {left} hồ sơ."
        f" Khảo sát {asked} người, {content} người hài lòng, chiếm {number(name, 4) // 10}%.",
    )


TEXTS = [text(name) for name in range(60)]


@pytest.fixture(scope="module")
def ratios() -> KindModel:
    return KindModel(
        "ratio", {}, truth_of([HOLDS] * 200 + [SLIP] * 20), chance_of(gather(TEXTS, read_evidence)["ratio"])
    )


def test_fine_figures_fit_more_rarely_by_chance_than_coarse_ones(ratios: KindModel) -> None:
    for table in ratios.chance.values():
        assert len(table) == RESOLUTIONS
        assert table[1][HOLDS] > table[4][HOLDS] > table[7][HOLDS]
    assert OTHER in ratios.chance


def test_kinds_of_slips_come_in_one_proportion_however_fine_figures_are(ratios: KindModel) -> None:
    rows = [row for table in ratios.chance.values() for row in table]
    swapped, lost = ([row[slip] / row[SLIP] for row in rows] for slip in (SWAP, LOST))
    assert swapped == pytest.approx([swapped[0]] * len(rows), rel=0.03)
    assert swapped[0] < lost[0] < 1  # two digits swapped leave the fewest numbers


def test_a_value_is_exchanged_for_another(ratios: KindModel) -> None:
    documents = [ev for one in TEXTS if (ev := read_evidence(one.text)) is not None]
    pool = Pool(documents)
    swapped = [(m, pool.other(documents[0], m, "a text")) for m in documents[0].mentions]
    assert any(other is not None for _, other in swapped)
    assert all(other.value != documents[0].value(m).value for m, other in swapped if other is not None)
    assert swapped == [(m, pool.other(documents[0], m, "a text")) for m in documents[0].mentions]


def test_the_linker_is_told_what_was_learned_with(ratios: KindModel) -> None:
    found = gather(TEXTS, read_evidence)["ratio"]
    told = log_ratios(ratios, found)
    assert told[found.starts[:-1]].tolist() == [0.0] * found.anchors
    ev = read_evidence(TEXTS[0].text)
    assert ev is not None
    anchors = [anchor for generator in generators() if generator.kind == "ratio" for anchor in generator.find(ev)]
    said = [0.0 if c is None else ratios.ratio(a, c) for a in anchors for c in (None, *a.candidates)]
    kept = [at for at in range(found.anchors) if found.document[at] == 0]
    if len(kept) == len(anchors):
        assert told[: found.starts[len(kept)]].tolist() == pytest.approx(said)
    assert {round(x, 9) for x in told[: found.starts[len(kept)]].tolist()} <= {round(x, 9) for x in said}


def test_labelled_errors_count_less_than_what_holds() -> None:
    few, many = truth_of([HOLDS] * 100), truth_of([HOLDS] * 100 + [SLIP] * 40)
    assert few[HOLDS] > many[HOLDS] > 0.85
    assert many[SLIP] > few[SLIP] > few[NEAR] > 0
    assert many[SWAP] / many[SLIP] == pytest.approx(few[SWAP] / few[SLIP], rel=0.01)  # too few tell slips apart


def test_every_kind_is_gathered() -> None:
    found = gather(TEXTS, read_evidence)
    assert tuple(found) == KINDS
    for candidates in found.values():
        assert candidates.names == tuple(sorted(candidates.names))
        assert candidates.starts[-1] == candidates.rows == len(candidates.feature_starts) - 1
