"""What adapting weights to an archive does to the texts held back, as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from de06_extract.archive.learning import ReadTexts
from de06_extract.language.messages import messages
from de06_extract.output.console import WIDTH, show_text
from de06_extract.schema.display import Language

if TYPE_CHECKING:
    from de06_extract.claims.prose.learning.adaptation import Adaptation, AdaptedKind

_COLUMNS = ("kind", "anchors", "found", "failing", "by_chance", "likelihood", "gain", "features", "kept")


def show_adaptation(adaptation: Adaptation, read: ReadTexts, console: Console, language: Language) -> None:
    """Prints how many texts there were, and for each kind what was measured before and behind."""
    words = messages("learn")[language]
    counted = {"files": read.files, "unread": read.unread}
    counted |= {"learned": adaptation.learned_from, "held": adaptation.held_back}
    show_text(console, Text(words["read"].format(**counted)))
    console.print()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=min(console.width, WIDTH))
    for key in _COLUMNS:
        table.add_column(words["column"][key], justify="left" if key in ("kind", "kept") else "right")
    for kind, held in adaptation.kinds.items():
        table.add_row(*_row(kind, held, words))
    console.print(table)
    console.print()
    show_text(console, Text(words["legend"], style="dim"))


def _row(kind: str, held: AdaptedKind, words: dict[str, Any]) -> list[str]:
    own, moved = held.own, held.moved
    return [
        words["kind"][kind],
        str(own.anchors),
        *(f"{getattr(own, key):.0f} → {getattr(moved, key):.0f}" for key in ("found", "failing", "by_chance")),
        _number(f"{own.likelihood:.3f} → {moved.likelihood:.3f}", words),
        _number(f"{held.gain:+.3f} ± {held.error:.3f}", words),
        str(held.features),
        words["kept"]["yes" if held.is_better else "no"],
    ]


def _number(text: str, words: dict[str, Any]) -> str:
    return text.replace("-", "−").replace(".", words["decimal_mark"])
