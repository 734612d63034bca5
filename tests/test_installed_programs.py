"""A program is one that is installed, not one that lies where the documents lie."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from de06_extract.installed_programs import find_installed
from tests.conftest import SOURCE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs and search paths as POSIX has them")


def program(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("before", ["", ".", "bin", "./bin", "../here/bin"])
def test_a_program_beside_the_documents_is_not_taken(
    before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    program(here, "soffice")
    program(here / "bin", "soffice")
    installed = program(tmp_path / "usr", "soffice")
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", os.pathsep.join((before, str(tmp_path / "usr"))))
    assert find_installed("soffice", "libreoffice") == str(installed)
    monkeypatch.setenv("PATH", before)
    assert find_installed("soffice") is None


def test_so_it_is_where_the_system_looks_in_the_folder_one_is_in_whatever_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As Windows does: it gives a name that begins nowhere."""
    monkeypatch.setattr(shutil, "which", lambda name, path: f".{os.sep}{name}")
    assert find_installed("soffice", "libreoffice") is None


def test_the_first_name_that_is_installed_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = program(tmp_path, "libreoffice")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_installed("soffice", "libreoffice") == str(other)
    monkeypatch.delenv("PATH")
    assert find_installed("no such program") is None


def test_nobody_looks_for_a_program_in_another_way() -> None:
    modules = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    assert [name for name, code in modules.items() if "which(" in code] == ["de06_extract/installed_programs.py"]
