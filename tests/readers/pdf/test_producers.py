"""PDFs as programs write them that people use: each gets its note on the figure, and not a byte of it is touched."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest

from tests.converting import converted
from tests.readers.docx.building import saved
from tests.readers.pdf.annotating import annotated, changed_box, highlights, is_clean, note_on

pytestmark = pytest.mark.slow

WORDS = "So ho so giai quyet 3.225/3.265 ho so, dat ty le 98,57% trong quy."


def made_by(program: str, package: str, name: str, text: str, options: Sequence[str]) -> bytes:
    """What a program makes of a text; the test is skipped, and says so, where it is not installed."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed (apt install {package})")
    with TemporaryDirectory() as folder:
        Path(folder, name).write_text(text, "utf-8")
        subprocess.run([found, *options], cwd=folder, check=True, capture_output=True, timeout=120)
        return Path(folder, "a.pdf").read_bytes()


def by_libreoffice() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS)
    return converted(saved(document), "docx", "pdf")


def by_cairo() -> bytes:
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' width='595' height='842'><text x='60' y='80'>{WORDS}</text></svg>"
    return made_by("rsvg-convert", "librsvg2-bin", "a.svg", drawn, ["-f", "pdf", "a.svg", "-o", "a.pdf"])


def by_pdftex() -> bytes:
    words = WORDS.replace("%", r"\%")
    text = rf"\documentclass{{article}}\begin{{document}}{words}\end{{document}}"
    return made_by("pdflatex", "texlive-latex-base", "a.tex", text, ["-interaction=batchmode", "a.tex"])


def by_chromium() -> bytes:
    options = ["--headless", "--no-sandbox", "--user-data-dir=profile", "--print-to-pdf=a.pdf", "a.html"]
    return made_by("chromium", "chromium", "a.html", f"<p>{WORDS}</p>", options)


def by_reportlab() -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed (pip install reportlab)")
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(60, 700, WORDS)
    page.save()
    return out.getvalue()


PRODUCERS = {made.__name__: made for made in (by_libreoffice, by_cairo, by_pdftex, by_chromium, by_reportlab)}


@pytest.mark.parametrize("name", PRODUCERS)
def test_what_programs_write_gets_its_note(name: str) -> None:
    producer: Callable[[], bytes] = PRODUCERS[name]
    data = producer()
    note = note_on(data)
    copy = annotated(data, note)
    assert copy.data.startswith(data)
    assert is_clean(copy.data)
    assert len(highlights(copy.data)) == 1
    assert changed_box(data, copy.data) == pytest.approx(note.marks[0].locations[0].bbox, abs=2)
