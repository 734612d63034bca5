"""One report in the shape of a result of an archive, for the forms that write both alike."""

from __future__ import annotations

import json
import os
from decimal import Decimal

from de06_extract.archive.store.results import FileResult
from de06_extract.schema.report import Report


def result_of(report: Report, path: str | None) -> FileResult:
    """The report as that of the file at a path, or of a file whose name is all that is known."""
    listed = report.source.name if path is None else os.path.abspath(path).replace(os.sep, "/")
    parsed = json.loads(report.model_dump_json(), parse_float=Decimal)
    return FileResult(listed, report.source.sha256, report.source.bytes, parsed, None, None)


def folder_of(result: FileResult) -> str | None:
    """The folder of the result's file, None where that is not known.

    >>> folder_of(FileResult("/kho/a.txt", None, None, None, None, None)), folder_of(FileResult("a", *[None] * 5))
    ('/kho', None)
    """
    return result.path.rpartition("/")[0] or None
