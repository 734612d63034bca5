"""What comes out of one file: a report or the reason why there is none, as a pure function of its bytes.

An outcome holds nothing that depends on the file's name beyond its suffix, on the time or on the machine, so that a
file is checked once wherever it lies, and any machine may do it.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from de06_extract.errors import IllegibleError, InternalError, LimitExceededError, UnreadableError
from de06_extract.heartbeat import step, stepping
from de06_extract.language.messages import said
from de06_extract.pipeline.program import program_version
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Kind, Row, document_row, plain, rows_of

if TYPE_CHECKING:
    from de06_extract.claims.prose.model_file import ModelFile
    from de06_extract.indicators.taxonomy import TaxonomyFile

T = TypeVar("T")

_LEVEL = 6  # of zlib: a twentieth of the JSON, and a higher level saves little more
_LONGEST_MESSAGE = 500
MOST_JSON = 64 << 20  # bytes of a report; what unpacks to more was not packed by this program
_BEHIND_SOURCE = b'"header":'
_PIECE = 1 << 12  # bytes of a report that are unpacked at a time
_MOST_DIGITS = 400  # before or behind the decimal point
_CONTROL = re.compile(r"\\u00(?:0[0-8ce-f]|1[0-9a-d]|7f|[89])|[\x7f-\x84\x86-\x9f]", re.IGNORECASE)
_RAW = re.compile(r"[\x00-\x08\x0e-\x1d\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Options:
    """The settings that decide the outcome besides the bytes.

    The language of the messages, further indicators, weights, whether numbers of citizens stay in what is said, and
    whether the report holds the text.
    """

    lang: Language = "vi"
    indicators: TaxonomyFile | None = None
    model: ModelFile | None = None
    keep_personal_data: bool = False
    with_text: bool = False

    @property
    def key(self) -> str:
        """The options as one line of JSON, the same for the same outcomes; of files their hashes.

        >>> Options().key
        '{"indicators": null, "keep_personal_data": false, "lang": "vi"}'
        """
        indicators = self.indicators and hashlib.sha256(self.indicators.text.encode()).hexdigest()
        later = {} if self.model is None else {"model": self.model.sha256}  # older stores know no such keys
        if self.with_text:
            later["text"] = "with"
        key = {"lang": self.lang, "indicators": indicators, "keep_personal_data": self.keep_personal_data, **later}
        return json.dumps(key, sort_keys=True)


def read_options(lang: Language, indicators: Path | None, model: Path | None, *, keep_personal_data: bool) -> Options:
    """The settings with the files that they name read. Raises a `TaxonomyError`, a `ModelError`."""
    from de06_extract.indicators.taxonomy import read_taxonomy_file

    taxonomy_file = None if indicators is None else read_taxonomy_file(indicators)
    if model is None:
        return Options(lang, taxonomy_file, None, keep_personal_data)
    from de06_extract.claims.prose.model_file import read_model_file

    return Options(lang, taxonomy_file, read_model_file(model), keep_personal_data)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The report on a file, or why there is none.

    `report` is its JSON, compressed by zlib; `document` says what its header does, `findings` and `indicators` are its
    flat rows with plain values. A file without a report has a `reason`, one word, and a `message`, one line that does
    not name the file.
    """

    report: bytes | None = None
    document: Row = field(default_factory=dict)
    findings: tuple[Row, ...] = ()
    indicators: tuple[Row, ...] = ()
    reason: str | None = None
    message: str | None = None


def checker_version() -> str:
    """The version of the program: outcomes of another one are not taken for its own."""
    return program_version()


def outcome_of(data: bytes, suffix: str, options: Options) -> Outcome:
    """The outcome for the bytes of a file whose name ends in `suffix` («.pdf»), also where it cannot be read."""
    name = f"document{suffix}"
    report = made_or_failed(lambda: _report(data, name, options), name)
    if isinstance(report, Outcome):
        return report
    parsed = report.model_dump()
    text = report.model_dump_json().encode("utf-8", "replace")
    if len(text) > MOST_JSON:
        return failed("memory", said("errors", "report_too_large", size=MOST_JSON >> 20))
    return Outcome(
        report=zlib.compress(text, _LEVEL),
        document=document_row(parsed),
        findings=_plain_rows(parsed, "findings", options),
        indicators=_plain_rows(parsed, "indicators", options),
    )


def exact_outcome_of(data: bytes, suffix: str, options: Options) -> Outcome:
    """The outcome with nothing but the report, whose values are pickled as they are, and not rounded as in JSON."""
    name = f"document{suffix}"
    return packed_or_failed(lambda: _report(data, name, options).model_dump(), name)


def _report(data: bytes, name: str, options: Options) -> Report:
    from de06_extract.pipeline.extract import extract  # the process that has others read files does without

    return extract(
        data,
        name=name,
        lang=options.lang,
        indicators=options.indicators,
        model=options.model,
        keep_personal_data=options.keep_personal_data,
        with_text=options.with_text,
    )


def made_or_failed(make: Callable[[], T], name: str) -> T | Outcome:
    """What is made of the file of this name, or why it cannot be."""
    try:
        made = make()
        step()
        return made
    except UnreadableError as error:
        return failed(error.reason, str(error).removeprefix(f"{name}: "))
    except MemoryError:
        return out_of_memory()
    except Exception as error:  # a defect of ours: one row that says so, and the other files go on
        return failed("internal", f"{type(error).__name__}: {error}")


def packed_or_failed(make: Callable[[], object], name: str) -> Outcome:
    """The outcome with the plain values that are made of the file of this name, pickled, or why there are none."""
    made = made_or_failed(lambda: pickle.dumps(make(), protocol=5), name)
    return made if isinstance(made, Outcome) else Outcome(report=made)


def error_of(outcome: Outcome, name: str = "") -> UnreadableError | InternalError:
    """The error that an outcome without a report on the file of this name stands for."""
    reason, message = outcome.reason or "", f"{name}: {outcome.message}" if name else outcome.message or ""
    if reason == InternalError.reason:
        return InternalError(message)
    kinds: dict[str, type[UnreadableError]] = {kind.reason: kind for kind in (UnreadableError, IllegibleError)}
    kinds.update((kind.reason, kind) for kind in UnreadableError.__subclasses__())
    kind = kinds.get(reason)
    return LimitExceededError(message, reason) if kind in (None, LimitExceededError) else kind(message)


def failed(reason: str, message: str) -> Outcome:
    """The outcome of a file without a report; the message becomes one printable line of a sensible length."""
    line = one_line(message)
    return Outcome(reason=reason, message=line if len(line) <= _LONGEST_MESSAGE else f"{line[: _LONGEST_MESSAGE - 1]}…")


def out_of_memory() -> Outcome:
    """The outcome of a file for which the memory of this process did not suffice."""
    return failed("memory", said("errors", "no_memory"))


def unpacked(report: bytes) -> dict[str, Any]:
    """The report's JSON with its figures as exact Decimals; raises a `ValueError` where it is no report."""
    text = unpacked_text(report)
    Report.model_validate_json(text)
    try:
        parsed: dict[str, Any] = json.loads(text, parse_float=_figure)
    except RecursionError as error:
        raise ValueError(said("errors", "nested")) from error
    return _printable(parsed) if _CONTROL.search(text) else parsed


def unpacked_text(report: bytes) -> str:
    """The report's JSON as text; raises a `ValueError` where it is longer than any that was packed."""
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(report, MOST_JSON)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError("is cut" if len(text) < MOST_JSON else f"has more than {MOST_JSON >> 20} MiB")
    return text.decode()


def says_of_source(report: bytes, remark: str) -> bool:
    """True where the source of a packed report has a remark of that kind; no more of the report is unpacked.

    >>> packed = zlib.compress(b'{"source":{"remarks":[{"about":"unread-pages"}]},"header":{}}')
    >>> says_of_source(packed, "unread-pages"), says_of_source(packed, "unread-part"), says_of_source(b"", "")
    (True, False, False)
    """
    unpacking, text, more = zlib.decompressobj(), b"", report
    try:
        while more and _BEHIND_SOURCE not in text:
            text += unpacking.decompress(more, _PIECE)
            more = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return f'"about":"{remark}"'.encode() in text.partition(_BEHIND_SOURCE)[0]


def _figure(written: str) -> Decimal:
    figure = Decimal(written)
    if abs(figure.adjusted()) > _MOST_DIGITS:
        raise ValueError(said("errors", "figure_too_large"))
    return figure


def _printable(value: Any) -> Any:
    """The same with U+FFFD for every control character, which no reader of ours leaves in a text."""
    if isinstance(value, str):
        return _RAW.sub("\ufffd", value)
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return {_printable(key): _printable(one) for key, one in value.items()} if isinstance(value, dict) else value


def _plain_rows(parsed: dict[str, Any], kind: Kind, options: Options) -> tuple[Row, ...]:
    return tuple(dict(plain(row)) for row in stepping(rows_of(parsed, kind, language=options.lang)))
