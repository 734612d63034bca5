"""Old workbooks (.xls) made of records, of which some are changed, repeated, cut or put elsewhere."""

from __future__ import annotations

import random
import struct

from fuzzing.compound import changed, compound
from fuzzing.texts import NUMBERS, broken, text, words

Record = tuple[int, bytes]

_BEGIN, _END, _SHEET, _FORMAT, _STYLE, _STRINGS, _GOES_ON = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x00FC, 0x003C
_SIZE, _NUMBER, _SMALL, _LABEL, _FORMULA, _TEXT, _BOOLEAN = 0x0200, 0x0203, 0x027E, 0x00FD, 0x0006, 0x0204, 0x0205
_SMALL_ROW, _MERGED, _ENCRYPTED, _STRING, _CODE_PAGE, _DATES = 0x00BD, 0x00E5, 0x002F, 0x0207, 0x0042, 0x0022
_KINDS = (
    _BEGIN, _END, _SHEET, _FORMAT, _STYLE, _STRINGS, _GOES_ON, _SIZE, _NUMBER, _SMALL, _LABEL, _FORMULA, _TEXT,
    _BOOLEAN, _SMALL_ROW, _MERGED, _ENCRYPTED, _STRING, _CODE_PAGE, _DATES, 0x0009, 0x0409, 0x00D6, 0x0018, 0x01AE,
    0x0023, 0x0017, 0x0031, 0x00E1, 0xFFFF, 0,
)  # fmt: skip
_FORMATS = ("0.00%", "0%", "#,##0", "dd/mm/yyyy", "@", '0"%"', "", "0" * 250, "[h]:mm", "%" * 40)
_VALUES = (0, 1, 2, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 10, 0x0600, 0x0500)
_FLOATS = (5.0, 0.75, 12_345.0, 45_291.0, 1e15, -3.0, 1e308, float("nan"), float("inf"), -0.0, 1e-300, 3.225)


def data(chance: random.Random) -> bytes:
    """A workbook as the bytes of a file, now and then changed in its directory or its bytes."""
    sheets = [_sheet(chance) for _ in range(chance.choice((1, 1, 2, 4)))]
    strings = [_said(chance) for _ in range(chance.choice((1, 5, 12)))]
    parts = [_globals(len(sheets), strings, chance), *sheets]
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        chance.choice(_CHANGES)(chance.choice(parts), chance)
    held = [b"".join(map(_written, part)) for part in parts]
    stream = b"".join(_placed(held, parts[0]))
    whole = compound({chance.choice(("Workbook",) * 9 + ("Book",)): stream} | _beside(chance))
    if chance.random() < 0.12:
        whole = changed(whole, chance)
    return broken(whole, chance) if chance.random() < 0.06 else whole


def _beside(chance: random.Random) -> dict[str, bytes]:
    more = {"\x05SummaryInformation": b"", "EncryptedPackage": b"x", "WordDocument": b"x", "_VBA_PROJECT_CUR/dir": b"x"}
    return dict(chance.sample(list(more.items()), 1)) if chance.random() < 0.1 else {}


def _placed(held: list[bytes], book: list[Record]) -> list[bytes]:
    """The parts, the first with the places of the others in its records of sheets, but those that were changed."""
    at, starts = len(held[0]), list[int]()
    for part in held[1:]:
        starts.append(at)
        at += len(part)
    records = list[Record]()
    for kind, content in book:
        if kind == _SHEET and content[:4] == b"here" and starts:
            content = struct.pack("<I", starts.pop(0)) + content[4:]
        records.append((kind, content))
    return [b"".join(map(_written, records)), *held[1:]]


def _written(record: Record) -> bytes:
    kind, content = record
    return struct.pack("<HH", kind, min(len(content), 0xFFFF)) + content[:0xFFFF]


def _globals(sheets: int, strings: list[str], chance: random.Random) -> list[Record]:
    found: list[Record] = [(_BEGIN, _begin(5)), (_CODE_PAGE, struct.pack("<H", 1200))]
    for at, shown in enumerate(chance.sample(_FORMATS, 3), 164):
        found.append((_FORMAT, struct.pack("<H", at) + _text(shown, 2)))
    for form in (0, 9, 10, 164, 165, 166):
        found.append((_STYLE, struct.pack("<HHH", 0, form, 0) + bytes(14)))
    for at in range(sheets):
        hidden, kind = chance.choice((0, 0, 1, 2)), chance.choice((0, 0, 0, 0, 2, 6))
        found.append((_SHEET, b"here" + bytes((hidden, kind)) + _text(f"Bảng {at}", 1)))
    table = struct.pack("<II", len(strings), len(strings)) + b"".join(_text(one, 2) for one in strings)
    pieces = [table[at : at + 8000] for at in range(0, len(table), 8000)]
    found += [(_GOES_ON if at else _STRINGS, piece) for at, piece in enumerate(pieces)]
    return [*found, (_END, b"")]


def _begin(kind: int) -> bytes:
    return struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6)


def _text(said: str, width: int) -> bytes:
    """A text with its length, in so many bytes, and a byte that says how wide its letters are."""
    is_wide = not all(letter < "\u0100" for letter in said)
    letters = said.encode("utf-16-le", "surrogatepass") if is_wide else said.encode("latin-1")
    count = len(letters) // 2 if is_wide else len(letters)
    most = (1 << 8 * width) - 1
    return min(count, most).to_bytes(width, "little") + bytes((is_wide,)) + letters[: most * (1 + is_wide)]


def _said(chance: random.Random) -> str:
    return str(chance.choice((chance.choice(NUMBERS)[:300], chance.choice(words()), text(chance)[:200])))


def _sheet(chance: random.Random) -> list[Record]:
    width, rows = chance.choice((1, 3, 5, 8)), chance.randint(1, 12)
    found: list[Record] = [(_BEGIN, _begin(0x10)), (_SIZE, struct.pack("<IIHHH", 0, rows, 0, width, 0))]
    for row in range(rows):
        for column in range(width):
            if chance.random() < 0.85:
                found += _cell(row, column, chance)
    merged = [(0, 1, 0, 1)] * chance.choice((0, 0, 1, 3))
    if merged:
        found.append((_MERGED, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *one) for one in merged)))
    return [*found, (_END, b"")]


def _cell(row: int, column: int, chance: random.Random) -> list[Record]:
    place = struct.pack("<HHH", row, column, chance.randrange(7))
    match chance.randrange(8):
        case 0 | 1:
            return [(_LABEL, place + struct.pack("<I", chance.choice((0, 0, 0, 0, 1, 3))))]
        case 2:
            return [(_TEXT, place + _text(_said(chance)[:200], 2))]
        case 3:
            return [(_SMALL, place + struct.pack("<I", chance.choice((0x3FF00000, 0x12D687F2, 401, 0xFFFFFFFF, 3))))]
        case 4:
            return [(_BOOLEAN, place + bytes(chance.choice(((0, 0), (1, 0), (7, 1), (42, 1), (15, 1)))))]
        case 5:
            value = chance.choice(
                (struct.pack("<d", chance.choice(_FLOATS)), b"\0\0\0\0\0\0\xff\xff", b"\2\0*\0\0\0\xff\xff")
            )
            formula = place + value + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x05\0"
            return [(_FORMULA, formula), (_STRING, _text(_said(chance)[:100], 2))]
        case 6:
            pairs = b"".join(struct.pack("<HI", 1, 0x3FF00000) for _ in range(chance.choice((1, 2, 5))))
            last = column + len(pairs) // 6 - 1
            return [(_SMALL_ROW, place[:4] + pairs + struct.pack("<H", last))]
        case _:
            return [(_NUMBER, place + struct.pack("<d", chance.choice(_FLOATS)))]


def _at(records: list[Record], chance: random.Random) -> int:
    return chance.randrange(len(records))


def _set_number(records: list[Record], chance: random.Random) -> None:
    at = _at(records, chance)
    kind, content = records[at]
    place = 2 * chance.randrange(len(content) // 2 + 1)
    records[at] = kind, content[:place] + struct.pack("<H", chance.choice(_VALUES)) + content[place + 2 :]


def _cut(records: list[Record], chance: random.Random) -> None:
    at = _at(records, chance)
    kind, content = records[at]
    records[at] = kind, content[: chance.randrange(len(content) + 1)]


def _lengthen(records: list[Record], chance: random.Random) -> None:
    at = _at(records, chance)
    kind, content = records[at]
    records[at] = (
        kind,
        content + chance.choice((b"\0", b"\xff", content, chance.randbytes(3))) * chance.choice((1, 9, 200)),
    )


def _rename(records: list[Record], chance: random.Random) -> None:
    at = _at(records, chance)
    records[at] = chance.choice(_KINDS), records[at][1]


def _remove(records: list[Record], chance: random.Random) -> None:
    if len(records) > 1:
        del records[_at(records, chance)]


def _repeat(records: list[Record], chance: random.Random) -> None:
    at = _at(records, chance)
    records[at:at] = [records[at]] * chance.choice((1, 2, 40))


def _move(records: list[Record], chance: random.Random) -> None:
    records.insert(_at(records, chance), records[_at(records, chance)])


def _invent(records: list[Record], chance: random.Random) -> None:
    records.insert(_at(records, chance), (chance.choice(_KINDS), chance.randbytes(chance.choice((0, 1, 6, 20, 60)))))


_CHANGES = (_set_number, _set_number, _set_number, _cut, _lengthen, _rename, _remove, _repeat, _move, _invent)
