"""One word in several spellings: read as one word wherever words are compared, matched or looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
import regex

from de06_extract import check_text
from de06_extract.language.labels import syllables
from de06_extract.language.places import key
from de06_extract.language.spelling import fold, spellings, word_pattern

SAME = {  # one spelling to the others
    "hòa": ("hoà", "HOÀ", "Hòa"),
    "khỏe": ("khoẻ", "KHOẺ"),
    "xòe": ("xoè",),
    "lũy": ("luỹ",),
    "ủy": ("uỷ", "ỦY", "UỶ"),
    "túy": ("tuý",),
    "thùy": ("thuỳ",),
    "thụy": ("thuỵ",),
    "toàn": ("tòan", "TÒAN"),
    "huỳnh": ("hùynh",),
    "kỳ": ("kì", "KÌ"),
    "lý": ("lí",),
    "tỷ": ("tỉ",),
    "kỷ": ("kỉ",),
    "quý": ("quí", "Quí"),
    "quy": ("qui",),
    "sĩ": ("sỹ", "SỸ"),
}
APART = (("tỉnh", "tỷnh"), ("hòa", "hóa"), ("quỳ", "qùy"), ("của", "cuả"), ("y", "i"), ("bi", "by"), ("kiên", "kyên"))


@pytest.mark.parametrize("word", SAME)
def test_all_spellings_of_a_word_are_compared_and_matched_as_one(word: str) -> None:
    for other in SAME[word]:
        assert fold(other) == word == fold(word)
        assert syllables(other) == [word]
        assert key(other) == key(word)
    for one, other in product((word, *SAME[word]), repeat=2):
        assert regex.fullmatch(word_pattern(one), other, regex.IGNORECASE)
    assert {fold(other) for other in spellings(word)} == {word}


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert not regex.fullmatch(word_pattern(one), other)


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("Thụ lý 120 vụ, tăng 20 vụ so với cùng kỳ năm trước (110 vụ).", "cùng kì"),
        ("Quý II/2024 có 120 vụ, quý I/2024 có 100 vụ, tăng 20%.", "quí"),
        ("Tỷ lệ hòa giải thành đạt 98,57% (3.225/3.265 vụ).", "hoà"),
        ("Tiếp nhận 3.265 đơn, đã xử lý 3.225 đơn (đạt 98,57%).", "xử lí"),
    ],
)
def test_sentences_in_another_spelling_are_judged_alike(usual: str, other: str) -> None:
    said = regex.sub(f"(?i){regex.escape(fold(other))}", other, usual)
    assert said != usual
    one, two = (check_text(text) for text in (usual, said))
    assert one.claims
    assert [(c.kind, c.verdict) for c in one.claims] == [(c.kind, c.verdict) for c in two.claims]
    assert [finding.rule for finding in one.findings] == [finding.rule for finding in two.findings]


@pytest.mark.parametrize("total", ["Toàn tỉnh", "Tòan tỉnh", "Tổng toàn tỉnh"])
def test_a_row_of_the_whole_province_is_a_total(total: str) -> None:
    rows = ["Huyện An Bình\t455", "Huyện Yên Thủy\t365", "Huyện Kim Bôi\t298", f"{total}\t1.118"]
    report = check_text("Đơn vị\tSố hồ sơ\n" + "\n".join(rows) + "\n")
    assert [(claim.kind, claim.verdict) for claim in report.claims] == [("sum", "consistent")]


def test_kinds_of_documents_are_known_in_each_spelling() -> None:
    report = check_text("Thực hiện Qui chế số 7/QC-UBND ngày 01/3/2023 và Quy chế số 8/QC-UBND.")
    assert [reference.type for reference in report.references] == ["Quy chế", "Quy chế"]


def test_the_words_of_the_data_are_written_in_one_spelling() -> None:
    reading = files("de06_extract").joinpath("data", "reading")
    for file in reading.iterdir():
        for phrase in _phrases(tomllib.loads(file.read_text("utf-8"))):
            assert fold(phrase) == " ".join(phrase.lower().split()), f"{file.name}: {phrase}"


def _phrases(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for name, value in held.items():
            yield name
            yield from _phrases(value)
    elif isinstance(held, list):
        for value in held:
            yield from _phrases(value)
