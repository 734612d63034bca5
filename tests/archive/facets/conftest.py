"""A small store of made-up reports, that nobody changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.facets.archives import write_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facets") / "store.sqlite"
    write_archive(path)
    return path
