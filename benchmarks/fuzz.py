"""Files broken on purpose, to show that nothing but an `UnreadableError` ends their reading.

    python benchmarks/fuzz.py [--reader txt|docx|pdf|html|eml|xlsx] [--files 1000] [--seed 1] [--first 0] [--seconds 60]
                              [--memory 2000] [--keep FOLDER]

Texts are drawn by hypothesis, put together of the project's own words, or cut out of the reports of the corpus, and
then changed. Word documents are changed in the trees of their parts, PDFs in their content, fonts and dictionaries, so
that most of them can still be read and what is odd gets far; web pages, mails and workbooks are made with what no
program would write. One in ten or twenty is changed in its bytes. Each file
follows from the seed, the reader and its number alone: `--first N --files 1 --keep FOLDER` makes one again.

What was read is written again with notes on its findings and with the changes that are proposed, where there are any
and the format can have them.

Each reader works in a process of its own with so much memory; one that says nothing for so many seconds of its own
work is ended.
Printed are the seed, how the files ended by the word of their error, and of each that ended by anything else the
number, the exception and where it was raised. Exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from de06_extract import Report, UnreadableError, extract
from de06_extract.errors import NotCopiedError
from de06_extract.output.copies.edits import edits_of
from de06_extract.output.copies.making import Wanted, can_be_made, make_copy
from de06_extract.output.copies.notes import notes_of
from fuzzing import mails, pages, pdf, texts, word, workbooks

READERS: Mapping[str, Callable[[random.Random], bytes]] = {
    "txt": texts.data,
    "docx": word.data,
    "pdf": pdf.data,
    "html": pages.data,
    "eml": mails.data,
    "xlsx": workbooks.data,
}

_TOLD = 500  # files after which is said how far it is


def file_of(reader: str, seed: int, number: int) -> bytes:
    """The bytes of one file; the same for the same arguments."""
    return READERS[reader](random.Random(f"{seed} {reader} {number}"))


def outcome_of(held: bytes, reader: str) -> str:
    """«read», the word of the error that says why not, or «!» and what else was raised, with its place."""
    try:
        report = extract(held, name=f"file.{reader}")
        report.model_dump_json()
        _copy(held, report)
    except UnreadableError as error:
        return error.reason
    except BaseException as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"! {type(error).__name__}: {str(error)[:120]} ({Path(place.filename).name}:{place.lineno})"
    return "read"


def _copy(held: bytes, report: Report) -> None:
    """Makes the copies with notes and with changes that the format has, or is told why there is none."""
    media_type, name, now = report.source.media_type, report.source.name, datetime.now(UTC)
    for wanted in (
        Wanted(media_type, "annotate", notes_of(report, "vi"), now),
        Wanted(media_type, "revise", edits_of(report), now),
    ):
        if wanted.changes and can_be_made(media_type, wanted.verb):
            with suppress(NotCopiedError):
                make_copy(held, name, wanted)


def _work(reader: str, seed: int, first: int, last: int, memory: int, pipe: Connection) -> None:
    """Reads file after file and says how each ended, with the CPU seconds it took."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory << 20, memory << 20))
    for number in range(first, last):
        held = file_of(reader, seed, number)
        pipe.send((number, "", 0.0))
        begun = time.process_time()
        pipe.send((number, outcome_of(held, reader), time.process_time() - begun))


def run(reader: str, seed: int, numbers: range, seconds: float, memory: int) -> tuple[Counter[str], list[str], float]:
    """How the files ended, those that ended as none may, and the most CPU seconds that one took."""
    ended, wrong, slowest, at = Counter[str](), list[str](), 0.0, numbers.start
    while at < numbers.stop:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(
            target=_work, args=(reader, seed, at, numbers.stop, memory, theirs), daemon=True
        )
        process.start()
        theirs.close()
        while at < numbers.stop:
            try:
                said = ours.recv() if _speaks(ours, process, seconds) else None
            except EOFError:
                process.join()
                said = (at, f"! the process died ({process.exitcode})", 0.0)
            number, outcome, took = said or (at, f"! nothing for {seconds:g} seconds", seconds)
            if not outcome:
                continue
            ended[outcome[:1] if outcome.startswith("!") else outcome] += 1
            slowest = max(slowest, took)
            at = number + 1
            if (at - numbers.start) % _TOLD == 0:
                print(f"  {at - numbers.start} files: {_said(ended)}", file=sys.stderr, flush=True)
            if outcome.startswith("!"):
                wrong.append(f"{reader} {number}: {outcome[2:]}")
                print(f"  {wrong[-1]}", flush=True)
            if said is None or not process.is_alive():
                break
        process.kill()
        process.join()
    return ended, wrong, slowest


def _speaks(ours: Connection, process: multiprocessing.Process, seconds: float) -> bool:
    """True once the process has said something, False where it says nothing for so many seconds of its own work."""
    watched = psutil.Process(process.pid)
    begun = _worked(watched)
    while not ours.poll(1):
        if _worked(watched) - begun > seconds:
            return False
    return True


def _worked(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _said(ended: Counter[str]) -> str:
    return ", ".join(f"{word} {count}" for word, count in ended.most_common())


def main(arguments: list[str]) -> int:
    """Runs the readers and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=READERS, action="append")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--memory", type=int, default=2000, help="MiB")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    numbers, failed = range(options.first, options.first + options.files), 0
    for reader in options.reader or READERS:
        print(f"{reader}: seed {options.seed}, files {numbers.start} to {numbers.stop - 1}", flush=True)
        if options.keep is not None:
            for number in numbers:
                (options.keep / f"{number}.{reader}").write_bytes(file_of(reader, options.seed, number))
        begun = time.monotonic()
        ended, wrong, slowest = run(reader, options.seed, numbers, options.seconds, options.memory)
        print(f"{reader}: {_said(ended)}; slowest {slowest:.1f} s, {time.monotonic() - begun:.0f} s in all", flush=True)
        failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
