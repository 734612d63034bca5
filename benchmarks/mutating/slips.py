"""What a slip of the hand makes of a number as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise


def changes(kind: str, written: str) -> Iterator[str]:
    """What a slip of one kind makes of a number as written; thousands are grouped again."""
    return _SLIPS[kind](written)


def _other_digits(written: str) -> Iterator[str]:
    for at in _places(written):
        others = (digit for digit in "0123456789" if digit != written[at] and (at or digit != "0"))
        yield from (f"{written[:at]}{other}{written[at + 1 :]}" for other in others)


def _swapped_neighbours(written: str) -> Iterator[str]:
    for one, two in pairwise(_places(written)):
        first, second = written[one], written[two]
        if first != second and (one or second != "0"):
            yield f"{written[:one]}{second}{written[one + 1 : two]}{first}{written[two + 1 :]}"


def _dropped_digits(written: str) -> Iterator[str]:
    places = _places(written)
    for at in places if len(places) > 1 else ():
        left = written[:at] + written[at + 1 :]
        if left[:1] != "," and (at or written[places[1]] != "0"):
            yield _grouped(left.rstrip(","), written)


def _doubled_digits(written: str) -> Iterator[str]:
    return (_grouped(f"{written[:at]}{written[at]}{written[at:]}", written) for at in _places(written))


def _wrong_separators(written: str) -> Iterator[str]:
    if "," in written:
        yield written.replace(",", "")
    elif written.count(".") == 1:
        yield written.replace(".", ",", 1)


_SLIPS: dict[str, Callable[[str], Iterator[str]]] = {
    "digit": _other_digits,
    "swap": _swapped_neighbours,
    "drop": _dropped_digits,
    "double": _doubled_digits,
    "separator": _wrong_separators,
}


def _places(written: str) -> list[int]:
    """Where the digits stand."""
    return [at for at, character in enumerate(written) if character.isdecimal()]


def _grouped(digits: str, written: str) -> str:
    """The digits in groups of three, where those of the number as written stood so."""
    whole, comma, decimals = digits.partition(",")
    if "." not in written or len(written.partition(",")[0].rpartition(".")[2]) != 3:
        return digits
    whole = f"{int(whole.replace('.', '')):,}".replace(",", ".")
    return f"{whole}{comma}{decimals}"
