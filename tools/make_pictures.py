"""Makes the pictures of the documentation: a report in a terminal and in a notebook, the page of an archive, the note
as printed, the review page, the view of an archive, and the copies with notes and with tracked changes. The comments of
a Word document stand in no print of LibreOffice: `comments-in-word.png` is a picture of its window.

    python tools/make_pictures.py

Needs Chromium for the pages (and playwright for the review page and the view), LibreOffice for what Word opens; what is
missing is said, and its picture stays as it was. The pictures lie in `docs/pictures/`; none needs the network or a font
that is not on every machine.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL.Image import Image
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from de06_extract import extract
from de06_extract.output.text import show_report

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
REPORT = "corpus/pdf/004.pdf"
WIDTH, LINES = 100, 31  # characters and lines of the terminal
PAGE, NOTEBOOK = "1280,1000", "1000,520"  # points of the window
SCALE = 1.5  # of a printed page
FONTS = "Consolas, Menlo, Liberation Mono, Noto Sans Mono, monospace"
THEME = TerminalTheme(
    (30, 32, 38), (220, 222, 226),
    [(60, 62, 68), (235, 90, 90), (120, 200, 120), (230, 190, 90), (110, 160, 240), (200, 130, 220), (90, 200, 210),
     (220, 222, 226)],
)  # fmt: skip


class MissingProgramError(Exception):
    """A program that makes a picture is not installed; the message says which."""


def main() -> None:
    """Makes every picture that can be made here."""
    PICTURES.mkdir(exist_ok=True)
    pictures: dict[str, Callable[[Path], None]] = {
        "text.svg": make_text,
        "page.png": make_page,
        "notebook.png": make_notebook,
        "note.png": make_note,
        "notes-in-pdf.png": make_notes,
        "changes-in-word.png": make_changes,
        "web-review.png": make_review,
        "web-archive.png": make_archive,
    }
    for name, make in pictures.items():
        try:
            make(PICTURES / name)
            print(f"{name}: made")
        except MissingProgramError as error:
            print(f"{name}: left as it was, {error}", file=sys.stderr)


def make_text(picture: Path) -> None:
    """What a terminal shows of a report, as vectors in a font of the reader's."""
    shown = Console(file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="standard", highlight=False)
    show_report(extract(ROOT / REPORT), shown, "vi")
    held = shown.file
    assert isinstance(held, io.StringIO)
    lines = held.getvalue().splitlines()[:LINES]
    console = Console(file=io.StringIO(), width=WIDTH, record=True, force_terminal=True, highlight=False)
    console.print(Text(f"$ de06-extract {REPORT} --format text", "bold green"))
    console.print(Text.from_ansi("\n".join([*lines, "…"])))
    drawn = console.export_svg(title="de06-extract", theme=THEME, unique_id="de06")
    # No font is fetched; those named are on most machines and have the letters of Vietnamese.
    without_fonts = re.sub(r"@font-face\s*\{[^}]*\}", "", drawn).replace("Fira Code, monospace", FONTS)
    picture.write_text(re.sub(r"[ \t]+$", "", without_fonts, flags=re.MULTILINE), "utf-8")


def make_page(picture: Path) -> None:
    """The upper part of the page of an archive, as a browser shows it."""
    with TemporaryDirectory() as folder:
        page, reports = Path(folder) / "kết quả.html", Path(folder) / "báo cáo"
        shutil.copytree(ROOT / "corpus/pdf", reports)
        (reports / "005.docx").write_bytes((ROOT / "corpus/docx/003.docx").read_bytes()[:9000])
        run_command("check", str(reports), "-q", "-o", str(page))
        photograph(page, picture, PAGE)


def make_notebook(picture: Path) -> None:
    """What a notebook shows of a report."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "notebook.html"
        shown = extract(ROOT / REPORT)._repr_html_()
        page.write_text(f'<meta charset="utf-8"><body style="background: white">{shown}', "utf-8")
        photograph(page, picture, NOTEBOOK)


def photograph(page: Path, picture: Path, window: str) -> None:
    """The upper part of a page, as a browser shows it."""
    browser = program("chromium", "chromium-browser", "google-chrome")
    arguments = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={window}"]
    with TemporaryDirectory() as folder:
        taken = Path(folder) / "page.png"
        subprocess.run(
            [browser, *arguments, f"--screenshot={taken}", page.as_uri()], check=True, capture_output=True, timeout=120
        )
        shutil.copyfile(taken, picture)


def make_note(picture: Path) -> None:
    """The first page of the note on a report, as LibreOffice prints it."""
    with TemporaryDirectory() as folder:
        note = Path(folder) / "phieu.docx"
        run_command(REPORT, "-q", "-o", str(note))
        first = pypdfium2.PdfDocument(printed(note))[0]
        first.render(scale=SCALE).to_pil().save(picture, optimize=True)


def make_notes(picture: Path) -> None:
    """A part of a PDF with its notes."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "003.ghi-chu.pdf"
        run_command("corpus/pdf/003.pdf", "-q", "-o", str(copy))
        part_of(copy, "99,35%", above=130, below=130).save(picture, optimize=True)


def make_changes(picture: Path) -> None:
    """A part of a Word document with what is proposed as tracked changes, as LibreOffice prints it."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "004.docx"
        shutil.copyfile(ROOT / "corpus/docx/004.docx", report)
        run_command(str(report), "-q", "--fix")
        copy = printed(report.with_suffix(".sua.docx"))
        part_of(copy, "708", above=110, below=40).save(picture, optimize=True)


def printed(document: Path) -> Path:
    """The PDF beside a document of Word, as LibreOffice prints it."""
    office = program("soffice")
    profile = f"-env:UserInstallation={(document.parent / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(document.parent), str(document)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    return document.with_suffix(".pdf")


def part_of(path: Path, words: str, *, above: float, below: float) -> Image:
    """The part of a PDF around the first place of some words, as wide as its page; heights in points."""
    for page in pypdfium2.PdfDocument(path):
        found = page.get_textpage().search(words).get_next()
        if found is not None:
            box = page.get_textpage().get_charbox(found[0])
            middle = page.get_height() - (box[1] + box[3]) / 2
            whole = page.render(scale=SCALE).to_pil()
            top, bottom = max(0, middle - above) * SCALE, min(page.get_height(), middle + below) * SCALE
            return whole.crop((0, round(top), whole.width, round(bottom)))
    raise MissingProgramError(f"{path.name} does not say “{words}”")


def make_review(picture: Path) -> None:
    """The review page with a finding that is looked at, and one that was dismissed."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as playwright, served(Path(folder)) as address:
        chromium = program("chromium", "chromium-browser", "google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(180_000)
        page.goto(address)
        page.set_input_files("#file", ROOT / "corpus/pdf/003.pdf")
        page.wait_for_url("**/review/**")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("d")
        page.locator("#f3 input[value=rounding]").check()
        page.locator("#f3 .dismiss button").click()
        page.locator("#f3.dismissed").wait_for()
        page.keyboard.press("k")
        page.wait_for_timeout(3_000)  # the page is scrolled to, and its picture is drawn
        page.screenshot(path=picture)
        browser.close()


def make_archive(picture: Path) -> None:
    """The view of a made-up archive, of which what nobody decided yet is shown."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder:
        store = Path(folder) / "ket-qua.sqlite"
        making = [sys.executable, str(ROOT / "benchmarks" / "archive_view.py"), "--make", str(store)]
        subprocess.run([*making, "--reports", "300"], check=True)
        with sync_playwright() as playwright, served(Path(folder), store.name) as address:
            chromium = program("chromium", "chromium-browser", "google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 2200})
            page.set_default_timeout(180_000)
            page.goto(address)
            page.goto(address.split("/enter")[0] + "/archive/archive?state=unseen")
            page.screenshot(path=picture)
            browser.close()


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[str]:
    """The address that opens a review page whose data lie in a folder; paths are seen from there."""
    command = [sys.executable, "-m", "de06_extract", "web", "--no-open", *arguments]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, cwd=folder) as process:
        assert process.stderr is not None
        try:
            yield process.stderr.readline().split()[-1]
        finally:
            process.terminate()


def program(*names: str) -> str:
    """The first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise MissingProgramError(f"{names[0]} is missing")
    return found


def run_command(*arguments: str) -> None:
    """Runs the command in the project's folder, where the corpus lies."""
    result = subprocess.run(
        [sys.executable, "-m", "de06_extract", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise MissingProgramError(result.stderr.strip() or f"exit code {result.returncode}")


if __name__ == "__main__":
    main()
