"""The command `report`: what an earlier check kept is written or shown once more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from de06_extract.archive.store.results import read_store
from de06_extract.commands.archive_output import ArchiveOutput, conclude, errors_in_one_line
from de06_extract.commands.options import (
    BaselineFile,
    CsvDelimiter,
    Debug,
    FailOn,
    MinConfidence,
    NewBaseline,
    Quiet,
    Reason,
    Reports,
)


def report_results(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The file in which a check keeps its results.")],
    report: Reports = None,
    baseline: BaselineFile = None,
    new_baseline: NewBaseline = None,
    reason: Reason = None,
    min_confidence: MinConfidence = None,
    delimiter: CsvDelimiter = None,
    fail_on: FailOn = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write reports from the results of an earlier check, or print them at a glance."""
    with errors_in_one_line():
        output = ArchiveOutput(report or [], baseline, new_baseline, reason, delimiter, min_confidence)
        with read_store(store) as opened:
            opened.verify()
            conclude(opened, output, opened.options["lang"], fail_on, quiet=quiet)
