"""The report, as pydantic models whose JSON other programs read.

The models mirror the JSON name for name; `report_schema()` is the JSON Schema of it. What they hold in common, spans
and quantities, is in `values.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, get_args

from pydantic import Field, PrivateAttr

from de06_extract.schema.display import Language
from de06_extract.schema.header import Header as Header
from de06_extract.schema.header import Locality as Locality
from de06_extract.schema.json_schema import named_schema
from de06_extract.schema.notebook.page import notebook_line, notebook_page
from de06_extract.schema.origin import Origin, is_content
from de06_extract.schema.rows import Kind, plain, rows_of
from de06_extract.schema.selection import Selection
from de06_extract.schema.source import OcrPage as OcrPage
from de06_extract.schema.source import PageSize as PageSize
from de06_extract.schema.source import Remark as Remark
from de06_extract.schema.source import Source as Source
from de06_extract.schema.values import Bound as Bound
from de06_extract.schema.values import Direction as Direction
from de06_extract.schema.values import FigureKind as FigureKind
from de06_extract.schema.values import Genre as Genre
from de06_extract.schema.values import Location as Location
from de06_extract.schema.values import Model as Model
from de06_extract.schema.values import Nature as Nature
from de06_extract.schema.values import Number as Number
from de06_extract.schema.values import Quantity as Quantity
from de06_extract.schema.values import Severity as Severity
from de06_extract.schema.values import Span as Span
from de06_extract.schema.values import Status as Status
from de06_extract.schema.values import TextFrom as TextFrom
from de06_extract.schema.values import Verdict as Verdict

SCHEMA_VERSION = "1"
CERTAIN = 0.9  # of a comparison: from here on a conflict is one of figures, not of wording


class Change(Model):
    """A figure as it stands, and what would stand in its place."""

    span: Span
    replacement: str


class Suggestion(Model):
    """An edit of the text that would make the finding's rule content.

    `changes` are the figures that it changes, in order; where there are several, `text` and `replacement` hold the
    words between them, too.
    """

    span: Span
    text: str
    replacement: str
    reason: str
    changes: tuple[Change, ...] = ()


class Claim(Model):
    """A relation between figures that the report states, with what follows from them.

    `quantities` maps the roles of the kind to a Quantity, a list of them, or None where nothing is printed.
    `computed` is what the other quantities give for the stated one, or None. `confidence`, from 0 to 1, says how often
    claims that read like this one are meant by the text, a table of `docs/model.md`; None where no model was asked: of
    tables, and of percentages alone.
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
    confidence: float | None = Field(default=None, ge=0, le=1)

    def figures(self) -> Iterator[Quantity]:
        """Every quantity, role by role."""
        for held in self.quantities.values():
            yield from held if isinstance(held, tuple) else () if held is None else (held,)


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

    @property
    def is_certain(self) -> bool:
        """True where it is sure that the figures belong together."""
        return self.certainty >= CERTAIN


class Reference(Model):
    """A document that the report cites, one for each place where it does.

    `type` is the kind of document by its full name («Quyết định»), `number` its number and symbol («06/QĐ-TTg»), `date`
    in ISO form as far as it is printed, `issuer` who issued it. None where nothing is printed.
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

    `title` is that of the rule, in the language of the message. `claims` and `comparisons` name what it was held
    against, `related` the other places that the message speaks of. `confidence` is that of the claim it speaks of, None
    where that has none. `cause` is the same for findings that one repair settles, or that speak of the same wrong
    figure: it is the id of the first of them, of the gravest severity there is. `reported` and `expected` agree with
    the suggestion, if there is one.
    """

    id: str
    rule: str
    title: str | None = None
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
    confidence: float | None = Field(default=None, ge=0, le=1)
    cause: str | None = None


class Table(Model):
    """A table of the document: header rows joined to one, the other rows below, each cell a text.

    A row that lost a cell has its figures under their headings where that is certain, and stands as printed elsewhere.
    """

    id: str
    title: str | None = None
    section: str | None = None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span
    locations: tuple[Location, ...] = ()


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


class Footnote(Model):
    """A note at the foot of a page, or behind the text that it belongs to.

    `mark` is its sign as printed, `anchor` where that sign stands in the text, None where it was not found there, and
    `section` the section of that place.
    """

    id: str
    mark: str | None = None
    section: str | None = None
    anchor: Span | None = None
    span: Span
    locations: tuple[Location, ...] = ()


class Generator(Model):
    """The program that wrote the report; `model` is the SHA-256 of the weights where they are not the package's."""

    name: str
    version: str
    model: str | None = None


class Unchecked(Model):
    """Numbers that no check reached: `reason` is a key of `data/messages/report.toml`, `examples` are some of them."""

    reason: str
    numbers: int
    examples: tuple[Span, ...] = ()


class Coverage(Model):
    """How many numbers the document holds, how many stand in a claim or comparison, how many have a verdict.

    `unchecked` says of the others why not: with `checked` it adds up to `numbers`.
    """

    numbers: int
    in_claims: int
    checked: int
    unchecked: tuple[Unchecked, ...] = ()


class Summary(Model):
    """Counts of claims, of their verdicts, and of findings by severity; `left_out` findings were not sure enough.

    `causes` is how many places there are to look at: the findings of one cause count once.
    """

    claims: int
    verdicts: dict[Verdict, int]
    findings: dict[Severity, int]
    causes: int = 0
    left_out: int = 0


class Report(Model):
    """Everything that was read out of one document; `checked` counts the cases that each rule judged.

    `text` is what all offsets count in; it is there only where it was asked for.
    """

    schema_version: str = SCHEMA_VERSION
    generator: Generator
    source: Source
    header: Header = Header()
    locality: Locality | None = None
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[Reference, ...] = ()
    tables: tuple[Table, ...] = ()
    claims: tuple[Claim, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    findings: tuple[Finding, ...] = ()
    checked: dict[str, int] = Field(default_factory=dict)
    coverage: Coverage
    summary: Summary
    text: str | None = Field(default=None, exclude_if=lambda text: text is None)
    _origin: Origin = PrivateAttr(default=Origin())

    def come_from(self, origin: Origin) -> Report:
        """The report, which knows its file and its language from here on."""
        (report := self.model_copy())._origin = origin
        return report

    def only_from(self, confidence: float) -> Report:
        """The report without the findings whose confidence is below that; they are counted in the summary."""
        return self.only(Selection(least=confidence))

    def only(self, wanted: Selection) -> Report:
        """The report with the findings that are wanted, each as bad as the selection takes it to be.

        Those that are not sure enough are counted in the summary; `checked` knows the rules that are wanted alone.
        """
        of_rules = [found for found in self.findings if wanted.has_rule(found.rule)]
        kept = tuple(
            found.model_copy(update={"severity": wanted.severity(found.rule, found.severity)})
            for found in of_rules
            if wanted.is_sure(found.confidence)
        )
        counts = Counter(found.severity for found in kept)
        summary = {
            "findings": {severity: counts[severity] for severity in get_args(Severity)},
            "causes": len({found.cause for found in kept}),
            "left_out": self.summary.left_out + len(of_rules) - len(kept),
        }
        checked = {rule: cases for rule, cases in self.checked.items() if wanted.has_rule(rule)}
        return self.model_copy(
            update={"findings": kept, "checked": checked, "summary": self.summary.model_copy(update=summary)}
        )

    def to_rows(
        self, kind: Kind, *, lang: Language = "vi", path: str | None = None
    ) -> list[dict[str, str | int | float | date | None]]:
        """One flat row an indicator, a claim or a finding, for a data frame: every key has one type, or None.

        Codes are those of the JSON, figures are floats; `lang` is the language of the places in words, `path` where
        the source file lies.
        """
        return [plain(row) for row in rows_of(self.model_dump(), kind, language=lang, path=path)]

    def to_html(self, *, content: bytes | None = None, lang: Language | None = None) -> str:
        """The report for a notebook: its cards, those of a PDF with a picture of the place, no script.

        The file is read again if it is still the same; `content` are its bytes where these were given. `lang` is the
        language of the words around, else that in which it was read.
        """
        data = content if content and is_content(content, self.source) else self._origin.content(self.source)
        return notebook_page(self.model_dump(), lang or self._origin.language, data)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_pretty_(self, printer: Any, is_cyclic: bool) -> None:
        printer.text(notebook_line(self.model_dump(), self._origin.language))


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report, as `schemas/report.schema.json` holds it."""
    return named_schema(Report, "report", SCHEMA_VERSION)
