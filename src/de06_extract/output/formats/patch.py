"""What is proposed for a text, as a patch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from de06_extract.language.messages import messages
from de06_extract.output.copies.words import cautions_of
from de06_extract.output.format import Format, Settings
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> Sequence[str]:
    from de06_extract.output.copies.write import patch

    copy = patch(report, settings, datetime.now(UTC))
    files[0].write(copy.data)
    return cautions_of(copy, settings.language)


FORMAT = Format("patch", tuple(messages("annotations")["endings"]["patch"]), of_report=_of_report)
