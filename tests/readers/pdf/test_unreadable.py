"""Files that are no whole PDF: each is refused with its reason."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import pytest

from de06_extract.errors import DamagedFileError, EmptyFileError, EncryptedFileError, NoTextError, UnreadableError
from de06_extract.readers.pdf.reader import read
from tests.conftest import CORPUS
from tests.readers.pdf.drawing import FORM, SCAN, SMALL, pdf, text_at, with_image

STRIPS = " ".join(f"q 595 0 0 85 0 {85 * at} cm /I Do Q" for at in range(10))
WORDS = text_at(80, 700, "Tiep nhan 8.204 ho so")


@pytest.mark.parametrize(
    ("pages", "unread"),
    [
        (("", WORDS), ()),
        ((WORDS, SCAN, WORDS, SCAN, SCAN), (2, 4, 5)),
        ((WORDS, FORM), (2,)),
        ((STRIPS, WORDS), (1,)),
        ((SMALL, WORDS), (1,)),
        ((f"{SMALL} {WORDS}", WORDS), ()),
        ((f"{SCAN} {text_at(300, 800, '2')}", WORDS), (1,)),  # a page number on a scan
        ((f"{SCAN} {text_at(30, 800, 'Phu luc II kem theo Bao cao so 12')}", WORDS), (1,)),
        ((f"{SCAN} {' '.join(text_at(30, 700 - 20 * at, 'sau chu o moi dong') for at in range(4))}", WORDS), ()),
    ],
)
def test_pages_that_are_images_are_named(pages: tuple[str, ...], unread: tuple[int, ...]) -> None:
    found = read(with_image(*pages), "half.pdf")
    assert (found.unread_pages, found.text_from) == (unread, "mixed" if unread else "text-layer")
    assert "8.204" in found.text


@pytest.mark.parametrize("page", [SCAN, STRIPS, FORM, SMALL])
def test_a_file_of_images_is_a_scan(page: str) -> None:
    with pytest.raises(NoTextError, match="is a scan"):
        read(with_image(page, page), "scan.pdf")


def test_a_scan_with_a_signature_is_a_scan() -> None:
    """What the signing program wrote on it is no report."""
    shown = "BT /F 9 Tf 2 20 Td (Nguoi ky: Uy ban nhan dan) Tj 0 -12 Td (Thoi gian ky: 12.01.2023) Tj ET"
    field = b"<< /Type /Annot /Subtype /Widget /FT /Sig /F 4 /Rect [300 600 460 640] /AP << /N 10 0 R >> >>"
    drawn = f"/Subtype /Form /BBox [0 0 160 40] /Resources << /Font << /F 3 0 R >> >> /Length {len(shown)}"
    image = "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    more = [
        f"<< /Type /XObject {image} >>\nstream\n0\nendstream".encode(),
        field,
        f"<< /Type /XObject {drawn} >>\nstream\n{shown}\nendstream".encode(),
    ]
    signed = {"page_keys": "/Annots [9 0 R]", "fonts": "/F 3 0 R >> /XObject << /I 8 0 R"}
    with pytest.raises(NoTextError, match="is a scan"):
        read(pdf(SCAN, SCAN, more=more, **signed), "signed.pdf")
    assert read(pdf(WORDS, SCAN, more=more, **signed), "signed.pdf").unread_pages == (2,)


ENCRYPTION = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>]"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFileError, "empty"),
        (pdf("", trailer_keys=ENCRYPTION), EncryptedFileError, "password"),
        (b"%PDF-1.7\nno PDF at all", DamagedFileError, "damaged"),
        (b"%PDF-1.7\nno PDF at all\n%%EOF", DamagedFileError, "damaged"),
        (pdf("BT ET")[:-200], DamagedFileError, "end"),
        (pdf(), DamagedFileError, "damaged"),
        (pdf("", ""), NoTextError, "no text layer"),
        ((CORPUS / "pdf" / "000.pdf").read_bytes()[:40_000], DamagedFileError, "damaged"),
        (with_image(SCAN, SCAN), NoTextError, "is a scan"),
    ],
)
def test_an_unreadable_file_is_one_clear_error(data: bytes, error: type[UnreadableError], words: str) -> None:
    with pytest.raises(error) as caught:
        read(data, "report.pdf")
    assert str(caught.value).startswith("report.pdf: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["000", "002"])
@pytest.mark.parametrize("end", [0.1, 0.5, 0.95])
def test_a_page_whose_drawing_is_damaged_is_not_read_in_part(name: str, end: float) -> None:
    data = (CORPUS / "pdf" / f"{name}.pdf").read_bytes()
    start = data.index(b"stream\n") + len(b"stream\n")
    at = start + int((data.index(b"endstream", start) - start) * end)
    with pytest.raises(DamagedFileError, match=f"the stream at byte {start} cannot be unpacked"):
        read(data[:at] + b"\xff" * 40 + data[at + 40 :], "report.pdf")


@pytest.mark.parametrize("checksum", [b"\0\0\0\0\n", b"\n\n\n\n\n"])
def test_a_program_that_writes_no_right_checksum_does_no_damage(checksum: bytes) -> None:
    data = (CORPUS / "pdf" / "001.pdf").read_bytes()
    wrong = re.sub(rb"(?s).{5}endstream", lambda _: checksum + b"endstream", data)
    assert wrong != data
    assert read(wrong, "report.pdf").text == read(data, "report.pdf").text


def text_or_message(data: bytes) -> str:
    try:
        return read(data, "damaged.pdf").text
    except UnreadableError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_else_escapes_for_damaged_bytes(seed: int) -> None:
    chance = random.Random(seed)
    sources = [(CORPUS / "pdf" / "003.pdf").read_bytes(), pdf(text_at(80, 700, "Words 1.785"), "0 0 m 9 9 l S")]
    for _ in range(30):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.choice((1, 20, 400))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        assert text_or_message(bytes(data))


@pytest.mark.parametrize("number", ["1e9", "-3000000000", "340282346638528859811704183484516925440", "0"])
def test_absurd_measures_do_no_harm(number: str) -> None:
    page = f"BT /F {number} Tf {number} 0 0 {number} 5 {number} Tm (Words) Tj ET 0 {number} m {number} 5 l S"
    for data in (pdf(page), pdf(page + text_at(80, 700, "Words"), page_keys=f"/CropBox [0 0 {number} {number}]")):
        with suppress(NoTextError):
            assert read(data, "absurd.pdf").text
