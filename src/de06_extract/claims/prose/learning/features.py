"""Features: which of those that texts show are learned, and rows of candidates as a matrix of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from de06_extract.claims.prose.learning.candidates import CandidateSet

CUE_DOCUMENTS = 12  # documents in which a feature of cues, marks and places stands at least: fewer are no rule
WORD_DOCUMENTS = 50  # the same of a feature that quotes words, of which there are so many that some always fit
MOST_WORDS = 1000  # features that quote words, of one kind: the most frequent
_QUOTES = re.compile(r"\bwords? ")  # «part: word behind hồ», «rate-part: before, words hồ sơ đạt»

Matrix = Any  # scipy's sparse matrices have no types


def select(sets: Sequence[CandidateSet]) -> list[str]:
    """The names of the features that are learned, sorted."""
    documents: dict[str, int] = {}
    for found in sets:
        rows = np.repeat(found.anchor_of_rows(), np.diff(found.feature_starts))
        size = max(found.documents, 1)
        pairs = np.unique(found.features * size + (found.document[rows] if len(rows) else rows))
        for at, count in enumerate(np.bincount(pairs // size, minlength=len(found.names))):
            documents[found.names[at]] = documents.get(found.names[at], 0) + int(count)
    cues = [name for name, count in documents.items() if not quotes_words(name) and count >= CUE_DOCUMENTS]
    words = [name for name, count in documents.items() if quotes_words(name) and count >= WORD_DOCUMENTS]
    words.sort(key=lambda name: (-documents[name], name))
    return sorted({"none", *cues, *words[:MOST_WORDS]})


def quotes_words(name: str) -> bool:
    """True for a feature that quotes the words of a text.

    >>> quotes_words("part: word behind hồ"), quotes_words("rate: cue before reach")
    (True, False)
    """
    return bool(_QUOTES.search(name))


def matrix(found: CandidateSet, columns: Mapping[str, int]) -> Matrix:
    """Rows of candidates against learned features: how often each holds."""
    place = np.array([columns.get(name, -1) for name in found.names] or [-1], np.int64)
    features = place[found.features] if len(found.features) else found.features
    known = features >= 0
    starts = np.concatenate([[0], np.cumsum(known)])[found.feature_starts]
    return csr_matrix((np.ones(int(known.sum())), features[known], starts), shape=(found.rows, len(columns)))
