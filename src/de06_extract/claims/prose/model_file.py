"""A file of weights for the linker: read whole, checked field by field, and known by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.model import KindModel, read_model, shipped_model
from de06_extract.claims.prose.links.outcomes import Outcome
from de06_extract.claims.prose.links.values import FINEST
from de06_extract.errors import ModelError
from de06_extract.language.messages import said, system_reason

VERSION = 1  # of the form of the file
OTHER = "other"  # the table of chance for forms that were never counted
_RESOLUTIONS = FINEST + 1
MOST = 64 << 20  # bytes of a file; the package's own has a hundredth of it
MOST_WEIGHT = 1e6  # beyond e to the thousandth nothing is left to be unsure of, and sums of weights stay numbers
_CACHED = 4  # files that one process reads models of

Models = Mapping[str, KindModel]
Weight = Annotated[float, Field(allow_inf_nan=False, ge=-MOST_WEIGHT, le=MOST_WEIGHT)]
Share = Annotated[float, Field(ge=0, le=1)]
Chance = Annotated[float, Field(gt=0, le=1)]
Row = Annotated[list[Chance], Field(min_length=len(Outcome), max_length=len(Outcome))]
Table = Annotated[list[Row], Field(min_length=_RESOLUTIONS, max_length=_RESOLUTIONS)]


class ModelFile(NamedTuple):
    """A file of weights: its name, for messages, and what it holds."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash that tells results made with these weights from others."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class _Kind(BaseModel):
    """The weights and tables of one kind as the file has them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    weights: dict[str, Weight]
    truth: Annotated[list[Share], Field(min_length=len(Outcome), max_length=len(Outcome))]
    chance: dict[str, Table]
    calibration: list[Annotated[list[Share], Field(min_length=2, max_length=2)]] = []

    @field_validator("weights")
    @classmethod
    def _know_none(cls, weights: dict[str, float]) -> dict[str, float]:
        if "none" not in weights:
            raise ValueError(said("errors", "none_without_weight"))
        return weights

    @field_validator("chance")
    @classmethod
    def _know_other_forms(cls, chance: dict[str, list[list[float]]]) -> dict[str, list[list[float]]]:
        if OTHER not in chance:
            raise ValueError(said("errors", "table_missing", other=OTHER))
        return chance

    @field_validator("calibration")
    @classmethod
    def _rise(cls, calibration: list[list[float]]) -> list[list[float]]:
        if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(calibration)):
            raise ValueError(said("errors", "points_fall"))
        return calibration


class _Form(BaseModel):
    """The whole file; what its header counts besides is for people."""

    model_config = ConfigDict(strict=True)

    version: Literal[1]
    kinds: dict[str, _Kind]

    @model_validator(mode="after")
    def _know_every_kind(self) -> _Form:
        wanted = {generator.kind for generator in generators()}
        if set(self.kinds) != wanted:
            raise ValueError(
                said(
                    "errors",
                    "other_kinds",
                    reason=", ".join(sorted(self.kinds)) or "none",
                    known=", ".join(sorted(wanted)),
                )
            )
        return self


def read_model_file(path: str | Path) -> ModelFile:
    """The file as it is now, known to be a model. Raises a `ModelError` where it is none, or cannot be opened."""
    try:
        with open(path, "rb") as opened:  # may be a pipe, whose size nobody knows
            data = opened.read(MOST + 1)
        file = ModelFile(str(path), data[:MOST].decode("utf-8-sig"))
    except OSError as error:
        raise ModelError(f"{path}: " + said("errors", "unopened", reason=system_reason(error))) from error
    except ValueError as error:
        raise ModelError(f"{path}: " + said("errors", "no_model", reason=error)) from error
    if len(data) > MOST:
        raise ModelError(f"{path}: " + said("errors", "above_size", size=MOST >> 20))
    models_of(file)
    return file


@cache
def shipped_model_file() -> ModelFile:
    """The file of weights that comes with the package."""
    path = files("de06_extract").joinpath("data", "model", "relations.json")
    return ModelFile("relations.json", path.read_text("utf-8"))


def models_of(file: ModelFile | None) -> Models:
    """The models of a file by kind, those that come with the package where there is none.

    Raises a `ModelError` with one line that names the file, the field and what is wrong with it.
    """
    return shipped_model() if file is None else _parsed(file)


@lru_cache(maxsize=_CACHED)
def _parsed(file: ModelFile) -> Models:
    try:
        parsed: Any = json.loads(file.text)
        _Form.model_validate(parsed)
    except json.JSONDecodeError as error:
        raise ModelError(f"{file.name}: " + said("errors", "model_not_json", reason=error)) from error
    except RecursionError as error:
        raise ModelError(f"{file.name}: " + said("errors", "model_nested")) from error
    except ValidationError as error:
        raise ModelError(f"{file.name}: " + said("errors", "no_model", reason=_first(error))) from error
    except ValueError as error:
        raise ModelError(f"{file.name}: " + said("errors", "model_digits")) from error
    return read_model(parsed)


def _first(error: ValidationError) -> str:
    """The first of the errors: the field and what is wrong with it."""
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    said = first["msg"].removeprefix("Value error, ")
    return f"{field}: {said}" if field else said
