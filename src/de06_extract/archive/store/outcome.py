"""What comes out of one file: a report or the reason why there is none, as a pure function of its bytes.

An outcome holds nothing that depends on the file's name beyond its suffix, on the time or on the machine, so that a
file is checked once wherever it lies, and any machine may do it.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from de06_extract.claims.prose.model_file import ModelFile
from de06_extract.errors import UnreadableError
from de06_extract.heartbeat import step, stepping
from de06_extract.indicators.taxonomy import TaxonomyFile
from de06_extract.pipeline.extract import extract
from de06_extract.pipeline.program import program_version
from de06_extract.rules.rule import Language
from de06_extract.schema.display import one_line
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Kind, Row, document_row, plain, rows_of

_LEVEL = 6  # of zlib: a twentieth of the JSON, and a higher level saves little more
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Options:
    """The settings that decide the outcome besides the bytes: language of messages, further indicators, weights."""

    lang: Language = "vi"
    indicators: TaxonomyFile | None = None
    model: ModelFile | None = None

    @property
    def key(self) -> str:
        """The options as one line of JSON, the same for the same outcomes; of files their hashes.

        >>> Options().key
        '{"indicators": null, "lang": "vi"}'
        """
        indicators = self.indicators and hashlib.sha256(self.indicators.text.encode()).hexdigest()
        weights = {} if self.model is None else {"model": self.model.sha256}  # stores from before it know no such key
        return json.dumps({"lang": self.lang, "indicators": indicators, **weights}, sort_keys=True)


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
    report = _report_or_failure(data, suffix, options)
    if isinstance(report, Outcome):
        return report
    parsed = report.model_dump()
    return Outcome(
        report=zlib.compress(report.model_dump_json().encode("utf-8", "replace"), _LEVEL),
        document=document_row(parsed),
        findings=_plain_rows(parsed, "findings", options),
        indicators=_plain_rows(parsed, "indicators", options),
    )


def exact_outcome_of(data: bytes, suffix: str, options: Options) -> Outcome:
    """The outcome with nothing but the report, whose values are pickled as they are, and not rounded as in JSON."""
    report = _report_or_failure(data, suffix, options)
    return report if isinstance(report, Outcome) else Outcome(report=pickle.dumps(report.model_dump(), protocol=5))


def _report_or_failure(data: bytes, suffix: str, options: Options) -> Report | Outcome:
    name = f"document{suffix}"
    try:
        report = extract(data, name=name, lang=options.lang, indicators=options.indicators, model=options.model)
        step()
        return report
    except UnreadableError as error:
        return failed(error.reason, str(error).removeprefix(f"{name}: "))
    except MemoryError:
        return failed("memory", "not enough memory")
    except Exception as error:  # a defect of ours: one row that says so, and the other files go on
        return failed("internal", f"{type(error).__name__}: {error}")


def failed(reason: str, message: str) -> Outcome:
    """The outcome of a file without a report; the message becomes one printable line of a sensible length."""
    line = one_line(message)
    return Outcome(reason=reason, message=line if len(line) <= _LONGEST_MESSAGE else f"{line[: _LONGEST_MESSAGE - 1]}…")


def unpacked(report: bytes) -> dict[str, Any]:
    """The report's JSON with its figures as exact Decimals."""
    parsed: dict[str, Any] = json.loads(unpacked_text(report), parse_float=Decimal)
    return parsed


def unpacked_text(report: bytes) -> str:
    """The report's JSON as text."""
    return zlib.decompress(report).decode()


def _plain_rows(parsed: dict[str, Any], kind: Kind, options: Options) -> tuple[Row, ...]:
    return tuple(dict(plain(row)) for row in stepping(rows_of(parsed, kind, language=options.lang)))
