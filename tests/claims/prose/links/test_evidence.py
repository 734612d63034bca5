"""Features by name: the model is keyed by them, so that none may change by a letter."""

from __future__ import annotations

from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document

TEXT = "Tổng số hồ sơ tiếp nhận là 3.265 hồ sơ, trong đó đã giải quyết 3.225 hồ sơ (đạt 98,77%)."


def evidence(text: str = TEXT) -> Evidence:
    return Evidence(read_mentions(read_document(text.encode(), "made-up.txt")))


def test_what_stands_around_a_mention() -> None:
    ev = evidence()
    whole, _, percent = ev.mentions
    assert set(ev.unary(whole, "base")) == {
        "base: before it start",
        "base: behind it count level",
        "base: cue before total",
        "base: cue behind comma",
        "base: cue behind done",
        "base: cue behind part",
        "base: depth 0",
        "base: first cue behind comma",
        "base: first of the paragraph",
        "base: kind count unit",
        "base: last cue total",
        "base: role level",
        "base: slash none",
        "base: word before là",
        "base: word before nhận",
        "base: word behind hồ",
        "base: words before nhận là",
        "base: words behind hồ sơ",
    }
    assert set(ev.unary(percent, "rate")) == {
        "rate: before it count level",
        "rate: behind it end",
        "rate: cue before reach",
        "rate: cue behind close",
        "rate: depth 1",
        "rate: first cue behind close",
        "rate: kind percent",
        "rate: last cue reach",
        "rate: last cues open>reach",
        "rate: role level",
        "rate: slash none",
        "rate: word before sơ",
        "rate: word before đạt",
        "rate: words before sơ đạt",
    }


def test_what_stands_between_two_mentions() -> None:
    ev = evidence()
    whole, part, percent = ev.mentions
    assert set(ev.pair(percent, part, "rate-part")) == {
        "rate-part: before, 0 of its kind between",
        "rate-part: before, 0 of its unit between",
        "rate-part: before, 1 steps",
        "rate-part: before, between reach",
        "rate-part: before, clause",
        "rate-part: before, clause, 1 steps",
        "rate-part: before, depth -1",
        "rate-part: before, no stop between",
        "rate-part: before, path open>reach",
        "rate-part: before, words hồ sơ (đạt",
        "rate-part: it comments on",
        "rate-part: unit on one",
        "rate-part: verb other",
    }
    assert set(ev.pair(percent, whole, "rate-base")) == {
        "rate-base: before, 1 of its kind between",
        "rate-base: before, 1 of its unit between",
        "rate-base: before, 2 steps",
        "rate-base: before, between done",
        "rate-base: before, between part",
        "rate-base: before, between reach",
        "rate-base: before, clause",
        "rate-base: before, clause, 2 steps",
        "rate-base: before, depth -1",
        "rate-base: before, no stop between",
        "rate-base: before, path done · open>reach",
        "rate-base: unit on one",
        "rate-base: verb other",
    }


def test_equal_pieces_are_one_object_and_say_the_same_of_every_role() -> None:
    ev = evidence()
    whole = ev.mentions[0]
    assert ev.unary(whole, "base") is ev.unary(whole, "base")
    assert ev.unary(whole, "base").said is ev.unary(whole, "total").said
    assert {name.removeprefix("base: ") for name in ev.unary(whole, "base")} == {
        name.removeprefix("total: ") for name in ev.unary(whole, "total")
    }


def test_features_do_not_look_at_sizes() -> None:
    """Other figures, written as long and in the same order by size, are told of in the same words."""
    texts = (
        "Toàn tỉnh có 845 hồ sơ, gồm 512 hồ sơ trực tuyến và 333 hồ sơ trực tiếp, đạt 60,59%; còn lại 333 hồ sơ.",
        "Toàn tỉnh có 791 hồ sơ, gồm 404 hồ sơ trực tuyến và 387 hồ sơ trực tiếp, đạt 51,07%; còn lại 387 hồ sơ.",
    )
    said = []
    for text in texts:
        ev = evidence(text)
        said.append(
            {
                (anchor.kind, anchor.mention.index, tuple(None if m is None else m.index for m in candidate.roles)): {
                    name for piece in candidate.all_pieces() for name in piece
                }
                for generator in generators()
                for anchor in generator.find(ev)
                for candidate in anchor.candidates
            }
        )
    assert said[0].keys() == said[1].keys()
    assert said[0] == said[1]
