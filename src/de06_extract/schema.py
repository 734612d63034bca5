"""The report, as pydantic models whose JSON other programs read.

The models mirror the JSON name for name; `report_schema()` is the JSON Schema of it. Numbers are `Decimal` inside and
plain JSON numbers outside, written with the digits they have.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

SCHEMA_VERSION = "1"

Verdict = Literal["consistent", "truncated", "inconsistent", "undefined", "unverifiable"]
Severity = Literal["error", "warning", "info"]
Bound = Literal["exact", "about", "nearly", "over", "under", "at_least", "at_most"]
Direction = Literal["up", "down"]
Status = Literal["result", "target"]
TextFrom = Literal["text-layer", "ocr", "mixed", "plain-text"]


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

    @model_serializer(mode="wrap")
    def _without_nulls(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Only what the format has: `{"page": 2, "bbox": […]}`, `{"paragraph": 41}`."""
        return {key: value for key, value in handler(self).items() if value is not None}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the fields, each of which may be missing; the serializer above hides them from pydantic."""
        plain = dict(core_schema)
        plain.pop("serialization", None)
        return handler(plain)


class Quantity(Model):
    """A number as written: its full value, its decimals as written, its unit if stated, and where.

    `scale` is what a scale word multiplies by («33,2 tỷ»: 1000000000, and `value` includes it). `upper` is the upper
    end of a range. `bound` says how the text qualifies the figure («hơn»: over).
    """

    value: Number
    decimals: int = Field(ge=0)
    text: str
    unit: str | None = None
    scale: int = 1
    bound: Bound = "exact"
    upper: Number | None = None
    span: Span


class Suggestion(Model):
    """An edit of the text that would make the finding's rule content."""

    span: Span
    text: str
    replacement: str
    reason: str


class Claim(Model):
    """A relation between figures that the report states, with what follows from them.

    `quantities` maps the roles of the kind to a Quantity, a list of them, or None where nothing is printed.
    `computed` is what the other quantities give for the stated one, or None.
    """

    id: str
    kind: str
    label: str
    section: str | None = None
    quote: str
    span: Span
    locations: tuple[Location, ...] = ()
    quantities: dict[str, Quantity | tuple[Quantity, ...] | None]
    direction: Direction | None = None
    status: Status = "result"
    table: str | None = None
    verdict: Verdict
    computed: Number | None = None


class Comparison(Model):
    """Figures held against each other beyond the kinds of claim: `verdict` says whether they can all be true.

    `repeat`: the same quantity said more than once. `list`: a stated number of items against the items listed.
    `order`: a part against its whole, a quarter against the half-year that contains it. `relation` says which of them
    it is: `words`, `table`, `total` of repeats; `part`, `share`, `period`, `vision`, `late` of orders. `figures` holds
    them in the order of the text, those of a table row in the order of the words; `computed` is what one of them is
    held against where it is not itself a figure (the items counted). `certainty`, from 0 to 1, says how sure it is that
    the figures belong together: below 1 a conflict may be one of wording.
    """

    id: str
    kind: str
    relation: str | None = None
    label: str
    quote: str
    span: Span
    locations: tuple[Location, ...] = ()
    figures: tuple[Quantity, ...]
    verdict: Verdict
    computed: Number | None = None
    certainty: float = Field(default=1.0, ge=0, le=1)


class Reference(Model):
    """A document that the report cites, one for each place where it does.

    `type` is the kind of document as printed («Quyết định»), `number` its number and symbol («06/QĐ-TTg»), `date` in
    ISO form as far as it is printed, `issuer` who issued it. None where nothing is printed.
    """

    id: str
    type: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    span: Span
    locations: tuple[Location, ...] = ()


class Related(Model):
    """Another place that a finding speaks of."""

    span: Span
    locations: tuple[Location, ...] = ()


class Finding(Model):
    """What a rule holds against figures of the report, with the arithmetic spelled out in `message`.

    `claims` and `comparisons` name what it was held against, `related` the other places that the message speaks of.
    """

    id: str
    rule: str
    severity: Severity
    message: str
    claims: tuple[str, ...]
    comparisons: tuple[str, ...] = ()
    quote: str
    span: Span
    locations: tuple[Location, ...] = ()
    related: tuple[Related, ...] = ()
    reported: str | None = None
    expected: str | None = None
    suggestions: tuple[Suggestion, ...] = ()


class Table(Model):
    """A table of the document: header rows joined to one, the other rows as they stand, each cell a text."""

    id: str
    title: str | None = None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span
    locations: tuple[Location, ...] = ()


class Header(Model):
    """What stands around the body of an official document, as printed; None or empty where it is not there.

    The boxes are those of Nghị định 30/2020/NĐ-CP, Phụ lục I. `number` is number and symbol («415/BC-TCTTKĐA»), None
    where the number is left blank; `date` is in ISO form, the month alone where the day is blank. `state` is `draft`
    for a copy whose number or day is blank, `signed` for one with both, None where there is no header at all.
    """

    number: str | None = None
    symbol: str | None = None
    doc_type: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    addressees: tuple[str, ...] = ()
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()
    state: Literal["draft", "signed"] | None = None


class Period(Model):
    """The time that a figure speaks of, in ISO form, both ends included; `start` is None for a state as of `end`."""

    start: str | None = None
    end: str | None = None


class Indicator(Model):
    """A figure mapped to the taxonomy of Đề án 06: what it measures, how much, of what, when, where and whose.

    `id` is the taxonomy's. `denominator_of` says in words what the denominator is: figures with other denominators make
    other series. `aspect` says which side of the indicator a count is, None for what was done: the `total` that had to
    be, what is `remaining`, what was `on_time` or `overdue`. `scope` sums up in words what `level`, `locality`,
    `channel` and `sector` hold singly. `status` tells a result from a target and from a national figure that is given
    for comparison. `score`, from 0 to 1, is how well the words fit the taxonomy's. `verdict` is
    that of `claim`, the claim that the figure stands in.
    """

    id: str
    name: str
    value: Number
    unit: str | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    denominator_of: str | None = None
    bound: Bound = "exact"
    aspect: Literal["total", "remaining", "on_time", "overdue"] | None = None
    period: Period | None = None
    scope: str | None = None
    level: str | None = None
    locality: str | None = None
    channel: str | None = None
    sector: str | None = None
    status: Literal["result", "target", "benchmark"] = "result"
    claim: str | None = None
    table: str | None = None
    section: str | None = None
    verdict: Verdict | None = None
    score: float = Field(ge=0, le=1)
    quote: str
    span: Span
    locations: tuple[Location, ...] = ()


class Unmapped(Model):
    """A figure that fits no indicator of the taxonomy well enough; `nearest` is the one that fits best, if any."""

    label: str
    text: str
    nearest: str | None = None
    score: float = Field(default=0, ge=0, le=1)
    span: Span
    locations: tuple[Location, ...] = ()


class Section(Model):
    """A numbered heading and what stands under it; `level` counts from 1, `parent` is another section's id."""

    id: str
    label: str
    title: str
    level: int = Field(ge=1)
    parent: str | None = None
    span: Span


class Generator(Model):
    """The program that wrote the report."""

    name: str
    version: str


class Source(Model):
    """The file that was read: `bytes` is its size, `pages` None for formats without pages."""

    name: str
    sha256: str
    media_type: str
    bytes: int
    pages: int | None = None
    text_from: TextFrom


class Unchecked(Model):
    """Numbers that no check reached: `reason` is a key that `data/messages.toml` words, `examples` some of them."""

    reason: str
    numbers: int
    examples: tuple[Span, ...] = ()


class Coverage(Model):
    """How many numbers the document holds, how many stand in a claim, and how many of those a verdict was reached on.

    `unchecked` says of the others why not.
    """

    numbers: int
    in_claims: int
    checked: int
    unchecked: tuple[Unchecked, ...] = ()


class Summary(Model):
    """Counts of claims, of their verdicts, and of findings by severity."""

    claims: int
    verdicts: dict[Verdict, int]
    findings: dict[Severity, int]


class Report(Model):
    """Everything that was read out of one document; `checked` counts the cases that each rule judged."""

    schema_version: str = SCHEMA_VERSION
    generator: Generator
    source: Source
    header: Header = Header()
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    tables: tuple[Table, ...] = ()
    claims: tuple[Claim, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    findings: tuple[Finding, ...] = ()
    checked: dict[str, int] = {}
    coverage: Coverage
    summary: Summary


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report, as `schemas/report.schema.json` holds it."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
