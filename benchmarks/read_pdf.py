"""What reading a PDF costs against PDFium's plain text, and against pdfplumber.

python benchmarks/read_pdf.py [--rounds N] [--no-pdfplumber] [FILE …]

The contestants take turns within a round, so a busy machine slows all of them; the ratios are medians over the rounds,
first of wall time, then of the processor time of this process.
"""

from __future__ import annotations

import argparse
import gc
import io
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

import pypdfium2

from de06_extract.document.document import Document
from de06_extract.readers.pdf.reader import read

CORPUS = Path(__file__).parent.parent / "corpus" / "pdf"
COLUMNS = ("read", "check", "read + check", "pdfplumber")


class Cost(NamedTuple):
    """How many seconds some work takes, and for how many of them it has the processor."""

    wall: float
    processor: float

    def __add__(self, other: object) -> Cost:
        return Cost(self.wall + other.wall, self.processor + other.processor) if isinstance(other, Cost) else self


NOTHING = Cost(0.0, 0.0)


def plain_text(data: bytes) -> int:
    """The number of characters of PDFium's plain text of all pages, without boxes."""
    count = 0
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            count += len(document[number].get_textpage().get_text_range())
    return count


def pdfplumber_text(data: bytes) -> int:
    """The number of characters of pdfplumber's text of all pages, which comes of positioned characters too."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def cost(work: Callable[[], object]) -> Cost:
    """What the work costs; what the contestant before it left behind is swept away first."""
    gc.collect()
    start, processor_start = perf_counter(), process_time()
    work()
    return Cost(perf_counter() - start, process_time() - processor_start)


def checker() -> Callable[[Document], object] | None:
    """The function that finds and judges the claims of a document, once there is one."""
    if find_spec("de06_extract.pipeline") is None:
        return None
    check: Callable[[Document], object] | None = getattr(import_module("de06_extract.pipeline.extract"), "check", None)
    return check


def measure(path: Path, rounds: int, with_pdfplumber: bool) -> tuple[list[Cost], dict[str, list[Cost]]]:
    """The cost of plain text in each round, and that of each contestant."""
    data, check = path.read_bytes(), checker()
    document = read(data, path.name)
    plain, others = list[Cost](), {column: list[Cost]() for column in COLUMNS}
    for _ in range(rounds):
        plain.append(cost(partial(plain_text, data)))
        others["read"].append(cost(partial(read, data, path.name)))
        if check:
            others["check"].append(cost(partial(check, document)))
            others["read + check"].append(others["read"][-1] + others["check"][-1])
        if with_pdfplumber:
            others["pdfplumber"].append(cost(partial(pdfplumber_text, data)))
    return plain, others


def show(name: str, plain: list[Cost], others: dict[str, list[Cost]]) -> None:
    """Print one line: the milliseconds of plain text, then milliseconds and ratio of each contestant."""
    line = f"{name:14} {milliseconds(plain):7.1f} ms"
    for column, costs in others.items():
        if costs:
            wall, processor = ratios(costs, plain)
            line += f"   {column} {milliseconds(costs):8.1f} ms {wall:6.2f}× {processor:6.2f}×"
    if others["pdfplumber"]:
        line += f"   (pdfplumber ÷ read {ratios(others['pdfplumber'], others['read'])[0]:.1f})"
    print(line, flush=True)


def milliseconds(costs: list[Cost]) -> float:
    """The median wall time."""
    return median(one.wall for one in costs) * 1000


def ratios(costs: list[Cost], bases: list[Cost]) -> tuple[float, float]:
    """The medians over the rounds of the ratio of wall times and of that of processor times."""
    pairs = list(zip(costs, bases, strict=True))
    return median(a.wall / b.wall for a, b in pairs), median(a.processor / b.processor for a, b in pairs)


def main() -> None:
    """Measure each file, then all of them together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-pdfplumber", dest="pdfplumber", action="store_false")
    chosen = parser.parse_args()
    paths = chosen.files or sorted(CORPUS.glob("*.pdf"))
    print("plain text by pypdfium2; each × is against it: wall time, then processor time")
    results = [measure(path, chosen.rounds, chosen.pdfplumber) for path in paths]
    for path, (plain, others) in zip(paths, results, strict=True):
        show(path.name, plain, others)
    together = [sum(costs, NOTHING) for costs in zip(*(plain for plain, _ in results), strict=True)]
    sums = {
        column: [sum(costs, NOTHING) for costs in zip(*(others[column] for _, others in results), strict=True)]
        for column in COLUMNS
    }
    show("together", together, sums)


if __name__ == "__main__":
    main()
