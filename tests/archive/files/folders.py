"""Folders and ZIP archives to look into, and what is found there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import ListedFiles
from de06_extract.errors import UnreadableError


def put(folder: Path, *names: str) -> Path:
    """Files whose content is their name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return folder


def zipped(*names: str, **contents: bytes) -> bytes:
    """A ZIP archive with members whose content is their name, or the given one."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, name)
        for name, content in contents.items():
            archive.writestr(f"{name}.zip", content)
    return held.getvalue()


def names(found: ListedFiles, folder: Path) -> list[str]:
    return [entry.path.removeprefix(f"{folder.as_posix()}/") for entry in found.entries]


def reason(entry: ArchiveFile, most: int = 1 << 20) -> str:
    with pytest.raises(UnreadableError) as caught:
        entry.read(most)
    message = str(caught.value)
    assert message.isprintable()
    assert Path(entry.path.replace("!/", "/")).name not in message
    return caught.value.reason
