"""No archive stays open behind a test."""

from __future__ import annotations

import pytest

from de06_extract.archive.files.zip import close_archives


@pytest.fixture(autouse=True)
def _closed() -> object:
    yield
    close_archives()
