"""Text for people; on a terminal with colours."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from de06_extract.output.format import Format, Settings
from de06_extract.own_outputs import marked_text
from de06_extract.schema.report import Report

if TYPE_CHECKING:
    from rich.console import Console


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.console import rendered
    from de06_extract.output.text import show_report

    def show(console: Console) -> None:
        show_report(report, console, settings.language, is_verbose=settings.is_verbose)

    text = rendered(show, plain=settings.is_plain)
    is_kept = settings.is_plain or not sys.stdout.isatty()
    files[0].write((marked_text(text) if is_kept else text).encode("utf-8", "replace"))


FORMAT = Format("text", (".txt",), of_report=_of_report)
