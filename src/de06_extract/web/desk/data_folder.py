"""Where a system keeps what a program holds for its user."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_NAME = "de06-extract"


def data_folder(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """The folder of this program among the user's own.

    >>> data_folder({"XDG_DATA_HOME": "/home/an/.data"}, "linux").as_posix()
    '/home/an/.data/de06-extract'
    >>> data_folder({"LOCALAPPDATA": "C:/Users/An/AppData/Local"}, "win32").as_posix()
    'C:/Users/An/AppData/Local/de06-extract'
    """
    known = environment.get("LOCALAPPDATA" if system == "win32" else "XDG_DATA_HOME", "")
    if known and (system == "win32" or Path(known).is_absolute()):
        return Path(known) / _NAME
    if system == "win32":
        return Path.home() / "AppData" / "Local" / _NAME
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    return Path.home() / ".local" / "share" / _NAME
