"""The figure that somebody asks for: by a claim, by a finding, by the place where it stands, or as it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from de06_extract.claims.prose.mentions import Mention
from de06_extract.document.document import Document
from de06_extract.errors import ExplainError
from de06_extract.language.messages import messages
from de06_extract.rules.rule import Language
from de06_extract.schema.display import one_line
from de06_extract.schema.report import Claim, Finding, Quantity

_CLAIM = re.compile(r"c\d+")
_PLACE = re.compile(r"@(\d{1,12})")
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
_MOST = 5  # figures, places or findings that an error names
_AROUND = 24  # characters on either side of a figure that tell its place from others
_UNSURE = "unsure"
# The role of the figure that says something of the others, the first that is filled.
_ANCHORS: Mapping[str, tuple[str, ...]] = {
    "ratio": ("percent", "numerator", "denominator"),
    "change": ("percent", "delta", "new"),
    "sum": ("total",),
    "remainder": ("left",),
    "distribution": ("percents",),
}


@dataclass(frozen=True)
class Figures:
    """What a document holds that can be asked for: its figures, its claims and its findings."""

    document: Document
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    findings: Sequence[Finding]
    language: Language

    def find(self, asked: str) -> Mention:
        """The one figure that is asked for. Raises an `ExplainError` that says what could be asked for instead."""
        asked = " ".join(unicodedata.normalize("NFC", asked).split())
        place = _PLACE.fullmatch(asked)
        if place is not None:
            return self._at(int(place[1]))
        if _CLAIM.fullmatch(asked):
            return self._of_claim(asked)
        found = [finding for finding in self.findings if finding.id.startswith(asked)] if asked else []
        if found:
            return self._of_finding(asked, found)
        return self._written(asked)

    def _of_claim(self, asked: str) -> Mention:
        claim = next((claim for claim in self.claims if claim.id == asked), None)
        if claim is None:
            known = f"c1 … c{len(self.claims)}" if self.claims else "–"
            raise self._error("no_claim", asked=asked, known=known)
        if claim.table is not None:
            raise self._error("in_table", asked=asked)
        return self._anchor(claim)

    def _of_finding(self, asked: str, found: Sequence[Finding]) -> Mention:
        if len(found) > 1:
            told = "; ".join(f"{finding.id} (@{finding.span.start})" for finding in found[:_MOST])
            raise self._error("several_findings", asked=asked, count=len(found), known=told)
        (finding,) = found
        claims = [claim for claim in self.claims if claim.id in finding.claims]
        if any(claim.table is not None for claim in claims):
            raise self._error("in_table", asked=finding.id)
        if claims:
            return self._anchor(claims[0])
        if finding.rule != _UNSURE:
            raise self._error("no_reading", asked=finding.id, rule=finding.rule)
        return self._at(finding.span.start)

    def _anchor(self, claim: Claim) -> Mention:
        for role in _ANCHORS[claim.kind]:
            held = claim.quantities.get(role)
            first = held[0] if isinstance(held, tuple) else held
            if isinstance(first, Quantity):
                return self._at(first.span.start)
        return self._at(next(claim.figures()).span.start)

    def _at(self, offset: int) -> Mention:
        held = next((m for m in self.mentions if m.start <= offset < m.end), None)
        if held is None:
            near = sorted(self.mentions, key=lambda m: min(abs(m.start - offset), abs(m.end - offset)))
            raise self._error("nothing_there", asked=f"@{offset}", known=self._places(near))
        return held

    def _written(self, asked: str) -> Mention:
        texts = {mention.index: self._text(mention) for mention in self.mentions}
        found = [m for m in self.mentions if texts[m.index] == asked] or self._with_digits(asked)
        if len(found) == 1:
            return found[0]
        if found:
            raise self._error("several", asked=asked, count=len(found), known=self._places(found))
        if asked and asked in " ".join(self.document.text.split()):
            raise self._error("no_figure", asked=asked)
        near = process.extract(asked, texts, scorer=OSA.normalized_similarity, limit=_MOST, score_cutoff=0.4)
        likely = [self.mentions[index] for _, _, index in near]
        raise self._error("nowhere" if likely else "nowhere_near", asked=asked, known=self._places(likely))

    def _with_digits(self, asked: str) -> list[Mention]:
        """The figures written with the digits of what is asked for, whatever their unit."""
        wanted = _DIGITS.search(asked)
        if wanted is None:
            return []
        digits = [(m, _DIGITS.search(self._text(m))) for m in self.mentions]
        return [m for m, own in digits if own is not None and own[0] == wanted[0]]

    def _text(self, mention: Mention) -> str:
        return " ".join(self.document.text[mention.start : mention.end].split())

    def _places(self, mentions: Iterable[Mention]) -> str:
        """Where figures stand, and the words around."""
        told = [m for at, m in enumerate(mentions) if at < _MOST]
        return "; ".join(f"@{m.start} «{self._words(m)}»" for m in told)

    def _words(self, mention: Mention) -> str:
        text = self.document.text
        before, behind = text[max(0, mention.start - _AROUND) : mention.start], text[mention.end :][:_AROUND]
        cut = before.partition(" ")[2] if mention.start > _AROUND else before
        return one_line(cut + text[mention.start : mention.end] + behind.rpartition(" ")[0]).strip()

    def _error(self, key: str, **said: Any) -> ExplainError:
        words: Mapping[str, str] = messages("explain")[self.language]["error"]
        return ExplainError(words[key].format(file=self.document.name, **said))
