"""How much longer a text 10 and 100 times as long takes: normal text, and runs of one character.

python benchmarks/growth.py [NAME …]
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from timeit import repeat

from de06_extract import check_text

TIMES = (1, 10, 100)
SENTENCE = (
    "Tiếp nhận 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%; trong đó có 580 hồ sơ trực tuyến (đạt 53,8%), còn lại 2.645 hồ sơ, "
    "tăng 12,5% so với cùng kỳ năm 2023. "
)
RUN = 200  # characters, so that 100 times as many are 20.000


def run_of(character: str) -> Callable[[int], str]:
    """Makes a text with the character many times in a row between two figures."""
    return lambda times: f"Đạt 5 vụ{character * (RUN * times)}6%"


TEXTS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda times: (SENTENCE + "\n\n") * (5 * times),
    "one paragraph": lambda times: SENTENCE * (5 * times),
    "table rows": lambda times: "1\tXã A\t10\t5\t50%\n" * (20 * times),
    "footnotes": lambda times: "Đạt 98,57%¹ hồ sơ.\n\n¹ Gồm 5 vụ.\n\n" * (5 * times),
    "spaces": run_of(" "),
    "digits": lambda times: f"Đạt {'7' * (RUN * times)}%",
    "slashes": run_of("/"),
    "brackets": run_of("("),
    "percent signs": run_of("%"),
    "tabs": run_of("\t"),
    "lines": run_of("\n"),
    "commas": run_of(","),
    "combining marks": run_of("\u0301\u0323"),
}


def seconds(text: str) -> float:
    """The best of a few rounds, more of them where one is short."""
    check_text(text)
    gc.collect()
    return min(repeat(partial(check_text, text), number=1, repeat=10 if len(text) < 10_000 else 2))


def main(names: list[str]) -> None:
    """Prints the milliseconds of the shortest text, and how many times as long the longer ones take."""
    for name in names or TEXTS:
        first, *longer = (seconds(TEXTS[name](times)) for times in TIMES)
        ratios = "".join(
            f"   {times:3}× text {taken / first:6.1f}×" for times, taken in zip(TIMES[1:], longer, strict=True)
        )
        print(f"{name:16} {first * 1000:8.2f} ms{ratios}")


if __name__ == "__main__":
    main(sys.argv[1:])
