"""A small folder of reports to check: two of one content, one that is right, one that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"
RIGHT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,77%.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two reports, one of them twice, and a file that is no document."""
    folder = tmp_path / "kho"
    (folder / "2024").mkdir(parents=True)
    (folder / "sai.txt").write_text(WRONG, "utf-8")
    (folder / "2024" / "đúng.txt").write_text(RIGHT, "utf-8")
    (folder / "2024" / "bản sao.txt").write_text(WRONG, "utf-8")
    (folder / "ảnh.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "~$sai.docx").write_bytes(b"lock")
    return folder
