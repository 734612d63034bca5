"""The texts that are learned from: each content once, read by a process of its own, whatever the files do to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.learning import read_texts
from de06_extract.archive.workers.limits import Limits
from tests.archive.workers.faulty_worker import COMMAND

pytestmark = pytest.mark.slow

NARROW = Limits(timeout=60, stall=2, max_memory=250 * 2**20)
TEXTS = {"a.txt": "Đạt 10/12 xã.", "b.txt": "Đạt 3/4 hồ sơ.", "again.txt": "Đạt 10/12 xã."}


def test_a_file_that_does_harm_is_one_that_cannot_be_read(tmp_path: Path) -> None:
    for name, text in {**TEXTS, "eats.txt": "eat", "hangs.txt": "hang_deaf", "ends.txt": "kill"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 no text")
    seen: list[None] = []
    read = read_texts(find_entries([tmp_path]).entries, NARROW, command=COMMAND, watch=lambda: seen.append(None))
    assert sorted(text.text for text in read.texts) == sorted(set(TEXTS.values()))
    assert (read.files, read.unread, len(seen)) == (7, 4, 7)


def test_what_ended_its_process_once_is_not_tried_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    folder = tmp_path / "kho"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"leave {mark}", "utf-8")
    first, *others = find_entries([folder]).entries

    def entries() -> object:
        yield first
        mark.unlink()  # made when the first one was tried
        yield from others

    read = read_texts(entries(), NARROW, command=COMMAND)  # type: ignore[arg-type]
    assert (read.texts, read.files, read.unread) == ((), 3, 3)
    assert not mark.exists()
