"""Labelled passages, read from the three forms in which they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.labels import CHECKABLE, GROUPS, OPEN, VERDICTS, Label, LabelError, Values, values_of

SENTENCES = ("made_up.json", "negative.json", "known_failures.json")
_OPEN_SHARE = 0.2  # of a set's labels: fewer that cannot be checked are slips of a reader who was to leave them out


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its relations; `tolerated` are readings of which even a person is not sure."""

    name: str
    text: str
    labels: tuple[Label, ...]
    tolerated: tuple[tuple[str, Values], ...] = ()


@dataclass(frozen=True, slots=True)
class PassageSet:
    """Passages of one source, sorted by name."""

    name: str
    passages: tuple[Passage, ...]

    @property
    def names_open_relations(self) -> bool:
        """True where relations that lack a figure are labelled too; elsewhere their absence says nothing."""
        labels = [label for passage in self.passages for label in passage.labels]
        return sum(label.verdict in OPEN for label in labels) > _OPEN_SHARE * len(labels)


def read_gold(folder: Path, texts: Path, name: str) -> PassageSet:
    """Annotations `NAME.json` in the form of corpus/gold with the texts `NAME*.txt`."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise LabelError(f"{folder}: no annotations (*.json)")
    passages = []
    for file in files:
        text, entry = _text_of(file, texts).read_text("utf-8"), _object(file.read_text("utf-8"), file)
        passages.append(_passage(f"{name}/{file.stem}", text, entry))
    return PassageSet(name, tuple(passages))


def read_examples(file: Path) -> PassageSet:
    """JSON Lines, a passage a line: `{"label", "text", "ratios": […], …}`."""
    passages = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line.strip():
            entry = _object(line, f"{file}, line {number}")
            passages.append(_passage(f"{file.stem}/{number:05}", _text_in(entry, file), entry))
    return PassageSet(file.stem, tuple(passages))


def read_sentences(folder: Path) -> PassageSet:
    """The sentence files of the tests: entries with a text and all its claims."""
    passages = []
    for file in sorted(path for name in SENTENCES for path in folder.rglob(name)):
        entries = json.loads(file.read_text("utf-8"))
        if not isinstance(entries, list):
            raise LabelError(f"{file}: not a list of sentences")
        for number, entry in enumerate(entries, 1):
            labels = tuple(_claim(claim, file) for claim in entry.get("claims", ()))
            passages.append(Passage(f"sentences/{file.stem}/{number:05}", _text_in(entry, file), labels))
    return PassageSet("sentences", tuple(sorted(passages, key=lambda passage: passage.name)))


def _passage(name: str, text: str, entry: Mapping[str, Any]) -> Passage:
    return Passage(name, text, tuple(_labels(entry, name)), tuple(_tolerated(entry.get("doubtful", ()))))


def _labels(entry: Mapping[str, Any], name: str) -> Iterator[Label]:
    for group, kind in GROUPS.items():
        for held in entry.get(group) or ():
            verdict = held.get("verdict", "ok")
            if verdict not in CHECKABLE | OPEN:
                known = ", ".join(sorted(CHECKABLE | OPEN))
                raise LabelError(f"{name}: {verdict!r} is no verdict on a relation: known are {known}")
            bases = tuple(float(base) for base in held.get("denominator_any") or ())
            debatable, quote = bool(held.get("debatable")), held.get("quote") or ""
            yield Label(kind, values_of(kind, held), verdict, debatable, quote, bases)


def _tolerated(doubtful: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Values]]:
    for held in doubtful:
        said = str(held.get("kind") or "")
        kind = GROUPS.get(said) or GROUPS.get(f"{said}s") or said
        roles = held.get("roles") or held.get("was")
        if roles and kind in GROUPS.values():
            yield kind, values_of(kind, roles)


def _claim(claim: Mapping[str, Any], file: Path) -> Label:
    kind, verdict = str(claim.get("kind")), claim.get("verdict")
    if kind not in GROUPS.values() or verdict not in VERDICTS:
        raise LabelError(f"{file}: no claim: {dict(claim)!r}")
    return Label(kind, values_of(kind, claim), VERDICTS[verdict])


def _object(text: str, where: object) -> Mapping[str, Any]:
    try:
        entry = json.loads(text)
    except json.JSONDecodeError as error:
        raise LabelError(f"{where}: not JSON: {error}") from error
    if not isinstance(entry, dict):
        raise LabelError(f"{where}: not an object with relations")
    return entry


def _text_in(entry: Mapping[str, Any], where: object) -> str:
    text = entry.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{where}: an entry without text: {str(dict(entry))[:80]}")
    return text


def _text_of(file: Path, texts: Path) -> Path:
    """The text that belongs to an annotation: of its name, or its name with something behind."""
    exact = texts / f"{file.stem}.txt"
    found = [exact] if exact.exists() else sorted(texts.glob(f"{file.stem}[!0-9A-Za-z]*.txt"))
    if len(found) != 1:
        raise LabelError(f"{file}: {len(found) or 'no'} texts «{file.stem}*.txt» in {texts}, not one")
    return found[0]
