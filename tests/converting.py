"""Files of formats that only LibreOffice writes, made when a test asks for them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from de06_extract.readers.office.libreoffice import find_program


def converted(data: bytes, suffix: str, to: str) -> bytes:
    """The file in another format; a test that needs LibreOffice is skipped, and says so, where it is not installed."""
    program = find_program()
    if program is None:
        pytest.skip("LibreOffice is not installed (apt install libreoffice-writer-nogui libreoffice-calc-nogui)")
    with TemporaryDirectory() as folder:
        source = Path(folder, f"a.{suffix}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return Path(folder, f"a.{to}").read_bytes()
