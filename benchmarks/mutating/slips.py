"""What a slip of the hand makes of a number as written."""

from __future__ import annotations

from collections.abc import Iterator


def changes(kind: str, written: str) -> Iterator[str]:
    """What a slip of one kind makes of a number as written; thousands are grouped again."""
    places = [at for at, character in enumerate(written) if character.isdecimal()]
    if kind == "separator":
        yield from (written.replace(",", ""),) if "," in written else ()
        yield from (written.replace(".", ",", 1),) if written.count(".") == 1 and "," not in written else ()
        return
    for at, following in zip(places, [*places[1:], len(written)], strict=True):
        head, digit, tail = written[:at], written[at], written[at + 1 :]
        if kind == "digit":
            yield from (f"{head}{other}{tail}" for other in "0123456789" if other != digit and (at or other != "0"))
        elif kind == "swap" and following < len(written) and written[following] != digit:
            if at or written[following] != "0":
                between, rest = written[at + 1 : following], written[following + 1 :]
                yield f"{head}{written[following]}{between}{digit}{rest}"
        elif kind == "drop" and len(places) > 1 and (at or written[following] != "0") and f"{head}{tail}"[:1] != ",":
            yield _grouped(f"{head}{tail}".rstrip(","), written)
        elif kind == "double":
            yield _grouped(f"{head}{digit}{digit}{tail}", written)


def _grouped(digits: str, written: str) -> str:
    """The digits in groups of three, where those of the number as written stood so."""
    whole, comma, decimals = digits.partition(",")
    if "." not in written or len(written.partition(",")[0].rpartition(".")[2]) != 3:
        return digits
    whole = f"{int(whole.replace('.', '')):,}".replace(",", ".")
    return f"{whole}{comma}{decimals}"
