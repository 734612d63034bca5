"""The report's JSON, for programs: `schemas/report.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from de06_extract.output.format import Format, Settings
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    files[0].write((report.model_dump_json(indent=2) + "\n").encode("utf-8", "replace"))


FORMAT = Format("json", (".json",), of_report=_of_report)
