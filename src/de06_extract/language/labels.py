"""Labels: what a figure counts, as words that can be compared whatever their spelling.

Two labels are compared by the syllables they share, once abbreviations are spelled out and words that say nothing are
left out, and by what tells quantities apart: words that exclude each other, numbers in names, names of places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz.distance import OSA

from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, load, words

_NAME = r"\p{Lu}[\p{L}&]*+"
_SYLLABLE = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*|\d+")


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text in one spelling, abbreviations spelled out.

    >>> syllables("Số hoá hồ sơ TTHC (tỉ lệ)")
    ['số', 'hóa', 'hồ', 'sơ', 'thủ', 'tục', 'hành', 'chính', 'tỷ', 'lệ']
    """
    short = load("comparing")["short"]
    found = _SYLLABLE.findall(fold(text))
    if short.keys().isdisjoint(found):
        return list(found)
    return [part for one in found for part in short.get(one, one).split()]


@dataclass(frozen=True, slots=True)
class Label:
    """A figure's label: `words` that say what it counts, `marks` (group, value) that tell quantities apart, names."""

    words: frozenset[str]
    marks: frozenset[tuple[str, int]]
    numbers: frozenset[str]
    places: frozenset[str]
    bodies: frozenset[str]

    @property
    def key(self) -> tuple[frozenset[str], frozenset[tuple[str, int]], frozenset[str]]:
        """A key that is equal for labels that say the same in another order."""
        return self.words, self.marks, self.numbers


def read_label(*texts: str) -> Label:
    """The label that the texts around a figure make.

    >>> sorted(read_label("số DVC toàn trình của xã Tân Hiệp", "đạt").marks)
    [('extent', 0), ('level', 2)]
    >>> sorted(read_label("số DVC toàn trình của xã Tân Hiệp").places)
    ['tân hiệp']
    """
    said = [syllable for text in texts for syllable in syllables(text)]
    joined = f" {' '.join(said)} "
    return Label(
        words=frozenset(word for word in _stop().sub(" ", joined).split() if not word.isdecimal()),
        marks=frozenset(_marks(joined)),
        numbers=frozenset(s.lstrip("0") or "0" for s in said if s.isdecimal()),
        places=frozenset(name for text in texts for name in _names("locality", text)),
        bodies=frozenset(name for text in texts for name in _names("body", text)),
    )


@cache
def _stop() -> re.Pattern[str]:
    longest = (" ".join(syllables(word)) for word in words("comparing", "stop"))
    return re.compile(f"(?<= )(?:{'|'.join(map(re.escape, longest))})(?= )")


@cache
def _groups() -> tuple[tuple[re.Pattern[str], dict[str, tuple[str, int]]], ...]:
    """For each group a pattern for its words, longest first, and the value of each."""
    out = []
    for group, entry in load("comparing")["distinct"].items():
        values = {
            " ".join(syllables(word)): (group, number) for number, row in enumerate(entry["values"]) for word in row
        }
        longest = sorted(values, key=lambda word: (-len(word), word))
        out.append((re.compile(f"(?<= )(?:{'|'.join(map(re.escape, longest))})(?= )"), values))
    return tuple(out)


def _marks(joined: str) -> Iterable[tuple[str, int]]:
    return (values[found] for pattern, values in _groups() for found in pattern.findall(joined))


def frame(text: str) -> frozenset[tuple[str, int]]:
    """The marks of the frame that a sentence puts all its figures in: a campaign, a plan.

    >>> sorted(frame("Trong chiến dịch 90 ngày đêm, toàn thị xã"))
    [('frame', 0)]
    """
    return frozenset(mark for mark in _marks(f" {' '.join(syllables(text))} ") if mark[0] == "frame")


@cache
def _strict() -> frozenset[str]:
    return frozenset(group for group, entry in load("comparing")["distinct"].items() if entry["strict"])


@cache
def _named(kind: str) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<! \p{{L}} ) (?i: {any_of('comparing', kind)} ) \s++ (?P<name> {_NAME} (?: \s++ {_NAME} )*+ )",
        regex.VERBOSE,
    )


def _names(kind: str, text: str) -> list[str]:
    return [" ".join(syllables(match["name"])) for match in _named(kind).finditer(text)]


def places_in(text: str) -> frozenset[str]:
    """The names of places in a text, in one spelling.

    >>> sorted(places_in("UBND xã Lưu Nghiệp Anh và thị trấn Trà Cú"))
    ['lưu nghiệp anh', 'trà cú']
    """
    return frozenset(_names("locality", text))


def exclude(a: Label, b: Label) -> bool:
    """True where two labels cannot name the same quantity: other places, other numbers in names, late against on time.

    >>> exclude(read_label("hồ sơ giải quyết trễ hạn"), read_label("hồ sơ giải quyết"))
    True
    >>> exclude(read_label("hồ sơ đã số hóa"), read_label("hồ sơ đã nhập"))
    False
    """
    if a.numbers != b.numbers or any(
        one and two and not one & two for one, two in ((a.places, b.places), (a.bodies, b.bodies))
    ):
        return True
    return any(group in _strict() for group in _apart(a, b))


def differ(a: Label, b: Label) -> bool:
    """True where the words say that two labels name two quantities, as other acts or levels do.

    >>> differ(read_label("DVC một phần"), read_label("DVC toàn trình"))
    True
    >>> differ(read_label("hồ sơ cấp xã"), read_label("hồ sơ cấp huyện")), differ(read_label("cấp xã"), read_label(""))
    (True, False)
    """
    return exclude(a, b) or oppose(a, b)


def oppose(a: Label, b: Label) -> bool:
    """True where each label has a word that the other's excludes.

    >>> oppose(read_label("nộp trực tuyến"), read_label("nộp trực tiếp")), oppose(read_label("nộp"), read_label("giấy"))
    (True, False)
    """
    values_a, values_b = _values(a), _values(b)
    return any(not values_a[group] & values_b[group] for group in values_a.keys() & values_b.keys())


def _apart(a: Label, b: Label) -> set[str]:
    """The groups in which the labels have different words, or one of them none."""
    return {group for group, _ in a.marks ^ b.marks}


def _values(label: Label) -> dict[str, set[int]]:
    out: dict[str, set[int]] = defaultdict(set)
    for group, value in label.marks:
        out[group].add(value)
    return dict(out)


def shared(a: Label, b: Label) -> int:
    """The number of content words that both labels have, those counted that differ by a letter, as misread ones do."""
    both = a.words & b.words
    rest_a, rest_b = a.words - both, b.words - both
    return len(both) + sum(1 for one in rest_a if len(one) > 3 and any(OSA.distance(one, two) == 1 for two in rest_b))


def late(label: Label) -> bool:
    """True for a label of cases that were late.

    >>> late(read_label("trễ hạn chiếm")), late(read_label("trước và đúng hạn đạt"))
    (True, False)
    """
    return label.marks == read_label(words("comparing", "late")[0]).marks


def likeness(a: Label, b: Label) -> float:
    """The share of the shorter label's content words that the other one has, from 0 to 1.

    >>> likeness(read_label("số hồ sơ TTHC đã số hoá"), read_label("hồ sơ thủ tục hành chính số hóa"))
    1.0
    """
    fewest = min(len(a.words), len(b.words))
    return min(1.0, shared(a, b) / fewest) if fewest else 0.0


def telling_words(labels: Iterable[Label]) -> frozenset[str]:
    """The words that are the only difference between two of the labels, which therefore distinguish.

    >>> sorted(telling_words([read_label("hồ sơ đất đai"), read_label("hồ sơ đất ở"), read_label("đảng viên")]))
    ['đai', 'ở']
    """
    without: dict[frozenset[str], set[str]] = defaultdict(set)
    keys = {label.words for label in labels if 1 < len(label.words) <= _LONGEST}
    for key in keys:
        for word in key:
            without[key - {word}].add(word)
    telling = {word for rest, found in without.items() if len(found) > 1 or rest in keys for word in found}
    return frozenset(telling)


_LONGEST = 16  # content words; labels that long differ in more than one
