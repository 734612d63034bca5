"""Whoever calls at the same time as others gets the same report: threads, tasks, and processes made of this one."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest

from de06_extract import extract
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
