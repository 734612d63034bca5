"""Texts put together of pieces of reports and of what a grammar of figures stumbles over, and then changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from de06_extract.language.vocabulary import load

CORPUS = Path(__file__).parent.parent.parent / "corpus"
_LISTS = ("cues", "units", "dates", "scopes", "not_figures", "citations", "comparing", "tables", "page_marks")
NUMBERS = (
    "0", "0/0", "07", "1e400", "3.225", "3.225/3.265", "98,77%", "98.5%", "33,2 tỷ", "1.2.3.4", "1,2,3", "23/5/2023",
    "31/02/2023", "9/2023", "0/0/0000", "99/99/9999", "2022-2025", "24/7", "70-80%", "5-3", "0%", "100%", "-5", "+3",
    "1 000 000", "٣٤", "１２", "½", "06¹", "452/TTg-KSTT", "(5%)", "0912 345 678", "079201012345", "1/2", "9" * 25,
    "9" * 4_400, "0" * 4_400, "1." + "000." * 40 + "000", "quý 0", "tháng 13", "năm 0", "năm 9999", "IIII", "1.1.1.1.1",
)  # fmt: skip
MARKS = (
    *"()[]{};:,./%-–+*#_|\\\"'“”«»&@=<>~^°‰¹²³⁴…×", "\n", "\n\n", "\r\n", "\t", "\t\t", " ", "\u00a0",
    "\u200b", "\u200f", "\u202e", "\u2028", "\x85", "\x0b", "\x0c", "\x7f", "\x9f", "\u0301", "\u00ad", "\ufffd",
    "\U0001f600", "\U00010000", "<sup>2</sup>", "<br>", "http://", "- ", "+ ", "a) ", "1. ", "I. ", "# ", "./.", "\n¹ ",
    "\n\n- ",
    "| --- |",
)  # fmt: skip
_MOST = 2_500  # characters, so that many files can be read
_BATCHES, _EACH = 6, 150  # of texts as hypothesis draws them


@cache
def reports() -> tuple[str, ...]:
    """The texts of the corpus."""
    return tuple(path.read_text("utf-8") for path in sorted(CORPUS.glob("0*.txt")))


@cache
def words() -> tuple[str, ...]:
    """Words and phrases of the project's own lists."""
    found: list[str] = []

    def collect(held: object) -> None:
        if isinstance(held, str):
            found.append(held)
        elif isinstance(held, dict):
            for value in held.values():
                collect(value)
        elif isinstance(held, list | tuple):
            for value in held:
                collect(value)

    for name in _LISTS:
        collect(load(name))
    return tuple(word for word in found if len(word) < 40)


def text(chance: random.Random) -> str:
    """A text of any kind, at most some thousand characters long."""
    made = chance.choice((_of_reports, _of_reports, _of_words, _of_rows, _drawn))(chance)
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        made = chance.choice(_CHANGES)(made, chance)[: 2 * _MOST]
    return made[:_MOST]


def data(chance: random.Random) -> bytes:
    """A text as the bytes of a file, some of them no text."""
    encoding = chance.choice(("utf-8",) * 8 + ("utf-8-sig", "utf-16"))
    held = text(chance).encode(encoding, "replace")
    return broken(held, chance) if chance.random() < 0.05 else held


def broken(held: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them flipped, cut out or put in again."""
    changed = bytearray(held)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.choice((1, 8, 200))]
            case 2:
                changed[at:at] = changed[at : at + chance.choice((1, 30, 400))]
            case _:
                changed[at:at] = chance.randbytes(chance.choice((1, 4)))
    return bytes(changed)


def _of_reports(chance: random.Random) -> str:
    """Some stretches of reports, joined by anything."""
    stretches = []
    for _ in range(chance.randint(1, 5)):
        report = chance.choice(reports())
        at = chance.randrange(len(report))
        stretches.append(report[at : at + chance.choice((20, 100, 400, 2000))])
    return chance.choice(("\n\n", "\n", " ", "\t", "")).join(stretches)


def _of_words(chance: random.Random) -> str:
    """A chain of words, numbers and marks."""
    pools = (words(), words(), NUMBERS, MARKS)
    return chance.choice((" ", " ", "")).join(
        chance.choice(chance.choice(pools)) for _ in range(chance.randint(1, 150))
    )


def _of_rows(chance: random.Random) -> str:
    """Rows of a table, now and then of another width."""
    width, rows = chance.choice((1, 2, 3, 5, 8, 40)), []
    for number in range(chance.randint(1, 15)):
        cells = [chance.choice(NUMBERS[:30] + words()[:200]) for _ in range(max(1, width - (chance.random() < 0.2)))]
        rows.append(chance.choice(("\t", "\t", "\t", " | ")).join([str(number), *cells]))
    return "\n".join(rows) + "\n"


def prepare() -> None:
    """Draws the texts, before any file: hypothesis draws others once further modules are loaded."""
    for batch in range(_BATCHES):
        _drawn_texts(batch)


@cache
def _drawn_texts(batch: int) -> tuple[str, ...]:
    """Texts as hypothesis draws them."""
    drawn: list[str] = []

    @seed(batch)
    @settings(
        max_examples=_EACH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(
            st.one_of(st.sampled_from(NUMBERS + MARKS), st.sampled_from(words()), st.text(max_size=8)), max_size=60
        )
    )
    def draw(pieces: list[str]) -> None:
        drawn.append(" ".join(pieces))

    draw()
    return tuple(drawn)


def _drawn(chance: random.Random) -> str:
    return chance.choice(_drawn_texts(chance.randrange(_BATCHES)))


def _put_in(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    put: str = chance.choice(chance.choice((NUMBERS, MARKS, words())))
    return text[:at] + put + text[at:]


def _cut_out(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.choice((1, 10, 200)) :]


def _repeat(text: str, chance: random.Random) -> str:
    at, long = chance.randrange(len(text) + 1), chance.choice((1, 5, 40, 300))
    return text[:at] + (text[at : at + long] * chance.choice((2, 5, 40, 400)))[:_MOST] + text[at:]


def _change_number(text: str, chance: random.Random) -> str:
    places = [at for at, character in enumerate(text) if character.isdecimal()]
    if not places:
        return _put_in(text, chance)
    at = chance.choice(places)
    return text[:at] + chance.choice(NUMBERS) + text[at + 1 :]


def _swap(text: str, chance: random.Random) -> str:
    first, second = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:first] + text[second : second + 50] + text[first:second] + text[second + 50 :]


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (_put_in, _put_in, _cut_out, _repeat, _change_number, _swap)
