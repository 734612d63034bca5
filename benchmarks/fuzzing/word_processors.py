"""Documents of other word processors (.doc, .rtf, .odt) as LibreOffice gets them."""

from __future__ import annotations

import random
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from de06_extract.readers.office.libreoffice import find_program
from fuzzing import open_documents
from fuzzing.compound import changed, compound
from fuzzing.texts import CORPUS, broken, text

_STREAMS = ("WordDocument", "1Table", "0Table", "Data", "\x05SummaryInformation", "EncryptedPackage", "Workbook", "x/y")
_WORDS = (
    "\\par ", "\\tab ", "\\cell ", "\\row ", "\\trowd ", "\\cellx2000 ", "\\cellx-1 ", "\\intbl ", "{\\b ", "}", "{",
    "\\u7841?", "\\u-9999 ?", "\\'e1", "\\'zz", "\\bin9999999 ", "\\bin5 abcde", "\\uc9 ", "\\fs99999999999 ",
    "\\li-5 ", "{\\*\\x ", "{\\pict\\pngblip 89504e47}", "{\\object\\objemb{\\*\\objdata 01}}",
    "{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}",
    "{\\footnote 1}", "\\page ", "\\sect ", "\\pard ", "\\plain ", "\\ansicpg99999 ", "\\deff-1 ", "\\", "\0",
    "\\listtext 1.",
)  # fmt: skip


def rtf(chance: random.Random) -> bytes:
    """A rich text as the bytes of a file."""
    pieces = ["{\\rtf1\\ansi\\ansicpg1258\\deff0{\\fonttbl{\\f0 Times New Roman;}}"]
    for _ in range(chance.randint(1, 12)):
        pieces.append(_escaped(text(chance)[:300]))
        pieces += [chance.choice(_WORDS) for _ in range(chance.choice((0, 1, 2, 6)))]
    if chance.random() < 0.1:
        pieces.append("{" * chance.choice((50, 3000)))
    held = ("".join(pieces) + "\\par}" * chance.choice((1, 1, 1, 0, 5))).encode("latin-1", "replace")
    return broken(held, chance) if chance.random() < 0.1 else held


def _escaped(said: str) -> str:
    return "".join(c if c.isascii() and c not in "\\{}" else f"\\u{ord(c)}?" if ord(c) < 32_768 else "?" for c in said)


def odt(chance: random.Random) -> bytes:
    """An OpenDocument text as the bytes of a file."""
    return open_documents.text_document(chance)


def doc(chance: random.Random) -> bytes:
    """An old Word document as the bytes of a file: one that LibreOffice wrote, changed, or streams of that name."""
    written = _old_document()
    if written is not None and chance.random() < 0.6:
        held = changed(written, chance) if chance.random() < 0.4 else written
        return broken(held, chance)
    streams = {"WordDocument": chance.randbytes(chance.choice((0, 40, 4096)))}
    streams |= {name: chance.randbytes(60) for name in chance.sample(_STREAMS, chance.choice((0, 1, 3)))}
    held = compound(streams)
    if chance.random() < 0.6:
        held = changed(held, chance)
    return broken(held, chance) if chance.random() < 0.2 else held


@cache
def _old_document() -> bytes | None:
    """A report as LibreOffice writes it for old Word, None where there is no LibreOffice."""
    program = find_program()
    if program is None:
        return None
    with TemporaryDirectory(prefix="fuzz-") as folder:
        source = Path(folder, "report.rtf")
        source.write_bytes(b"{\\rtf1\\ansi " + _escaped((CORPUS / "000.txt").read_text("utf-8")[:1500]).encode() + b"}")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder, str(source)]
        subprocess.run(command, capture_output=True, timeout=120, check=False)
        made = Path(folder, "report.doc")
        return made.read_bytes() if made.is_file() else None
