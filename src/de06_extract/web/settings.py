"""What the page is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from de06_extract.archive.workers.limits import Limits
from de06_extract.schema.display import Language

MOST_UPLOAD = 200 << 20  # bytes that are sent at once: a scan of three hundred pages has half of it


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The folder that keeps what is dropped, the store of an archive to look at, and how files are read.

    `reviewer` is who decides, if that is said; `most_bytes` is how much may be sent at once; `jobs` is how many files
    are read at a time.
    """

    folder: Path
    archive: Path | None = None
    language: Language = "vi"
    reviewer: str | None = None
    keep_personal_data: bool = False
    limits: Limits = field(default_factory=Limits)
    most_bytes: int = MOST_UPLOAD
    jobs: int = 1
