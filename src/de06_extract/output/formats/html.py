"""One page of an archive that needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Format, Settings


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.html.page import write_page

    write_page(
        results,
        files[0],
        language=settings.language,
        made_on=settings.made_on,
        folder=settings.folder,
        stale=settings.stale,
    )


FORMAT = Format("html", (".html",), of_archive=_of_archive)
