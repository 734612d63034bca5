"""Readers share their bytes: together they hold no more than is lent, and a file that is larger is alone."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from de06_extract.archive.files.byte_budget import ByteBudget
from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.finder import find_entries
from tests.archive.files.folders import put, zipped


def borrowing(budget: ByteBudget, size: int) -> tuple[Thread, Event, Event]:
    """A thread that borrows so much, whether it has it, and what lets it give it back."""
    has, done = Event(), Event()

    def borrow() -> None:
        with budget.loan() as take:
            take(size)
            has.set()
            done.wait(60)

    thread = Thread(target=borrow, daemon=True)
    thread.start()
    return thread, has, done


def test_who_needs_more_than_is_left_waits() -> None:
    budget = ByteBudget(100)
    first, has_first, first_done = borrowing(budget, 60)
    assert has_first.wait(60)
    second, has_second, second_done = borrowing(budget, 60)
    assert not has_second.wait(0.2)
    assert budget.lent == 60
    first_done.set()
    assert has_second.wait(60)
    assert budget.lent == 60
    second_done.set()
    for thread in (first, second):
        thread.join(60)
    assert budget.lent == 0


def test_a_larger_one_is_alone_and_none_passes_it() -> None:
    budget = ByteBudget(100)
    small, has_small, small_done = borrowing(budget, 10)
    assert has_small.wait(60)
    _, has_large, large_done = borrowing(budget, 1000)
    assert not has_large.wait(0.2)
    _, has_late, late_done = borrowing(budget, 10)  # would fit, and comes later
    assert not has_late.wait(0.2)
    small_done.set()
    small.join(60)
    assert has_large.wait(60)
    assert not has_late.wait(0.2)
    large_done.set()
    assert has_late.wait(60)
    late_done.set()


def test_nobody_waits_for_a_budget_that_is_closed() -> None:
    budget = ByteBudget(100)
    _, has_first, first_done = borrowing(budget, 100)
    assert has_first.wait(60)
    _, has_second, second_done = borrowing(budget, 100)
    assert not has_second.wait(0.2)
    budget.close()
    assert has_second.wait(60)
    first_done.set()
    second_done.set()


def test_what_fails_gives_back_what_it_took() -> None:
    budget = ByteBudget(100)

    def fail() -> None:
        with budget.loan() as take:
            take(70)
            raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"):
        fail()
    assert budget.lent == 0


def test_readers_of_large_files_hold_no_more_than_the_budget_together(tmp_path: Path) -> None:
    """Eight at once, of sparse files and of files in archives that are alike to them."""
    budget, most, size = ByteBudget(4 << 20), 0, 1 << 20
    for number in range(6):
        with open(tmp_path / f"{number}.txt", "wb") as file:
            file.truncate(size + number)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("6.txt", bytes(size))
        archive.writestr("7.txt", bytes(size + 9))
    start = Barrier(8)

    def read(entry: object) -> int:
        nonlocal most
        start.wait(60)
        with budget.loan() as take:
            _, data = read_content(entry, 2 * size, take)  # type: ignore[arg-type]
            most = max(most, budget.lent)
            return len(data or b"")

    with ThreadPoolExecutor(8) as pool:
        read_sizes = list(pool.map(read, find_entries([tmp_path]).entries))
    assert sorted(read_sizes) == sorted([*(size + number for number in range(6)), size, size + 9])
    assert size < most <= 4 << 20


@pytest.mark.skipif(os.name != "posix", reason="the files of a system")
def test_a_file_that_says_nothing_of_its_size_is_refused() -> None:
    entry = find_entries(["/proc/self/environ"]).entries[0]
    content, data = read_content(entry)
    assert data is None
    assert content.outcome is not None
    assert (content.outcome.reason, content.outcome.message) == ("missing", "grows while it is read")


def test_the_size_is_told_before_anything_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "b.zip").write_bytes(zipped("c.txt", "d.txt"))
    told: list[int] = []

    def refuse(size: int) -> None:
        told.append(size)
        raise MemoryError

    allow: Callable[[int], None] = refuse
    for entry in find_entries([tmp_path]).entries:
        content, data = read_content(entry, None, allow)
        assert data is None
        assert content.outcome is not None
        assert content.outcome.reason == "memory"
    assert told == [5, 5, 5]
