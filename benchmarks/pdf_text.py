"""How much of PDFium's own text the PDF reader holds, file by file, for any folder of PDFs.

python benchmarks/pdf_text.py [FOLDER …] [--jobs N] [--all] [--seconds S]

PDFium gives the words of a page in the order in which they were drawn, without columns, tables or notes; of what it
gives nothing may be lost. Without a folder the reports of the corpus are read. The columns of the table say

    words     how many words PDFium gives for the file
    held      the share of them that our text of that page has, each as often as PDFium
    in order  the share of them that our text has in the same order: the longest common sequence of words
    shuffled  lines of PDFium of whose words our page has less than half, though it has their letters

«held» falls where letters are mixed, lost or doubled, «in order» also where we read columns or tables in another order.
A file that PDFium finds less than 20 words in says little and is only counted; so is one that the reader refuses.
Words of a script that is written from right to left are not compared, nor are pages that are read from images.
Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from signal import SIGALRM, alarm, signal
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from de06_extract.document.document import Document
from de06_extract.errors import UnreadableError
from de06_extract.readers.pdf.reader import read

CORPUS = Path(__file__).parent.parent / "corpus" / "pdf"
ENOUGH = 20  # words of a file that is measured
GOALS = (0.99, 0.95, 0.9, 0.8)  # shares of words for which the files that reach them are counted
LETTERS = 8  # of a line that can be called shuffled: fewer may stand on a page by chance
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+")
DOUBLED = re.compile(r"(?:(.)\1){2,}")
SINGLE_LETTERS = re.compile(r"(?:^[^\s]\r?\n){3,}", re.MULTILINE)  # what PDFium makes of a turned word


class Measure(NamedTuple):
    """What our text holds of the words of one file; `reason` says why it is not measured."""

    name: str
    words: int = 0
    held: int = 0
    in_order: int = 0
    shuffled: tuple[str, ...] = ()
    reason: str = ""

    @property
    def shares(self) -> tuple[float, float]:
        """The share of words held, and that of words held in order."""
        return self.held / self.words, self.in_order / self.words


def words_of(text: str) -> list[str]:
    """The words and figures of a text without the signs around them, superscripts as plain digits.

    A word whose every letter is printed twice is counted as it looks.

    >>> words_of("Đề án 06¹, «06/TB\ufffeVPCP»: 98,7%; ttốốtt")
    ['Đề', 'án', '061', '06', 'TB', 'VPCP', '98,7', 'tốt']
    """
    words = WORD.findall(unicodedata.normalize("NFKC", UNSEEN.sub("", text)))
    return [word[::2] if DOUBLED.fullmatch(word) else word for word in words if not is_from_right(word)]


def is_from_right(word: str) -> bool:
    """True for a word of a script that is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in word)


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


def pages_of_pdfium(data: bytes) -> Iterator[str]:
    """PDFium's plain text of each page, without letters that are printed on an equal one."""
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            textpage = document[number].get_textpage()
            text = "".join(letters_once(textpage)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            yield SINGLE_LETTERS.sub("\n", text)


def letters_once(textpage: pypdfium2.PdfTextPage) -> Iterator[str]:
    """The characters of a page, but none that lies on an equal one: that makes type bold, or cast a shadow."""
    seen: dict[tuple[int, int, int], list[tuple[int, float, float]]] = defaultdict(list)
    for at in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, at)
        letter = chr(code) if 0 < code < 0x110000 else " "
        if not letter.isspace():
            left, bottom, right, top = textpage.get_charbox(at, loose=True)
            x, y, width, height = (left + right) / 2, (bottom + top) / 2, right - left, top - bottom
            near = [seen.get((code, int(x / 8) + i, int(y / 8) + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            seen[code, int(x / 8), int(y / 8)].append((at, x, y))
            if any(
                abs(x - old_x) < width / 2 and abs(y - old_y) < 0.3 * height
                for old, old_x, old_y in chain(*near)
                if old < at - 1 or x != old_x  # the letters of a ligature have one place
            ):
                continue
        yield letter


def pages_of_reader(document: Document) -> dict[int, str]:
    """Our text of each page, a space between what stands in two places."""
    pages: dict[int, list[str]] = defaultdict(list)
    end = 0
    for place in document.places:
        parts = pages[place.location.page or 0]
        if parts and place.start > end:
            parts.append(" ")
        parts.append(document.text[place.start : place.end])
        end = place.end
    return {number: "".join(parts) for number, parts in pages.items()}


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
        words = sum(len(words_of(page)) for page in pages)
        if words < ENOUGH:
            return Measure(path.name, words, reason=f"fewer than {ENOUGH} words")
        signal(SIGALRM, _stop)
        alarm(seconds)
        document = read(data, path.name)
    except (UnreadableError, pypdfium2.PdfiumError, TimeoutError) as error:
        return Measure(path.name, reason=f"{type(error).__name__}: {error}")
    finally:
        alarm(0)
    return compare(path.name, own_pages(pages, document), pages_of_reader(document))


def own_pages(pages: Sequence[str], document: Document) -> list[str]:
    """PDFium's pages, those empty that we read from their images: other words stand there than the file says."""
    recognised = {page.page for page in document.ocr_pages}
    return ["" if number in recognised else page for number, page in enumerate(pages, 1)]


def compare(name: str, pages: Sequence[str], ours: dict[int, str]) -> Measure:
    """What our pages hold of PDFium's."""
    words = held = in_order = 0
    shuffled: list[str] = []
    for number, page in enumerate(pages, 1):
        wanted, got = words_of(page), words_of(ours.get(number, ""))
        words += len(wanted)
        held += (Counter(wanted) & Counter(got)).total()
        in_order += common_sequence(wanted, got)
        shuffled.extend(shuffled_lines(page, ours.get(number, "")))
    return Measure(name, words, held, in_order, tuple(shuffled))


def _stop(*_: object) -> None:
    raise TimeoutError("out of time")


def show(measures: Sequence[Measure], every: bool) -> None:
    """Print the files that lack words, then how many files hold how many."""
    read_ones = [one for one in measures if not one.reason]
    print(f"{'words':>7} {'held':>6} {'in order':>8} {'shuffled':>8}  file")
    for one in sorted(read_ones, key=lambda one: (one.shares, one.name)):
        held, in_order = one.shares
        if every or held < GOALS[0] or one.shuffled:
            print(f"{one.words:7} {held:6.3f} {in_order:8.3f} {len(one.shuffled):8}  {one.name}")
    show_shares(read_ones)
    for reason, count in Counter(one.reason.split(":")[0] for one in measures if one.reason).most_common():
        print(f"not measured: {count} ({reason})")


def show_shares(measures: Sequence[Measure]) -> None:
    """Print how many of the files hold how many of the words."""
    print(f"\n{len(measures)} files with {ENOUGH} words and more; shares of them:")
    for goal in GOALS:
        held, in_order = (sum(one.shares[column] >= goal for one in measures) for column in (0, 1))
        print(f"  {goal:.2f} of the words: held {held} ({_share(held, measures)}),", end=" ")
        print(f"in order {in_order} ({_share(in_order, measures)})")
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
