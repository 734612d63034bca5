"""Unlabelled texts: the sample is the same in whatever order it is read."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from de06_extract.claims.prose.learning.texts import LONGEST, Text
from training.unlabelled import TextsError, read, read_names, sample


def lines(file: Path, names: list[str]) -> Path:
    file.write_text(
        "".join(json.dumps({"id": name, "text": f"Xã {name} có 5 thôn."}) + "\n" for name in names), "utf-8"
    )
    return file


def test_a_sample_does_not_depend_on_order(tmp_path: Path) -> None:
    names = [f"n{n}" for n in range(40)]
    one, two = lines(tmp_path / "one.jsonl", names), lines(tmp_path / "two.jsonl", ["m1", "m2", "m3"])
    taken = sample({one: 0.5, two: 0.5}, 20)
    lines(one, names[::-1])
    assert sample({two: 0.5, one: 0.5}, 20) == taken
    assert len(taken) == 13
    assert len({text.name for text in taken}) == 13


def test_texts_are_taken_once_and_never_those_left_out(tmp_path: Path) -> None:
    one, two = lines(tmp_path / "one.jsonl", ["a", "b", "a"]), lines(tmp_path / "two.jsonl", ["b", "c"])
    left_out = read_names(lines(tmp_path / "left.jsonl", ["c"]))
    assert {text.name for text in sample({one: 0.5, two: 0.5}, 10, left_out)} == {"a", "b"}


def test_folders_and_compressed_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Có 5 xã.", "utf-8")
    assert list(read(tmp_path / "texts")) == [Text("a.txt", "Có 5 xã.")]
    packed = tmp_path / "b.jsonl.xz"
    packed.write_bytes(lzma.compress(b'{"id": 7, "text": "five"}\n'))
    assert list(read(packed)) == [Text("7", "five")]


def test_of_a_long_text_a_part_is_taken_from_the_start_of_a_line(tmp_path: Path) -> None:
    text = "".join(f"Dòng {n}: 5 xã.\n" for n in range(2000))
    (tmp_path / "long.txt").write_text(text, "utf-8")
    (taken,) = sample({tmp_path: 1.0}, 1)
    assert len(taken.text) == LONGEST
    assert taken.text in text
    assert taken.text.startswith("Dòng")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "x", "neither a folder"),
        ("a.jsonl", "{", "line 1: not JSON"),
        ("a.jsonl", '{"text": "no id"}', "line 1: not an object with"),
    ],
)
def test_what_has_another_form_is_said_to(tmp_path: Path, name: str, data: str, said: str) -> None:
    (tmp_path / name).write_text(data, "utf-8")
    with pytest.raises(TextsError, match=said):
        list(read(tmp_path / name))
    (tmp_path / "empty").mkdir()
    with pytest.raises(TextsError, match="no texts"):
        list(read(tmp_path / "empty"))
