"""Mails as Outlook keeps them, whose properties and attached files are wrong in some places."""

from __future__ import annotations

import random

from fuzzing import pages
from fuzzing.compound import changed, compound
from fuzzing.texts import broken, text

_SUBJECT, _TEXT, _PAGE, _CONTENT, _LONG_NAME, _SHORT_NAME = "0037", "1000", "1013", "3701", "3707", "3704"
_KINDS = ("001F", "001F", "001E", "0102", "000D", "001f", "XXXX", "")
_NAMES = ("báo cáo.docx", "a.txt", "../../a.txt", "", ".", "\0", "a" * 300, "a\nb.pdf", "x.eml", "b.7z", "\ud800.txt")
_ATTACHED = "__attach_version1.0_#"


def data(chance: random.Random) -> bytes:
    """A mail as the bytes of a file, now and then changed in its directory or its bytes."""
    streams = {"__properties_version1.0": bytes(32)}
    for number in (_SUBJECT, _TEXT, _PAGE, chance.choice(("0C1F", "1009", "8001"))):
        if chance.random() < 0.7:
            kind = chance.choice(_KINDS)
            said = pages.data(chance)[:3000] if number == _PAGE else _words(text(chance)[:1200], kind, chance)
            streams[f"__substg1.0_{number}{kind}"] = said
    for at in range(chance.choice((0, 0, 1, 2, 5))):
        streams |= _attached(at, chance)
    if chance.random() < 0.1:
        streams.pop(chance.choice(list(streams)))
    held = compound(streams)
    if chance.random() < 0.3:
        held = changed(held, chance)
    return broken(held, chance) if chance.random() < 0.06 else held


def _attached(number: int, chance: random.Random) -> dict[str, bytes]:
    storage = chance.choice((f"{_ATTACHED}{number:08X}", f"{_ATTACHED}{number:08X}", _ATTACHED, f"__recip_{number}"))
    content = chance.choice((text(chance).encode("utf-8", "replace"), b"", b"PK\x03\x04", b"%PDF-1.4"))
    kind, name = chance.choice(_KINDS), chance.choice(_NAMES)
    return {
        f"{storage}/__substg1.0_{_CONTENT}{chance.choice(('0102', '0102', '000D'))}": content,
        f"{storage}/__substg1.0_{chance.choice((_LONG_NAME, _SHORT_NAME))}{kind}": _words(name, kind, chance),
    }


def _words(said: str, kind: str, chance: random.Random) -> bytes:
    """The text as a property of that kind holds it, some of them cut in a character."""
    encoding = "utf-16-le" if kind.upper() == "001F" else chance.choice(("utf-8", "cp1258", "latin-1"))
    written = said.encode(encoding, "replace" if encoding != "utf-16-le" else "surrogatepass")
    return written[: -chance.choice((1, 3))] if chance.random() < 0.1 else written
