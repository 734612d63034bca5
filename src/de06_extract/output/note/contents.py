"""What stands on a note: one for a report, or for all reports of one unit; its forms lay it out and add no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from de06_extract.archive.cards import result_cards
from de06_extract.archive.store.results import FileResult
from de06_extract.language.messages import messages
from de06_extract.schema.cards.card import Card, CauseCards, Quotation
from de06_extract.schema.cards.make import causes_of, headline
from de06_extract.schema.cards.quotes import shortened
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import document_row
from de06_extract.schema.units import unit_of

_QUOTE = 300  # characters of a quotation on paper
_NAMED = 12  # files that are named in a sentence
_RELATED = 3  # other places of a finding

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A row of the table: the findings of one cause, which one answer settles; what they share stands there once.

    `number` counts the rows, `group` is the number of the cause on every surface of the report. Of several findings
    each has a line of arithmetic that begins with its letter, and with the line go the other places it speaks of.
    """

    number: int
    group: str
    level: str
    places: tuple[str, ...]
    quotes: tuple[Quotation, ...]
    arithmetic: tuple[tuple[str, str | None], ...]
    proposals: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteReport:
    """What a note says of one report: what it is called, its rows, and how many of its figures were checked."""

    name: str
    file: str
    unit: str | None
    rows: tuple[NoteRow, ...]
    findings: int
    dismissed: int
    numbers: int
    checked: int


@dataclass(frozen=True, slots=True)
class Note:
    """A whole note. Its `sections` are the reports with rows; one without a heading is the report of the title."""

    words: Words
    title: str
    about: str
    to: str
    intro: str
    sections: tuple[tuple[str | None, tuple[NoteRow, ...]], ...]
    remarks: tuple[str, ...]


def note_report(result: FileResult, language: Language) -> NoteReport | None:
    """What a note says of a file's report; None where there is none."""
    if result.report is None:
        return None
    words = messages("note")[language]
    cards = result_cards(result, language)
    wanted = [card for card in cards if card.decision.state != "dismissed"]
    rows = tuple(_row(number, cause, words, language) for number, cause in enumerate(causes_of(wanted), 1))
    document = document_row(result.report)
    coverage = result.report["coverage"]
    return NoteReport(
        name=_name(document, words),
        file=one_line(result.path.rsplit("/", 1)[-1]),
        unit=unit_of(document),
        rows=rows,
        findings=len(wanted),
        dismissed=len(cards) - len(wanted),
        numbers=coverage["numbers"],
        checked=coverage["checked"],
    )


def notes_on(results: Iterable[FileResult], language: Language) -> Iterator[Note]:
    """A note on each report that has a finding."""
    for result in results:
        report = note_report(result, language)
        if report is not None and report.rows:
            yield note_of_report(report, language)


def notes_on_report(result: FileResult, language: Language) -> Iterator[Note]:
    """The note on one report, whether or not it has a finding."""
    report = note_report(result, language)
    if report is not None:
        yield note_of_report(report, language)


def note_of_report(report: NoteReport, language: Language) -> Note:
    """The note on one report."""
    words = messages("note")[language]
    counted = headline(len(report.rows), report.findings, language)
    named = f"{report.name} ({words['file'].format(file=report.file)})"
    intro = words["intro" if report.rows else "intro_nothing"].format(report=named, headline=counted)
    coverage = {"numbers": report.numbers, "checked": report.checked, "rest": report.numbers - report.checked}
    remarks = [words["coverage"].format(**coverage)]
    return Note(
        words=words,
        title=words["title"],
        about=_capital(words["about"].format(report=report.name) + _of(report.unit, words)),
        to=words["to"].format(unit=report.unit or words["parent"]),
        intro=intro,
        sections=((None, report.rows),) if report.rows else (),
        remarks=(*remarks, *_more_remarks(report.dismissed, words, has_rows=bool(report.rows))),
    )


def note_of_unit(reports: Sequence[NoteReport], language: Language) -> Note:
    """The note on all reports of one unit, those without a finding named in a sentence."""
    words = messages("note")[language]
    if len(reports) == 1:
        return note_of_report(reports[0], language)
    found = [report for report in reports if report.rows]
    unit = reports[0].unit
    about = words["about_several"].format(count=len(reports), unit=unit or words["unit_unknown"])
    counted = headline(sum(len(report.rows) for report in found), sum(report.findings for report in found), language)
    intro = words["intro_several"].format(reports=len(found), headline=counted)
    return Note(
        words=words,
        title=words["title"],
        about=_capital(about),
        to=words["to"].format(unit=unit or words["parent"]),
        intro=intro if found else words["intro_nothing"].format(report=about),
        sections=tuple((_capital(f"{one.name} ({words['file'].format(file=one.file)})"), one.rows) for one in found),
        remarks=tuple(_unit_remarks(reports, words)),
    )


def _unit_remarks(reports: Sequence[NoteReport], words: Words) -> Iterator[str]:
    """How much was checked in the reports of a unit, and in which of them nothing was found."""
    numbers, checked = sum(report.numbers for report in reports), sum(report.checked for report in reports)
    coverage = {"reports": len(reports), "numbers": numbers, "checked": checked, "rest": numbers - checked}
    yield words["coverage_several"].format(**coverage)
    clean = [report.file for report in reports if not report.rows]
    if clean:
        yield words["clean"].format(count=len(clean), files=_listed(clean, words))
    dismissed = sum(report.dismissed for report in reports)
    yield from _more_remarks(dismissed, words, has_rows=len(clean) < len(reports))


def _more_remarks(dismissed: int, words: Words, *, has_rows: bool) -> list[str]:
    told = [words["dismissed"].format(count=dismissed)] if dismissed else []
    return [*told, *([words["legend"]] if has_rows else [])]


def _row(number: int, cause: CauseCards, words: Words, language: Language) -> NoteRow:
    return NoteRow(
        number=number,
        group=cause.number,
        level=cause.cards[0].level,
        places=_each(card.place.words for card in cause),
        quotes=_quotes(cause),
        arithmetic=tuple(_arithmetic(cause, words)),
        proposals=_proposals(cause, words),
        answers=_each(_answer(card, words, language) for card in cause),
    )


def _each(texts: Iterable[str | None]) -> tuple[str, ...]:
    """The texts that say something, each once."""
    return tuple(dict.fromkeys(filter(None, texts)))


def _quotes(cause: CauseCards) -> tuple[Quotation, ...]:
    """The quotations, but for those that stand in an earlier one."""
    kept: list[Quotation] = []
    for card in cause:
        if not any(card.quote.text in known.text for known in kept):
            kept.append(card.quote)
    return tuple(shortened(quote, _QUOTE) for quote in kept)


def _arithmetic(cause: CauseCards, words: Words) -> Iterator[tuple[str, str | None]]:
    """The lines of arithmetic, each once, behind the letters of the findings whose it is: «a, b) …»."""
    letters: dict[tuple[str, str | None], list[str]] = {}
    for card in cause:
        letters.setdefault((card.arithmetic, _related(card, words)), []).append(card.number.removeprefix(cause.number))
    for (text, related), held in letters.items():
        yield (text if len(letters) == 1 else f"{', '.join(held)}) {text}"), related


def _related(card: Card, words: Words) -> str | None:
    places = [place.words for place in card.related[:_RELATED]]
    return str(words["related"].format(places="; ".join(places))) if places else None


def _proposals(cause: CauseCards, words: Words) -> tuple[str, ...]:
    """What is proposed: the edits, each change once, else what follows, else to look at the source."""
    changes = _each(
        f"{change.text} → {change.replacement}"
        for card in cause
        for proposal in card.proposals
        for change in proposal.changes
    )
    if changes:
        return (words["propose"].format(changes=", ".join(changes)),)
    expected = _each(card.expected for card in cause)
    return tuple(words["propose_expected"].format(expected=one) for one in expected) or (words["propose_check"],)


def _answer(card: Card, words: Words, language: Language) -> str | None:
    """What was decided so far, so that a second note does not ask again."""
    decision = card.decision
    if decision.state in (None, "unseen") and decision.note is None:
        return None
    states = messages("columns")["words"][language]["review_state"]
    state, said = states.get(decision.state or "unseen", ""), decision.reason or decision.note
    return str(words["answer"].format(state=state, said=said)) if said else str(state)


def _name(document: Mapping[str, Any], words: Words) -> str:
    """What a report is called in a sentence: its type, number and date as far as they are printed."""
    number, day = document["document_number"], document["document_date_text"]
    return str(
        words["report"].format(
            type=one_line(str(document["document_type"] or words["report_word"])).lower(),
            number=words["report_number"].format(number=one_line(str(number))) if number else "",
            date=_day(str(day), words) if day else "",
        )
    )


def _day(iso: str, words: Words) -> str:
    """The day, or the month where that is all that is known."""
    parts = iso.split("-")
    return str(words["report_date" if len(parts) == len("dmy") else "report_month"].format(date="/".join(parts[::-1])))


def _of(unit: str | None, words: Words) -> str:
    return str(words["of_issuer"].format(issuer=unit)) if unit else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: Iterable[str], words: Words) -> str:
    every = list(names)
    files = ", ".join(every[:_NAMED])
    return files if len(every) <= _NAMED else words["more"].format(files=files, count=len(every) - _NAMED)
