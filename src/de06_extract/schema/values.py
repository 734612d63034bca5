"""Values that every model of the report holds: where words stand, and numbers with what was written.

Numbers are `Decimal` inside and plain JSON numbers outside, written with the digits they have.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema

from de06_extract.schema.severity import Severity as Severity

Verdict = Literal["consistent", "truncated", "inconsistent", "undefined", "unverifiable"]
Bound = Literal["exact", "about", "nearly", "over", "under", "at_least", "at_most"]
Direction = Literal["up", "down"]
FigureKind = Literal["count", "percent", "points", "time", "multiple", "other"]
Status = Literal["result", "target"]
TextFrom = Literal["text-layer", "ocr", "mixed", "plain-text"]
Genre = Literal["report", "news", "law", "other"]


def _json_number(value: Decimal) -> int | float:
    """The JSON number with the digits of the Decimal: an int where it is whole, else the shortest float.

    A float prints up to 15 significant digits back as they were; figures in reports stay far below.
    """
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    PlainSerializer(_json_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


class Model(BaseModel):
    """A value that does not change; stages return new ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A stretch of the document's text: `text` is what stands there, `page` counts from 1 (None without pages)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None
    text: str


class Location(Model):
    """Where a stretch of text stands in the file: one line of a PDF page, a DOCX paragraph or cell, or a text line.

    `bbox` is [x0, top, x1, bottom] in PDF points from the top left of the page as displayed. `line`, `paragraph`,
    `table`, `row` and `column` count from 1. `part` names what lies outside the body: footnote, header, footer.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    part: str | None = None

    @model_serializer(mode="plain")
    def _without_nulls(self) -> dict[str, Any]:
        """Only what the format has: `{"page": 2, "bbox": […]}`, `{"paragraph": 41}`."""
        return {key: value for key, value in self.__dict__.items() if value is not None}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the fields, each of which may be missing; the serializer above hides them from pydantic."""
        plain = dict(core_schema)
        plain.pop("serialization", None)
        return handler(plain)


@dataclass(frozen=True, slots=True, eq=False)
class Nature:
    """What a number is a number of, as far as its unit does not tell: the words around it, or its column, may.

    One that is `measured` is rounded, however it is written. It is known while a document is checked, and stands in no
    JSON: so it says nothing about whether two quantities are the same.
    """

    kind: FigureKind = "count"
    measured: bool = False
    sign: Literal["+", "-", None] = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Nature)

    def __hash__(self) -> int:
        return hash(Nature)


class Quantity(Model):
    """A number as written: its full value, its decimals as written, its unit if stated, and where.

    `scale` is what a scale word multiplies by («33,2 tỷ»: 1000000000, and `value` includes it). `upper` is the upper
    end of a range. `bound` says how the text qualifies the figure («hơn»: over). `locations` say where in the file the
    figure stands, one for each line that it touches; the quantities of claims and comparisons have them.
    """

    value: Number
    decimals: int = Field(ge=0)
    text: str
    unit: str | None = None
    scale: int = 1
    bound: Bound = "exact"
    upper: Number | None = None
    span: Span
    locations: tuple[Location, ...] = ()
    nature: SkipJsonSchema[Nature] = Field(default=Nature(), exclude=True, repr=False)  # in no JSON, no schema
