"""What settings there are, with the types of their values; nothing but a run that has some imports this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from rapidfuzz import process

from de06_extract.commands.settings.file import PREFIX, ConfigurationError, Found, variables
from de06_extract.language.messages import messages
from de06_extract.output.tables.csv_tables import Delimiter, Headers
from de06_extract.schema.display import Language
from de06_extract.schema.report import Severity

_LIKELY = 60  # of 100, from which a key is taken for another one written wrong


def _listed(value: Any) -> Any:
    """A text as the list of what stands between its commas: a variable of the environment can hold no other."""
    return tuple(part for name in value.split(",") if (part := name.strip())) if isinstance(value, str) else value


def _paired(value: Any) -> Any:
    """«a=b,c=d» as a table."""
    return dict(pair.split("=", 1) for pair in _listed(value) if "=" in pair) if isinstance(value, str) else value


def _written(value: Any) -> Any:
    """A number as its text: sizes and times are read by the option."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Amount = Annotated[str, BeforeValidator(_written)]


class Configuration(BaseSettings):
    """The settings that are stated; None or empty where the option's own default holds."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    lang: Language | None = None
    select: Names = ()
    ignore: Names = ()
    severity: Annotated[dict[str, Severity], NoDecode, BeforeValidator(_paired)] = Field(default_factory=dict)
    fail_on: Severity | None = None
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    include: Names = ()
    exclude: Names = ()
    indicators: Path | None = None
    model: Path | None = None
    baseline: Path | None = None
    keep_personal_data: bool = False
    delimiter: Delimiter | None = None
    headers: Headers | None = None
    jobs: int | None = Field(default=None, ge=1)
    timeout: Amount | None = None
    stall: Amount | None = None
    max_memory: Amount | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the file: what is said nearer to the command counts."""
        return env_settings, init_settings


_FILES = ("indicators", "model", "baseline")


def settings(found: Found | None, language: Language) -> Configuration:
    """The settings of a file and of the environment. Raises a `ConfigurationError` that names the first that is wrong.

    Paths of files in the file start from its folder.
    """
    values = {} if found is None else {key.replace("-", "_"): value for key, value in found.values.items()}
    for key in _FILES:
        if found is not None and isinstance(values.get(key), str):
            values[key] = found.path.parent / values[key]
    try:
        return Configuration(**values)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(_told(first, found, language)) from error


def option_values(configuration: Configuration) -> dict[str, Any]:
    """The values of the options by the names of their parameters, as the command line would have them."""
    stated = configuration.model_dump(exclude_unset=True, exclude_none=True)
    return {key: _as_option(key, value) for key, value in stated.items()}


def _as_option(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return [f"{name}={held}" for name, held in value.items()]
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) else str(value)


def _told(error: Mapping[str, Any], found: Found | None, language: Language) -> str:
    """Which setting is wrong, where it stands and why."""
    words = messages("configuration")[language]
    place = [str(part) for part in error["loc"]]
    key = place[0] if place else ""
    name = ".".join([key.replace("_", "-"), *place[1:]])
    in_file = found is not None and key.replace("_", "-") in {known.replace("_", "-") for known in found.values}
    is_variable = not in_file or f"{PREFIX}{key}".upper() in map(str.upper, variables())
    where = f"{PREFIX}{key.upper()}" if is_variable else f"{found.path if found else ''}: {name}"
    return f"{where}: {_reason(error, key, words)}"


def _reason(error: Mapping[str, Any], key: str, words: Mapping[str, str]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "extra_forbidden":
        near = process.extractOne(key.replace("_", "-"), list(_keys()), score_cutoff=_LIKELY)
        return words["no_key"].format(nearest=words["nearest"].format(key=near[0]) if near else "")
    if kind == "literal_error":
        return words[kind].format(expected=str(context["expected"]).replace("'", "").replace(" or ", ", "))
    said = words.get(kind, words["otherwise"])
    return said.format(message=error["msg"], **context)


def _keys() -> Iterator[str]:
    yield from (name.replace("_", "-") for name in Configuration.model_fields)
