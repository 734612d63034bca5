"""The parts of a DOCX file as XML trees, and what is wrong with a file that has none.

A part is read only when it is asked for, so that a broken picture does not cost the text. The trees are those of
python-docx's parser, which leaves entities unresolved; whatever a part says, its tree is no deeper than 256 elements.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

from de06_extract.errors import DamagedFileError, EmptyFileError, EncryptedFileError, UnsupportedFormatError
from de06_extract.language.digits import integer
from de06_extract.language.messages import said

Element = Any  # an lxml element; lxml has no type stubs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: an encrypted document

_UNPACKED_LIMIT = 64 * 1024 * 1024  # bytes of all parts that are read; a long report has one or two million
_STRICT = "http://purl.oclc.org/ooxml/"
_REVISED_AWAY = frozenset({f"{W}del", f"{W}moveFrom"})
OFF = frozenset({"0", "false", "off"})


class WordPackage:
    """An opened DOCX file: its main part, and the parts that the main part is related to.

    `trees` are the parts that were read, by the names of the files that they are; `main` is that of the main part.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """Opens the file, or raises the `UnreadableError` that says why it is not a Word document."""
        from docx.opc.constants import RELATIONSHIP_TYPE as KIND
        from docx.opc.packuri import PACKAGE_URI, PackURI

        self.name = name
        self._archive = _open_archive(data, name)
        self._unpacked = 0
        self.trees: dict[str, Element] = {}
        mains = (uri for _, kind, uri in self._relationships(PACKAGE_URI) if kind == KIND.OFFICE_DOCUMENT)
        self._main = next((uri for uri in mains if self._holds(uri)), PackURI("/word/document.xml"))
        document = self._tree(self._main)
        if document is None or document.tag != f"{W}document":
            raise UnsupportedFormatError(f"{name}: {self._what_instead(document)}")
        body = document.find(f"{W}body")
        if body is None:
            raise DamagedFileError(f"{name}: " + said("errors", "no_body"))
        self.body: Element = body
        self.main: str = self._main.membername
        self._related = self._relationships(self._main)

    def related(self, kind: str) -> Element | None:
        """The tree of the first part that the main part names for a relationship («…/footnotes»), None without one."""
        return next((self._tree(uri) for _, type_, uri in self._related if type_ == kind), None)

    def related_by_id(self, relationship_id: str | None) -> Element | None:
        """The tree of the part with this relationship id, None where there is no such part."""
        return next((self._tree(uri) for id_, _, uri in self._related if id_ == relationship_id), None)

    def name_of(self, relationship_id: str | None) -> str | None:
        """The name of the file that is the part with this relationship id, None where there is no such part."""
        return next((uri.membername for id_, _, uri in self._related if id_ == relationship_id), None)

    def embedded(self, relationship_id: str | None) -> tuple[str, bytes] | None:
        """The name and the bytes of the part of another format with this relationship id, None without such a part."""
        uri = next((uri for id_, _, uri in self._related if id_ == relationship_id), None)
        if uri is None or not self._holds(uri):
            return None
        return uri.filename, self._bytes(self._archive.NameToInfo[uri.membername])

    def _relationships(self, source: Any) -> list[tuple[str | None, str | None, Any]]:
        """The (id, type, part) of each relationship of a part to another part of the file."""
        from docx.opc.constants import RELATIONSHIP_TARGET_MODE
        from docx.opc.packuri import PackURI

        relationships = self._tree(source.rels_uri)
        found = []
        for relationship in elements(relationships) if relationships is not None else ():
            target = relationship.get("Target")
            if target and relationship.get("TargetMode") != RELATIONSHIP_TARGET_MODE.EXTERNAL:
                part = PackURI.from_rel_ref(source.baseURI, target)
                found.append((relationship.get("Id"), relationship.get("Type"), part))
        return found

    def _holds(self, uri: Any) -> bool:
        return uri.membername in self._archive.NameToInfo

    def _tree(self, uri: Any) -> Element | None:
        """The parsed part, None where the file has no such part."""
        from docx.oxml.parser import parse_xml

        info = self._archive.NameToInfo.get(uri.membername)
        if info is None:
            return None
        if info.filename in self.trees:
            return self.trees[info.filename]
        data = self._bytes(info)
        try:
            tree: Element = parse_xml(data)
        except Exception as error:  # lxml raises several classes for flipped bytes
            raise DamagedFileError(
                f"{self.name}: " + said("errors", "member_unread", filename=info.filename, reason=_one_line(error))
            ) from error
        if tree.getroottree().docinfo.doctype:  # entities would stay unread
            raise DamagedFileError(f"{self.name}: " + said("errors", "dtd", filename=info.filename))
        self.trees[info.filename] = tree
        return tree

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        self._unpacked += info.file_size
        if self._unpacked > _UNPACKED_LIMIT:
            raise DamagedFileError(
                f"{self.name}: " + said("errors", "member_too_large", filename=info.filename, file_size=info.file_size)
            )
        if info.flag_bits & 1:
            raise EncryptedFileError(f"{self.name}: " + said("errors", "zip_password"))
        try:
            return self._archive.read(info)
        except Exception as error:  # zipfile and its decompressors raise a dozen classes for flipped bytes
            raise DamagedFileError(
                f"{self.name}: " + said("errors", "member_unread", filename=info.filename, reason=_one_line(error))
            ) from error

    def _what_instead(self, document: Element | None) -> str:
        if document is not None and document.tag.startswith(f"{{{_STRICT}"):
            return said("readers", "looks_like.strict")
        return said("readers", "looks_like.no_word")


def elements(parent: Element) -> Iterator[Element]:
    """The child elements, without comments, processing instructions and entity references."""
    return (child for child in parent if isinstance(child.tag, str))


def descend(container: Element, wanted: Collection[str]) -> Iterator[Element]:
    """The outermost wanted elements inside, through content controls and other wrappers, without what is deleted."""
    for child in elements(container):
        if child.tag in wanted:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from descend(alternative(child), wanted)
        elif child.tag not in _REVISED_AWAY:
            yield from descend(child, wanted)


def alternative(alternate: Element) -> Element:
    """The one branch of an mc:AlternateContent that is to be read: the first with text, else the first."""
    branches = [branch for branch in elements(alternate) if branch.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_text = (branch for branch in branches if next(branch.iter(f"{W}t"), None) is not None)
    return next(with_text, branches[0] if branches else alternate)


def value(parent: Element | None, tag: str) -> str | None:
    """The w:val of a child, None where there is no such child or no value."""
    child = parent.find(W + tag) if parent is not None else None
    text: str | None = child.get(f"{W}val") if child is not None else None
    return text


def switch(parent: Element | None, tag: str) -> bool | None:
    """The state of a property, None where it is not mentioned: `<w:vanish/>` and `<w:vanish w:val="1"/>` are on."""
    child = parent.find(W + tag) if parent is not None else None
    return child.get(f"{W}val") not in OFF if child is not None else None


def whole_number(text: str | None, default: int) -> int:
    """The whole number written in an attribute, or the default for anything else.

    >>> whole_number("12", 0), whole_number("twelve", 0), whole_number(None, 1)
    (12, 0, 1)
    """
    try:
        return integer(text) if text is not None else default
    except ValueError:
        return default


def _open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    if not data:
        raise EmptyFileError(f"{name}: " + said("errors", "empty"))
    if data.startswith(COMPOUND_FILE):
        raise EncryptedFileError(f"{name}: " + said("errors", "document_password"))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # struct.error, OverflowError, NotImplementedError … besides BadZipFile
        raise DamagedFileError(f"{name}: " + said("errors", "not_docx", reason=_one_line(error))) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
