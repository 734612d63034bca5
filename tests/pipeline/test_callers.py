"""Whoever calls at the same time as others gets the same report: threads, tasks, and processes made of this one."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from de06_extract import extract
from de06_extract.readers.pdf import reader
from tests.conftest import CORPUS

FILES = tuple(CORPUS / name for name in ("003.txt", "docx/003.docx", "pdf/003.pdf"))
CALLS = FILES * 3


def told(number: int) -> str:
    return extract(CALLS[number]).model_dump_json()


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return [told(number) for number in range(len(FILES))] * 3


def test_threads_get_the_same_reports(expected: list[str]) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(told, range(len(CALLS)))) == expected
    assert gc.isenabled()


def test_one_of_them_at_a_time_is_in_the_library_that_reads_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, seen, real = list[int](), list[int](), reader._read_pages

    def watched(*arguments: Any) -> Any:
        inside.append(1)
        seen.append(len(inside))
        time.sleep(0.05)  # for the others to come
        try:
            return real(*arguments)
        finally:
            inside.pop()

    monkeypatch.setattr(reader, "_read_pages", watched)
    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(extract, [FILES[-1]] * 4))) == 4
    assert seen == [1] * 4


def test_so_do_tasks(expected: list[str]) -> None:
    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(told, number) for number in range(len(CALLS))))

    assert asyncio.run(all_of_them()) == expected


@pytest.mark.slow
@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_so_do_processes(way: str, expected: list[str]) -> None:
    if way not in multiprocessing.get_all_start_methods():
        pytest.skip("no such processes on this system")
    with multiprocessing.get_context(way).Pool(2) as pool:
        assert pool.map(told, range(len(CALLS))) == expected
