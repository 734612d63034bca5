"""The model as a file, with a header in numbers of what it was learned from."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.claims.prose.learning.model_text import kind_entry, model_text
from training.procedure import Learned


def written(learned: Sequence[Learned], texts: int, passages: int, relations: int) -> str:
    """The file's text: the same for the same models."""
    header = {"texts": texts, "passages": passages, "relations": relations}
    kinds = {
        one.kind: kind_entry(one.fit.named, one.fit.model.truth, one.fit.model.chance, one.calibration)
        for one in learned
    }
    return model_text(header, kinds)
