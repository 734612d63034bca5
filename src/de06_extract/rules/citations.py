"""What rules judge of cited documents: one citation, or two that speak of one document.

A number without a year starts again each January, and bodies of several levels share a symbol («UBND»): two citations
are of one document only where number, symbol, issuer and year leave no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import regex
from rapidfuzz.distance import OSA

from de06_extract.document.document import Document
from de06_extract.document.references import Number, first_number, parse_number
from de06_extract.language.digits import integer
from de06_extract.language.spelling import fold, without_marks
from de06_extract.language.vocabulary import any_of, load, words
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.facts import Facts
from de06_extract.schema.report import Reference

_AHEAD = 240  # characters behind a citation in which its subject stands
_SAME = 5  # syllables that two subjects begin with alike
_DAY = len("2023-05-23")
_SENTENCE = regex.compile(r"[.;]\s|\n\s*\n\s*(?=[\p{Lu}+*#-])")


@dataclass(frozen=True)
class Citation(WordsCase):
    """A cited document with a number, and the words behind that say what it is about."""

    document: Document
    reference: Reference
    number: Number
    claims: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The citation's words."""
        return self.reference.span.text

    @property
    def shown_date(self) -> str:
        """The date as messages show it: «23/5/2023»."""
        return show(self.reference.date or "")

    @property
    def is_dated(self) -> bool:
        """True where the day is printed."""
        return self.reference.date is not None and len(self.reference.date) == _DAY

    @property
    def year(self) -> str:
        """The year of the date."""
        return (self.reference.date or "")[:4]

    @property
    def is_unique(self) -> bool:
        """True where one body of the country alone uses the symbol: «QĐ-TTg»."""
        return bool(self.bodies)

    @property
    def bodies(self) -> frozenset[str]:
        """The parts of the symbol that one body of the country alone uses: «TTg» of «QĐ-TTg»."""
        parts = regex.split(r"[-–/&\s]", (self.reference.number or "").split("/", 1)[-1])
        return frozenset(part.rstrip("0123456789") for part in parts).intersection(words("citations", "unique"))

    @cached_property
    def behind(self) -> str:
        """The words behind the citation up to the end of the sentence or the next number."""
        end = self.reference.span.end
        ahead = _SENTENCE.split(self.document.text[end : end + _AHEAD], maxsplit=1)[0]
        return ahead[: first_number(ahead)]

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The syllables of what the document is about, issuer and «về việc» left out."""
        text = " ".join(self.behind.split())
        if self.reference.issuer is not None:
            text = text.split(self.reference.issuer, 1)[-1]
        text = _lead().sub("", text)
        return tuple(regex.findall(r"[\p{L}\d]+", text.casefold()))

    def shares_subject(self, other: Citation) -> bool:
        """True where both are followed by the same words."""
        same = 0
        for a, b in zip(self.subject, other.subject, strict=False):
            if a != b:
                break
            same += 1
        return same >= _SAME

    def shares_issuer(self, other: Citation) -> bool:
        """True where both name their issuer, and it is one: «UBND tỉnh», «Chủ tịch UBND tỉnh Bắc Giang»."""
        a, b = _body(self.reference.issuer), _body(other.reference.issuer)
        return bool(a and b) and (a.startswith(b) or b.startswith(a))

    def denies_issuer(self, other: Citation) -> bool:
        """True where both name their issuer, and it is not one."""
        return bool(self.reference.issuer and other.reference.issuer) and not self.shares_issuer(other)

    def is_dated_near(self, other: Citation) -> bool:
        """True where one digit makes one date of the other."""
        if not (self.is_dated and other.is_dated):
            return False
        a, b = self.reference.date or "", other.reference.date or ""
        return OSA.distance(a, b, score_cutoff=1) <= 1


@dataclass(frozen=True)
class CitationPair(WordsCase):
    """Two citations of what may be one document: `other` is the one that deviates."""

    first: Citation
    other: Citation
    claims: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The words of the one that deviates."""
        return self.other.quote


def citations(facts: Facts) -> Iterator[Citation]:
    """Every citation with a number that can be taken apart."""
    for reference in facts.parts.references:
        number = parse_number(reference.number) if reference.number is not None else None
        if number is not None:
            yield Citation(facts.document, reference, number)


def deviating(
    found: Iterator[Citation], group: Callable[[Citation], Hashable], variant: Callable[[Citation], Hashable]
) -> Iterator[CitationPair]:
    """In each group the citations whose variant is not the one used most, or first, each beside one of that."""
    groups: dict[Hashable, list[Citation]] = {}
    for citation in found:
        groups.setdefault(group(citation), []).append(citation)
    for members in groups.values():
        counts = Counter(map(variant, members))
        usual = max(counts, key=lambda key: counts[key])
        if len(counts) > 1:
            first = next(member for member in members if variant(member) == usual)
            yield from (CitationPair(first, member) for member in members if variant(member) != usual)


def folded_symbol(citation: Citation) -> str:
    """The symbol as it is compared: scanners take Đ for D, and capitals vary."""
    return without_marks(citation.number.symbol).casefold()


def show(iso: str) -> str:
    """An ISO date in Vietnamese order.

    >>> show("2023-05-23"), show("2023-05"), show("2023-12-04")
    ('23/5/2023', '5/2023', '04/12/2023')
    """
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = rest[0] if integer(rest[0]) < 3 or integer(rest[0]) > 9 else rest[0].lstrip("0")
    return "/".join([*rest[1:], month, year])


@cache
def _lead() -> regex.Pattern[str]:
    return regex.compile(
        rf"\A(?:[\s,)*_]|(?i:{any_of('citations', 'of')}|{any_of('citations', 'subject')})(?!\p{{L}}))++"
    )


def _body(issuer: str | None) -> str:
    """The issuer as it is compared: short forms, without who signs for it."""
    said = fold(issuer or "")
    for key in ("committee", "council", "premier"):
        entry = load("citations")[key]
        for word in entry["words"]:
            said = said.replace(word, entry["short"])
    for word in words("citations", "chair"):
        said = said.removeprefix(fold(word)).strip()
    return said
