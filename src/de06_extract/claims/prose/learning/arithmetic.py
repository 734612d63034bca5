"""What arithmetic says of candidates as arrays, by the very function that the linker asks."""

from __future__ import annotations

from typing import Final, cast

import numpy as np

from de06_extract.claims.prose.learning.candidates import NONE, CandidateSet, Floats, Ints
from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.model import KindModel
from de06_extract.claims.prose.links.outcomes import OPEN, Outcome
from de06_extract.claims.prose.links.values import FINEST
from de06_extract.claims.prose.mentions import Mention

RESOLUTIONS: Final = FINEST + 1


def log_ratios(model: KindModel, found: CandidateSet, outcome: Ints | None = None) -> Floats:
    """What the arithmetic of each row says, by the very function that the linker asks; 0 for «none»."""
    outcome = found.outcome if outcome is None else outcome
    told = np.zeros(found.rows)
    keys = (found.shape * RESOLUTIONS + found.resolution) * len(Outcome) + outcome
    for key in np.unique(keys):
        shape, rest = divmod(int(key), RESOLUTIONS * len(Outcome))
        if found.shapes[shape] != NONE:
            told[keys == key] = _log_ratio(model, found.shapes[shape], *divmod(rest, len(Outcome)))
    return told


def _log_ratio(model: KindModel, shape: str, resolution: int, outcome: int) -> float:
    kind, _, form = shape.partition(" ")
    candidate = Candidate((), Outcome(outcome), resolution, form, [], lambda _: OPEN)
    nowhere = cast(Mention, None)  # the arithmetic asks for no place
    return float(model.ratio(Anchor(kind, nowhere, [], [candidate]), candidate))
