"""The command `report`: what an earlier check kept is written or shown once more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_latest
from de06_extract.commands.archive_output import ArchiveOutput, conclude, errors_in_one_line
from de06_extract.commands.options import (
    BaselineFile,
    CsvDelimiter,
    CsvHeaders,
    Debug,
    DecisionFiles,
    FailOn,
    MinConfidence,
    NewBaseline,
    PrintedForm,
    Quiet,
    Reason,
    Reports,
    Reviewer,
    SplitBy,
    refuse_without_csv,
)
from de06_extract.commands.reviews.decisions import keep_decisions
from de06_extract.commands.settings.option import Config
from de06_extract.commands.settings.selection import Ignore, Select, SeverityOf, selection_of
from de06_extract.output.archive import archive_format
from de06_extract.schema.display import Language


def report_results(
    ctx: typer.Context,
    store: Annotated[Path, typer.Argument(metavar="STORE")],
    report: Reports = None,
    form: PrintedForm = None,
    baseline: BaselineFile = None,
    new_baseline: NewBaseline = None,
    reason: Reason = None,
    decisions: DecisionFiles = None,
    reviewer: Reviewer = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: SeverityOf = None,
    min_confidence: MinConfidence = None,
    delimiter: CsvDelimiter = "comma",
    headers: CsvHeaders = "words",
    split_by: SplitBy = None,
    fail_on: FailOn = None,
    config: Config = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write reports from the results of an earlier check, or print them at a glance."""
    with errors_in_one_line():
        if decisions:
            with open_latest(store) as written:
                keep_decisions(written, decisions, written.options["lang"], reviewer, quiet=quiet)
        with read_store(store) as opened:
            lang: Language = opened.options["lang"]
            wanted = selection_of(select, ignore, severity, min_confidence, lang)
            refuse_without_csv(ctx, map(archive_format, report or ()), "--report FILE.csv")
            by_unit = split_by is not None
            output = ArchiveOutput(
                report or [], baseline, new_baseline, reason, delimiter, headers, wanted, form, by_unit=by_unit
            )
            opened.verify()
            conclude(opened, output, lang, fail_on, quiet=quiet)
