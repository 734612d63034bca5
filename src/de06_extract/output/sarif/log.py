"""An archive as SARIF 2.1.0, the form in which other tools take the findings of checkers: one run with all results.

Results are written as they come, whatever the size of the archive: what stands behind them in the run, the files and
those of them that could not be checked, waits in temporary files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from de06_extract.archive.rows import file_state
from de06_extract.archive.store.outcome import checker_version
from de06_extract.archive.store.results import FileResult
from de06_extract.output.json_values import json_bytes
from de06_extract.output.links import uri
from de06_extract.output.sarif.locations import (
    BASE,
    Json,
    as_message,
    file_location,
    row_location,
    words_location,
)
from de06_extract.output.sarif.rules import LEVELS, RuleDescription, reason_descriptors, rule_descriptor, sentence
from de06_extract.output.tables.columns import columns
from de06_extract.pipeline.program import NAME
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Parsed, Row

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "findingId/v1"
_HASH = "sha-256"
_LANGUAGES: dict[Language, str] = {"vi": "vi-VN", "en": "en-US"}


def write_sarif(
    results: Iterable[FileResult],
    file: BinaryIO,
    language: Language,
    rules: Sequence[RuleDescription],
    *,
    folder: str | None = None,
) -> None:
    """Writes the log of one run over the files, whose findings were held by the rules.

    Files in `folder`, where the archive lies, are named as seen from there.
    """
    log = _Log(language, rules, folder)
    with TemporaryFile() as artifacts, TemporaryFile() as notifications:
        file.write(b'{"$schema":' + json_bytes(SCHEMA) + b',"version":"2.1.0","runs":[{')
        file.write(b",".join(json_bytes(key) + b":" + json_bytes(value) for key, value in log.head().items()))
        file.write(b',"results":[')
        found, seen, told = _List(file), _List(artifacts), _List(notifications)
        for index, result in enumerate(results):
            location = {**file_location(result.path, folder), "index": index}
            seen.add(_artifact(result, location))
            for one in log.results(result, location):
                found.add(one)
            if result.report is None:
                told.add(log.notification(result, location))
        file.write(b'\n],"artifacts":[')
        _append(artifacts, file)
        file.write(b'\n],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[')
        _append(notifications, file)
        file.write(b"\n]}]}]}\n")


class _List:
    """A list of JSON that grows in a file, one entry a line."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._separator = file, b"\n"

    def add(self, value: Json) -> None:
        """Writes one entry behind the others."""
        self._file.write(self._separator + json_bytes(value))
        self._separator = b",\n"


def _append(part: Any, file: BinaryIO) -> None:
    part.seek(0)
    copyfileobj(part, file)


class _Log:
    """The log of a run, with what its results have in common."""

    def __init__(self, language: Language, rules: Sequence[RuleDescription], folder: str | None) -> None:
        self._language, self._rules, self._folder = language, rules, folder
        self._indices = {rule.id: index for index, rule in enumerate(rules)}
        self._reasons = reason_descriptors(language)
        self._reason_indices = {reason["id"]: index for index, reason in enumerate(self._reasons)}
        self._states = next(column.words for column in columns("files", language) if column.key == "state")

    def head(self) -> Json:
        """The properties of the run that stand before the results."""
        driver = {
            "name": NAME,
            "version": checker_version(),
            "language": _LANGUAGES[self._language],
            "rules": [rule_descriptor(rule, self._language) for rule in self._rules],
            "notifications": self._reasons,
        }
        run: Json = {"tool": {"driver": driver}, "language": _LANGUAGES[self._language]}
        run["columnKind"] = "unicodeCodePoints"
        if self._folder is not None:
            run["originalUriBaseIds"] = {BASE: {"uri": uri(self._folder.rstrip("/") + "/")}}
        return run

    def results(self, result: FileResult, artifact: Json) -> Iterator[Json]:
        """The findings at a file, within its report and then across reports."""
        if result.report is None:
            return
        for finding in result.report["findings"]:
            yield self._of_finding(finding, result.report, artifact)
        for row in result.across:
            yield self._of_row(row, artifact)

    def _of_finding(self, finding: Parsed, report: Parsed, artifact: Json) -> Json:
        related = [words_location(artifact, other, report, self._language) for other in finding["related"]]
        dismissed = finding.get("dismissed")
        shown = self._shown(finding["id"], finding["rule"], finding["severity"], finding["message"], dismissed)
        return {
            **shown,
            "locations": [words_location(artifact, finding, report, self._language)],
            **({"relatedLocations": [{"id": n, **place} for n, place in enumerate(related, 1)]} if related else {}),
            **_rank(finding),
            **_fixes(finding, report, artifact),
            "properties": _properties(finding, ("quote", "reported", "expected", "claims", "comparisons")),
        }

    def _of_row(self, row: Row, artifact: Json) -> Json:
        reason = row.get("dismissed_reason")
        dismissed = None if reason is None else {"reason": reason, "date": row.get("dismissed_on")}
        lines = str(row.get("related") or "").split("\n")
        related = [
            {"id": number, "message": {"text": as_message(one_line(line))}}
            for number, line in enumerate(lines, 1)
            if line
        ]
        severity, rule, message = (str(row[key]) for key in ("severity", "rule", "message"))
        return {
            **self._shown(str(row["finding_id"]), rule, severity, message, dismissed),
            "locations": [row_location(artifact, row)],
            **({"relatedLocations": related} if related else {}),
            "properties": _properties(row, ("quote", "reported", "expected", "label")),
        }

    def _shown(self, finding_id: str, rule: str, severity: str, message: str, dismissed: Parsed | None) -> Json:
        """The properties of every result; it says if it is not suppressed: SARIF wants that of all or of none."""
        index = self._indices.get(rule)
        return {
            "ruleId": rule,
            **({} if index is None else {"ruleIndex": index}),
            "level": LEVELS[severity],
            "message": {"text": as_message(sentence(message))},
            "partialFingerprints": {_FINGERPRINT: finding_id},
            "suppressions": [] if not dismissed else [_suppression(dismissed)],
        }

    def notification(self, result: FileResult, artifact: Json) -> Json:
        """The notification that a file could not be checked, and why."""
        state = file_state(result)
        said = [self._states.get(state, state), *([result.message] if result.message else [])]
        index = self._reason_indices.get(state)
        return {
            "descriptor": {"id": state, **({} if index is None else {"index": index})},
            "level": "warning" if state == "pending" else "error",
            "message": {"text": as_message(sentence(one_line(": ".join(said))))},
            "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
        }


def _rank(finding: Parsed) -> Json:
    """What SARIF calls the rank of a result, 0 to 100, where there is a confidence."""
    confidence = finding.get("confidence")
    return {} if confidence is None else {"rank": round(100 * float(confidence), 1)}


def _artifact(result: FileResult, location: Json) -> Json:
    """A file: where it is, how long, what it holds."""
    own = {key: value for key, value in location.items() if key != "index"}
    artifact: Json = {"location": own, "roles": ["analysisTarget"]}
    if result.size is not None:
        artifact["length"] = result.size
    if result.sha256 is not None:
        artifact["hashes"] = {_HASH: result.sha256}
    if result.report is not None:
        artifact["mimeType"] = result.report["source"]["media_type"]
        if left_out := result.report["summary"].get("left_out", 0):
            artifact["properties"] = {"leftOut": left_out}
    return artifact


def _fixes(finding: Parsed, report: Parsed, artifact: Json) -> Json:
    """The suggestions, where the offsets are those of the file: an edit elsewhere is for people."""
    if not report["source"].get("is_verbatim") or not finding["suggestions"]:
        return {}
    return {"fixes": [_fix(suggestion, artifact) for suggestion in finding["suggestions"]]}


def _fix(suggestion: Parsed, artifact: Json) -> Json:
    span = suggestion["span"]
    deleted = {
        "charOffset": span["start"],
        "charLength": span["end"] - span["start"],
        "snippet": {"text": span["text"]},
    }
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": suggestion["replacement"]}}
    return {
        "description": {"text": as_message(sentence(suggestion["reason"]))},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }


def _suppression(dismissed: Parsed) -> Json:
    who = {"who": dismissed["who"]} if dismissed.get("who") else {}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": dismissed["reason"],
        "properties": {"date": dismissed["date"], **who},
    }


def _properties(entry: Parsed, keys: Iterable[str]) -> Json:
    return {key: entry[key] for key in keys if entry.get(key)}
