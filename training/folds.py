"""Folds: which documents are left out together when a fit is measured on what it has not seen."""

from __future__ import annotations

import zlib

FOLDS = 5
ALTERED = ", "  # in the names of passages and sets that were made of others: «news, alone»


def original(name: str) -> str:
    """The name of the passage, or of the set, that one was made of; its own where it was made of none.

    >>> original("news/00012, alone 3"), original("news, joined"), original("news")
    ('news/00012', 'news', 'news')
    """
    return name.partition(ALTERED)[0]


def fold(name: str) -> int:
    """The fold of a passage: the name of its original alone tells."""
    return zlib.crc32(original(name).encode()) % FOLDS
