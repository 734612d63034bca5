"""What a rule is: which cases of a document it can judge, and what it holds against one of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar

from de06_extract.document.document import Document
from de06_extract.heartbeat import stepping
from de06_extract.language.messages import messages
from de06_extract.rules.cases import Case, ClaimCase
from de06_extract.schema.display import Language as Language
from de06_extract.schema.report import Claim, Finding, Quantity, Related, Severity, Span, Suggestion

if TYPE_CHECKING:
    from de06_extract.rules.facts import Facts

_LANGUAGES: tuple[Language, Language] = ("vi", "en")

C = TypeVar("C", bound=Case)


class Both(TypedDict):
    """The same words in Vietnamese and in English."""

    vi: str
    en: str


def both(rule: str, key: str = "message", /, **filled: object) -> Both:
    """The words of a rule, in both languages, filled in; what is filled in may itself be in both.

    >>> both("change-mismatch", "same", old="10", new="10", way=both("change-mismatch", "down"))["vi"]
    'Từ 10 đến 10 là không đổi, không phải giảm'
    """
    vi, en = (str(_words("findings", rule, key, language)).format(**_in(filled, language)) for language in _LANGUAGES)
    return Both(vi=vi, en=en)


def joined(by: str, words: Iterable[Both]) -> Both:
    """Several words in a row, in both languages."""
    every = list(words)
    return Both(vi=by.join(each["vi"] for each in every), en=by.join(each["en"] for each in every))


def enumerated(texts: Sequence[str]) -> Both:
    """Figures one after the other, without a comma, which is a decimal mark.

    >>> enumerated(["99,99%", "0,01%"])["vi"]
    '99,99% và 0,01%'
    """
    words = shared("rules", "and")
    return Both(vi=words["vi"].join(texts), en=words["en"].join(texts))


def _words(name: str, rule: str, key: str, language: Language) -> Any:
    return messages(name)[language][rule][key]


def _in(filled: Mapping[str, object], language: Language) -> dict[str, object]:
    """What is filled in, in a language."""
    return {key: value[language] if isinstance(value, dict) else value for key, value in filled.items()}


@dataclass(frozen=True)
class Message:
    """What a finding says, in Vietnamese and in English."""

    vi: str
    en: str

    def text(self, language: Language) -> str:
        """The message in a language."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True)
class Objection(Message):
    """What a rule holds against a case: the message in both languages, the figure in doubt, and a proposal.

    `related` are the other places that the message speaks of.
    """

    span: Span
    reported: str | None = None
    expected: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    severity: Severity | None = None
    related: tuple[Span, ...] = ()


@dataclass(frozen=True)
class RuleText:
    """How a rule is known: by its id, by how bad what it finds is, by what `data/messages/findings.toml` says of it."""

    id: str
    severity: Severity

    @property
    def title(self) -> str:
        """What is wrong, in Vietnamese."""
        return self.title_in("vi")

    @property
    def title_en(self) -> str:
        """What is wrong, in English."""
        return self.title_in("en")

    @property
    def explanation(self) -> str:
        """How it is judged, in Vietnamese."""
        return str(_words("findings", self.id, "explanation", "vi"))

    @property
    def explanation_en(self) -> str:
        """How it is judged, in English."""
        return str(_words("findings", self.id, "explanation", "en"))

    def title_in(self, language: Language) -> str:
        """The title in a language."""
        return str(_words("findings", self.id, "title", language))


def title_of(rule: str, language: Language) -> str:
    """The title of the rule with this id, the id where there is no such rule any more.

    >>> title_of("sum-mismatch", "vi"), title_of("gone-with-the-wind", "vi")
    ('Tổng không bằng tổng các phần', 'gone-with-the-wind')
    """
    return str(messages("findings")[language].get(rule, {}).get("title", rule))


@dataclass(frozen=True)
class Rule(RuleText, Generic[C]):
    """A check: `select` yields the cases it can judge, `judge` says what is wrong with one, or None.

    `wrong` and `right` are sentences in which it must and must not find something; a test reads them.
    """

    select: Callable[[Facts], Iterable[C]]
    judge: Callable[[C], Objection | None]
    wrong: tuple[str, ...]
    right: tuple[str, ...]

    def findings(self, facts: Facts, language: Language) -> tuple[list[Finding], int]:
        """The findings of this rule in reading order, and how many cases it judged."""
        cases = list(stepping(self.select(facts)))
        ids = StableIds(self.id)
        findings = []
        for case in stepping(cases):
            objection = self.judge(case)
            if objection is not None:
                finding_id = ids.of(" ".join(case.quote.split()))
                findings.append(self._finding(facts.document, case, objection, language, finding_id))
        return findings, len(cases)

    def _finding(
        self, document: Document, case: C, objection: Objection, language: Language, finding_id: str
    ) -> Finding:
        return Finding(
            id=finding_id,
            rule=self.id,
            title=self.title_in(language),
            severity=objection.severity or self.severity,
            message=_message(case, objection.text(language), language),
            claims=case.claims,
            comparisons=case.comparisons,
            quote=case.quote,
            span=objection.span,
            locations=document.locations(objection.span.start, objection.span.end),
            related=tuple(
                Related(span=span, locations=document.locations(span.start, span.end)) for span in objection.related
            ),
            reported=objection.reported,
            expected=objection.expected,
            suggestions=objection.suggestions,
            confidence=case.claim.confidence if isinstance(case, ClaimCase) else None,
        )


class StableIds:
    """The ids of one rule's findings: made of their words, so that a finding keeps its id wherever its words move."""

    def __init__(self, rule: str, first: int = 0) -> None:
        self._rule, self._first = rule, first
        self._repeats: Counter[str] = Counter()

    def of(self, words: str) -> str:
        """The id of the next finding with these words; repeats of the same words are told apart by their number."""
        repeat = self._first + self._repeats[words]
        self._repeats[words] += 1
        digest = hashlib.sha256(f"{self._rule}\n{words}\n{repeat}".encode()).hexdigest()
        return f"{self._rule}-{digest[:12]}"


def _message(case: Case, text: str, language: Language) -> str:
    """The message; of a claim of a table which table, row and column it speaks of, of prose its words say it."""
    if not isinstance(case, ClaimCase) or case.claim.table is None:
        return text
    is_word = text[:1].isupper() and text[1:2].islower()
    return in_table(case.claim, case.claim.label)[language] + (text[:1].lower() + text[1:] if is_word else text)


def in_table(claim: Claim, name: str) -> Both:
    """The words in front of a message on a figure of a claim's table, which is counted as its places count it."""
    counted = next((str(place.table) for place in claim.locations if place.table), None)
    return shared("rules", "in_table", table=counted or (claim.table or "").removeprefix("t"), name=name)


def shared(table: str, key: str, /, **filled: object) -> Both:
    """Words of `data/messages/<table>.toml`, which several rules say, in both languages, filled in."""
    vi, en = (str(messages(table)[language][key]).format(**_in(filled, language)) for language in _LANGUAGES)
    return Both(vi=vi, en=en)


_LONGEST_ROW = 8  # figures; of more only the first and last are shown


def join(quantities: Iterable[Quantity], by: str) -> str:
    """The figures as written, in a row; of many only the first and the last."""
    return by.join(shorten([quantity.text for quantity in quantities]))


def shorten(texts: Sequence[str]) -> Sequence[str]:
    """The texts, of many only the first and the last."""
    return (*texts[:3], "…", *texts[-2:]) if len(texts) > _LONGEST_ROW else texts


def cut_off(what: str | Both, percent: Quantity, right: str, longer: str) -> Objection:
    """The objection to a percentage that was cut off: `right` is what it rounds to, `longer` what it is computed as."""
    words = shared("rules", "cut_off", what=what, longer=longer, right=right, cut=percent.text)
    return Objection(**words, span=percent.span, reported=percent.text, expected=right)
