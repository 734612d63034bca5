"""The JSON Schemas of what this program writes: each has a dialect, and a name that stays the same for a version."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def named_schema(model: type[BaseModel], name: str, version: str) -> dict[str, Any]:
    """The JSON Schema of a model as it is written; `$id` names it for all that is of this version.

    >>> class Empty(BaseModel): ...
    >>> named_schema(Empty, "empty", "1")["$id"]
    'urn:de06-extract:schema:empty:1'
    """
    schema = model.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT, "$id": f"urn:de06-extract:schema:{name}:{version}", **schema}
