"""Text for people; on a terminal with colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from de06_extract.output.format import Format, Settings
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.console import rendered
    from de06_extract.output.text import show_report

    text = rendered(lambda console: show_report(report, console, settings.language), plain=settings.is_plain)
    files[0].write(text.encode("utf-8", "replace"))


FORMAT = Format("text", (".txt",), of_report=_of_report)
