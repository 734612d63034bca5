"""Documents of other word processors are read by way of LibreOffice; without it one is told what to install."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path
from time import monotonic, sleep

import pytest

from de06_extract import DamagedFileError, UnreadableError, extract
from de06_extract.errors import NotInstalledError
from de06_extract.readers import read_document
from de06_extract.readers.office import libreoffice
from de06_extract.readers.office.libreoffice import convert, find_program
from de06_extract.readers.office.reader import is_mine
from tests.conftest import CORPUS
from tests.converting import converted

SENTENCE = "Đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%."
RICH_TEXT = b"{\\rtf1\\ansi " + "".join(
    letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in SENTENCE
).encode() + b"\\par}"  # fmt: skip
TYPES = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}


@cache
def report_as(kind: str) -> bytes:
    return converted((CORPUS / "docx" / "003.docx").read_bytes(), "docx", kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(TYPES))
def test_a_report_says_the_same_in_each_format(kind: str) -> None:
    report, same = extract(report_as(kind), name="a.bin"), extract(CORPUS / "docx" / "003.docx")
    assert report.source.media_type == TYPES[kind]
    assert [finding.message for finding in report.findings] == [finding.message for finding in same.findings]
    assert report.summary == same.summary


@pytest.mark.slow
def test_a_rich_text_under_another_name_is_read() -> None:
    if find_program() is None:
        pytest.skip("LibreOffice is not installed")
    found = read_document(RICH_TEXT, "a.doc")
    assert found.text == SENTENCE
    assert (found.name, found.media_type) == ("a.doc", "application/rtf")


@pytest.mark.slow
def test_what_libreoffice_cannot_open_is_damaged() -> None:
    if find_program() is None:
        pytest.skip("LibreOffice is not installed")
    with pytest.raises(DamagedFileError, match=r"^a\.doc: LibreOffice cannot open it"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "a.doc")


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (b"{\\rtf1", ()),
        (b"\xd0\xcf", ("WordDocument",)),
        (b"PK mimetypeapplication/vnd.oasis.opendocument.text", ("content.xml",)),
    ],
)
def test_a_document_is_known_by_its_content(head: bytes, names: tuple[str, ...]) -> None:
    assert is_mine(head, names)
    assert not is_mine(head[:2], ("Workbook",))


@pytest.mark.parametrize("name", ["a.rtf", "a.docx", "a.txt"])
def test_without_libreoffice_one_is_told_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("de06_extract.readers.office.reader.find_program", lambda: None)
    with pytest.raises(
        NotInstalledError, match=rf"^{name}: needs LibreOffice to read \.rtf, which is not installed .*\.docx$"
    ):
        read_document(RICH_TEXT, name)


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice here")
def test_it_is_ended_with_all_that_it_started_when_its_time_is_over(tmp_path: Path) -> None:
    program, told = tmp_path / "soffice", tmp_path / "child"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {told}\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(UnreadableError, match="LibreOffice took longer than 1 s"):
        convert(str(program), b"{\\rtf1}", ".rtf", "a.rtf", longest=1)
    child = int(told.read_text())
    until = monotonic() + 30  # a process that was killed goes when the machine comes to it
    while (is_running := _is_running(child)) and monotonic() < until:
        sleep(0.05)
    assert not is_running


def _is_running(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_its_profile_forbids_macros_and_is_gone_afterwards(tmp_path: Path) -> None:
    program, copy = tmp_path / "soffice", tmp_path / "copy"
    program.write_text(
        "#!/bin/sh\nprofile=${1#-env:UserInstallation=file://}\n"
        f'cp "$profile/user/registrymodifications.xcu" {copy}; echo "$profile" > {tmp_path}/where\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(DamagedFileError):
        convert(str(program), b"{\\rtf1}", ".rtf", "a.rtf")
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in copy.read_text()
    assert not Path((tmp_path / "where").read_text().strip()).exists()
    assert libreoffice.LONGEST < 600  # seconds that a file may take in all
