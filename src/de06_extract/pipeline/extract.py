"""Extract: a file, its bytes or a text given, the report on it."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from de06_extract.claims.prose.model_file import ModelFile, models_of, read_model_file
from de06_extract.document.document import Document
from de06_extract.document.personal_data import without_personal_data
from de06_extract.errors import MissingFileError, UnreadableError, UnsupportedFormatError
from de06_extract.indicators.aliases import Aliases, aliases_of
from de06_extract.indicators.taxonomy import TaxonomyFile, read_taxonomy_file
from de06_extract.language.messages import said
from de06_extract.pipeline.program import NAME, program_version
from de06_extract.pipeline.stages import report_on
from de06_extract.readers import read_document
from de06_extract.regular_files import MOST, read_whole
from de06_extract.rules.rule import Language
from de06_extract.schema.origin import origin_of
from de06_extract.schema.report import Generator, Report, Source


def extract(
    source: str | PathLike[str] | bytes,
    *,
    name: str | None = None,
    lang: Language = "vi",
    indicators: str | PathLike[str] | TaxonomyFile | None = None,
    model: str | PathLike[str] | ModelFile | None = None,
    keep_personal_data: bool = False,
    with_text: bool = False,
) -> Report:
    """The report on a file, given by its path or as its bytes.

    `name` is what the source is called where bytes are given; its suffix tells text formats apart. `lang` is the
    language of the findings' messages. `indicators` is a TOML file with further indicators, read already or not,
    `model` a file of weights that takes the place of the package's. Raises an `UnreadableError` with one line that says
    which file and why, a `TaxonomyError` or a `ModelError` where one of those two files cannot be used.
    Identity and telephone numbers of citizens are masked before the text is read, unless they are to be kept. The
    report holds the text `with_text` alone.
    """
    if indicators is not None and not isinstance(indicators, TaxonomyFile):
        indicators = read_taxonomy_file(Path(indicators))
    aliases = aliases_of(indicators) if indicators is not None else aliases_of()
    if model is not None and not isinstance(model, ModelFile):
        model = read_model_file(Path(model))
    document, data = read_source(source, name)
    if not keep_personal_data:
        document = without_personal_data(document)
    report = check(document, data, lang=lang, aliases=aliases, model=model).come_from(origin_of(source, lang))
    return report.model_copy(update={"text": document.text}) if with_text else report


def read_source(source: str | PathLike[str] | bytes, name: str | None = None) -> tuple[Document, bytes]:
    """The document of a file, given by its path or as its bytes, and these. Raises an `UnreadableError`."""
    if isinstance(source, bytes):
        data, name = source, printable_name(name or "document.txt")
    else:
        path = Path(source)
        data, name = read_file(path), printable_name(name or path.name)
    return read_document(data, name), data


def check_text(text: str, *, name: str = "text.txt", lang: Language = "vi", keep_personal_data: bool = False) -> Report:
    """The report on a text, as `extract` gives it for a file that holds it. Raises `EmptyFileError` without text."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnsupportedFormatError(f"{name}: " + said("errors", "half_character", start=error.start)) from error
    return extract(data, name=name, lang=lang, keep_personal_data=keep_personal_data)


def printable_name(name: str) -> str:
    """The name as JSON and one line of an error can hold it: whole characters, no line break."""
    return " ".join(name.encode("utf-8", "replace").decode("utf-8").split())


def read_file(path: Path, most: int = MOST) -> bytes:
    """The bytes of a file of at most `most` bytes. Raises an `UnreadableError` whose message names it."""
    try:
        if path.is_dir():
            raise MissingFileError(said("errors", "folder"))
        return read_whole(path, most)
    except FileNotFoundError as error:
        raise MissingFileError(f"{path}: " + said("errors", "no_such_file")) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MissingFileError(f"{path}: " + said("errors", "unopened", reason=reason)) from error
    except UnreadableError as error:
        raise type(error)(f"{path}: {error}") from error


def check(
    document: Document,
    data: bytes = b"",
    *,
    lang: Language = "vi",
    aliases: Aliases | None = None,
    model: ModelFile | None = None,
) -> Report:
    """The report on a document that was read from `data`, its figures mapped to the taxonomy of the aliases."""
    generator = Generator(name=NAME, version=program_version(), model=None if model is None else model.sha256)
    models = models_of(model)
    with _collector_paused():
        return report_on(document, generator, _source(document, data), lang, aliases or aliases_of(), models)


def _source(document: Document, data: bytes) -> Source:
    """The file as its report tells it from others."""
    return Source(
        name=document.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=document.media_type,
        bytes=len(data),
        pages=document.pages,
        page_sizes=document.page_sizes,
        unread_pages=document.unread_pages,
        ocr_pages=document.ocr_pages,
        text_from=document.text_from,
        is_verbatim=document.is_verbatim,
        remarks=document.remarks,
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keeps the cyclic collector from walking a document's many small values over and over while they are made.

    They live until the report is done, so that there is nothing for it to find; it took a sixth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
