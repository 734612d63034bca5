"""PDFs whose content, fonts and dictionaries are changed in place, with lengths and offsets that are right again."""

from __future__ import annotations

import random
import re
import zlib
from functools import cache

from fuzzing.texts import CORPUS, broken, text

_OBJECT = re.compile(rb"(?:^|[\r\n])(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)\bstream\r?\n(.*)\r?\nendstream\s*$", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_REFERENCE = re.compile(rb"\d+ 0 R")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>")
_VALUES = (
    b"0", b"1", b"-1", b"2", b"0.001", b"-0.5", b"90", b"180", b"270", b"45", b"595", b"842", b"1e9", b"99999",
    b"-99999", b"2147483648", b"-2147483649", b"9" * 30, b"9" * 4_400, b"0.0000000001", b"null", b"true",
    b"/X", b"()", b"[]",
)  # fmt: skip
_OPERATORS = (
    b"q", b"Q", b"BT", b"ET", b"0 0 0 0 0 0 cm", b"-1 0 0 1 595 0 cm", b"0 1 -1 0 595 0 cm", b"1 0 0 -1 0 842 cm",
    b"3 Tr", b"7 Tr", b"0 Tz", b"-100 Tz", b"500 Tc", b"-5 Ts", b"0 0 0 0 0 0 Tm", b"T*", b"100 TL", b"/F1 0 Tf",
    b"/F1 -12 Tf", b"(\\000\\377) Tj", b"[(a) -99999 (b) 99999 <FFFF>] TJ", b"/P << /MCID 0 >> BDC", b"EMC",
    b"0 0 595 842 re W n", b"0 g", b"1 1 1 rg", b"50 50 500 0.5 re f", b"50 50 0.5 700 re f", b"0 0 m 595 842 l S",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI",
    b"/Im0 Do", b"/Fm0 Do", b"% ", b"<", b"(", b"[",
)  # fmt: skip

Objects = dict[int, bytes]


@cache
def _sources() -> tuple[tuple[Objects, bytes, int], ...]:
    """The objects of the PDFs of the corpus, streams inflated, with the trailer's root and the largest number."""
    found = []
    for path in sorted((*(CORPUS / "pdf").glob("*.pdf"), *(CORPUS / "fallback").glob("*.pdf"))):
        held = path.read_bytes()
        objects = {int(match[1]): _inflated(match[2]) for match in _OBJECT.finditer(held)}
        root = re.findall(rb"/Root (\d+ 0 R)", held)[-1]
        found.append((objects, root, max(objects)))
    return tuple(found)


def _inflated(body: bytes) -> bytes:
    """The object with its stream as it is before compression, where it is compressed."""
    held = _STREAM.match(body)
    if held is None or b"/FlateDecode" not in held[1]:
        return body
    try:
        inside = zlib.decompress(held[2])
    except zlib.error:
        return body
    return held[1].replace(b"/Filter /FlateDecode", b"").replace(b"/Filter/FlateDecode", b"") + (
        b"stream\n" + inside + b"\nendstream"
    )


def data(chance: random.Random) -> bytes:
    """A PDF of a page or two of the corpus, or one drawn of lines and texts, changed; now and then in its bytes."""
    if chance.random() < 0.35:
        objects, root = _drawn(chance)
    else:
        objects, root = _some_pages(chance)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        _change(objects, chance)
    held = _written(objects, root)
    return broken(held, chance) if chance.random() < 0.04 else held


def _some_pages(chance: random.Random) -> tuple[Objects, bytes]:
    source, root, _ = chance.choice(_sources())
    objects = dict(source)
    pages = [number for number, body in objects.items() if re.search(rb"/Type\s*/Page\b", body)]
    kept = chance.sample(pages, min(len(pages), chance.choice((1, 1, 2))))
    kids = b" ".join(b"%d 0 R" % number for number in kept)
    for number, body in objects.items():
        if re.search(rb"/Type\s*/Pages\b", body):
            changed = re.sub(rb"/Kids\s*\[.*?\]", b"/Kids [" + kids + b"]", body, flags=re.DOTALL)
            objects[number] = re.sub(rb"/Count \d+", b"/Count %d" % len(kept), changed)
    used = _reached(objects, int(root.split()[0]))
    return {number: body for number, body in objects.items() if number in used}, root


def _reached(objects: Objects, root: int) -> set[int]:
    found, waiting = set[int](), [root]
    while waiting:
        number = waiting.pop()
        if number not in found and number in objects:
            found.add(number)
            dictionary = objects[number].partition(b"stream")[0]
            waiting += [int(match[0].split()[0]) for match in _REFERENCE.finditer(dictionary)]
    return found


def _drawn(chance: random.Random) -> tuple[Objects, bytes]:
    """A page with ruled tables and lines of text anywhere."""
    content = []
    for _ in range(chance.randint(0, 3)):
        content.append(_ruled(chance))
    for _ in range(chance.randint(1, 25)):
        said = text(chance)[: chance.choice((3, 20, 80))].encode("latin-1", "replace")
        content.append(
            _shown(chance.uniform(-20, 600), chance.uniform(-20, 850), said, chance.choice((0.5, 6, 12, 12, 40)))
        )
    objects: Objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Resources << /Font << /F1 3 0 R >> >> "
        b"/Contents 5 0 R >>" % chance.choice((0, 0, 0, 90, 180)),
        5: b"<< >> stream\n" + b"\n".join(content) + b"\nendstream",
    }
    return objects, b"1 0 R"


def _ruled(chance: random.Random) -> bytes:
    """The lines of a table with something in most cells, not all lines whole."""
    across = sorted(chance.uniform(40, 560) for _ in range(chance.randint(2, 7)))
    down = sorted(chance.uniform(40, 800) for _ in range(chance.randint(2, 12)))
    drawn = [b"%.1f %.1f m %.1f %.1f l S" % (x, down[0], x, down[-1]) for x in across if chance.random() < 0.9]
    drawn += [b"%.1f %.1f m %.1f %.1f l S" % (across[0], y, across[-1], y) for y in down if chance.random() < 0.9]
    for x in across[:-1]:
        for y in down[:-1]:
            if chance.random() < 0.8:
                drawn.append(_shown(x + 2, y + 3, chance.choice((b"5", b"75%", b"Xa A", b"1.204", b"TT", b"(1)")), 9))
    return b"\n".join(drawn)


def _shown(x: float, y: float, said: bytes, size: float) -> bytes:
    escaped = re.sub(rb"([()\\])", rb"\\\1", said.replace(b"\n", b" ").replace(b"\r", b" "))
    return b"BT /F1 %g Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET" % (size, x, y, escaped)


def _change(objects: Objects, chance: random.Random) -> None:
    """Changes a stream that is text (content, glyph tables), or a dictionary."""
    streams = [
        n for n, body in objects.items() if b"stream" in body and b"FlateDecode" not in body and len(body) < 300_000
    ]
    contents = [n for n in streams if b" Tf" in objects[n] or b"begincmap" in objects[n]]
    if contents and chance.random() < 0.7:
        number = chance.choice(contents)
        head, _, inside = objects[number].partition(b"stream\n")
        inside = chance.choice(_IN_CONTENT)(inside.removesuffix(b"\nendstream"), chance)
        objects[number] = head + b"stream\n" + inside + b"\nendstream"
    else:
        number = chance.choice(list(objects))
        head, mark, inside = objects[number].partition(b"stream\n")
        objects[number] = _in_dictionary(head, chance) + mark + inside


def _at_a_line(content: bytes, chance: random.Random) -> int:
    return content.find(b"\n", chance.randrange(len(content) + 1)) + 1


def _put_operator(content: bytes, chance: random.Random) -> bytes:
    at = _at_a_line(content, chance)
    return content[:at] + chance.choice(_OPERATORS) * chance.choice((1, 1, 1, 30)) + b"\n" + content[at:]


def _cut_lines(content: bytes, chance: random.Random) -> bytes:
    first = _at_a_line(content, chance)
    last = _at_a_line(content, chance)
    return content[:first] + content[max(first, min(last, first + 400)) :]


def _repeat_lines(content: bytes, chance: random.Random) -> bytes:
    at = _at_a_line(content, chance)
    stretch = content[at : at + chance.choice((30, 200, 1000))]
    return content[:at] + (stretch * chance.choice((2, 5, 40)))[:20_000] + b"\n" + content[at:]


def _set_number(content: bytes, chance: random.Random) -> bytes:
    return _replaced(_NUMBER, content, chance.choice(_VALUES), chance)


def _set_string(content: bytes, chance: random.Random) -> bytes:
    said = text(chance)[:60].encode("utf-16-be", "replace") if chance.random() < 0.5 else chance.randbytes(6)
    return _replaced(_STRING, content, b"<" + said.hex().encode() + b">", chance)


def _replaced(pattern: re.Pattern[bytes], content: bytes, by: bytes, chance: random.Random) -> bytes:
    found = pattern.search(content, chance.randrange(len(content) + 1)) or pattern.search(content)
    return content if found is None else content[: found.start()] + by + content[found.end() :]


_IN_CONTENT = (_put_operator, _put_operator, _cut_lines, _repeat_lines, _set_number, _set_number, _set_string)


def _in_dictionary(head: bytes, chance: random.Random) -> bytes:
    """Another number, another object, or one entry less."""
    match chance.randrange(3):
        case 0:
            return _set_number(head, chance)
        case 1:
            others = _REFERENCE.findall(head) or [b"1 0 R", b"2 0 R", b"99 0 R"]
            return _replaced(_REFERENCE, head, chance.choice(others), chance)
    return _replaced(re.compile(rb"/[A-Za-z]+\s+(?=[\d/])"), head, b"", chance)


def _written(objects: Objects, root: bytes) -> bytes:
    """The file, streams with their right length and offsets that are true."""
    written, offsets = bytearray(b"%PDF-1.6\n"), {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(written)
        held = _STREAM.match(body)
        if held is not None:
            head = re.sub(rb"/Length\b\s*\d+(?: \d+ R)?", b"", held[1]).rstrip()
            head = (head[:-2] if head.endswith(b">>") else b"<<") + b" /Length %d >>" % len(held[2])
            body = head + b"\nstream\n" + held[2] + b"\nendstream"
        written += b"%d 0 obj\n" % number + body.strip() + b"\nendobj\n"
    start, size = len(written), max(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        written += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00000 f \n"
    written += b"trailer << /Size %d /Root %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(written)
