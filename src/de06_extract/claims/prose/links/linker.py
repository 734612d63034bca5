"""From candidates to readings: posteriors, and one explanation for each figure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.model import KindModel, Scores
from de06_extract.claims.prose.links.outcomes import OPEN, WRONG, Outcome
from de06_extract.claims.prose.mentions import Mention, Reading

# By how much a reading may be behind the best one, in logarithms, for its late features to be asked for. They add 3 at
# most but for one reading in a hundred; what is left out has less than e⁻⁵ of the best one.
_LATE = 8.0
_NEGLIGIBLE = 1e-4  # posterior below which, as a share of the likeliest one's, a reading is not asked for its values
_PLAIN = 0.95  # share of a reading, by words alone, from which it is spoken of although it fails by far
_SUREST = 1e-9  # posterior that «none» has at least when readings of two kinds are held against each other


Key = tuple[Mention | None, ...] | frozenset[Mention | None]


def key_of(kind: str, roles: Iterable[Mention | None]) -> Key:
    """What a reading is known by: its figures in their roles; of sums and shares, which have one role, as a set."""
    return frozenset(roles) if kind in ("sum", "distribution") else tuple(roles)


@dataclass(slots=True)
class Link:
    """The best reading of an anchor, with its place among the others.

    `posterior` is that of all readings with these values, `wrong` the mass of those that fail, `none` that of no
    reading, `prior` what words alone give this one, `priors` the same of every reading by its figures; of two that
    exchange the roles of the same figures, the latter's. `model` is the one that weighed them.
    """

    anchor: Anchor
    candidate: Candidate
    posterior: float
    wrong: float
    prior: float
    none: float
    model: KindModel
    priors: dict[Key, float]

    @property
    def kind(self) -> str:
        """The kind of claim that the reading is."""
        return self.model.kind

    def prior_of(self, roles: Key) -> float:
        """What words alone give the reading of these figures; 0 where it is no candidate."""
        return self.priors.get(roles, 0.0)

    def outcome_of(self, roles: Key) -> Outcome | None:
        """How the reading of these figures comes out; None where it is no candidate."""
        keys = ((key_of(self.kind, candidate.roles), candidate.outcome) for candidate in self.anchor.candidates)
        return next((outcome for key, outcome in keys if key == roles), None)


def links(reading: Reading, models: Mapping[str, KindModel]) -> dict[str, list[Link]]:
    """The best reading of every anchor, by kind."""
    ev = Evidence(reading)
    found: dict[str, list[Link]] = {}
    for generator in generators():
        model = models[generator.kind]
        scores = Scores(model)
        found[generator.kind] = [_link(anchor, model, scores) for anchor in generator.find(ev)]
    _arbitrate(found["ratio"], [link for link in found["change"] if link.anchor.kind == "change"])
    return found


@dataclass(frozen=True, slots=True)
class Weighed:
    """The readings of an anchor weighed: what words and arithmetic say for each candidate, in logarithms.

    `none` is what words say for «none», of which arithmetic says nothing; `priors` and `posteriors` are the
    probabilities that follow, `nothing` are those of «none» before and after the arithmetic.
    """

    none: float
    words: list[float]
    arithmetic: list[float]
    priors: list[float]
    posteriors: list[float]
    nothing: tuple[float, float]


def weigh(anchor: Anchor, model: KindModel, scores: Scores) -> Weighed:
    """What speaks for each reading of an anchor, and how likely that makes it."""
    none = scores.of(anchor.pieces)
    arithmetic = [model.ratio(anchor, candidate) for candidate in anchor.candidates]
    by_words = _weigh(anchor.candidates, arithmetic, none, scores)
    by_all = [words + told for words, told in zip(by_words, arithmetic, strict=True)]
    before, priors = _shares(none, by_words)
    behind, posteriors = _shares(none, by_all)
    return Weighed(none, by_words, arithmetic, priors, posteriors, (before, behind))


def _link(anchor: Anchor, model: KindModel, scores: Scores) -> Link:
    candidates, weighed = anchor.candidates, weigh(anchor, model, scores)
    priors, posteriors = weighed.priors, weighed.posteriors
    wrong = math.fsum([p for p, c in zip(posteriors, candidates, strict=True) if c.outcome in WRONG])
    at, same = _best(candidates, posteriors, wrong, _plainest(candidates, priors))
    return Link(
        anchor=anchor,
        candidate=candidates[at],
        posterior=sum([posteriors[k] for k in same]),
        wrong=wrong,
        prior=sum([priors[k] for k in same]),
        none=weighed.nothing[1],
        model=model,
        priors={key_of(model.kind, c.roles): prior for c, prior in zip(candidates, priors, strict=True)},
    )


def _weigh(candidates: Sequence[Candidate], arithmetic: Sequence[float], none: float, scores: Scores) -> list[float]:
    """What the words of each candidate say for it, in logarithms; −∞ where the rest of them cannot make it likely."""
    early = [scores.of(candidate.pieces) for candidate in candidates]
    found = [-math.inf] * len(candidates)
    best_words = best = none
    for at in sorted(range(len(candidates)), key=lambda at: -early[at] - max(0.0, arithmetic[at])):
        words, late = early[at], candidates[at].late
        if late is not None:
            if words + _LATE < best_words and words + arithmetic[at] + _LATE < best:
                continue
            words += scores.of(late())
        found[at] = words
        best_words, best = max(best_words, words), max(best, words + arithmetic[at])
    return found


def _shares(none: float, scores: Sequence[float]) -> tuple[float, list[float]]:
    """The probabilities of «none» and of each candidate, from scores in logarithms."""
    top = max(none, *scores)
    nothing, weights = math.exp(none - top), [math.exp(score - top) for score in scores]
    total = nothing + math.fsum(weights)
    return nothing / total, [weight / total for weight in weights]


def _plainest(candidates: Sequence[Candidate], priors: Sequence[float]) -> int | None:
    """The failing candidate that words alone leave no doubt of, None where there is none."""
    at = max(range(len(priors)), key=priors.__getitem__)
    return at if priors[at] >= _PLAIN and candidates[at].outcome in WRONG else None


def _best(
    candidates: Sequence[Candidate], posteriors: Sequence[float], wrong: float, plainest: int | None
) -> tuple[int, list[int]]:
    """The candidate to speak of, and all with the same values; one that fails where failing ones have the most mass.

    A reading that lacks a figure, and so cannot fail, does not outdo a failing one that words leave no doubt of.
    """
    by_values: dict[tuple[object, ...], list[int]] = defaultdict(list)
    least = _NEGLIGIBLE * max(posteriors)
    likely = [at for at, posterior in enumerate(posteriors) if posterior >= least]
    for at in likely:
        by_values[_values(candidates[at])].append(at)
    failing = [at for at in likely if candidates[at].outcome in WRONG] if wrong > 1 / 2 else []
    among = failing or max(by_values.values(), key=lambda places: sum([posteriors[at] for at in places]))
    best = max(among, key=lambda at: posteriors[at])
    if plainest is not None and candidates[best].outcome == OPEN:
        return plainest, by_values.get(_values(candidates[plainest]), [plainest])
    return best, by_values[_values(candidates[best])]


def _values(candidate: Candidate) -> tuple[object, ...]:
    return tuple([None if mention is None else mention.figure.value for mention in candidate.roles])


def _arbitrate(ratios: Sequence[Link], changes: Sequence[Link]) -> None:
    """A percentage is explained once: its readings as a share and as a change stand against each other."""
    as_change = {link.anchor.mention.index: link for link in changes}
    for ratio in ratios:
        change = as_change.get(ratio.anchor.mention.index)
        if change is not None:
            for link, left in zip((ratio, change), left_by_rivals((ratio.none, change.none)), strict=True):
                link.posterior *= left
                link.wrong *= left


def left_by_rivals(nones: Sequence[float]) -> list[float]:
    """What is left of the posteriors of each kind where a figure is explained once; `nones` are those of «none».

    >>> [round(left, 3) for left in left_by_rivals((0.5, 1e-6))]
    [0.0, 1.0]
    """
    odds = [(1 - none) / max(none, _SUREST) for none in nones]
    return [(1 + own) / (1 + sum(odds)) for own in odds]
