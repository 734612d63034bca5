"""The list of all rules, from what data says of them: no rule is loaded for it."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from de06_extract.language.messages import Language, messages
from de06_extract.output.console import WIDTH
from de06_extract.schema.severity import Severity

STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


def show_rules(console: Console, language: Language) -> None:
    """Prints a table of the rules."""
    words, every = messages("report")[language], messages("findings")
    severities: dict[str, Severity] = every["severity"]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=min(console.width, WIDTH))
    table.add_column(words["column"]["id"], no_wrap=True, overflow="fold")
    table.add_column(words["column"]["severity"], no_wrap=True)
    table.add_column(words["column"]["title"], ratio=1)
    for rule, severity in severities.items():
        shown = Text(words["severity"][severity], style=STYLES[severity])
        table.add_row(Text(rule), shown, Text(every[language][rule]["title"]))
    console.print(table)
