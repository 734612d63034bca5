"""PDF files out of the corpus's: some of their pages, in one file or of two, with the text in them changed.

LibreOffice writes PDF in a plain form: an xref table, no object streams, one content stream a page, glyph codes of one
byte with a table of the characters that they stand for. So a page is changed where its text is drawn, and keeps its
lines, rules and footnotes. A letter that a font lacks, because its report has no such letter, is drawn in the same font
of another report.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archiving.versions import Version

_APART = 1000  # numbers kept free for the objects of a file
_UNKNOWN = "\ufffd"
_XREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_XREF_ROW = re.compile(rb"(\d{10}) \d{5} n")
_OBJECT = re.compile(rb"\s*(\d+) 0 obj\s*(.*)endobj\s*\Z", re.DOTALL)
_STREAM = re.compile(rb"<<.*?>>\s*stream\r?\n(.*)", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_CHARACTER = re.compile(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>")
_DRAWN = re.compile(rb"/(?P<font>F\d+) (?P<size>[\d.]+) Tf|\[(?P<array>[^\]]*)\]TJ|<(?P<string>[0-9A-F]*)>\s*Tj")
_PIECE = re.compile(rb"<([0-9A-F]*)>|(-?[\d.]+)")


@dataclass(frozen=True)
class Font:
    """A font of a file: its family and style, and the codes of the characters that it has."""

    number: int
    style: bytes
    codes: Mapping[str, int]
    characters: Mapping[int, str]


@dataclass(frozen=True)
class Glyph:
    """A code as it is drawn, what it stands for, in which font, and how far the next one is moved."""

    code: int
    character: str
    font: Font
    kerning: bytes = b""


@dataclass(frozen=True)
class Text:
    """Glyphs that are drawn in one go, and the place in the content stream where this is said."""

    start: int
    end: int
    name: bytes
    size: bytes
    glyphs: tuple[Glyph, ...]

    @property
    def letters(self) -> str:
        """What is drawn, one character a glyph."""
        return "".join(glyph.character for glyph in self.glyphs)


class PortableLibrary:
    """PDF files of the corpus, taken apart; `sources` are the numbers of the pages of each."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._objects: dict[int, bytes] = {}
        self.sources = tuple(self._load(path, _APART * at) for at, path in enumerate(paths, 1))
        self._fonts = {n: self._font(n) for n, body in self._objects.items() if b"/Type/Font/" in body}

    def can_write(self, source: int, names: Mapping[str, str]) -> bool:
        """True where each name of a file can be drawn as what it becomes, in the style of each place of it."""
        return all(set(new) <= letters for old, new in names.items() for letters in self._letters(source, old))

    def write(self, pages: Sequence[int], version: Version, title: str) -> bytes:
        """A PDF file of these pages, changed."""
        bodies: dict[int, bytes] = {}
        for page in pages:
            self._collect(page, version, bodies)
        numbers = {old: new for new, old in enumerate(bodies, 2)}
        objects = {numbers[old]: _renumbered(body, numbers) for old, body in bodies.items()}
        kids = b" ".join(b"%d 0 R" % numbers[page] for page in pages)
        objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids)
        catalog, about = len(objects) + 1, len(objects) + 2
        objects[catalog] = b"<</Type/Catalog/Pages 1 0 R>>"
        objects[about] = b"<</Title<FEFF%b>>>" % title.encode("utf-16-be").hex().upper().encode()
        return assembled(objects, b"/Root %d 0 R/Info %d 0 R" % (catalog, about))

    def _load(self, path: Path, offset: int) -> tuple[int, ...]:
        """Takes a file apart, all its numbers raised by `offset`; gives the numbers of its pages."""
        data = path.read_bytes()
        found = _XREF.search(data)
        if found is None:
            raise ValueError(f"{path}: no xref table at its end")
        xref = int(found[1])
        starts = sorted(int(row[1]) for row in _XREF_ROW.finditer(data, xref))
        pages: tuple[int, ...] = ()
        for start, end in zip(starts, [*starts[1:], xref], strict=True):
            body = _OBJECT.match(data[start:end])
            if body is None:
                raise ValueError(f"{path}: no object at byte {start}")
            raised = _referring(body[2].strip(), lambda number: b"%d 0 R" % (int(number) + offset))
            self._objects[int(body[1]) + offset] = raised
            if b"/Type/Pages" in raised:
                pages = tuple(map(int, _REFERENCE.findall(raised.partition(b"/Kids[")[2].partition(b"]")[0])))
        return pages

    def _font(self, number: int) -> Font:
        body = self._objects[number]
        style = re.search(rb"/BaseFont/\w+\+(\S+)", body)
        table = re.search(rb"/ToUnicode (\d+) 0 R", body)
        characters = {
            int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for code, letters in _CHARACTER.findall(self._unpacked(int(table[1])) if table else b"")
        }
        codes = {character: code for code, character in characters.items()}
        return Font(number, style[1] if style else b"", codes, characters)

    @cache  # noqa: B019 - there is one library, which lives as long as the program
    def _letters(self, source: int, name: str) -> tuple[set[str], ...]:
        """The letters that there are in the style of each place where a file has a name."""
        drawn = (text for page in self.sources[source] for text in self._texts(page) if name in text.letters)
        styles = {glyph.font.style for text in drawn for glyph in text.glyphs}
        return tuple(
            {c for font in self._fonts.values() if font.style == style for c in font.codes} for style in styles
        )

    def _collect(self, page: int, version: Version, bodies: dict[int, bytes]) -> None:
        """Adds the objects that a page needs."""
        drawing, used = self._changed(page, version)
        content = self._referred(page, b"Contents")
        bodies[content] = _stream(b"/Filter/FlateDecode", zlib.compress(drawing, 6))
        bodies[page] = re.sub(rb"/Parent \d+ 0 R", b"/Parent @", self._objects[page])
        resources = self._objects[self._referred(page, b"Resources")]
        fonts = self._objects[int(re.findall(rb"/Font (\d+) 0 R", resources)[0])].strip()
        fonts = fonts[: -len(b">>")] + b"".join(b"/X%d %d 0 R" % (number, number) for number in sorted(used)) + b">>"
        resources = re.sub(rb"/Font \d+ 0 R", lambda _: b"/Font" + fonts, resources)
        bodies[page] = re.sub(rb"/Resources \d+ 0 R", lambda _: b"/Resources" + resources, bodies[page])
        waiting = [number for number in map(int, _REFERENCE.findall(bodies[page])) if number not in bodies]
        while waiting:
            number = waiting.pop()
            if number not in bodies and not re.search(rb"/Type/Pages?\b", self._objects[number]):
                bodies[number] = self._objects[number]
                waiting += map(int, _REFERENCE.findall(bodies[number].partition(b"stream\n")[0]))

    def _referred(self, number: int, key: bytes) -> int:
        found = re.search(rb"/%b (\d+) 0 R" % key, self._objects[number])
        if found is None:
            raise ValueError(f"object {number} has no {key.decode()}")
        return int(found[1])

    @cache  # noqa: B019
    def _unpacked(self, number: int) -> bytes:
        stream = _STREAM.match(self._objects[number])
        return zlib.decompressobj().decompress(stream[1]) if stream else b""

    @cache  # noqa: B019
    def _texts(self, page: int) -> tuple[Text, ...]:
        """What is drawn on a page."""
        resources = self._objects[self._referred(page, b"Resources")]
        named = self._objects[int(re.findall(rb"/Font (\d+) 0 R", resources)[0])]
        fonts = {name: self._fonts[int(number)] for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", named)}
        name, size, texts = b"", b"", list[Text]()
        for drawn in _DRAWN.finditer(self._unpacked(self._referred(page, b"Contents"))):
            if drawn["font"]:
                name, size = drawn["font"], drawn["size"]
            else:
                glyphs = tuple(_glyphs(drawn["array"] or b"<%b>" % drawn["string"], fonts[name]))
                texts.append(Text(drawn.start(), drawn.end(), name, size, glyphs))
        return tuple(texts)

    def _changed(self, page: int, version: Version) -> tuple[bytes, set[int]]:
        """The drawing of a page with its text changed, and the fonts of other files that it needs now."""
        content, done, parts = self._unpacked(self._referred(page, b"Contents")), 0, list[bytes]()
        used = set[int]()
        for text in self._texts(page):
            glyphs = self._rewritten(text, version)
            if glyphs != text.glyphs:
                own = text.glyphs[0].font
                used |= {glyph.font.number for glyph in glyphs if glyph.font != own}
                parts += (content[done : text.start], _drawing(glyphs, own, text))
                done = text.end
        return b"".join((*parts, content[done:])), used

    def _rewritten(self, text: Text, version: Version) -> tuple[Glyph, ...]:
        """The glyphs of the changed text; a change for which there is no letter is not made."""
        glyphs = text.glyphs
        for edit in reversed([*version.edits(text.letters)]):
            old = glyphs[edit.start : edit.end]
            fonts = [self._font_for(letter, old[0].font) for letter in edit.text]
            kerning = [glyph.kerning for glyph in old] if len(old) == len(edit.text) else [b""] * len(edit.text)
            new = (
                Glyph(font.codes[letter], letter, font, kern)
                for letter, font, kern in zip(edit.text, fonts, kerning, strict=True)
                if font
            )
            if all(fonts):
                glyphs = (*glyphs[: edit.start], *new, *glyphs[edit.end :])
        return glyphs

    def _font_for(self, letter: str, own: Font) -> Font | None:
        same = (font for font in self._fonts.values() if font.style == own.style)
        return own if letter in own.codes else next((font for font in same if letter in font.codes), None)


def assembled(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1 without a gap, with an xref table."""
    parts = [b"%PDF-1.6\n%\xc3\xa4\xc3\xbc\n"]
    offsets, length = list[int](), len(parts[0])
    for number in sorted(objects):
        offsets.append(length)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, objects[number]))
        length += len(parts[-1])
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, rows))
    parts.append(b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, length))
    return b"".join(parts)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def _referring(body: bytes, write: Callable[[bytes], bytes]) -> bytes:
    """The object with its references written anew."""
    head, stream, data = body.partition(b"stream\n")
    return _REFERENCE.sub(lambda found: write(found[1]), head) + stream + data


def _renumbered(body: bytes, numbers: Mapping[int, int]) -> bytes:
    """The object as part of a file; what was left out is null there."""
    new = _referring(body, lambda old: b"%d 0 R" % numbers[int(old)] if int(old) in numbers else b"null")
    return new.replace(b"/Parent @", b"/Parent 1 0 R", 1)


def _glyphs(array: bytes, font: Font) -> Iterator[Glyph]:
    last: Glyph | None = None
    for codes, kerning in _PIECE.findall(array):
        if kerning and last:
            last = Glyph(last.code, last.character, font, kerning)
        for code in bytes.fromhex(codes.decode()):
            if last:
                yield last
            character = font.characters.get(code, _UNKNOWN)
            last = Glyph(code, character if len(character) == 1 else _UNKNOWN, font)
    if last:
        yield last


def _drawing(glyphs: Iterable[Glyph], own: Font, text: Text) -> bytes:
    """The glyphs drawn one after the other, each in its font, the last font that of the text."""
    parts, font = list[bytes](), own
    for glyph in glyphs:
        if glyph.font != font:
            font = glyph.font
            name = text.name if font == own else b"X%d" % font.number
            parts.append(b"]TJ /%b %b Tf [" % (name, text.size))
        parts.append(b"<%02X>%b" % (glyph.code, glyph.kerning))
    back = b"" if font == own else b" /%b %b Tf" % (text.name, text.size)
    return b"[%b]TJ%b" % (b"".join(parts), back)
