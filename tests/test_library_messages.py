"""What libraries log and warn of while they read a document is shown to who looks for a defect, and to nobody else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from de06_extract.library_messages import LIBRARIES
from tests.readers.pdf.drawing import pdf, text_at

FONT = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor << /Type /FontDescriptor /FontName /X >> >>"
READ = "from de06_extract.readers.pdf.pages import _cells_of_pdfplumber as read; read(sys.stdin.buffer.read(), 1);"
LOG = "import logging; [logging.getLogger(name + '.x').warning('heard of %s', name) for name in sys.argv[1:]];"
WARN = "import warnings; warnings.warn('heard as well');"
TELL = "from de06_extract.library_messages import tell_of_libraries; tell_of_libraries(wanted={});"


def printed(*pieces: str, data: bytes = b"") -> str:
    """What a process prints on standard error that runs these pieces."""
    code = "import sys, de06_extract.readers;" + "".join(pieces)
    done = subprocess.run([sys.executable, "-c", code, *LIBRARIES], input=data, capture_output=True, check=True)
    return done.stderr.decode()


def test_what_a_library_says_of_a_document_is_not_printed() -> None:
    data = pdf(text_at(50, 700, "a").replace("/F ", "/G "), fonts="/F 3 0 R /G 6 0 R", more=[FONT])
    assert "FontBBox" in printed(TELL.format(True), READ, data=data)
    assert printed(READ, data=data) == ""


@pytest.mark.parametrize("pieces", [(LOG,), (TELL.format(False), LOG, WARN)])
def test_no_library_that_reads_documents_is_printed(pieces: tuple[str, ...]) -> None:
    assert printed(*pieces) == ""


def test_who_looks_for_a_defect_is_told_all() -> None:
    said = printed(TELL.format(True), LOG, WARN)
    assert "heard as well" in said
    assert all(f"{name}.x: heard of {name}" in said for name in LIBRARIES)


def test_a_command_tells_what_libraries_say_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from de06_extract.commands import ending

    asked = list[bool]()
    monkeypatch.setattr(ending, "tell_of_libraries", lambda *, wanted: asked.append(wanted))
    for arguments in (["a.pdf"], ["a.pdf", "--debug"]):
        ending.run_to_end(lambda *_, **__: 0, arguments)
    assert asked == [False, True]
