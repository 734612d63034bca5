"""Rules, and the reasons why a file was not checked, as descriptors of SARIF 2.1.0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from de06_extract.language.messages import messages
from de06_extract.output.tables.columns import columns
from de06_extract.schema.display import Language

Json = dict[str, Any]
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~]")
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
    listed = [[head, *(f"- {sentence}" for sentence in said)] for head, said in shown if said]
    text = "\n\n".join([explanation, *map("\n".join, listed)])
    return {
        "id": rule.id,
        "name": _name(rule.id),
        "shortDescription": {"text": sentence(title)},
        "fullDescription": {"text": explanation},
        "help": {"text": text, "markdown": "\n\n".join([_plain(explanation), *map(_list, listed)])},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"otherLanguage": {"title": other[0], "explanation": other[1]}},
    }


def reason_descriptors(language: Language) -> list[Json]:
    """Descriptors of the reasons why a file has no report, the one that it was not checked yet among them."""
    states = next(column.words for column in columns("files", language) if column.key == "state")
    advice = messages("page")[language]["advice"]
    return [
        {
            "id": reason,
            "name": _name(reason),
            "shortDescription": {"text": sentence(text)},
            "fullDescription": {"text": sentence(text)},
            "help": {"text": advice.get(reason, sentence(text))},
        }
        for reason, text in sorted(states.items())
        if reason != "checked"
    ]


def sentence(text: str) -> str:
    """The text with a full stop, as SARIF asks of messages.

    >>> sentence("Tệp hỏng"), sentence("9/27 là 33,33%…"), sentence("")
    ('Tệp hỏng.', '9/27 là 33,33%…', '')
    """
    return text if not text or text.endswith((".", "…", "!", "?")) else f"{text}."


def _name(rule: str) -> str:
    """The name of a rule, which SARIF wants to be other than its id, whatever the case of letters.

    >>> _name("sum-mismatch"), _name("unsure")
    ('SumMismatch', 'UnsureFinding')
    """
    parts = [part.capitalize() for part in rule.split("-")]
    return "".join(parts if len(parts) > 1 else [*parts, "Finding"])


def _list(lines: Sequence[str]) -> str:
    """A heading and the lines of its list, as Markdown."""
    head, *items = map(_plain, lines)
    return "\n".join([f"**{head}**", "", *(f"- {item[2:]}" for item in items)])


def _plain(text: str) -> str:
    """The text as Markdown that shows it as it is.

    >>> _plain("giảm <b> 2_3*")
    'giảm \\\\<b\\\\> 2\\\\_3\\\\*'
    """
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _sentences(examples: Iterable[Any]) -> list[str]:
    """The sentences that a rule gives; none of a rule across reports, whose examples are whole archives."""
    return [example for example in examples if isinstance(example, str)]
