"""Programs of other makers, as they are installed."""

from __future__ import annotations

import os
import shutil


def find_installed(*names: str) -> str | None:
    """The path of the first of these programs that is installed, None where none is.

    Never of one that lies in the folder one happens to be in: that may be a folder of documents, into which whoever
    sent them put a program of that name.
    """
    whole = os.pathsep.join(filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep)))
    found = (shutil.which(name, path=whole) for name in names)
    return next((path for path in found if path is not None and os.path.isabs(path)), None)
