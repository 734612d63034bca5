"""Objects appended to a PDF: an incremental update, which leaves every byte of the file as it is.

pypdf reads; what it would write ends in a cross-reference stream even where the file has a table, and Acrobat's
preflight and macOS do not like the two mixed: here the update ends in the kind that the file has. Where the file is
encrypted under the empty password, what is appended is encrypted likewise.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from de06_extract.document.copies.notes import Caution
from de06_extract.errors import NotCopiedError

_START = re.compile(rb"startxref\s+(\d{1,12})")
_TABLE = b"xref"
_STREAM = re.compile(rb"\s*\d{1,10}\s+\d{1,5}\s+obj")
_KEPT = ("/Root", "/Info", "/Encrypt")  # entries of a trailer that the next one repeats; /XRefStm is none of them


class NotAppendableError(Exception):
    """Raised for a file whose cross-reference is not where it says, so that an update would not be found."""


@contextmanager
def damage_of_pypdf() -> Iterator[None]:
    """Turns what pypdf raises for a damaged file into a `NotAppendableError`, and what it lacks for a whole one."""
    try:
        yield
    except NotAppendableError:
        raise
    except DependencyError as error:
        raise NotCopiedError("encrypted-pdf") from error
    except Exception as error:  # a dozen classes for flipped bytes
        raise NotAppendableError(" ".join(str(error).split()) or type(error).__name__) from error


class Update:
    """The objects to append to a PDF, and its pages as references to their objects."""

    def __init__(self, data: bytes) -> None:
        """Reads the file. Raises a `NotAppendableError`, or what pypdf raises for a file that it cannot read."""
        self._data = data
        # One reader for the references, another for the objects: `.pages` writes inherited keys into page objects.
        pages = PdfReader(BytesIO(data)).pages
        self._pages: tuple[IndirectObject, ...] = tuple(_reference(page.indirect_reference) for page in pages)
        self._reader = PdfReader(BytesIO(data))
        self._start = _start_of(data)
        self._is_table = data.startswith(_TABLE, self._start)
        trailer = self._reader.trailer
        known = (number for entries in self._reader.xref.values() for number in entries)
        highest = max((*known, *self._reader.xref_objStm), default=0)
        size = trailer["/Size"]
        self._size = max(int(size) if isinstance(size, NumberObject) else 0, highest + 1)
        self._changed: dict[int, tuple[int, PdfObject]] = {}
        lists = (_list_of(self._object(page)) for page in dict.fromkeys(self._pages))
        self._shared = Counter(held.idnum for held in lists if isinstance(held, IndirectObject))

    def page(self, number: int) -> IndirectObject:
        """The reference to a page, counted from 1."""
        if number > len(self._pages):
            raise NotAppendableError(f"there is no page {number}")
        return self._pages[number - 1]

    def cautions(self) -> Iterator[Caution]:
        """What is to be said of the file: it is signed, its signature says what may be changed, or it is encrypted."""
        root = self._reader.trailer["/Root"].get_object()
        permissions = root.get("/Perms", NullObject()).get_object() if isinstance(root, DictionaryObject) else None
        if isinstance(permissions, DictionaryObject) and "/DocMDP" in permissions:
            yield "certified"
        elif b"/ByteRange" in self._data:
            yield "signed"
        if self._reader.is_encrypted:
            yield "encrypted"

    def add(self, added: PdfObject) -> IndirectObject:
        """The reference to a new object."""
        reference = IndirectObject(self._size, 0, self._reader)
        self._changed[self._size] = (0, added)
        self._size += 1
        return reference

    def annotate(self, page: IndirectObject, annotation: IndirectObject) -> None:
        """Puts an annotation behind those of a page, in the list that the page has or in one of its own."""
        owner = self._object(page)
        held = _list_of(owner)
        if isinstance(held, IndirectObject) and self._shared[held.idnum] < 2:
            found = self._changed.get(held.idnum, (0, held.get_object()))[1]
            if isinstance(found, ArrayObject):
                found.append(annotation)
                self._changed[held.idnum] = (held.generation, found)
                return
        found = held.get_object() if isinstance(held, IndirectObject) else held
        own = ArrayObject(found) if isinstance(found, ArrayObject) else ArrayObject()
        own.append(annotation)
        owner[NameObject("/Annots")] = own
        self._changed[page.idnum] = (page.generation, owner)

    def written(self) -> bytes:
        """The file with the update behind it; as it is where nothing was added."""
        if not self._changed:
            return self._data
        out = BytesIO()
        out.write(self._data)
        if not self._data.endswith((b"\n", b"\r")):
            out.write(b"\n")
        places: dict[int, tuple[int, int]] = {}
        for number, (generation, changed) in sorted(self._changed.items()):
            places[number] = (out.tell(), generation)
            _write_object(out, number, generation, self._encrypted(changed, number, generation))
        at = out.tell()
        trailer = self._trailer(out.getvalue()[len(self._data) :])
        if self._is_table:
            _write_table(out, places, trailer, self._size)
        else:
            _write_stream(out, {**places, self._size: (at, 0)}, trailer, self._size + 1)
        out.write(b"startxref\n%d\n%%%%EOF\n" % at)
        return out.getvalue()

    def _object(self, reference: IndirectObject) -> DictionaryObject:
        """The dictionary of an object as it stands in the file, or as it was changed."""
        changed = self._changed.get(reference.idnum)
        found = self._reader.get_object(reference) if changed is None else changed[1]
        if not isinstance(found, DictionaryObject):
            raise NotAppendableError(f"object {reference.idnum} is no page")
        return found

    def _encrypted(self, plain: PdfObject, number: int, generation: int) -> PdfObject:
        encryption = self._reader._encryption
        return plain if encryption is None else encryption.encrypt_object(plain, number, generation)

    def _trailer(self, appended: bytes) -> DictionaryObject:
        old = self._reader.trailer
        new = DictionaryObject({NameObject("/Prev"): NumberObject(self._start)})
        new.update({NameObject(key): old.raw_get(key) for key in _KEPT if key in old})
        if "/ID" in old:  # the first names the file, the second this state of it
            state = hashlib.md5(self._data + appended, usedforsecurity=False).digest()
            ids = old["/ID"].get_object()
            if isinstance(ids, ArrayObject) and ids:
                new[NameObject("/ID")] = ArrayObject([ids[0], ByteStringObject(state)])
        return new


def rewritten(data: bytes) -> bytes:
    """The PDF written anew, as pypdf understands it. Raises a `NotAppendableError`."""
    out = BytesIO()
    with damage_of_pypdf():
        PdfWriter(clone_from=PdfReader(BytesIO(data))).write(out)
    return out.getvalue()


def _start_of(data: bytes) -> int:
    """The offset of the last cross-reference, as the file says; nothing is appended where that is not true."""
    starts = _START.findall(data)
    start = int(starts[-1]) if starts else len(data)
    if not data.startswith(_TABLE, start) and not _STREAM.match(data, start):
        raise NotAppendableError("the cross-reference is not where the file says")
    return start


def _reference(found: IndirectObject | None) -> IndirectObject:
    if found is None:
        raise NotAppendableError("a page is no object of its own")
    return found


def _list_of(page: DictionaryObject) -> PdfObject | None:
    return page.raw_get("/Annots") if "/Annots" in page else None


def _write_object(out: BytesIO, number: int, generation: int, written: PdfObject) -> None:
    out.write(b"%d %d obj\n" % (number, generation))
    written.write_to_stream(out)
    out.write(b"\nendobj\n")


def _write_table(out: BytesIO, places: dict[int, tuple[int, int]], trailer: DictionaryObject, size: int) -> None:
    out.write(b"xref\n")
    for run in _runs(sorted(places)):
        out.write(b"%d %d\n" % (run[0], len(run)))
        for number in run:
            out.write(b"%010d %05d n \n" % places[number])
    trailer[NameObject("/Size")] = NumberObject(size)
    out.write(b"trailer\n")
    trailer.write_to_stream(out)
    out.write(b"\n")


def _write_stream(out: BytesIO, places: dict[int, tuple[int, int]], trailer: DictionaryObject, size: int) -> None:
    """The cross-reference as a stream, which lists itself; it is never encrypted."""
    numbers = sorted(places)
    stream = StreamObject()
    stream.set_data(b"".join(struct.pack(">BIH", 1, *places[number]) for number in numbers))
    stream.update(trailer)
    stream[NameObject("/Type")] = NameObject("/XRef")
    stream[NameObject("/Size")] = NumberObject(size)
    stream[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 4, 2)))
    index = (part for run in _runs(numbers) for part in (run[0], len(run)))
    stream[NameObject("/Index")] = ArrayObject(map(NumberObject, index))
    _write_object(out, numbers[-1], 0, stream)


def _runs(numbers: list[int]) -> list[list[int]]:
    """The numbers, those that follow each other together.

    >>> _runs([1, 2, 7])
    [[1, 2], [7]]
    """
    runs = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
