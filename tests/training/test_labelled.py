"""Labelled passages: three forms are read, and what has another form is said to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.labelled import PassageSet, read_examples, read_gold, read_sentences
from training.labels import Label, LabelError

TEXT = "Tiếp nhận 40 hồ sơ, đã giải quyết 30 hồ sơ, đạt 75%, còn lại 10 hồ sơ."


def gold(folder: Path, entry: object, text: str = TEXT) -> tuple[Path, Path]:
    (folder / "gold").mkdir()
    (folder / "texts").mkdir()
    (folder / "gold" / "7.json").write_text(json.dumps(entry), "utf-8")
    (folder / "texts" / "7.txt").write_text(text, "utf-8")
    return folder / "gold", folder / "texts"


def test_annotations_are_read_with_their_texts(tmp_path: Path) -> None:
    entry = {
        "ratios": [
            {
                "numerator": {"value": 30},
                "denominator": 40,
                "percent": 75,
                "verdict": "ok",
                "quote": "30 hồ sơ, đạt 75%",
            },
            {"numerator": 10, "denominator": None, "percent": 25, "verdict": "no_base", "denominator_any": [40]},
        ],
        "changes": [{"old": 40, "new": 30, "delta": -10, "verdict": "mismatch", "debatable": True}],
        "doubtful": [{"kind": "remainders", "roles": {"total": 40, "done": 30, "left": 10}}, {"kind": "typo"}],
        "negatives": [{"quote": "75%", "why": "none"}],
    }
    read = read_gold(*gold(tmp_path, entry), "reports")
    (passage,) = read.passages
    assert (passage.name, passage.text) == ("reports/7", TEXT)
    assert passage.labels == (
        Label("ratio", (30.0, 40.0, 75.0), quote="30 hồ sơ, đạt 75%"),
        Label("ratio", (10.0, None, 25.0), "no_base", bases=(40.0,)),
        Label("change", (40.0, 30.0, 10.0, None), "mismatch", debatable=True),
    )
    assert [label.is_checkable for label in passage.labels] == [True, False, False]
    assert passage.tolerated == (("remainder", (40.0, 30.0, 10.0)),)
    assert read.names_open_relations


def test_examples_are_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "made.jsonl"
    lines = [
        {"text": TEXT, "sums": [{"total": 40, "parts": [30, 10]}]},
        {"label": "a trap", "text": "Năm 2024 có 5 xã."},
    ]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    read = read_examples(file)
    assert [passage.name for passage in read.passages] == ["made/00001", "made/00002"]
    assert read.passages[0].labels == (Label("sum", (40.0, (10.0, 30.0))),)
    assert not read.names_open_relations


def test_sentences_of_the_tests_are_read() -> None:
    read = read_sentences(Path(__file__).parents[1])
    assert {passage.name.split("/")[1] for passage in read.passages} == {"made_up", "negative", "known_failures"}
    assert {label.kind for p in read.passages for label in p.labels} == {
        "change",
        "distribution",
        "ratio",
        "remainder",
        "sum",
    }
    assert {label.verdict for p in read.passages for label in p.labels} >= {"ok", "mismatch", "truncated"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "a",', "line 2: not JSON"),
        ("[1]", "line 2: not an object"),
        ('{"label": "b"}', "an entry without text"),
        ('{"text": "a", "ratios": [{"numerator": "many"}]}', "no values of a ratio"),
        ('{"text": "a", "sums": [{"total": 3, "parts": [1, null]}]}', "no values of a sum"),
        ('{"text": "a", "sums": [{"total": 3, "parts": [1, 2], "verdict": "fine"}]}', "'fine' is no verdict"),
    ],
)
def test_what_has_another_form_is_said_to(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "made.jsonl"
    file.write_text('{"text": "a"}\n' + line, "utf-8")
    with pytest.raises(LabelError, match=said):
        read_examples(file)


def test_annotations_without_their_text_are_said_to_be(tmp_path: Path) -> None:
    folder, texts = gold(tmp_path, {})
    (texts / "7.txt").rename(texts / "70.txt")
    with pytest.raises(LabelError, match="no texts «7"):
        read_gold(folder, texts, "reports")
    (texts / "70.txt").rename(texts / "7-second.txt")
    assert len(read_gold(folder, texts, "reports").passages) == 1
    with pytest.raises(LabelError, match="no annotations"):
        read_gold(texts, texts, "reports")


def test_a_set_without_labels_names_no_open_relations() -> None:
    assert not PassageSet("empty", ()).names_open_relations
