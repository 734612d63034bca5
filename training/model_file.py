"""The model as a file: a header in numbers, then every kind's weights, tables and calibration."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from training.procedure import Learned

VERSION = 1
LEAST_WEIGHT = 0.02  # in logarithms: fifty of that size say as much as one of 1; about a tenth of all are smaller


def written(learned: Sequence[Learned], texts: int, passages: int, relations: int) -> str:
    """The file's text: the same for the same models."""
    header = {"version": VERSION, "texts": texts, "passages": passages, "relations": relations}
    kinds = {
        one.kind: {
            "weights": weights(one),
            "truth": one.fit.model.truth,
            "chance": {shape: one.fit.model.chance[shape] for shape in sorted(one.fit.model.chance)},
            "calibration": one.calibration,
        }
        for one in sorted(learned, key=lambda one: one.kind)
    }
    return "\n".join(_lines({**header, "kinds": kinds})) + "\n"


def weights(learned: Learned) -> dict[str, float]:
    """The weights that say something, the strongest first."""
    rounded = {name: round(weight, 3) for name, weight in learned.fit.named.items()}
    kept = [(name, weight) for name, weight in rounded.items() if abs(weight) >= LEAST_WEIGHT]
    return dict(sorted(kept, key=lambda item: (-abs(item[1]), item[0])))


def _lines(held: Any) -> list[str]:
    """JSON, a line for each weight and for each row of a table."""
    if isinstance(held, dict):
        parts = [(f"{json.dumps(name, ensure_ascii=False)}: ", value) for name, value in held.items()]
    elif isinstance(held, list) and held and isinstance(held[0], list):
        parts = [("", value) for value in held]
    else:
        return [json.dumps(held, ensure_ascii=False)]
    found: list[str] = []
    for name, value in parts:
        first, *rest = _lines(value)
        found += [f"{name}{first}", *rest]
        found[-1] += ","
    if found:
        found[-1] = found[-1].removesuffix(",")
    return ["{", *found, "}"] if isinstance(held, dict) else ["[", *found, "]"]
