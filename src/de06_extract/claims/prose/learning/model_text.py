"""A model as the text of its file: a header, then every kind's weights, tables and calibration, a line for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from de06_extract.claims.prose.model_file import VERSION

LEAST_WEIGHT = 0.02  # in logarithms: fifty of that size say as much as one of 1; about a tenth of all are smaller


def model_text(header: Mapping[str, Any], kinds: Mapping[str, Mapping[str, Any]]) -> str:
    """The file's text: the same for the same models."""
    held = {"version": VERSION, **header, "kinds": {kind: kinds[kind] for kind in sorted(kinds)}}
    return "\n".join(_lines(held)) + "\n"


def kind_entry(
    weights: Mapping[str, float],
    truth: Sequence[float],
    chance: Mapping[str, Sequence[Sequence[float]]],
    calibration: Iterable[Sequence[float]],
) -> dict[str, Any]:
    """One kind as the file has it."""
    return {
        "weights": weights_written(weights),
        "truth": list(truth),
        "chance": {shape: chance[shape] for shape in sorted(chance)},
        "calibration": [list(point) for point in calibration],
    }


def weights_written(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights that say something, the strongest first; that of «none» is always among them."""
    rounded = {name: round(weight, 3) for name, weight in weights.items()}
    kept = [(name, weight) for name, weight in rounded.items() if abs(weight) >= LEAST_WEIGHT or name == "none"]
    return dict(sorted(kept, key=lambda item: (-abs(item[1]), item[0])))


def _lines(held: Any) -> list[str]:
    """JSON, a line for each weight and for each row of a table."""
    if isinstance(held, Mapping):
        parts = [(f"{json.dumps(name, ensure_ascii=False)}: ", value) for name, value in held.items()]
    elif isinstance(held, list | tuple) and held and isinstance(held[0], list | tuple):
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
    return ["{", *found, "}"] if isinstance(held, Mapping) else ["[", *found, "]"]
