"""Indicators: the figures of a document mapped to the taxonomy, and those that fit none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from de06_extract.claims.figures import Figures
from de06_extract.claims.prose.subjects import Subjects
from de06_extract.document.document import Document
from de06_extract.document.parts import DocumentParts
from de06_extract.heartbeat import stepping
from de06_extract.indicators.aliases import FITS, Aliases, Fit
from de06_extract.indicators.measures import Measure, cell_measures, prose_measures
from de06_extract.indicators.scopes import Aspect, Status, aspect_of, home_of, scope_of, status_of
from de06_extract.indicators.taxonomy import TaxonomyEntry
from de06_extract.indicators.times import Times
from de06_extract.language.vocabulary import words
from de06_extract.schema.report import Claim, Indicator, Unmapped

_LONGEST_LABEL, _LONGEST_QUOTE = 100, 300  # characters
_LONGEST_UNIT = 4  # words
_MARKS = " \t\n*_#:,;.-–+•()"
_ROLES: dict[str, Aspect] = {"left": "remaining"}


@dataclass(frozen=True)
class IndicatorMapping:
    """The indicators of a document and its other figures, both in the order of the text."""

    indicators: tuple[Indicator, ...]
    unmapped: tuple[Unmapped, ...]


def find_indicators(
    parts: DocumentParts, figures: Figures, claims: Sequence[Claim], aliases: Aliases
) -> IndicatorMapping:
    """Every figure of the document, mapped to the taxonomy of the aliases or not."""
    subjects = figures.subjects
    times = Times(parts, subjects)
    mapper = _Mapper(parts.document, subjects, aliases)
    measures = [
        *stepping(prose_measures(figures.reading, claims, subjects, times)),
        *stepping(cell_measures(figures.sheets, claims, subjects, times)),
    ]
    found = [(measure, mapper.place(measure)) for measure in stepping(sorted(measures, key=lambda m: (m.start, m.end)))]
    return IndicatorMapping(
        tuple(one for _, one in found if isinstance(one, Indicator)),
        tuple(one for measure, one in found if isinstance(one, Unmapped) and measure.figure.kind != "time"),
    )


class _Mapper:
    """Places measures in a taxonomy."""

    def __init__(self, document: Document, subjects: Subjects, aliases: Aliases) -> None:
        self._document, self._subjects, self._aliases = document, subjects, aliases
        self._known = aliases.known
        self._home = home_of(document.text)

    def place(self, measure: Measure) -> Indicator | Unmapped:
        """The indicator that the measure is, or what it is called where it fits none."""
        standing = status_of(measure.subject)
        subject, unit = measure.subject, self._unit(measure)
        families = self._known.families_of(unit or "")
        if subject.whole and not measure.is_percent and not families:
            subject = replace(subject, whole="")  # «01 bộ camera (4 mắt)»: not a part, another thing
        fits = self._aliases.fits(subject, lambda entry: self._allows(entry, measure, standing, families))
        if fits and fits[0].score >= FITS:
            return self._indicator(measure, unit, fits[0], standing)
        return Unmapped(
            label=_label(measure),
            text=self._document.text[measure.start : measure.end],
            nearest=fits[0].entry.id if fits else None,
            score=round(fits[0].score, 3) if fits else 0,
            span=self._document.span(measure.start, measure.end),
            locations=self._document.locations(measure.start, measure.end),
        )

    def _allows(self, entry: TaxonomyEntry, measure: Measure, standing: Status, families: frozenset[str]) -> bool:
        """True where the figure is of the kind and the unit that the indicator is measured in."""
        if measure.role == "old" or measure.is_change != (entry.kind == "change"):
            return False
        if entry.kind == "target" and standing != "target":
            return False
        if entry.values and measure.value not in entry.numbers:
            return False
        if families and entry.unit != "%" and not families & self._known.families_of(entry.unit):
            return False
        return _is_of_kind(entry, measure)

    def _unit(self, measure: Measure) -> str | None:
        """The unit that the taxonomy knows, the longest that stands behind the figure; else the unit as read."""
        words = measure.counted.split()[:_LONGEST_UNIT]
        for length in range(len(words), 0, -1):
            unit = " ".join(words[:length]).strip(_MARKS)
            if self._known.families_of(unit):
                return unit
        return measure.unit

    def _indicator(self, measure: Measure, unit: str | None, fit: Fit, standing: Status) -> Indicator:
        entry = fit.entry
        if measure.counted.strip(_MARKS).casefold().startswith(entry.unit.casefold()):
            unit = entry.unit
        section = self._subjects.section(measure.start)
        scope = scope_of(measure.subject, self._home)
        status: Status = "result" if entry.values else standing
        return Indicator(
            id=entry.id,
            name=entry.name_vi,
            value=measure.value,
            unit="%" if measure.is_percent else unit or entry.unit,
            numerator=measure.numerator,
            denominator=measure.denominator,
            denominator_of=_denominator(measure),
            bound=measure.bound,
            aspect=self._aspect(measure, entry),
            period=measure.period,
            scope=scope.text,
            level=scope.level,
            locality=scope.locality,
            channel=scope.channel,
            sector=scope.sector,
            status=status,
            claim=measure.claim.id if measure.claim else None,
            table=measure.table,
            section=section.id if section is not None else None,
            verdict=measure.claim.verdict if measure.claim else None,
            score=round(fit.score, 3),
            quote=self._quote(measure),
            span=self._document.span(measure.start, measure.end),
            locations=self._document.locations(measure.start, measure.end),
        )

    def _aspect(self, measure: Measure, entry: TaxonomyEntry) -> Aspect | None:
        """The side of the indicator that a count is: of the share of a whole, in time or late for a service alone."""
        aspect = _aspect(measure) if entry.kind == "ratio" else None
        return None if aspect in ("on_time", "overdue") and entry.id not in self._known.services else aspect

    def _quote(self, measure: Measure) -> str:
        if measure.table is not None:
            return f"{measure.subject.lead}: {self._document.text[measure.start : measure.end]}"[:_LONGEST_QUOTE]
        low = max(0, measure.start - len(measure.subject.lead))
        text = self._document.text[low : measure.end + len(measure.subject.after)]
        return " ".join(text.split()).strip(" *_#:,;-–+•")[:_LONGEST_QUOTE]


def _is_of_kind(entry: TaxonomyEntry, measure: Measure) -> bool:
    kind = measure.figure.kind
    if kind == "percent":
        return entry.kind in ("ratio", "change", "target")
    if kind == "time":
        return entry.kind in ("rate", "ratio") and entry.unit in words("units", "time") and measure.unit == entry.unit
    if kind in ("points", "multiple", "other"):
        return entry.kind == "index" and kind == "other"
    if entry.kind == "money":
        return measure.figure.measured
    return entry.kind in ("count", "ratio", "change", "target") and entry.unit != "%" and not measure.figure.measured


def _aspect(measure: Measure) -> Aspect | None:
    """The side of the indicator that a count is; a share has none, and in a table the column's heading says it."""
    if measure.is_percent or measure.numerator is not None:
        return None
    if measure.role in _ROLES:
        return _ROLES[measure.role]
    if measure.role == "total" and measure.claim is not None and measure.claim.kind == "remainder":
        return "total"
    return aspect_of(measure.subject)


def _label(measure: Measure) -> str:
    words = " ".join(measure.subject.lead.split()).strip(_MARKS)
    words = words or " ".join(measure.subject.after.split()).strip(_MARKS)
    return words[-_LONGEST_LABEL:]


def _denominator(measure: Measure) -> str | None:
    """The name of the denominator in the report's words; of a bare percentage the words behind it."""
    words = measure.denominator_label
    if not words and measure.is_percent:
        words = measure.subject.after
    return " ".join(words.split()).strip(_MARKS)[:_LONGEST_LABEL] or None
