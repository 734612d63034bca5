"""What kind of text a document is, and in which language: by its own marks, those of a report before all others.

Some rules make sense in reports alone: a newspaper says of two telephones what it said of one, a law gives every
district the same number. A text without marks is taken for part of a report.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.document.document import Document
from de06_extract.language.spelling import without_marks
from de06_extract.language.vocabulary import any_of, knowledge, phrase_pattern, whole_words, words
from de06_extract.schema.report import Header
from de06_extract.schema.values import Genre

_ARTICLES = 3  # «Điều 1.», «Điều 2.», «Điều 3.»: fewer are quoted by a report
_PROVISIONS = 6  # «khoản 2 Điều 5» in a text about law, and at least one for so many characters:
_PROVISION_EVERY = 2000
_NOTES = 6  # marks «[12]» glued to the words before them
_ITEMS = 3  # lines «1. …», «II. …», «a) …»: an article has no outline
_NEWS = 3  # different marks of an article
_WORDS = 20  # words below which no language is told
_OPENING = 2000  # characters in which a law has its title
_TOP = 400  # characters in which a page of an encyclopaedia has its title and box
LONGEST = 30_000  # characters that are looked at; a longer text has shown what it is
_OFFICE = 1.0  # words of an office in 100 of a text that may be part of a report
_SHOWS = 100  # words of a text that would have them


@dataclass(frozen=True, slots=True)
class TextKind:
    """The genre of a text and its language, None where it is too short to tell.

    `may_report` is False where its marks are plainly those of another kind of text than a report.
    """

    genre: Genre
    language: str | None
    may_report: bool


def read_kind(document: Document, header: Header) -> TextKind:
    """The kind of text that the document is, by its header and its words.

    >>> read_kind(Document("a.txt", "Đã cấp 12 thẻ"), Header())
    TextKind(genre='other', language=None, may_report=True)
    >>> read_kind(Document("a.txt", "Điều 1. A\\nĐiều 2. B\\nĐiều 3. C"), Header()).genre
    'law'
    """
    text = document.text[:LONGEST]
    language = language_of(text)
    genre = _genre(text, header)
    is_plain = genre == "other" and not _is_encyclopaedia(text) and _may_be_of_office(text)
    return TextKind(genre, language, may_report=genre == "report" or (is_plain and language in (None, "vi")))


def _genre(text: str, header: Header) -> Genre:
    articles = len(set(_article().findall(text)))
    if _is_encyclopaedia(text):
        return "other"
    if _lays_down(header) or articles >= (1 if _law_title().search(text, 0, _OPENING) else _ARTICLES):
        return "law"
    if _is_official(header):
        return "report"
    if len(_provision().findall(text)) >= max(_PROVISIONS, len(text) // _PROVISION_EVERY):
        return "law"
    return "news" if _is_news(text) else "other"


def _is_official(header: Header) -> bool:
    """True where a letterhead or a closing stands around the text: number, addressees, recipients, a reporting type."""
    return bool(header.number or header.symbol or header.addressees or header.recipients) or _type(header) in words(
        "genre", "report_type"
    )


def _lays_down(header: Header) -> bool:
    """True for the header of a law, a decree, a decision."""
    kind = _type(header)
    if kind is not None:
        return kind in words("genre", "law_type")
    parts = regex.split(r"[-/]", header.symbol or "")
    return not header.addressees and any(part in words("genre", "law_symbol") for part in (parts[0], parts[-1]))


def _type(header: Header) -> str | None:
    return " ".join(header.doc_type.casefold().split()) if header.doc_type else None


def _is_encyclopaedia(text: str) -> bool:
    """True for a page with marks to edit it, or with a box at its top and its sources in square brackets."""
    if _any("edit").search(text) is None:
        notes = sum(1 for _ in _NOTE.finditer(text))
        return notes >= _NOTES and bool(_BOX.search(text, 0, _TOP) or _any("archived").search(text))
    return bool(_NOTE.search(text) or _BOX.search(text, 0, _TOP) or _any("archived").search(text))


def _is_news(text: str) -> bool:
    """True where the words of an article stand in no outline."""
    return len(_ITEM.findall(text)) < _ITEMS and news_marks(text) >= _NEWS


def news_marks(text: str) -> int:
    """How much of an article a text has: who is quoted, who took the picture, what day it is, a byline.

    >>> news_marks("Sở Tư pháp cho biết mới đây đã cấp 12 phiếu")
    2
    """
    found = sum(
        min(most, len({match[0].casefold() for match in _any(key).finditer(text)}))
        for key, most in (("reporter", 2), ("said", 3), ("spoke", 1), ("market", 2), ("day", 2))
    )
    opening = _DATELINE.match(text) or _opening_day().match(text)
    return found + 2 * bool(_BYLINE.search(text)) + bool(opening)


def office_share(text: str) -> float:
    """How many words in 100 are those of an office that writes of its work: reports have 6 to 12, articles mostly 1.

    >>> office_share("Nấu với 400 ml nước."), office_share("Hồ sơ đã giải quyết: 12.")
    (0.0, 33.333333333333336)
    """
    return 100 * sum(1 for _ in whole_words("genre", "office").finditer(text)) / max(1, len(text.split()))


def _may_be_of_office(text: str) -> bool:
    """True unless a text that is long enough to have words of an office has none, as a recipe."""
    return len(text.split()) < _SHOWS or office_share(text) >= _OFFICE


def language_of(text: str) -> str | None:
    """The language of a text by its short words; None where it has too few or they are those of no language known.

    >>> language_of("Báo cáo của các sở và các huyện về số hồ sơ đã được giải quyết trong năm và số hồ sơ còn lại")
    'vi'
    >>> language_of("10/12")
    """
    found = Counter(regex.findall(r"\p{L}++", text[:LONGEST].casefold()))
    total = sum(found.values())
    if total < _WORDS:
        return None
    shares = {name: sum(found[word] for word in set(known["words"])) for name, known in knowledge("languages").items()}
    marked = sum(count for word, count in found.items() if without_marks(word) != word)
    shares["vi"] += marked // 4
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] * 20 >= total else None


@cache
def _any(key: str) -> regex.Pattern[str]:
    """Any of the phrases of a table as printed, where no letter stands right before or behind it."""
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(_printed(phrase) for phrase in words('genre', key))})(?!\p{{L}})")


def _printed(phrase: str) -> str:
    """A pattern for a phrase; the letters of one in small letters may be of any case."""
    pattern = phrase_pattern(phrase) if regex.fullmatch(r"[\p{L}\s]++", phrase) else regex.escape(phrase)
    return f"(?i:{pattern})" if phrase.islower() else pattern


@cache
def _article() -> regex.Pattern[str]:
    return regex.compile(rf"(?m)^[\s*_#>“\"|]*+(?:{any_of('genre', 'article')})\s++(\d{{1,3}}[a-zđ]?)\s?[.:]")


@cache
def _law_title() -> regex.Pattern[str]:
    """A pattern for «LUẬT», «NGHỊ ĐỊNH» on a line of its own, in capitals."""
    return regex.compile(rf"(?m)^[\s*_#|]*+(?=\p{{Lu}}\p{{Lu}})(?i:{any_of('genre', 'law_type')})[ \t*_#|]*+$")


@cache
def _provision() -> regex.Pattern[str]:
    """A pattern for «khoản 2 Điều 5», «điểm a khoản 2 Điều 5», «Điều 5 Luật Đất đai»."""
    article, inside, law = (any_of("genre", key) for key in ("article", "provision", "law_type"))
    return regex.compile(
        rf"(?i:{inside})\s++\w{{1,3}},?+\s++{article}\s++\d|{article}\s++\d{{1,3}}\s++(?i:{law})(?!\p{{L}})"
    )


@cache
def _opening_day() -> regex.Pattern[str]:
    """A pattern for «Sáng 20/3», «Ngày 21/7,» at the beginning of an article or of its second paragraph."""
    return regex.compile(rf"(?:[^\n]{{10,160}}\n\s*+)?(?i:{any_of('genre', 'opening')})\s++\d{{1,2}}[/-]\d{{1,2}}\b")


_NOTE = regex.compile(r"(?<=[\p{L}\d.,;:”\")])\[\d{1,4}\]")
_BOX = regex.compile(r"(?m)^\|[^\n]*\|\s*$")
_ITEM = regex.compile(r"(?m)^[\s*_#]*+(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}[.)]|[a-zđ]\)|[-–+])\s")
_NAMED = r"\p{Lu}\p{Ll}++(?:\s\p{Lu}\p{Ll}++){1,3}"
_BYLINE = regex.compile(rf"(?:[.!?”\"]|\./\s?\.)\s++{_NAMED}(?:\s?[-–/(]\s?[\p{{L}}+.\s-]{{2,30}}\)?)?\s*+\Z")
_DATELINE = regex.compile(r"\(?[\p{L}.+]{2,20}(?:\s[\p{L}]++)?\)?\s*+[-–]\s*+(?=\p{Lu})")
