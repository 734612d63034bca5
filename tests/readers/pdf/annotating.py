"""PDFs of one page with a figure on it, their copies with a note on it, and what other programs say of these."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from PIL import ImageChops
from PIL.Image import Image
from pypdf import PdfReader

from de06_extract.document.copies.notes import Copy, Mark, Note
from de06_extract.readers.pdf.annotator import annotate
from de06_extract.readers.pdf.reader import read

FIGURE = "98,57%"
MADE_AT = datetime(2026, 11, 30, 7, 5, tzinfo=UTC)
TEXT = "3.225/3.265 là 98,77%, báo cáo ghi 98,57%\nĐề xuất: 98,57% → 98,77%"

ASIDE = "P-01: số được đối chiếu với “98,57%” (trang 1)."


def note_on(data: bytes, figure: str = FIGURE, *against: str, name: str = "f1") -> Note:
    """A note on the first place of a figure, which is held against the others."""
    document = read(data, "a.pdf")
    marks = []
    for wanted in (figure, *against):
        start = document.text.index(wanted)
        marks.append(Mark(start, start + len(wanted), document.locations(start, start + len(wanted)), wanted == figure))
    return Note(name, "error", "P-01 · Lỗi · Tỷ lệ không khớp", TEXT, ASIDE, tuple(marks))


def annotated(data: bytes, *notes: Note) -> Copy:
    return annotate(data, "a.pdf", notes or (note_on(data),), MADE_AT)


def highlights(data: bytes, page: int = 0) -> list[dict[str, object]]:
    """The annotations of a page that are highlights."""
    held = PdfReader(BytesIO(data)).pages[page].get("/Annots")
    found = [] if held is None else [annotation.get_object() for annotation in held.get_object()]
    return [annotation for annotation in found if annotation["/Subtype"] == "/Highlight"]


def rendered(data: bytes, page: int = 0, scale: float = 2) -> Image:
    document = pypdfium2.PdfDocument(data)
    try:
        image: Image = document[page].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    return image


def changed_box(before: bytes, after: bytes, page: int = 0) -> tuple[float, float, float, float] | None:
    """The box of what looks different on a page, in points from the top left as displayed."""
    box = ImageChops.difference(rendered(before, page), rendered(after, page)).getbbox()
    return None if box is None else (box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2)


def told_by(program: str, data: bytes, *options: str) -> str:
    """What a program says of a PDF; a test that needs it is skipped, and says so, where it is not installed."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        path.write_bytes(data)
        done = subprocess.run([_program(program), *options, str(path)], capture_output=True, text=True, timeout=60)
    return f"{done.returncode} {done.stdout}{done.stderr}"


def is_clean(data: bytes) -> bool:
    """True where qpdf has nothing to say against the file."""
    said = told_by("qpdf", data, "--check")
    return said.startswith("0 ") and "WARNING" not in said


def made_by_qpdf(data: bytes, *options: str) -> bytes:
    """The PDF as qpdf writes it with options."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "a.pdf"), Path(folder, "b.pdf")
        source.write_bytes(data)
        subprocess.run([_program("qpdf"), *options, str(source), str(target)], check=True, timeout=60)
        return target.read_bytes()


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (apt install qpdf poppler-utils)")
    return found
