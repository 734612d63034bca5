"""The whole procedure, on what stands in the project: the same input gives the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from de06_extract.claims.prose.links.linker import links
from de06_extract.claims.prose.model_file import models_of, read_model_file
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document
from training.__main__ import main

ROOT = Path(__file__).parents[2]
EXAMPLES = 60


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with examples of the project and made-up texts."""
    folder = tmp_path_factory.mktemp("learn")
    lines = (ROOT / "training" / "examples" / "reports.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "reports.jsonl").write_text("".join(lines[:EXAMPLES]), "utf-8")
    (folder / "texts").mkdir()
    (folder / "gold").mkdir()
    aside = {"ratios": [{"numerator": 12, "denominator": 16, "percent": 75}], "sums": [{"total": 16, "parts": [12, 4]}]}
    (folder / "gold" / "a.json").write_text(json.dumps(aside), "utf-8")
    (folder / "a.txt").write_text("Có 16 xã, gồm 12 xã đạt chuẩn (75%) và 4 xã chưa đạt.", "utf-8")
    for number in range(40):
        done, left, share = 200 + 7 * number, 50 + 3 * number, 40 + number
        percent = f"{100 * done / (done + left):.2f}".replace(".", ",")
        text = (
            f"Trong tháng, huyện tiếp nhận {done + left} hồ sơ, đã giải quyết {done} hồ sơ, đạt {percent}%,"
            f" còn lại {left} hồ sơ. Có {share} thôn, trong đó {number} thôn mới."
            f" Thu ngân sách đạt {share + 5} tỷ đồng, tăng {share},5%."
        )
        (folder / "texts" / f"{number}.txt").write_text(text, "utf-8")
    return folder


def arguments(given: Path, out: str) -> list[str]:
    corpus = f"{ROOT / 'corpus' / 'gold'}:{ROOT / 'corpus'}"
    measured = f"aside={given / 'gold'}:{given}"
    return [
        *("--texts", str(given / "texts"), "--gold", corpus, "--examples", str(given / "reports.jsonl"), "--sentences"),
        *("--score", measured, "--out", str(given / f"{out}.json"), "--card", str(given / f"{out}.md")),
    ]


@pytest.fixture(scope="module")
def run(given: Path) -> Path:
    for seed, out in (("1", "one"), ("2", "two")):
        path = os.pathsep.join([str(ROOT), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        command = [sys.executable, "-m", "training", *arguments(given, out)]
        subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)
    return given


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(run: Path) -> None:
    for suffix in ("json", "md"):
        assert (run / f"one.{suffix}").read_bytes() == (run / f"two.{suffix}").read_bytes()


@pytest.mark.slow
def test_the_linker_reads_the_model(run: Path) -> None:
    written = json.loads((run / "one.json").read_text("utf-8"))
    assert (written["version"], written["texts"], written["passages"]) == (1, 40, 5 + EXAMPLES)
    assert written["relations"] > 100
    for kind in written["kinds"].values():
        sizes = [abs(weight) for weight in kind["weights"].values()]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[-1] >= 0.02
        assert kind["calibration"] == sorted(kind["calibration"])
    text = "Xã tiếp nhận 400 hồ sơ, đã giải quyết 387 hồ sơ, đạt 96,75%."
    found = links(read_mentions(read_document(text.encode(), "a.txt")), models_of(read_model_file(run / "one.json")))
    (link,) = found["ratio"]
    assert [m.figure.value for m in link.candidate.roles if m is not None] == [387, 400]
    assert link.posterior > 0.8


@pytest.mark.slow
def test_the_card_says_what_was_learned_from(run: Path) -> None:
    card = (run / "one.md").read_text("utf-8")
    assert "40 unlabelled texts" in card
    assert "| corpus | 5 | 1 | 11 | 62 | 9 | 15 | 18 |" in card
    assert "«corpus» 6 times" in card
    assert "| aside (only measured) | 1 | 0 | 0 | 1 | 0 | 1 | 0 |" in card
    assert "| 0.9 to 1.0 |" in card
    assert str(run) not in card


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--examples", "none.jsonl"], "none.jsonl"),
        (["--gold", "corpus/gold"], "write GOLD:TEXTS"),
        (["--texts", "a.pdf"], "neither a folder"),
        (["--texts", "a.jsonl:much"], "'much' is no share"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    wrong: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*wrong, "--sentences", "--out", str(tmp_path / "a.json")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.json").exists()
