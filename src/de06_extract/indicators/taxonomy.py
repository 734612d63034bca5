"""The taxonomy: the indicators that reports on Đề án 06 bring, with the wordings by which they are known.

It is data: `data/knowledge/indicators.toml`, the essential services in `services.toml` beside it, and any further files
of the same form that a user adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import regex
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from de06_extract.errors import TaxonomyError
from de06_extract.language.labels import read_label
from de06_extract.language.messages import said
from de06_extract.language.vocabulary import knowledge, words
from de06_extract.schema.report import Model
from de06_extract.toml_files import TomlError, parse, read_text

Accumulates = Literal["period", "ever"]
Kind = Literal["count", "ratio", "change", "target", "rank", "index", "money", "rate"]

T = TypeVar("T", bound=Model)
U = TypeVar("U")
_NAMES = TypeAdapter(dict[str, str])
_UNITS = TypeAdapter(dict[str, tuple[str, ...]])
_NUMBER = regex.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?")
_BRACKET = regex.compile(r"\([^()]*+\)")
_TABLES = ("groups", "bottlenecks", "families", "indicator", "service")


class TaxonomyEntry(Model):
    """An indicator of the taxonomy; `data/knowledge/indicators.toml` says what each field means."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_vi: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    group: str
    bottleneck: str | None = None
    unit: str = Field(min_length=1)
    kind: Kind
    aliases: tuple[str, ...] = Field(min_length=1, strict=False)
    near: tuple[str, ...] = Field(default=(), strict=False)
    needs: tuple[str, ...] = Field(default=(), strict=False)
    excludes: tuple[str, ...] = Field(default=(), strict=False)
    values: tuple[str, ...] = Field(default=(), strict=False)
    accumulates: Accumulates | None = None
    steady: bool = False
    adds_up: bool = False
    note: str | None = None

    @field_validator("aliases")
    @classmethod
    def _say_something(cls, aliases: tuple[str, ...]) -> tuple[str, ...]:
        """Every alias has words of its own, besides those that stand in any label."""
        for alias in aliases:
            if not read_label(alias).words:
                raise ValueError(said("errors", "empty_alias", alias=alias))
        return aliases

    @field_validator("values")
    @classmethod
    def _are_numbers(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        """Every value is a number, written with a decimal point if any."""
        for value in values:
            if not _is_number(value):
                raise ValueError(said("errors", "no_number", value=value))
        return values

    @property
    def wordings(self) -> tuple[str, ...]:
        """The aliases and the name without what stands in brackets, each once."""
        return tuple(dict.fromkeys((*self.aliases, _BRACKET.sub(" ", self.name_vi))))

    @property
    def numbers(self) -> frozenset[Decimal]:
        """The values as numbers."""
        return frozenset(map(Decimal, self.values))


def _is_number(text: str) -> bool:
    """True for a number that a document can have.

    >>> [_is_number(text) for text in ("25", "0.5", "x", "NaN", "1e999999")]
    [True, True, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None


class Service(Model):
    """One of the essential public services: its name, who is in charge of it, and who took over since 2022."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_vi: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    body: str
    body_since: str | None = None
    aliases: tuple[str, ...] = Field(min_length=1, strict=False)
    near: tuple[str, ...] = Field(default=(), strict=False)
    needs: tuple[str, ...] = Field(default=(), strict=False)
    excludes: tuple[str, ...] = Field(default=(), strict=False)

    @property
    def entry(self) -> TaxonomyEntry:
        """The service as an indicator: its dossiers, and the share of them that came online."""
        return TaxonomyEntry(
            id=self.id, name_vi=self.name_vi, name_en=self.name_en, group="U1", bottleneck="services",
            unit=words("units", "dossier")[0], kind="ratio", aliases=self.aliases, near=self.near, needs=self.needs,
            excludes=self.excludes, accumulates="period",
        )  # fmt: skip


class Taxonomy(Model):
    """All indicators by their id, with the groups, the bottlenecks and the families of units that they name."""

    groups: dict[str, str]
    bottlenecks: dict[str, str]
    families: dict[str, tuple[str, ...]]
    entries: dict[str, TaxonomyEntry]
    services: dict[str, Service]

    def families_of(self, unit: str) -> frozenset[str]:
        """The families that a unit belongs to, none for an unknown one.

        >>> sorted(taxonomy().families_of("thuê bao")), sorted(taxonomy().families_of("đám mây"))
        (['data'], [])
        """
        return self._families.get(unit.casefold(), frozenset())

    @cached_property
    def _families(self) -> dict[str, frozenset[str]]:
        names: dict[str, set[str]] = {}
        for name, units in self.families.items():
            for unit in units:
                names.setdefault(unit.casefold(), set()).add(name)
        return {unit: frozenset(found) for unit, found in names.items()}


class TaxonomyFile(NamedTuple):
    """A TOML file of further indicators: its name, for messages, and what it holds."""

    name: str
    text: str


def read_taxonomy_file(path: str | Path) -> TaxonomyFile:
    """The file as it is now. Raises a `TaxonomyError` where it cannot be opened or is not text."""
    try:
        return TaxonomyFile(str(path), read_text(path))
    except TomlError as error:
        raise TaxonomyError(f"{path}: {error}") from error


def taxonomy(*more: str | Path | TaxonomyFile) -> Taxonomy:
    """The package's taxonomy with the entries of further TOML files, which replace those with the same id.

    >>> taxonomy().entries["digitised_input_rate"].name_en
    'Input dossiers digitised'

    Raises a `TaxonomyError` that names the file, the entry and the field.
    """
    known = _packaged()
    for file in more:
        file = file if isinstance(file, TaxonomyFile) else read_taxonomy_file(file)
        known = _extended(known, _parsed(file), file.name)
    return known


@cache
def _packaged() -> Taxonomy:
    empty = Taxonomy(groups={}, bottlenecks={}, families={}, entries={}, services={})
    base = _extended(empty, knowledge("indicators"), "indicators.toml")
    return _extended(base, knowledge("services"), "services.toml")


def _parsed(file: TaxonomyFile) -> Mapping[str, Any]:
    try:
        return parse(file.text)
    except TomlError as error:
        raise TaxonomyError(f"{file.name}: {error}") from error


def _extended(known: Taxonomy, data: Mapping[str, Any], file: str) -> Taxonomy:
    unknown = [name for name in data if name not in _TABLES]
    if unknown:
        raise TaxonomyError(f"{file}: " + said("errors", "unknown_table", value=unknown[0], known=", ".join(_TABLES)))
    more_groups, more_bottlenecks = (_table(_NAMES, data, name, file) for name in ("groups", "bottlenecks"))
    groups, bottlenecks = {**known.groups, **more_groups}, {**known.bottlenecks, **more_bottlenecks}
    units = _table(_UNITS, data, "families", file)
    families = {name: (*known.families.get(name, ()), *more) for name, more in units.items()}
    services = {item.id: item for item in _items(Service, data.get("service", []), file, "service")}
    entries = [_entry(service, file) for service in services.values()]
    for entry in _items(TaxonomyEntry, data.get("indicator", []), file, "indicator"):
        _check_names(entry, groups, bottlenecks, file)
        entries.append(entry)
    return Taxonomy(
        groups=groups,
        bottlenecks=bottlenecks,
        families={**known.families, **families},
        entries={**known.entries, **{entry.id: entry for entry in entries}},
        services={**known.services, **services},
    )


def _table(kind: TypeAdapter[U], data: Mapping[str, Any], name: str, file: str) -> U:
    """One of the tables of names, empty where the file has none."""
    try:
        return kind.validate_python(data.get(name, {}))
    except ValidationError as error:
        raise TaxonomyError(f"{file}: {name}: {_first(error)}") from error


def _entry(service: Service, file: str) -> TaxonomyEntry:
    try:
        return service.entry
    except ValidationError as error:
        raise TaxonomyError(f"{file}: " + said("errors", "in_service", id=service.id, reason=_first(error))) from error


def _items(model: type[T], items: Any, file: str, table: str) -> Iterator[T]:
    """The entries of one file, each once; an error names the entry by its id, or by its place where it has none."""
    seen: set[str] = set()
    if not isinstance(items, list):
        raise TaxonomyError(f"{file}: " + said("errors", "two_brackets", table=table))
    for number, item in enumerate(items, 1):
        named = item.get("id") if isinstance(item, dict) else None
        name = named if isinstance(named, str) and named else f"entry {number}"
        try:
            read = model.model_validate(item)
        except ValidationError as error:
            raise TaxonomyError(f"{file}: {table} {name}: {_first(error)}") from error
        if name in seen:
            raise TaxonomyError(f"{file}: " + said("errors", "twice", table=table, name=name))
        seen.add(name)
        yield read


def _first(error: ValidationError) -> str:
    """The first of the errors in one line: the field and what is wrong with it."""
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    said: str = first["msg"].removeprefix("Value error, ")
    return f"{field}: {said}" if field else said


def _check_names(entry: TaxonomyEntry, groups: Iterable[str], bottlenecks: Iterable[str], file: str) -> None:
    for field, name, known in (("group", entry.group, groups), ("bottleneck", entry.bottleneck, bottlenecks)):
        if name is not None and name not in known:
            raise TaxonomyError(
                f"{file}: "
                + said("errors", "unknown_value", id=entry.id, field=field, name=name, known=", ".join(known))
            )
