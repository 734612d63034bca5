"""An explanation within limits is that of this process, and a file that is made to do harm ends there."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract import DamagedFileError, InternalError, LimitExceededError, Limits
from de06_extract.archive.explain import explain
from de06_extract.errors import ExplainError
from de06_extract.pipeline.explain import explain as explain_here
from tests.archive.workers.faulty_worker import COMMAND
from tests.conftest import CORPUS

pytestmark = pytest.mark.slow

GENEROUS = Limits(timeout=60, stall=60, max_memory=2**30)
NARROW = Limits(timeout=60, stall=3, max_memory=250 * 2**20)


@pytest.mark.parametrize("name", ["003.txt", "docx/001.docx"])
def test_the_explanation_is_that_of_this_process(name: str) -> None:
    within = explain(CORPUS / name, "c1", limits=GENEROUS, command=None)
    assert repr(within) == repr(explain_here(CORPUS / name, "c1"))


def test_what_is_no_figure_is_said_in_the_same_words() -> None:
    said = []
    for limits in (None, GENEROUS):
        with pytest.raises(ExplainError) as caught:
            explain("Đạt 98,57%, 10/12 xã.".encode(), "98,75%", name="báo cáo.txt", limits=limits)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert said[0].startswith("báo cáo.txt: ")


def test_what_cannot_be_read_is_the_error_of_this_process(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(DamagedFileError, match=r"^a\.docx: "):
        explain(tmp_path / "a.docx", "c1", limits=GENEROUS, command=None)


@pytest.mark.parametrize(
    ("fault", "reason", "words"),
    [
        ("hang_deaf", "stalled", "made no progress for 3 s"),
        ("eat", "memory", "took more than 250 MiB of memory"),
        ("abort", "crashed", "the worker was killed by SIGABRT"),
    ],
)
def test_what_harms_its_process_is_one_error(fault: str, reason: str, words: str) -> None:
    with pytest.raises(LimitExceededError) as caught:
        explain(fault.encode(), "c1", name="báo cáo.txt", limits=NARROW, command=COMMAND)
    assert (caught.value.reason, str(caught.value)) == (reason, f"báo cáo.txt: {words}")


def test_a_defect_is_told_from_a_bad_file() -> None:
    with pytest.raises(InternalError, match=r"^a\.txt: ZeroDivisionError: a defect"):
        explain(b"fail", "c1", name="a.txt", limits=GENEROUS, command=COMMAND)
