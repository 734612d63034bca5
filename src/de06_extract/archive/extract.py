"""Extract, as others call it: in this process, or in one of its own within limits of time and memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path, PurePath
from types import TracebackType

from de06_extract.archive.store.outcome import Options, Outcome, error_of, exact_outcome_of
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.archive.workers.starting import COMMAND
from de06_extract.archive.workers.worker import Worker
from de06_extract.claims.prose.model_file import ModelFile, read_model_file
from de06_extract.indicators.taxonomy import TaxonomyFile, read_taxonomy_file, taxonomy
from de06_extract.pipeline.extract import extract as extract_here
from de06_extract.pipeline.extract import printable_name, read_file
from de06_extract.rules.rule import Language
from de06_extract.schema.origin import origin_of
from de06_extract.schema.report import Report


def extract(
    source: str | PathLike[str] | bytes,
    *,
    name: str | None = None,
    lang: Language = "vi",
    indicators: str | PathLike[str] | TaxonomyFile | None = None,
    model: str | PathLike[str] | ModelFile | None = None,
    keep_personal_data: bool = False,
    with_text: bool = False,
    limits: Limits | None = None,
) -> Report:
    """The report on a file, given by its path or as its bytes.

    `name` is what the source is called where bytes are given; its suffix tells text formats apart. `lang` is the
    language of the findings' messages. `indicators` is a TOML file with further indicators, `model` one with other
    weights, read already or not. Identity and telephone numbers of citizens are masked unless they are to be kept.
    `with_text` the report holds the text that its offsets count in.
    With `limits` the file is read by a process of its own, which is ended where it goes beyond them, and this one is
    safe from it; a `LimitedExtractor` does the same for many files. Without, it is read here, and takes what it takes.
    Raises an `UnreadableError` with one line that says which file and why (a `LimitExceededError` for the limits), a
    `TaxonomyError` or a `ModelError` where these files cannot be used.
    """
    if limits is None:
        return extract_here(
            source,
            name=name,
            lang=lang,
            indicators=indicators,
            model=model,
            keep_personal_data=keep_personal_data,
            with_text=with_text,
        )
    with LimitedExtractor(
        limits,
        lang=lang,
        indicators=indicators,
        model=model,
        keep_personal_data=keep_personal_data,
        with_text=with_text,
    ) as extractor:
        return extractor.extract(source, name=name)


class LimitedExtractor:
    """Reads files one after the other in a process of its own, which is replaced where one goes beyond the limits.

    It may be shared by threads, which then wait for each other; to close it from another one ends the file at work.
    `tell` is told now and then at which stage the file is: «page 3 12», «figures», «claims», «rules», «indicators».
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        lang: Language = "vi",
        indicators: str | PathLike[str] | TaxonomyFile | None = None,
        model: str | PathLike[str] | ModelFile | None = None,
        keep_personal_data: bool = False,
        with_text: bool = False,
        command: Sequence[str] | None = COMMAND,
        tell: Callable[[str], None] = lambda stage: None,
    ) -> None:
        if indicators is not None and not isinstance(indicators, TaxonomyFile):
            indicators = read_taxonomy_file(Path(indicators))
        if indicators is not None:
            taxonomy(indicators)  # what is wrong with it is said here, and is no defect of the process
        if model is not None and not isinstance(model, ModelFile):
            model = read_model_file(Path(model))
        self.limits = limits or Limits()
        options = Options(lang, indicators, model, keep_personal_data, with_text)
        self._language: Language = lang
        self._worker = Worker(options, self.limits, command=command, make=exact_outcome_of, tell=tell)

    def __enter__(self) -> LimitedExtractor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def extract(self, source: str | PathLike[str] | bytes, *, name: str | None = None) -> Report:
        """The report on a file, as `extract` gives it.

        Raises an `UnreadableError`, of which `LimitExceededError` is one, a `WorkerError` where no process can be
        started, an `InternalError` for a defect of this program.
        """
        if isinstance(source, bytes):
            data, name = source, printable_name(name or "document.txt")
        else:
            path = Path(source)
            data, name = read_file(path, self.limits.most_bytes), printable_name(name or path.name)
        report = _report(self._worker.outcome(data, PurePath(name).suffix).outcome, name)
        return report.come_from(origin_of(source, self._language))

    def close(self) -> None:
        """Ends the process."""
        self._worker.close()


def _report(outcome: Outcome, name: str) -> Report:
    """The report of an outcome on the file of this name. Raises the error that the outcome stands for."""
    if outcome.report is None:
        raise error_of(outcome, name)
    report = Report.model_validate(plain_values(outcome.report))
    return report.model_copy(update={"source": report.source.model_copy(update={"name": name})})
