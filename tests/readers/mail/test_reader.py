"""A mail is read as its text; what is attached is named, and is a document of its own in an archive."""

from __future__ import annotations

import struct
from contextlib import suppress
from email.message import EmailMessage
from itertools import count, pairwise
from pathlib import Path

import pytest

from de06_extract import DamagedFileError, EmptyFileError, UnreadableError, extract
from de06_extract.archive.files.finder import find_entries
from de06_extract.errors import MissingFileError, TooLargeError
from de06_extract.readers import attachments, read_document
from de06_extract.readers.mail.reader import read
from tests.conftest import CORPUS
from tests.readers.docx.building import check_promises

SENTENCE = "Trong quý, đã giải quyết 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%."
REPORT = (CORPUS / "docx" / "003.docx").read_bytes()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


def eml(text: str = SENTENCE, page: str = "", *, files: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Báo cáo quý I", "a@example.vn", "b@example.vn"
    mail["Message-ID"] = "<1@example.vn>"
    if text:
        mail.set_content(text)
    if page:
        mail.add_alternative(page, subtype="html") if text else mail.set_content(page, subtype="html")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def msg(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each padded to the size from which on it has sectors of its own."""
    entries = [("Root Entry", 5, b"")]
    storages = sorted({path.partition("/")[0] for path in streams if "/" in path})
    top = [path for path in streams if "/" not in path]
    entries += [(name, 2, streams[name]) for name in top] + [(name, 1, b"") for name in storages]
    children = {0: list(range(1, len(entries)))}
    for storage in storages:
        inside = [path for path in streams if path.startswith(f"{storage}/")]
        at = next(number for number, entry in enumerate(entries) if entry[0] == storage)
        children[at] = list(range(len(entries), len(entries) + len(inside)))
        entries += [(path.partition("/")[2], 2, streams[path]) for path in inside]
    right = {one: other for kids in children.values() for one, other in pairwise(kids)}
    fat, body, starts = list[int](), b"", list[int]()
    for _, kind, content in entries:
        if kind != 2:
            starts.append(0xFFFFFFFE)
            continue
        content = content.ljust(4096, b"\0")
        sectors = -(-len(content) // 512)
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + sectors), 0xFFFFFFFE]
        body += content.ljust(512 * sectors, b"\0")
    none = 0xFFFFFFFF
    directory = b""
    for at, (name, kind, content) in enumerate(entries):
        size = max(4096, len(content)) if kind == 2 else 0
        links = none, right.get(at, none), (children.get(at) or [none])[0]
        directory += name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
        directory += struct.pack("<III", *links) + bytes(36) + struct.pack("<III", starts[at], size, 0)
    first = len(fat)
    sectors = -(-len(directory) // 512)
    fat += [*range(first + 1, first + sectors), 0xFFFFFFFE]
    body += directory.ljust(512 * sectors, b"\0")
    tables = next(number for number in count(1) if 128 * number >= len(fat) + number)
    where = list(range(len(fat), len(fat) + tables))
    fat += [0xFFFFFFFD] * tables
    body += struct.pack(f"<{128 * tables}I", *fat, *[0xFFFFFFFF] * (128 * tables - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return head + struct.pack("<109I", *where, *[0xFFFFFFFF] * (109 - tables)) + body


def outlook(kind: str = "001F") -> bytes:
    def words(text: str) -> bytes:
        return text.encode("utf-16-le" if kind == "001F" else "utf-8")

    attached = "__attach_version1.0_#00000000"
    return msg(
        {
            "__properties_version1.0": bytes(32),
            f"__substg1.0_0037{kind}": words("Báo cáo quý I"),
            f"__substg1.0_1000{kind}": words(SENTENCE),
            f"{attached}/__substg1.0_37010102": REPORT,
            f"{attached}/__substg1.0_3707{kind}": words("Báo cáo.docx"),
        }
    )


@pytest.mark.parametrize("kind", ["001F", "001E"])
def test_a_mail_of_outlook_is_read(kind: str) -> None:
    found = read_document(outlook(kind), "a.doc")
    assert found.text == f"Báo cáo quý I\n{SENTENCE}"
    assert found.media_type == "application/vnd.ms-outlook"
    assert [remark.about for remark in found.remarks] == ["read-as", "attachment"]
    ((name, content),) = attachments(outlook(kind), "a.msg")
    assert name == "Báo cáo.docx"
    assert content == REPORT


def test_a_mail_is_read_and_checked() -> None:
    data = eml(files=(("Báo cáo.docx", REPORT),))
    report = extract(data, name="thu.eml")
    assert [finding.rule for finding in report.findings] == ["ratio-mismatch"]
    assert [(remark.about, remark.detail) for remark in report.source.remarks] == [("attachment", "Báo cáo.docx")]
    check_promises(read(data, "thu.eml"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (eml(page=f"<p>{SENTENCE}</p>"), SENTENCE),
        (eml("", f"<html><body><p>{SENTENCE}</p></body></html>"), SENTENCE),
        (eml("").replace(b"Subject", b"X-Other"), None),
        (eml(files=(("thư.eml", eml("Bên trong")),)), SENTENCE),
        (eml().replace(b'charset="utf-8"', b'charset="x-unknown"'), SENTENCE),
    ],
)
def test_the_text_of_a_mail_is_plain_or_a_page(data: bytes, text: str | None) -> None:
    if text is None:
        with pytest.raises(EmptyFileError, match=r"^a\.eml: there is no text in the mail"):
            read(data, "a.eml")
    else:
        assert read(data, "a.eml").text == f"Báo cáo quý I\n{text}"


def test_a_mail_is_known_by_its_content() -> None:
    assert [remark.detail for remark in read_document(eml(), "a.txt").remarks] == ["EML"]
    letter = "Kính gửi: Sở Nội vụ\nFrom: UBND\nĐạt 5%."
    assert read_document(letter.encode(), "a.txt").media_type == "text/plain"


def test_attached_files_are_documents_of_their_own_in_an_archive(tmp_path: Path) -> None:
    files = (("003.docx", REPORT), ("..\\..\\003.docx", REPORT), ("ghi chú.txt", SENTENCE.encode()))
    (tmp_path / "thu.eml").write_bytes(eml(files=files))
    (tmp_path / "thu.msg").write_bytes(outlook())
    entries = {entry.path.removeprefix(f"{tmp_path.as_posix()}/"): entry for entry in find_entries([tmp_path]).entries}
    assert sorted(entries) == [
        "thu.eml",
        "thu.eml!/003.docx",
        "thu.eml!/2-003.docx",
        "thu.eml!/ghi chú.txt",
        "thu.msg",
        "thu.msg!/Báo cáo.docx",
    ]
    assert entries["thu.eml!/2-003.docx"].read() == entries["thu.msg!/Báo cáo.docx"].read() == REPORT
    assert entries["thu.eml!/003.docx"].suffix == ".docx"
    assert len(find_entries([tmp_path / "thu.eml!" / "003.docx"]).entries) == 1
    with pytest.raises(TooLargeError):
        entries["thu.eml!/003.docx"].read(10)
    (tmp_path / "thu.eml").write_bytes(eml())
    with pytest.raises(MissingFileError):
        entries["thu.eml!/003.docx"].read()


def test_the_budget_of_the_run_is_asked_for_what_is_attached_before_it_is_read(tmp_path: Path) -> None:
    mail = eml(files=(("003.docx", REPORT),))
    (tmp_path / "thu.eml").write_bytes(mail)
    _, entry = find_entries([tmp_path / "thu.eml"]).entries
    asked: list[int] = []
    assert entry.read(allow=asked.append) == REPORT
    assert asked == [len(REPORT)]
    with pytest.raises(TooLargeError):
        entry.read(len(mail) - 1)


def test_attached_files_that_lie_in_each_other_are_not_copied() -> None:
    storages = [f"__attach_version1.0_#{number:08}" for number in range(3)]
    streams = {f"{at}/__substg1.0_37010102": PICTURE * 90 for at in storages}
    whole = msg({"__properties_version1.0": bytes(32)} | streams)
    assert len(attachments(whole, "a.msg")) == 3
    size = struct.pack("<II", 90 * len(PICTURE), 0)
    assert whole.count(size) == 3
    with pytest.raises(DamagedFileError, match="more is attached than the file has bytes"):
        attachments(whole.replace(size, struct.pack("<II", len(whole) // 2, 0)), "a.msg")


def test_a_picture_in_the_text_is_no_attached_file() -> None:
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "a", "b@example.vn"
    mail.set_content(SENTENCE)
    mail.add_attachment(PICTURE, maintype="image", subtype="png", cid="<logo>", disposition="inline")
    mail.add_attachment(PICTURE, maintype="image", subtype="png", filename="scan.png")
    assert [name for name, _ in attachments(bytes(mail), "a.eml")] == ["scan.png"]


@pytest.mark.parametrize("data", [eml(files=(("a.docx", REPORT),)), outlook()], ids=["eml", "msg"])
def test_a_damaged_mail_is_read_or_refused(data: bytes) -> None:
    for at in range(0, len(data), 1777):
        with suppress(UnreadableError):
            check_promises(read(data[:at] + b"\xff\x00" + data[at + 2 :], "a.eml"))
    with pytest.raises(DamagedFileError, match=r"^a\.msg: the mail cannot be read"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "a.msg")
