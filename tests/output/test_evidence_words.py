"""Features in words: every one that the model knows has its words, and words of a text are left as they are."""

from __future__ import annotations

import pytest

from de06_extract.claims.prose.links.model import shipped_model
from de06_extract.language.messages import messages
from de06_extract.output.evidence_words import in_words, unworded
from de06_extract.schema.display import Language


@pytest.mark.parametrize("kind", sorted(shipped_model()))
def test_every_feature_of_the_model_has_words(kind: str) -> None:
    weights = shipped_model()[kind].weights
    names = [f"{role}: {said}" if role else said for role, held in weights.items() for said in held]
    missing = {part for name in names for part in unworded(name, kind)}
    assert missing == set(), "add them to data/messages/evidence.toml"


@pytest.mark.parametrize("table", ["roles", "cues", "figures", "phrases", "views", "left"])
def test_every_entry_is_in_both_languages(table: str) -> None:
    for name, words in messages("evidence")[table].items():
        assert set(words) == {"vi", "en"}, name
        assert all(words.values()), name


@pytest.mark.parametrize(
    ("feature", "kind", "vi", "en"),
    [
        (
            "rate-base: before, clause, 2 steps",
            "ratio",
            "mẫu số so với tỷ lệ: đứng trước, cùng vế câu, cách 2 số",
            "the base from the percentage: before, in the same clause, 2 figures away",
        ),
        (
            "part: last cues comma>done",
            "ratio",
            "tử số: trước nó lần lượt là dấu phẩy → “đã giải quyết”",
            "the numerator: before it one after the other a comma → «đã» (done)",
        ),
        (
            "total-part: in its bracket",
            "sum",
            "phần so với tổng: nằm trong ngoặc của nó",
            "the part from the total: in its bracket",
        ),
        ("order npb", "ratio", "thứ tự: tử số – tỷ lệ – mẫu số", None),
        ("order ltd", "remainder", "thứ tự: số còn lại – tổng số – số đã thực hiện", None),
        ("shares: 4 to 6 of them", "distribution", "các tỷ lệ: có 4–6 số", "the shares: 4–6 of them"),
        (
            "parts: behind, view first of each clause",
            "sum",
            "các phần: đứng sau, lấy theo: số đầu của mỗi vế câu",
            None,
        ),
        ("none", "sum", "số này thường không nói gì về số khác", "a figure usually says nothing of others"),
    ],
)
def test_a_feature_in_words(feature: str, kind: str, vi: str, en: str | None) -> None:
    assert in_words(feature, kind, "vi") == vi
    if en is not None:
        assert in_words(feature, kind, "en") == en


def test_words_of_a_text_are_left_as_they_are() -> None:
    assert in_words("rate-part: behind, words hồ sơ, before {x}", "ratio", "en") == (
        "the numerator from the percentage: behind, the words «hồ sơ, before {x}» between"
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_has_no_words_is_shown_by_its_own_name(language: Language) -> None:
    said = in_words("gauge: before, spun thrice", "ratio", language)
    assert said.startswith("gauge: ")
    assert said.endswith(", spun thrice")
    assert unworded("gauge: before, spun thrice", "ratio") == ["spun thrice", "gauge"]
    assert unworded("order xyz", "ratio") == ["order xyz"]  # no such letters in this kind
