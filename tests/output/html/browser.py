"""A real browser with a page of the corpus in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CORPUS, REPORTS, report_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser of this machine; the test is skipped with the reason where there is none."""
    if CHROMIUM is None:
        pytest.skip("no browser: install chromium (Debian: apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -e '.[dev]'")
    with api.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def write_corpus_page(path: Path) -> None:
    """The page of the reports of the corpus, and of a file that could not be read."""
    from de06_extract.output.file_result import result_of
    from de06_extract.output.html.page import write_page
    from tests.output.html.pages import failure

    files = [CORPUS / f"{name}.txt" for name in REPORTS] + [CORPUS / "pdf" / f"{name}.pdf" for name in REPORTS]
    results = [result_of(report_on(file), str(file)) for file in files]
    with path.open("wb") as file:
        write_page([*results, failure("/archive/scan.pdf", "scan", "no text on any page")], file)
