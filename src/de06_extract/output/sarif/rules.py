"""Rules, and the reasons why a file was not checked, as descriptors of SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from de06_extract.language.messages import messages
from de06_extract.output.tables.columns import columns
from de06_extract.schema.display import Language

Json = dict[str, Any]
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class RuleDescription(Protocol):
    """A rule as people are told of it."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def title_en(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def explanation_en(self) -> str: ...
    @property
    def wrong(self) -> Iterable[Any]: ...
    @property
    def right(self) -> Iterable[Any]: ...


def rule_descriptor(rule: RuleDescription, language: Language) -> Json:
    """A rule: what it is called, what it does, sentences that it finds and leaves alone, and its level."""
    title, explanation = (rule.title, rule.explanation) if language == "vi" else (rule.title_en, rule.explanation_en)
    other = (rule.title_en, rule.explanation_en) if language == "vi" else (rule.title, rule.explanation)
    words = messages("report")[language]
    shown = [(words[kind], _sentences(examples)) for kind, examples in (("wrong", rule.wrong), ("right", rule.right))]
    text = "\n\n".join([explanation, *("\n".join([head, *(f"- {s}" for s in said)]) for head, said in shown if said)])
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": sentence(title)},
        "fullDescription": {"text": explanation},
        "help": {"text": text},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"otherLanguage": {"title": other[0], "explanation": other[1]}},
    }


def reason_descriptors(language: Language) -> list[Json]:
    """Descriptors of the reasons why a file has no report, the one that it was not checked yet among them."""
    states = next(column.words for column in columns("files", language) if column.key == "state")
    return [
        {"id": reason, "shortDescription": {"text": sentence(text)}}
        for reason, text in sorted(states.items())
        if reason != "checked"
    ]


def sentence(text: str) -> str:
    """The text with a full stop, as SARIF asks of messages.

    >>> sentence("Tệp hỏng"), sentence("9/27 là 33,33%…"), sentence("")
    ('Tệp hỏng.', '9/27 là 33,33%…', '')
    """
    return text if not text or text.endswith((".", "…", "!", "?")) else f"{text}."


def _sentences(examples: Iterable[Any]) -> list[str]:
    """The sentences that a rule gives; none of a rule across reports, whose examples are whole archives."""
    return [example for example in examples if isinstance(example, str)]
