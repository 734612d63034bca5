"""Files broken on purpose, to show that nothing but an `UnreadableError` ends their reading.

    python benchmarks/fuzz.py [--reader txt|docx|pdf|html|eml|msg|xlsx|xls|ods|zip|7z|png|jpg|tif|doc|rtf|odt …]
                              [--files 1000] [--seed 1] [--first 0] [--reports 1] [--copies 1] [--programs 1]
                              [--seconds 60] [--memory 2000] [--keep FOLDER]

Texts are drawn by hypothesis, put together of the project's own words, or cut out of the reports of the corpus, and
then changed. Word documents and OpenDocument files are changed in the trees of their parts, PDFs in their content,
fonts and dictionaries, old workbooks in their records, archives and images in their headers, with checksums that are
right again, so that most of them can still be read and what is odd gets far; web pages, mails and workbooks are made
with what no program would write. One in ten or twenty is changed in its bytes. Each file follows from the seed, the
reader and its number alone, but for the times in a .7z: `--first N --files 1 --keep FOLDER` makes one again.

Every file is read. Archives are listed and read as `check` does it. Of every Nth file (`--reports`) the whole report is
made, and of every Nth (`--copies`) what was read is written again with notes on its findings and with the changes that
are proposed, where there are any and the format can have them. Of every Nth (`--programs`; 0 for none) an image is
recognised by Tesseract, and a .doc, .rtf or .odt converted by LibreOffice; else nothing is recognised, and a broken
Word document stands for what LibreOffice wrote.

Each reader works in a process of its own with so much memory; one that says nothing for so many seconds of its own
work is ended.
Printed are the seed, what was done with how many files, how these ended by the word of their error, the slowest, the
most memory that their process had, and of each that ended by anything else the number, the exception and where it was
raised. Exit status 1 where there is one.
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
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import psutil

from de06_extract import UnreadableError
from fuzzing import (
    images,
    mails,
    old_workbooks,
    open_documents,
    outlook,
    pages,
    pdf,
    seven_zips,
    texts,
    word,
    word_processors,
    workbooks,
    zips,
)
from fuzzing.opening import Opening, Work, open_archive, open_document, open_image, open_mail, open_office


class Reader(NamedTuple):
    """How files of a format are made, and how they are opened."""

    make: Callable[[random.Random], bytes]
    open: Opening = open_document


READERS: Mapping[str, Reader] = {
    "txt": Reader(texts.data),
    "docx": Reader(word.data),
    "pdf": Reader(pdf.data),
    "html": Reader(pages.data),
    "eml": Reader(mails.data, open_mail),
    "msg": Reader(outlook.data, open_mail),
    "xlsx": Reader(workbooks.data),
    "xls": Reader(old_workbooks.data),
    "ods": Reader(open_documents.workbook),
    "zip": Reader(zips.data, open_archive),
    "7z": Reader(seven_zips.data, open_archive),
    "png": Reader(images.png, open_image),
    "jpg": Reader(images.jpg, open_image),
    "tif": Reader(images.tif, open_image),
    "doc": Reader(word_processors.doc, open_office),
    "rtf": Reader(word_processors.rtf, open_office),
    "odt": Reader(word_processors.odt, open_office),
}

_TOLD = 500  # files after which is said how far it is


class Depth(NamedTuple):
    """Of every which file a report is made, copies are made, and other programs are called; 0 is of none."""

    reports: int = 1
    copies: int = 1
    programs: int = 1

    def work(self, number: int) -> Work:
        """What is done with the file of this number."""
        return Work(*(every > 0 and number % every == 0 for every in self))

    def said(self, numbers: range) -> str:
        """What is done with how many files."""
        done = [self.work(number) for number in numbers]
        return (
            f"{len(done)} read, {sum(work.report or work.copies for work in done)} reports, "
            f"{sum(work.copies for work in done)} copied, {sum(work.programs for work in done)} with other programs"
        )


class Ending(NamedTuple):
    """How a file ended, with the CPU seconds that it took and the memory that the process had at most, in MiB."""

    number: int
    outcome: str = ""
    seconds: float = 0.0
    memory: int = 0


class Result:
    """How the files of a reader ended, and which as none may."""

    def __init__(self) -> None:
        self.ended, self.wrong = Counter[str](), list[str]()
        self.slowest, self.memory = Ending(0), 0

    def add(self, reader: str, ending: Ending) -> None:
        """Counts a file; tells of one that ended as none may."""
        is_wrong = ending.outcome.startswith("!")
        self.ended["!" if is_wrong else ending.outcome] += 1
        self.slowest = max(self.slowest, ending, key=lambda one: one.seconds)
        self.memory = max(self.memory, ending.memory)
        if is_wrong:
            self.wrong.append(f"{reader} {ending.number}: {ending.outcome[2:]}")
            print(f"  {self.wrong[-1]}", flush=True)

    @property
    def said(self) -> str:
        """How many ended in which way."""
        return ", ".join(f"{word} {count}" for word, count in self.ended.most_common())


def file_of(reader: str, seed: int, number: int) -> bytes:
    """The bytes of one file; the same for the same arguments."""
    return READERS[reader].make(random.Random(f"{seed} {reader} {number}"))


def outcome_of(held: bytes, reader: str, work: Work = Work()) -> str:  # noqa: B008 - it does not change
    """«read», the word of the error that says why not, or «!» and what else was raised, with its place."""
    try:
        READERS[reader].open(held, f"file.{reader}", work)
    except UnreadableError as error:
        return error.reason
    except BaseException as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"! {type(error).__name__}: {str(error)[:120]} ({Path(place.filename).name}:{place.lineno})"
    return "read"


def _work(reader: str, seed: int, numbers: range, depth: Depth, memory: int, pipe: Connection) -> None:
    """Reads file after file and says how each ended."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory << 20, memory << 20))
    for number in numbers:
        held = file_of(reader, seed, number)
        pipe.send(Ending(number))
        begun = time.process_time()
        outcome = outcome_of(held, reader, depth.work(number))
        took, most = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        pipe.send(Ending(number, outcome, took, most))


def run(reader: str, seed: int, numbers: range, depth: Depth, seconds: float, memory: int) -> Result:
    """How the files ended."""
    result, at = Result(), numbers.start
    while at < numbers.stop:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(
            target=_work, args=(reader, seed, range(at, numbers.stop), depth, memory, theirs), daemon=True
        )
        process.start()
        theirs.close()
        while at < numbers.stop:
            try:
                said = ours.recv() if _speaks(ours, process, seconds) else None
            except EOFError:
                process.join()
                said = Ending(at, f"! the process died ({process.exitcode})")
            ending = said or Ending(at, f"! nothing for {seconds:g} seconds", seconds)
            if not ending.outcome:
                continue
            result.add(reader, ending)
            at = ending.number + 1
            if (at - numbers.start) % _TOLD == 0:
                print(f"  {at - numbers.start} files: {result.said}", file=sys.stderr, flush=True)
            if said is None or not process.is_alive():
                break
        process.kill()
        process.join()
    return result


def _speaks(ours: Connection, process: multiprocessing.Process, seconds: float) -> bool:
    """True once the process has said something, False where it says nothing for so many seconds of its own work."""
    if ours.poll(1):
        return True
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


def main(arguments: list[str]) -> int:
    """Runs the readers and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=READERS, action="append")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--reports", type=int, default=1, help="make the report of every Nth file")
    parser.add_argument("--copies", type=int, default=1, help="make copies of every Nth file")
    parser.add_argument("--programs", type=int, default=1, help="call other programs for every Nth file")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--memory", type=int, default=2000, help="MiB")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    numbers, failed = range(options.first, options.first + options.files), 0
    depth = Depth(options.reports, options.copies, options.programs)
    texts.prepare()
    for reader in options.reader or READERS:
        print(f"{reader}: seed {options.seed}, files {numbers.start} to {numbers.stop - 1}", flush=True)
        if options.keep is not None:
            for number in numbers:
                (options.keep / f"{number}.{reader}").write_bytes(file_of(reader, options.seed, number))
        begun = time.monotonic()
        result = run(reader, options.seed, numbers, depth, options.seconds, options.memory)
        print(f"{reader}: {depth.said(numbers)}: {result.said}", flush=True)
        print(
            f"{reader}: slowest {result.slowest.seconds:.1f} s (file {result.slowest.number}), "
            f"at most {result.memory} MiB, {time.monotonic() - begun:.0f} s in all",
            flush=True,
        )
        failed += len(result.wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
