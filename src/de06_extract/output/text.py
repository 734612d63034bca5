"""A report and the rules as text for people; the words are in `data/messages/report.toml`.

What a terminal shows by style, plain text shows by marks: the figure in doubt stands in «⟦…⟧», the others of its
relation in «[…]».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from de06_extract.archive.across.rule import AcrossRule
from de06_extract.language.messages import messages
from de06_extract.output.console import show_text
from de06_extract.output.rule_list import STYLES
from de06_extract.rules.rule import Rule
from de06_extract.schema.cards.card import Card, Mark
from de06_extract.schema.cards.make import headline, report_cards
from de06_extract.schema.cards.quotes import shortened
from de06_extract.schema.display import Language, counted, one_line, percent_of
from de06_extract.schema.reading_notes import reading_notes
from de06_extract.schema.report import Report, Span, Unchecked

AnyRule = Rule[Any] | AcrossRule[Any]

_QUOTE = 160  # characters of a quotation around its figure: two lines
_EXAMPLES = 2  # numbers named for each reason why some were not checked
_INDENT = 3  # blanks before the lines that belong to a finding
_PLACES = 6  # related places that are named
_MARK_STYLES: dict[Mark | None, str] = {"wrong": "bold reverse", "figure": "underline", None: ""}
_MARKS: dict[Mark | None, tuple[str, str]] = {"wrong": ("⟦", "⟧"), "figure": ("[", "]"), None: ("", "")}
_QUIET = "dim"


def show_report(report: Report, console: Console, language: Language, *, is_verbose: bool = False) -> None:
    """Prints the counts, each finding with its place and its words, and what was read and checked.

    Verbose, it names the rules that judged something, and those that did not.
    """
    words = messages("report")[language]
    show_text(console, Text.assemble((one_line(report.source.name), "bold"), _pages(report, words)))
    show_text(console, Text(_claims(report, words)))
    cards = report_cards(report.model_dump(), language)
    if cards:
        console.print()
        counts = counted(words["severities"], report.summary.findings)
        places = headline(report.summary.causes, len(cards), language)
        show_text(console, Text(f"{places}: {counts}", style="bold"))
    for card in cards:
        console.print()
        _show_card(card, console, language, is_verbose=is_verbose)
    console.print()
    closing = (*_searching(cards, language), *_closing(report, words, language))
    for line in (*closing, *(_judged(report, words) if is_verbose else ())):
        show_text(console, Text(line, style=_QUIET))


def _pages(report: Report, words: dict[str, Any]) -> str:
    return "" if report.source.pages is None else " · " + words["pages"].format(pages=report.source.pages)


def _claims(report: Report, words: dict[str, Any]) -> str:
    if not report.claims:
        return str(words["no_claims"])
    verdicts = counted(words["verdict"], report.summary.verdicts)
    return str(words["claims"].format(claims=len(report.claims), verdicts=verdicts))


def _searching(cards: Sequence[Card], language: Language) -> Iterator[str]:
    """How the words of places are found in a document that has no pages."""
    if any(card.place.search for card in cards):
        yield messages("cards")[language]["searching"]


def _closing(report: Report, words: dict[str, Any], language: Language) -> Iterable[str]:
    """Lines on what was read and checked; those of a report without findings begin with how much was checked."""
    if not report.findings:
        checks = sum(claim.verdict != "unverifiable" for claim in report.claims)
        yield words["nothing_found"].format(checks=checks) if checks else words["nothing_checked"]
    yield from reading_notes(report.source.model_dump(), language)
    if report.summary.left_out:
        yield words["left_out"].format(count=report.summary.left_out)
    yield words["coverage"].format(**report.coverage.model_dump())
    if report.coverage.unchecked:
        yield _unchecked(report.coverage.unchecked, words)


def _judged(report: Report, words: dict[str, Any]) -> Iterable[str]:
    """The lines on the rules: which judged how many cases, which none."""
    judged = [f"{rule} {count}" for rule, count in report.checked.items() if count]
    if judged:
        yield words["judged"].format(rules=", ".join(judged))
    idle = [rule for rule, count in report.checked.items() if not count]
    if idle:
        yield words["not_judged"].format(rules=", ".join(idle))


def _unchecked(groups: Sequence[Unchecked], words: dict[str, Any]) -> str:
    """The reasons why numbers were not checked, group by group, with some examples of each."""
    reasons = [
        words["unchecked"][group.reason].format(numbers=group.numbers)
        + f", {words['such_as']} "
        + ", ".join(_example(span, words) for span in group.examples[:_EXAMPLES])
        for group in groups
    ]
    return str(words["not_checked"].format(numbers=sum(g.numbers for g in groups), reasons="; ".join(reasons)))


def _example(span: Span, words: dict[str, Any]) -> str:
    template = words["example" if span.page is None else "example_on_page"]
    return str(template.format(text=one_line(span.text), page=span.page))


def _show_card(card: Card, console: Console, language: Language, *, is_verbose: bool) -> None:
    words, of_cards = messages("report")[language], messages("cards")[language]
    head = Text.assemble((f"{card.number}. ", "bold"), (card.level, STYLES[card.severity]))
    head.append(f" · {card.place.words}" if card.place.words else "").append(f" · {card.title}", style=_QUIET)
    head.append(f" ({card.rule})" if is_verbose else "", style=_QUIET)
    sure = percent_of(card.confidence)
    head.append("" if sure is None else " · " + words["confidence"].format(percent=sure), style=_QUIET)
    show_text(console, head, hanging=_INDENT)
    show_text(console, Text(card.arithmetic), _INDENT)
    show_text(console, _quote(card, console), _INDENT)
    for proposal in card.proposals:
        said = of_cards["proposal"].format(changes=proposal.words, reason=proposal.reason)
        show_text(console, Text(said, style="green"), _INDENT)
    if card.related:
        shown = [place.words for place in card.related[:_PLACES]]
        left = len(card.related) - len(shown)
        shown += [of_cards["more_places"].format(count=left)] if left else []
        show_text(console, Text(of_cards["related"].format(places="; ".join(shown))), _INDENT)


def _quote(card: Card, console: Console) -> Text:
    """The words of the report, every figure of the relation marked and the wrong one apart."""
    is_plain = console.color_system is None or console.no_color
    quote = Text("“")
    for piece in shortened(card.quote, _QUOTE).pieces:
        before, behind = _MARKS[piece.mark] if is_plain else ("", "")
        quote.append(f"{before}{piece.text}{behind}", style=_MARK_STYLES[piece.mark])
    return quote.append("”")


def show_rule(rule: AnyRule, console: Console, language: Language) -> None:
    """Prints what a rule compares, with sentences or reports in which it finds something and in which it does not."""
    words = messages("report")[language]
    show_text(
        console, Text.assemble((rule.id, "bold"), " · ", (words["severity"][rule.severity], STYLES[rule.severity]))
    )
    show_text(console, Text(_title(rule, language), style="bold"))
    console.print()
    show_text(console, Text(rule.explanation if language == "vi" else rule.explanation_en))
    for heading, sentences in _examples(rule, words):
        console.print()
        show_text(console, Text(heading))
        for sentence in sentences:
            show_text(console, Text(f"«{one_line(sentence.strip())}»"), _INDENT)


def _examples(rule: AnyRule, words: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences with what they are; of a rule across reports those of one archive after the other."""
    if isinstance(rule, AcrossRule):
        for key, archives in (("wrong_reports", rule.wrong), ("right_reports", rule.right)):
            yield from ((words[key], reports) for reports in archives)
    else:
        yield words["wrong"], rule.wrong
        yield words["right"], rule.right


def _title(rule: AnyRule, language: Language) -> str:
    return rule.title if language == "vi" else rule.title_en
