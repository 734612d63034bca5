"""Folders of reports to check."""

from __future__ import annotations

from pathlib import Path

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"
RIGHT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,77%.\n"


def small_archive(place: Path) -> Path:
    """A folder there: two reports, one of them twice, and a file that is no document."""
    folder = place / "kho"
    (folder / "2024").mkdir(parents=True)
    (folder / "sai.txt").write_text(WRONG, "utf-8")
    (folder / "2024" / "đúng.txt").write_text(RIGHT, "utf-8")
    (folder / "2024" / "bản sao.txt").write_text(WRONG, "utf-8")
    (folder / "ảnh.heic").write_bytes(b"\0\0\0\x18ftypheic")
    (folder / "~$sai.docx").write_bytes(b"lock")
    return folder
