"""Aliases: the wordings of the taxonomy, indexed by their syllables, and how well a figure's words fit them.

An alias fits as far as its syllables stand around the figure, the rare ones counting for more, those near the figure
for more than those farther off. Few aliases share a rare syllable with a figure; only those are compared word by word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from math import log
from operator import ge

from rapidfuzz import fuzz

from de06_extract.claims.prose.subjects import Subject
from de06_extract.indicators.near_words import NEAREST, NearWords, Surroundings, said_in
from de06_extract.indicators.taxonomy import Taxonomy, TaxonomyEntry, TaxonomyFile, taxonomy
from de06_extract.language.labels import read_label, syllables

FITS = 0.76  # from this score on a figure is the indicator's
_LIKELY = 0.55  # of an alias must stand around the figure before it is compared word by word
_CLOSE = 0.3  # of an alias must stand in the figure's own words
_COMPARED = 12  # aliases that are compared word by word
_KEPT = 64  # surroundings whose figures follow each other
_ORDER = 0.35  # what the order of the words counts for
_GRAIN = 2**20  # whole numbers: their sum is the same in whatever order the words come
_LENGTH = 0.1  # what a longer alias counts for when two fit alike


@dataclass(frozen=True, slots=True)
class Alias:
    """A wording of an entry: its syllables, how much each tells, and all of it in one spelling."""

    entry: TaxonomyEntry
    words: frozenset[str]
    weight: int
    text: str


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit of an entry to a figure, from 0 to 1; `rank` also prefers the more particular of two."""

    entry: TaxonomyEntry
    score: float
    rank: float


class Aliases:
    """The aliases of a taxonomy, ready to be looked up."""

    def __init__(self, known: Taxonomy) -> None:
        self.known = known
        read = [(entry, alias, _words(alias)) for entry in known.entries.values() for alias in entry.wordings]
        entries_with = Counter(word for words in _by_entry(read).values() for word in words)
        most = len(known.entries)
        self._tells = {word: round(_GRAIN * (0.5 + log(most / count))) for word, count in entries_with.items()}
        self._aliases = [
            Alias(entry, words, sum(self._tells[word] for word in words), " ".join(syllables(alias)))
            for entry, alias, words in read
        ]
        self._least = [max(1, _LIKELY * alias.weight * NEAREST) for alias in self._aliases]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, alias in enumerate(self._aliases):
            for word in alias.words:
                self._with[word].append(number)
        self._covered_around = lru_cache(maxsize=_KEPT)(self._cover_around)
        self._excluded = {e.id: _phrases(e.excludes) for e in known.entries.values()}
        self._near = {e.id: _phrases(e.near) for e in known.entries.values()}
        self._needed = {e.id: _phrases(e.needs) for e in known.entries.values()}

    def fits(self, subject: Subject, allows: Callable[[TaxonomyEntry], bool]) -> list[Fit]:
        """The entries that fit a subject, the best first, each with its best alias; `allows` says which may at all."""
        around = NearWords(subject)
        own = f" {' '.join(around.own)} "
        said = f"{' '.join((*said_in(subject.before), *around.within))}{own}"
        covered = self._covered(around)
        likely = compress(count(), map(ge, covered, self._least))
        best: dict[str, Fit] = {}
        likely_first = sorted(likely, key=lambda n: (-covered[n] / self._aliases[n].weight, -covered[n], n))
        for number in likely_first[:_COMPARED]:
            alias = self._aliases[number]
            if allows(alias.entry) and self._holds(alias, around, own):
                fit = _fit(alias, covered[number] / NEAREST, said)
                if alias.entry.id not in best or fit.rank > best[alias.entry.id].rank:
                    best[alias.entry.id] = fit
        return sorted(best.values(), key=lambda fit: (-fit.rank, fit.entry.id))

    def _covered(self, around: NearWords) -> list[int]:
        """For each alias what its syllables around the figure weigh, those near it more, `NEAREST` times."""
        wider, covered = self._covered_around(around.surroundings)
        out = covered.copy()
        for word, closeness in around.closeness.items():
            if word in self._with:
                weight = (closeness - wider.get(word, 0)) * self._tells[word]
                for number in self._with[word]:
                    out[number] += weight
        return out

    def _cover_around(self, surroundings: Surroundings) -> tuple[dict[str, int], list[int]]:
        """The syllables wider than the sentence with their closeness, and what they weigh for each alias."""
        wider, out = surroundings.closeness(), [0] * len(self._aliases)
        for word, closeness in wider.items():
            if word in self._with:
                weight = closeness * self._tells[word]
                for number in self._with[word]:
                    out[number] += weight
        return wider, out

    def _holds(self, alias: Alias, around: NearWords, own: str) -> bool:
        """True where enough of the alias stands close, with what must, without what must not, and what it needs."""
        close = sum(self._tells[word] for word in alias.words & around.close)
        if close < _CLOSE * alias.weight:
            return False
        if any(phrase in own for phrase in self._excluded[alias.entry.id]):
            return False
        near, needed = self._near[alias.entry.id], self._needed[alias.entry.id]
        if near and not any(phrase in around.near for phrase in near):
            return False
        return not needed or any(phrase in around.wide for phrase in needed)


@lru_cache(maxsize=8)
def aliases_of(*files: TaxonomyFile) -> Aliases:
    """The aliases of the package's taxonomy and of further files."""
    return Aliases(taxonomy(*files))


def _fit(alias: Alias, covered: float, said: str) -> Fit:
    in_order = fuzz.partial_ratio(alias.text, said) / 100
    score = min(1.0, (1 - _ORDER) * covered / alias.weight + _ORDER * in_order)
    particular = log(1 + alias.weight / _GRAIN) + (alias.entry.kind == "target")
    return Fit(alias.entry, score, score * (1 + _LENGTH * particular))


def _words(alias: str) -> frozenset[str]:
    label = read_label(alias)
    return label.words | label.numbers


def _by_entry(read: list[tuple[TaxonomyEntry, str, frozenset[str]]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for entry, _, words in read:
        out[entry.id] |= words
    return out


def _phrases(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_padded(texts))


def _padded(texts: tuple[str, ...]) -> Iterator[str]:
    return (f" {' '.join(syllables(text))} " for text in texts)
