"""Which reports and findings of an archive are looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from pydantic import Field

from de06_extract.archive.decision import State
from de06_extract.archive.store.heads import FindingHead, ReportHead
from de06_extract.schema.severity import Severity
from de06_extract.schema.values import Model

Facet = Literal["month", "unit", "rule", "severity", "state"]
FACETS: tuple[Facet, ...] = get_args(Facet)
OF_REPORTS: tuple[Facet, ...] = ("month", "unit")  # the others are facets of findings
_BETWEEN = re.compile(r";|,(?=\s)")
_MARKS = re.compile(r"[\u0300-\u036f]+")
UNKNOWN = "-"  # the month of a report without a date, the unit of one that names none


class Filter(Model):
    """Which reports and findings are looked at: values of a facet are alternatives, a facet without any asks nothing.

    Findings that were dismissed are looked at where `state` names them. `words` are phrases that the path or the header
    of a report has, apart by «;» or a comma and a blank.
    """

    month: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()
    state: tuple[State, ...] = ()
    words: str = Field(default="", max_length=200)

    @property
    def asks_for_findings(self) -> bool:
        """True where a report without a finding is none of those looked at."""
        return bool(self.rule or self.severity or self.state)

    @property
    def is_empty(self) -> bool:
        """True where everything is looked at."""
        return not (self.month or self.unit or self.words.strip() or self.asks_for_findings)

    @cached_property
    def _chosen(self) -> dict[Facet, frozenset[str]]:
        return {facet: frozenset(getattr(self, facet)) for facet in FACETS}

    @cached_property
    def _phrases(self) -> tuple[Phrase, ...]:
        return tuple(phrases(self.words))

    def names(self, report: ReportHead) -> bool:
        """True of a report whose path or header has all words."""
        if not self._phrases:
            return True
        said = (report.path, report.issuer, report.locality, report.province, report.number, report.type)
        text = unicodedata.normalize("NFC", "\n".join(filter(None, said))).casefold()
        plain = plain_letters(text)
        return all(phrase.stands_in(text, plain) for phrase in self._phrases)

    def refusing_report(self, report: ReportHead) -> list[Facet]:
        """The facets by which a report is not looked at."""
        return [facet for facet in OF_REPORTS if self._refuses(facet, getattr(report, facet))]

    def refusing_finding(self, finding: FindingHead) -> list[Facet]:
        """The facets by which a finding is not looked at, but for those of its report."""
        chosen = self._chosen
        refusing: list[Facet] = []
        if chosen["rule"] and finding.rule not in chosen["rule"]:
            refusing.append("rule")
        if chosen["severity"] and finding.severity not in chosen["severity"]:
            refusing.append("severity")
        if finding.state not in chosen["state"] if chosen["state"] else finding.state == "dismissed":
            refusing.append("state")
        return refusing

    def _refuses(self, facet: Facet, value: str | None) -> bool:
        return bool(self._chosen[facet]) and (value or UNKNOWN) not in self._chosen[facet]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are looked for at the beginning of a word, with their marks where they were typed with some."""

    plain: re.Pattern[str]
    exact: re.Pattern[str] | None

    def stands_in(self, text: str, plain: str) -> bool:
        """True where it stands in the text, that is given in small letters, and once more without marks."""
        return (self.plain.search(plain) if self.exact is None else self.exact.search(text)) is not None


def phrases(words: str) -> Iterator[Phrase]:
    """The phrases between «;», or between commas with a blank behind them: «98,57» is one.

    >>> [phrase.plain.pattern for phrase in phrases("ho so; tu ky,  12,5")]
    ['(?<!\\\\w)ho\\\\ so', '(?<!\\\\w)tu\\\\ ky', '(?<!\\\\w)12,5']
    """
    for part in _BETWEEN.split(unicodedata.normalize("NFC", words)):
        phrase = " ".join(part.casefold().split())
        plain = plain_letters(phrase)
        if phrase:
            yield Phrase(_beginning(plain), None if plain == phrase else _beginning(phrase))


def _beginning(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}")


def plain_letters(text: str) -> str:
    """The text in small letters without the marks of Vietnamese, as people type it who are in a hurry.

    >>> plain_letters("Ủy ban nhân dân tỉnh Điện Biên")
    'uy ban nhan dan tinh dien bien'
    """
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
