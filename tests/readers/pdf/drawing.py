"""PDFs drawn by hand, and those of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from de06_extract.document.document import Document
from de06_extract.readers.pdf.reader import read
from tests.conftest import CORPUS


@cache
def document(name: str) -> Document:
    """A PDF of the corpus as the reader gives it."""
    path = CORPUS / name
    return read(path.read_bytes(), path.name)


def block_texts(read_document: Document, kind: str) -> list[str]:
    return [read_document.text[block.start : block.end] for block in read_document.blocks if block.kind == kind]


def pdf(
    *pages: str, page_keys: str = "", trailer_keys: str = "", fonts: str = "/F 3 0 R", more: Sequence[bytes] = ()
) -> bytes:
    """A small PDF: the content of each page, entries for every page dictionary and for the trailer."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for content in pages:
        entries = f"/MediaBox [0 0 595 842] {page_keys} /Resources << /Font << {fonts} >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {entries} /Contents {len(objects) + 2} 0 R >>".encode())
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode())
    objects.extend(more)
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer_keys} >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + head.encode() + tail.encode()


def text_at(x: float, y: float, text: str, size: float = 12) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


KEYS = "/F 3 0 R >> /XObject << /I {image} 0 R /G {form} 0 R"
SCAN, SMALL, FORM = "q 595 0 0 842 0 0 cm /I Do Q", "q 200 0 0 200 50 50 cm /I Do Q", "q 595 0 0 842 0 0 cm /G Do Q"


def with_image(*pages: str) -> bytes:
    """Pages that may show an image, drawn itself or inside a form that another form draws."""
    first = 4 + 2 * len(pages)
    entries = "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /{0} {1} 0 R >> >> /Length 5 >>"
    more = [
        f"<< /Type /XObject {entries} /Length 1 >>\nstream\n0\nendstream".encode(),
        f"{form.format('H', first + 2)}\nstream\n/H Do\nendstream".encode(),
        f"{form.format('I', first)}\nstream\n/I Do\nendstream".encode(),
    ]
    return pdf(*pages, fonts=KEYS.format(image=first, form=first + 1), more=more)


class Typeface:
    """A font with no letters drawn in it that can write any text: a byte for each character, half its size wide."""

    def __init__(self, texts: Sequence[str]) -> None:
        letters = sorted({letter for text in texts for letter in text} - {" "})
        self._codes = {" ": 32} | {letter: 33 + at for at, letter in enumerate(letters)}

    @property
    def objects(self) -> list[bytes]:
        """The font and the table that says which characters its bytes are, as a PDF of one page takes them."""
        pairs = "".join(f"<{code:02x}> <{ord(letter):04x}>\n" for letter, code in self._codes.items())
        codes = f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(self._codes)} beginbfchar\n{pairs}endbfchar"
        table = f"begincmap\n{codes}\nendcmap"
        widths = f"/FirstChar 32 /LastChar 255 /Widths [{' '.join(['500'] * 224)}]"
        return [
            f"<< /Type /Font /Subtype /Type1 /BaseFont /Courier {widths} /ToUnicode 7 0 R >>".encode(),
            f"<< /Length {len(table)} >>\nstream\n{table}\nendstream".encode(),
        ]

    def text_at(self, x: float, y: float, text: str, size: float = 12) -> str:
        """Drawing of the text from a point on."""
        return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{bytes(self._codes[letter] for letter in text).hex()}> Tj ET"

    def page(self, content: str) -> bytes:
        """A PDF with one page in this font."""
        return pdf(content, fonts="/F 6 0 R", more=self.objects)
