"""The files that were dropped, kept by their content: one folder a content, and in it the file by its name."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

_OWNER = 0o700
_LONGEST = 120  # bytes of a name: systems take 255, and copies get longer endings
_NOT_IN_NAMES = '<>:"/\\|?*'  # not on every system
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was dropped: where it lies, and the hash of what it holds."""

    path: Path
    sha256: str

    @property
    def listed(self) -> str:
        """Its path as a store lists it."""
        return self.path.as_posix()


class KeptFiles:
    """The folder of the files that were dropped; nobody else on the machine may look into it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNER)
        if os.name == "posix":
            os.chmod(folder, _OWNER)
        self.folder = folder.resolve()
        self._files = self.folder / "files"
        self._files.mkdir(exist_ok=True, mode=_OWNER)
        for left in self._files.glob(f"{_PART}*"):  # of a program that was ended in the middle
            left.unlink(missing_ok=True)

    def keep(self, source: BinaryIO, name: str) -> KeptFile:
        """Keeps what the source holds from where it stands; the same content once, by the name that it had first.

        Nothing is left where it cannot be written whole. Raises an `OSError`.
        """
        name = file_name(name)
        digest = hashlib.sha256()
        descriptor, part = tempfile.mkstemp(prefix=_PART, dir=self._files)
        try:
            with os.fdopen(descriptor, "wb") as target:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            folder = self._files / digest.hexdigest()
            folder.mkdir(exist_ok=True, mode=_OWNER)
            known = next((file for file in _regular(folder) if _is_alike(file.name, name)), None)
            if known is None:
                known = folder / name
                os.replace(part, known)
        finally:
            Path(part).unlink(missing_ok=True)
        return KeptFile(known, digest.hexdigest())

    def __iter__(self) -> Iterator[KeptFile]:
        """The files, those that were dropped last first."""
        found = [
            KeptFile(file, folder.name)
            for folder in self._files.iterdir()
            if folder.is_dir()
            for file in _regular(folder)
        ]
        return iter(sorted(found, key=lambda kept: (-kept.path.stat().st_mtime_ns, kept.listed)))

    def remove(self, listed: str) -> None:
        """Takes away a file that was dropped, by its path as a store lists it; no other file."""
        for kept in self:
            if kept.listed == listed:
                shutil.rmtree(kept.path.parent)


_PART = ".part-"


def file_name(name: str) -> str:
    """The last part of a name as every system takes it, its ending kept.

    >>> file_name("C:\\\\kho\\\\Báo cáo.pdf"), file_name("../../etc/passwd"), file_name("a\\nb:c.TXT")
    ('Báo cáo.pdf', 'passwd', 'ab_c.TXT')
    """
    last = PurePosixPath(PureWindowsPath(unicodedata.normalize("NFC", name)).name).name
    shown = "".join("_" if letter in _NOT_IN_NAMES else letter for letter in last if letter.isprintable())
    shown = shown.encode("utf-8", "replace").decode().strip(" .")
    ending = PurePosixPath(shown).suffix
    stem = shown[: len(shown) - len(ending)].encode()[: _LONGEST - len(ending.encode())].decode("utf-8", "ignore")
    return f"{stem.strip()}{ending}" if stem.strip() and len(ending) < _LONGEST // 4 else "document"


def _regular(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.iterdir()) if stat.S_ISREG(file.lstat().st_mode))


def _is_alike(name: str, other: str) -> bool:
    """True where both are read in the same way: their endings say what they are."""
    return PurePosixPath(name).suffix.lower() == PurePosixPath(other).suffix.lower()
