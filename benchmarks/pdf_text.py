"""How much of PDFium's own text the PDF reader holds, file by file, for any folder of PDFs.

python benchmarks/pdf_text.py [FOLDER …] [--jobs N] [--all] [--seconds S]

PDFium gives the words of a page in the order in which they were drawn, without columns, tables or notes; of what it
gives nothing may be lost. Without a folder the reports of the corpus are read. The columns of the table say

    words     how many words PDFium gives for the file
    held      the share of them that our text of that page has, each as often as PDFium
    in order  the share of them that our text has in the same order within the part of the page where they stand: its
              prose, one cell of a table, one note, one header (the longest common sequence of words of each part)
    as drawn  the same of the whole page, as if we left cells, notes and headers where they were drawn
    shuffled  lines of PDFium of whose words our page has less than half, though it has their letters

«held» falls where letters are mixed, lost or doubled, «in order» also where prose is read in another order than it was
drawn in, or words of one part come into another; «as drawn» falls below it by what is read cell by cell, or apart.
A file that PDFium finds less than 20 words in says little and is only counted; so is one that the reader refuses.
Lines with a script that is written from right to left are not compared, nor those with letters printed twice, whose
copies PDFium mixes, nor pages that are read from images, nor the heading that a table repeats on its next page.
Nothing is downloaded. With an empty PATH no page is read from its image, which is faster.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from signal import SIGALRM, alarm, signal
from typing import NamedTuple

import pypdfium2

from de06_extract.document.document import Document
from de06_extract.errors import UnreadableError
from de06_extract.readers.pdf.reader import read
from reading.drawn import Page, Word, pages_of_pdfium, words_of
from reading.parts import PROSE, Line, drawn_by_part, lines_of, repeated_headings, words_by_part

CORPUS = Path(__file__).parent.parent / "corpus" / "pdf"
ENOUGH = 20  # words of a file that is measured
GOALS = (0.99, 0.95, 0.9, 0.8)  # shares of words for which the files that reach them are counted
LETTERS = 8  # of a line that can be called shuffled: fewer may stand on a page by chance


class Measure(NamedTuple):
    """What our text holds of the words of one file; `reason` says why it is not measured.

    `apart` is how many words stand in tables, notes and headers of ours, `left_out` how many are no measure.
    """

    name: str
    words: int = 0
    held: int = 0
    in_order: int = 0
    as_drawn: int = 0
    apart: int = 0
    left_out: int = 0
    shuffled: tuple[str, ...] = ()
    reason: str = ""

    @property
    def shares(self) -> tuple[float, float, float]:
        """The share of words held, that of words in order, and that of words in the order drawn."""
        return self.held / self.words, self.in_order / self.words, self.as_drawn / self.words


def common_sequence(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest sequence of words that both have in the same order.

    >>> common_sequence("a b c d e".split(), "a x c b d".split())
    3
    """
    places: dict[str, int] = defaultdict(int)
    for at, word in enumerate(other):
        places[word] |= 1 << at
    everything = (1 << len(other)) - 1
    row = everything  # a bit is 0 where the sequence grows (Hyyrö's bit-parallel row of the table of lengths)
    for word in one:
        matched = row & places.get(word, 0)
        row = ((row + matched) | (row - matched)) & everything
    return len(other) - row.bit_count()


def shuffled_lines(page: str, ours: str) -> Iterator[str]:
    """The lines of PDFium's page of whose words ours has less than half, though their letters stand there."""
    words, letters = Counter(words_of(ours)), Counter(ours)
    for line in page.splitlines():
        parts = words_of(line)
        wanted = Counter("".join(parts))
        if sum(wanted.values()) < LETTERS or (wanted - letters).total() > 0:
            continue
        if sum(word in words for word in parts) < len(parts) / 2:
            yield line


def measure(path: Path, seconds: int) -> Measure:
    """What our text holds of the words of one file."""
    data = path.read_bytes()
    try:
        pages = list(pages_of_pdfium(data))
        words = sum(len(page.words) for page in pages)
        if words < ENOUGH:
            return Measure(path.name, words, reason=f"fewer than {ENOUGH} words")
        signal(SIGALRM, _stop)
        alarm(seconds)
        document = read(data, path.name)
    except (UnreadableError, pypdfium2.PdfiumError, TimeoutError) as error:
        return Measure(path.name, reason=f"{type(error).__name__}: {error}")
    finally:
        alarm(0)
    return compare(path.name, own_pages(pages, document), lines_of(document))


def own_pages(pages: Sequence[Page], document: Document) -> list[Page]:
    """PDFium's pages, those empty that we read from their images: other words stand there than the file says.

    The heading that a table repeats on a later page is left out there.
    """
    recognised = {page.page for page in document.ocr_pages}
    headings, lines = repeated_headings(document), lines_of(document)
    return [
        Page("", ()) if number in recognised else without_heading(page, headings[number], lines.get(number, ()))
        for number, page in enumerate(pages, 1)
    ]


def without_heading(page: Page, heading: Counter[str], lines: Sequence[Line]) -> Page:
    """The page without the words of a heading, where they stand in no line of ours."""
    left, words = Counter(heading), list[Word]()
    for word in page.words:
        if left[word.text] and not any(line.holds(word.at) for line in lines):
            left[word.text] -= 1
        else:
            words.append(word)
    kept = [line for line in page.text.splitlines() if not words_of(line) or not heading.keys() >= set(words_of(line))]
    return Page("\n".join(kept) if heading else page.text, tuple(words), page.left_out)


def compare(name: str, pages: Sequence[Page], ours: Mapping[int, Sequence[Line]]) -> Measure:
    """What our pages hold of PDFium's."""
    words = held = in_order = as_drawn = apart = left_out = 0
    shuffled: list[str] = []
    for number, page in enumerate(pages, 1):
        lines = ours.get(number, ())
        text = "".join(line.text for line in lines)
        wanted, got = [word.text for word in page.words], words_of(text)
        words += len(wanted)
        left_out += page.left_out
        held += (Counter(wanted) & Counter(got)).total()
        as_drawn += common_sequence(wanted, got)
        own = words_by_part(lines)
        for part, drawn in drawn_by_part(page.words, lines).items():
            in_order += common_sequence(drawn, own.get(part, ()))
            apart += len(drawn) if part != PROSE else 0
        shuffled.extend(shuffled_lines(page.text, text))
    return Measure(name, words, held, max(in_order, as_drawn), as_drawn, apart, left_out, tuple(shuffled))


def _stop(*_: object) -> None:
    raise TimeoutError("out of time")


def show(measures: Sequence[Measure], every: bool) -> None:
    """Print the files that lack words or have them in another order, then how many files hold how many."""
    read_ones = [one for one in measures if not one.reason]
    print(f"{'words':>7} {'held':>6} {'in order':>8} {'as drawn':>8} {'apart':>6} {'shuffled':>8}  file")
    for one in sorted(read_ones, key=lambda one: (one.shares, one.name)):
        held, in_order, as_drawn = one.shares
        if every or in_order < GOALS[0] or one.shuffled:
            line = f"{one.words:7} {held:6.3f} {in_order:8.3f} {as_drawn:8.3f} {one.apart / one.words:6.2f}"
            print(f"{line} {len(one.shuffled):8}  {one.name}")
    show_shares(read_ones)
    for reason, count in Counter(one.reason.split(":")[0] for one in measures if one.reason).most_common():
        print(f"not measured: {count} ({reason})")


def show_shares(measures: Sequence[Measure]) -> None:
    """Print how many of the files hold how many of the words."""
    print(f"\n{len(measures)} files with {ENOUGH} words and more; shares of them:")
    for goal in GOALS:
        counts = [sum(one.shares[column] >= goal for one in measures) for column in range(3)]
        held, in_order, as_drawn = (f"{count} ({_share(count, measures)})" for count in counts)
        print(f"  {goal:.2f} of the words: held {held}, in order {in_order}, as drawn {as_drawn}")
    moved = [one for one in measures if one.shares[2] < GOALS[0] <= one.shares[1]]
    print(f"  only as drawn below {GOALS[0]}: {len(moved)}, as cells, notes and headers are read apart")
    print(f"  words not compared: {sum(one.left_out for one in measures)} in lines from right to left or printed twice")
    print(f"  lines shuffled: {sum(len(one.shuffled) for one in measures)}")


def _share(count: int, of: Sequence[object]) -> str:
    return f"{count / len(of):.1%}" if of else "–"


def find_files(folders: Iterable[Path]) -> list[Path]:
    """The PDFs in some folders, and files named themselves."""
    found = {file for folder in folders for file in (folder.rglob("*.pdf") if folder.is_dir() else [folder])}
    return sorted(found)


def main() -> None:
    """Measure each file of the folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[CORPUS])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="every file, not only those that lack words")
    parser.add_argument("--seconds", type=int, default=120, help="for each file; one that takes longer is not measured")
    chosen = parser.parse_args()
    with ProcessPoolExecutor(chosen.jobs) as workers:
        measures = list(workers.map(partial(measure, seconds=chosen.seconds), find_files(chosen.folders)))
    show(measures, chosen.all)


if __name__ == "__main__":
    main()
