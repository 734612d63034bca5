"""Pieces: features that hold together, because they say what stands around one mention or between two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Piece:
    """Features under the role of the mentions they speak of: «base: cue before total» is said of `role` «base».

    Equal pieces of a document are one object, so that each is scored once. `role` is empty where a feature speaks of
    the whole candidate.
    """

    role: str
    said: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """The features by their full names, as the model has them."""
        if not self.role:
            return iter(self.said)
        return (f"{self.role}: {feature}" for feature in self.said)
