"""An archive as SARIF 2.1.0, the form in which other tools take the findings of checkers: one run with all results.

Results are written as they come, whatever the size of the archive: what stands behind them in the run, the files and
those of them that could not be checked, waits in temporary files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from de06_extract.archive.cards import result_cards
from de06_extract.archive.rows import file_state
from de06_extract.archive.store.outcome import checker_version
from de06_extract.archive.store.results import FileResult
from de06_extract.output.json_values import json_bytes
from de06_extract.output.links import uri
from de06_extract.output.sarif.locations import (
    BASE,
    Json,
    as_message,
    card_location,
    file_location,
    has_lines,
)
from de06_extract.output.sarif.rules import LEVELS, RuleDescription, reason_descriptors, rule_descriptor, sentence
from de06_extract.output.tables.columns import columns
from de06_extract.pipeline.program import NAME
from de06_extract.schema.cards.card import Card, CardDecision, RelatedPlace
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Parsed

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "findingId/v1"
_SAME_LINE = "primaryLocationLineHash"  # by which GitHub knows a finding again; it can make none of a PDF
_INFORMATION = "urn:de06-extract"  # the program has a name, and no page of its own to lead to
_RUN = f"{NAME}/"  # what GitHub tells the runs of several checkers apart by
_CAUSES = UUID("7d2f1c3a-54c0-4f0e-9b7a-0d6e06c0a5e5")  # the space of the names of causes
_KEPT = ("quote", "reported", "expected", "claims", "comparisons", "label")
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
            "semanticVersion": checker_version(),
            "informationUri": _INFORMATION,
            "language": _LANGUAGES[self._language],
            "rules": [rule_descriptor(rule, self._language) for rule in self._rules],
            "notifications": self._reasons,
        }
        run: Json = {"tool": {"driver": driver}, "language": _LANGUAGES[self._language]}
        run["automationDetails"] = {"id": _RUN}
        run["columnKind"] = "unicodeCodePoints"
        if self._folder is not None:
            run["originalUriBaseIds"] = {BASE: {"uri": uri(self._folder.rstrip("/") + "/")}}
        return run

    def results(self, result: FileResult, artifact: Json) -> Iterator[Json]:
        """The findings at a file, within its report and then across reports."""
        if result.report is None:
            return
        for card in result_cards(result, self._language):
            yield self._of_card(card, result, artifact)

    def _of_card(self, card: Card, result: FileResult, artifact: Json) -> Json:
        text = card.quote.text if card.is_across else card.finding["span"]["text"]
        location = card_location(artifact, text, card.place, result, is_verbatim=_has_offsets(card, result))
        related = [self._related(number, place, artifact, result) for number, place in enumerate(card.related, 1)]
        is_placed = has_lines(location) or not card.place.words
        message = card.arithmetic if is_placed else f"{card.place.words}: {card.arithmetic}"
        return {
            **self._shown(card, message),
            "locations": [location],
            **({"relatedLocations": related} if related else {}),
            **_rank(card),
            **(_fixes(card, artifact) if _has_offsets(card, result) else {}),
            "properties": {"number": card.number, "cause": card.cause, **_properties(card.finding)},
        }

    def _related(self, number: int, related: RelatedPlace, artifact: Json, result: FileResult) -> Json:
        """Another place that a finding speaks of; of one in another report the words are all that is known."""
        if related.place.start is None:
            return {"id": number, "message": {"text": as_message(related.words)}}
        is_verbatim = _is_verbatim(result)
        return {"id": number, **card_location(artifact, related.text, related.place, result, is_verbatim=is_verbatim)}

    def _shown(self, card: Card, message: str) -> Json:
        """The properties of every result; it says if it is not suppressed: SARIF wants that of all or of none."""
        index = self._indices.get(card.rule)
        is_dismissed = card.decision.state == "dismissed"
        return {
            "ruleId": card.rule,
            **({} if index is None else {"ruleIndex": index}),
            "level": LEVELS[card.severity],
            "message": {"text": as_message(sentence(message))},
            "partialFingerprints": {_FINGERPRINT: card.id, _SAME_LINE: card.id},
            "correlationGuid": str(uuid5(_CAUSES, card.cause)),
            "suppressions": [_suppression(card.decision)] if is_dismissed else [],
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


def _is_verbatim(result: FileResult) -> bool:
    """True where offsets in the report are those of the file."""
    return result.report is not None and bool(result.report["source"].get("is_verbatim"))


def _has_offsets(card: Card, result: FileResult) -> bool:
    """True where the card says at which characters of the file it is."""
    return not card.is_across and _is_verbatim(result)


def _rank(card: Card) -> Json:
    """What SARIF calls the rank of a result, 0 to 100, where there is a confidence."""
    return {} if card.confidence is None else {"rank": round(100 * float(card.confidence), 1)}


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


def _fixes(card: Card, artifact: Json) -> Json:
    """The proposals; only where the offsets are those of the file: an edit elsewhere is for people."""
    return {"fixes": [_fix(proposal.edit, artifact) for proposal in card.proposals]} if card.proposals else {}


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


def _suppression(decision: CardDecision) -> Json:
    who = {"who": decision.who} if decision.who else {}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": decision.reason or "",
        "properties": {"date": decision.when, **who},
    }


def _properties(finding: Parsed) -> Json:
    """What programs may want to know of the finding; of one across reports its row has less."""
    return {key: finding[key] for key in _KEPT if finding.get(key)}
