"""What reading a PDF costs against PDFium's plain text, and against pdfplumber.

python benchmarks/read_pdf.py [--rounds N] [--no-pdfplumber] [FILE …]

The contestants take turns within a round, so a busy machine slows all of them; the ratios are medians over the rounds.
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
from time import perf_counter

import pypdfium2

from de06_extract.document import Document
from de06_extract.readers.pdf import read

CORPUS = Path(__file__).parent.parent / "corpus" / "pdf"
COLUMNS = ("read", "check", "read + check", "pdfplumber")


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


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes; what the contestant before it left behind is swept away first."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def checker() -> Callable[[Document], object] | None:
    """The function that finds and judges the claims of a document, once there is one."""
    if find_spec("de06_extract.pipeline") is None:
        return None
    check: Callable[[Document], object] | None = getattr(import_module("de06_extract.pipeline"), "check", None)
    return check


def measure(path: Path, rounds: int, with_pdfplumber: bool) -> tuple[list[float], dict[str, list[float]]]:
    """The seconds of plain text in each round, and those of each contestant."""
    data, check = path.read_bytes(), checker()
    document = read(data, path.name)
    plain, others = list[float](), {column: list[float]() for column in COLUMNS}
    for _ in range(rounds):
        plain.append(seconds(partial(plain_text, data)))
        others["read"].append(seconds(partial(read, data, path.name)))
        if check:
            others["check"].append(seconds(partial(check, document)))
            others["read + check"].append(others["read"][-1] + others["check"][-1])
        if with_pdfplumber:
            others["pdfplumber"].append(seconds(partial(pdfplumber_text, data)))
    return plain, others


def show(name: str, plain: list[float], others: dict[str, list[float]]) -> None:
    """Print one line: the milliseconds of plain text, then milliseconds and ratio of each contestant."""
    line = f"{name:14} {median(plain) * 1000:7.1f} ms"
    for column, times in others.items():
        if times:
            ratio = median(time / base for time, base in zip(times, plain, strict=True))
            line += f"   {column} {median(times) * 1000:8.1f} ms {ratio:6.2f}×"
    if others["pdfplumber"]:
        ratio = median(slow / ours for slow, ours in zip(others["pdfplumber"], others["read"], strict=True))
        line += f"   (pdfplumber ÷ read {ratio:.1f})"
    print(line, flush=True)


def main() -> None:
    """Measure each file, then all of them together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-pdfplumber", dest="pdfplumber", action="store_false")
    chosen = parser.parse_args()
    paths = chosen.files or sorted(CORPUS.glob("*.pdf"))
    print("plain text by pypdfium2; each × is against it")
    results = [measure(path, chosen.rounds, chosen.pdfplumber) for path in paths]
    for path, (plain, others) in zip(paths, results, strict=True):
        show(path.name, plain, others)
    together = [sum(times) for times in zip(*(plain for plain, _ in results), strict=True)]
    sums = {
        column: [sum(times) for times in zip(*(others[column] for _, others in results), strict=True)]
        for column in COLUMNS
    }
    show("together", together, sums)


if __name__ == "__main__":
    main()
