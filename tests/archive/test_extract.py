"""Extract within limits: the same report by a process of its own, and files that are made to do harm end there."""

from __future__ import annotations

import os
import pickle
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from de06_extract import (
    DamagedFileError,
    EmptyFileError,
    InternalError,
    LimitedExtractor,
    LimitExceededError,
    Limits,
    MissingFileError,
    NoTextError,
    Report,
    TaxonomyError,
    UnreadableError,
    extract,
)
from de06_extract.archive import extract as module
from de06_extract.archive.workers.starting import CAN_FORK
from de06_extract.archive.workers.starting import COMMAND as NEW
from de06_extract.document.document import MOST_CHARACTERS
from de06_extract.errors import TooLargeError
from tests.archive.workers.faulty_worker import COMMAND
from tests.conftest import CORPUS
from tests.readers.pdf.drawing import SCAN, pdf, with_image

SENTENCE = "Tiếp nhận 3.225/3.265 hồ sơ, đạt tỷ lệ 98,570%. Thu 1.234.567.890.123,45678 đồng."
GENEROUS = Limits(timeout=60, stall=60, max_memory=2**30)
NARROW = Limits(timeout=60, stall=3, max_memory=250 * 2**20)


def figures(report: Report) -> list[str]:
    """All figures as they are inside, with the digits that JSON would lose."""
    return [repr(figure.value) for claim in report.claims for figure in claim.figures()]


@pytest.fixture(params=[None, "new"], ids=["a copy of this process", "a new process"], scope="module")
def extractor(request: pytest.FixtureRequest) -> Any:
    """One for all files, one after the other."""
    with LimitedExtractor(GENEROUS, command=NEW if request.param else None) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("name", ["003.txt", "pdf/002.pdf", "docx/001.docx"])
def test_the_report_is_that_of_this_process(extractor: LimitedExtractor, name: str) -> None:
    report, here = extractor.extract(CORPUS / name), extract(CORPUS / name)
    assert report == here
    assert repr(report) == repr(here)
    assert report.model_dump_json() == here.model_dump_json()
    assert figures(report) == figures(here)


@pytest.mark.slow
def test_so_it_is_for_bytes_with_a_name(extractor: LimitedExtractor) -> None:
    data = SENTENCE.encode()
    for name in (None, "Báo cáo quý.md", "a\nb.txt"):
        assert repr(extractor.extract(data, name=name)) == repr(extract(data, name=name))


@pytest.mark.slow
def test_what_cannot_be_read_is_the_error_of_this_process(extractor: LimitedExtractor, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "half.pdf").write_bytes((CORPUS / "pdf" / "000.pdf").read_bytes()[:40_000])
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)))
    (tmp_path / "drawing.pdf").write_bytes(pdf("0 0 m 9 9 l S"))
    (tmp_path / "scan.pdf").write_bytes(with_image(SCAN))
    paths = [*tmp_path.iterdir(), tmp_path, tmp_path / "missing.pdf"]
    kinds = set()
    for path in paths:
        with pytest.raises(UnreadableError) as here:
            extract(path)
        with pytest.raises(UnreadableError) as there:
            extractor.extract(path)
        assert (type(there.value), str(there.value)) == (type(here.value), str(here.value))
        kinds.add(type(here.value))
    assert kinds >= {EmptyFileError, DamagedFileError, MissingFileError, NoTextError}


@pytest.mark.slow
def test_what_a_reader_refuses_is_not_said_to_have_taken_memory(extractor: LimitedExtractor) -> None:
    text, said = ("Đạt 5%. " * (MOST_CHARACTERS // 8 + 1)).encode(), []
    for call in (extract, extractor.extract):
        with pytest.raises(LimitExceededError) as caught:
            call(text, name="báo cáo.txt")
        said.append((str(caught.value), caught.value.reason))
    assert said[0] == said[1]
    assert "characters" in said[0][0]


@pytest.mark.slow
def test_limits_are_those_of_one_call() -> None:
    before = set(psutil.Process().children())
    report = extract(SENTENCE.encode(), name="a.txt", lang="en", limits=GENEROUS)
    assert repr(report) == repr(extract(SENTENCE.encode(), name="a.txt", lang="en"))
    assert set(psutil.Process().children()) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "reason", "words"),
    [
        ("hang", "stalled", "made no progress for 3 s"),
        ("hang_deaf", "stalled", "made no progress for 3 s"),
        ("eat", "memory", "took more than 250 MiB of memory"),
        ("abort", "crashed", "the worker was killed by SIGABRT"),
        ("segfault", "crashed", "the worker was killed by SIGSEGV"),
    ],
)
def test_what_harms_its_process_is_one_error(fault: str, reason: str, words: str) -> None:
    with LimitedExtractor(NARROW, command=COMMAND) as extractor:
        with pytest.raises(LimitExceededError) as caught:
            extractor.extract(fault.encode(), name="báo cáo.txt")
        assert (caught.value.reason, str(caught.value)) == (reason, f"báo cáo.txt: {words}")
        assert extractor.extract(SENTENCE.encode()).claims  # and the next file is read


@pytest.mark.slow
def test_with_limits_this_process_reads_no_file_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that does is a new one, which knows nothing of what was changed here."""

    def fail(*_: object, **__: object) -> Report:
        raise AssertionError("read in this process")

    monkeypatch.setattr(module, "extract_here", fail)
    assert extract(SENTENCE.encode(), limits=GENEROUS).claims
    with pytest.raises(AssertionError):
        extract(SENTENCE.encode())


@pytest.mark.slow
def test_a_document_beyond_a_limit_of_documents_says_which(extractor: LimitedExtractor) -> None:
    with pytest.raises(LimitExceededError) as caught:
        extractor.extract(b"a b " * 1_300_000, name="long.txt")
    assert str(caught.value) == "long.txt: has 5200000 characters, and 5000000 are read"


@pytest.mark.slow
def test_a_defect_is_told_from_a_bad_file() -> None:
    with LimitedExtractor(GENEROUS, command=COMMAND) as extractor, pytest.raises(InternalError) as caught:
        extractor.extract(b"fail", name="a.txt")
    assert str(caught.value) == "a.txt: ZeroDivisionError: a defect"
    assert not isinstance(caught.value, UnreadableError)


@pytest.mark.slow
def test_it_may_be_shared_by_threads_and_closed_from_another(extractor: LimitedExtractor) -> None:
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(extractor.extract(SENTENCE.encode()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert reports == [extract(SENTENCE.encode())] * 4


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(251 * 2**20)
    with LimitedExtractor(NARROW) as extractor, pytest.raises(LimitExceededError, match="has 251 MiB, and 250 MiB may"):
        extractor.extract(tmp_path / "a.txt")


def test_indicators_that_cannot_be_used_are_refused_before_a_process_is_started(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError):
        extract(SENTENCE.encode(), indicators=tmp_path / "missing.toml", limits=GENEROUS)


def test_the_errors_of_limits_go_from_one_process_to_another() -> None:
    for error in (LimitExceededError("a: took longer", "timeout"), TooLargeError("a: has 3 MiB")):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.reason) == (type(error), str(error), error.reason)


@pytest.mark.parametrize("wrong", [{"timeout": 1e10}, {"stall": float("nan")}, {"timeout": 0}, {"max_memory": -1}])
def test_what_is_no_limit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no limit"):
        Limits(**wrong)
    Limits(timeout=None, stall=None, max_memory=None)
    Limits(timeout=86_400, stall=0.1, max_memory=1 << 50)


@pytest.mark.slow
@pytest.mark.skipif(not CAN_FORK, reason="copies of a process are made on Linux")
def test_a_copy_ends_with_its_original(tmp_path: Path) -> None:
    """Also where that is killed: it does not hold the other end of its own pipe."""
    reading, writing = os.pipe()
    original = os.fork()
    if original == 0:
        os.close(reading)
        extractor = LimitedExtractor(GENEROUS, command=None)
        extractor.extract(SENTENCE.encode())
        os.write(writing, extractor._worker.process.encode())  # type: ignore[union-attr]
        os.kill(os.getpid(), 9)
    os.close(writing)
    copy = psutil.Process(int(os.read(reading, 100)))
    os.close(reading)
    os.waitpid(original, 0)
    assert copy.wait(60) is None or not copy.is_running()
