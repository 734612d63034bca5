"""A report and the rules as text for people; the words are in `data/messages/report.toml`.

What a terminal shows by style, plain text shows by marks: the figure in doubt stands in «⟦…⟧».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from de06_extract.archive.across.rule import AcrossRule
from de06_extract.language.messages import messages
from de06_extract.output.console import WIDTH, show_text
from de06_extract.rules.rule import Rule
from de06_extract.schema.display import Language, counted, one_line, percent_of, place
from de06_extract.schema.quotations import EntriesById, entries_by_id, quoted, trimmed
from de06_extract.schema.reading_notes import reading_notes
from de06_extract.schema.report import Finding, Report, Severity, Span, Unchecked

AnyRule = Rule[Any] | AcrossRule[Any]

_QUOTE = 160  # characters of a quotation around its figure: two lines
_EXAMPLES = 2  # numbers named for each reason why some were not checked
_INDENT = 3  # blanks before the lines that belong to a finding
_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_MARKED = "bold reverse"
_QUIET = "dim"
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def show_report(report: Report, console: Console, language: Language) -> None:
    """Prints the counts, each finding with its place and its words, and what was read and checked."""
    words = messages("report")[language]
    show_text(console, Text.assemble((one_line(report.source.name), "bold"), _pages(report, words)))
    show_text(console, Text(_claims(report, words)))
    if report.findings:
        console.print()
        counts = counted(words["severities"], report.summary.findings)
        show_text(console, Text(words["found"].format(severities=counts), style="bold"))
    held = entries_by_id(report.model_dump(include={"claims", "comparisons"}))
    for number, finding in enumerate(sorted(report.findings, key=_by_severity), 1):
        console.print()
        _show_finding(number, finding, held, console, language)
    console.print()
    for line in _closing(report, words, language):
        show_text(console, Text(line, style=_QUIET))


def _pages(report: Report, words: dict[str, Any]) -> str:
    return "" if report.source.pages is None else " · " + words["pages"].format(pages=report.source.pages)


def _claims(report: Report, words: dict[str, Any]) -> str:
    if not report.claims:
        return str(words["no_claims"])
    verdicts = counted(words["verdict"], report.summary.verdicts)
    return str(words["claims"].format(claims=len(report.claims), verdicts=verdicts))


def _by_severity(finding: Finding) -> tuple[int, int]:
    return _SEVERITIES.index(finding.severity), finding.span.start


def _closing(report: Report, words: dict[str, Any], language: Language) -> Iterable[str]:
    """Lines on what was read and judged; those of a report without findings begin with how much was checked."""
    if not report.findings:
        checks = sum(claim.verdict != "unverifiable" for claim in report.claims)
        yield words["nothing_found"].format(checks=checks) if checks else words["nothing_checked"]
    yield from reading_notes(report.source.model_dump(), language)
    if report.summary.left_out:
        yield words["left_out"].format(count=report.summary.left_out)
    yield words["coverage"].format(**report.coverage.model_dump())
    if report.coverage.unchecked:
        yield _unchecked(report.coverage.unchecked, words)
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


def _show_finding(number: int, finding: Finding, held: EntriesById, console: Console, language: Language) -> None:
    words = messages("report")[language]
    head = Text.assemble((f"{number}. ", "bold"), (words["severity"][finding.severity], _STYLES[finding.severity]))
    where = place([location.model_dump() for location in finding.locations], language)
    head.append(f" · {where}" if where else "").append(f" · {finding.rule}", style=_QUIET)
    sure = percent_of(finding.confidence)
    head.append("" if sure is None else " · " + words["confidence"].format(percent=sure), style=_QUIET)
    show_text(console, head, hanging=_INDENT)
    show_text(console, Text(one_line(finding.message)), _INDENT)
    show_text(console, _quote(finding, held, console), _INDENT)
    for suggestion in finding.suggestions:
        parts = {key: one_line(getattr(suggestion, key)) for key in ("text", "replacement", "reason")}
        show_text(console, Text(words["suggestion"].format(**parts), style="green"), _INDENT)


def _quote(finding: Finding, held: EntriesById, console: Console) -> Text:
    """The words of the claim around the figure in doubt, which is marked."""
    before, figure, after = trimmed(*quoted(finding.model_dump(), held), _QUOTE)
    if console.color_system is None or console.no_color:
        figure = figure and f"⟦{figure}⟧"
    return Text.assemble("«", before, (figure, _MARKED), after, "»")


def show_rules(rules: Sequence[AnyRule], console: Console, language: Language) -> None:
    """Prints a table of the rules."""
    words = messages("report")[language]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=min(console.width, WIDTH))
    table.add_column(words["column"]["id"], no_wrap=True, overflow="fold")
    table.add_column(words["column"]["severity"], no_wrap=True)
    table.add_column(words["column"]["title"], ratio=1)
    for rule in rules:
        severity = Text(words["severity"][rule.severity], style=_STYLES[rule.severity])
        table.add_row(Text(rule.id), severity, Text(_title(rule, language)))
    console.print(table)


def show_rule(rule: AnyRule, console: Console, language: Language) -> None:
    """Prints what a rule compares, with sentences or reports in which it finds something and in which it does not."""
    words = messages("report")[language]
    show_text(
        console, Text.assemble((rule.id, "bold"), " · ", (words["severity"][rule.severity], _STYLES[rule.severity]))
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
