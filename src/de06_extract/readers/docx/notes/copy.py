"""A copy of a Word document: the parts that were changed written anew, all others byte for byte as they were."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from de06_extract.errors import NotCopiedError
from de06_extract.readers.docx.package import Element, W, whole_number
from de06_extract.readers.docx.reader import TracedDocument

_MOST = 1 << 30  # bytes that all parts unpack to; pictures of a report are some millions
_MOST_READ = 64 << 20  # bytes of a part that is taken apart: comments, relations, types
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = f"{_PACKAGE}/relationships"
_TYPES = f"{_PACKAGE}/content-types"
_TYPES_PART = "[Content_Types].xml"
_NUMBERED = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_SIGNED = "_xmlsignatures/"


class WordCopy:
    """A copy in the making: trees of `traced` that were changed are `touched`, new parts are put."""

    def __init__(self, traced: TracedDocument, data: bytes) -> None:
        self.traced = traced
        self._archive = ZipFile(BytesIO(data))
        self._touched: dict[str, Element] = {}
        self._put: dict[str, bytes] = {}
        numbers = (element.get(f"{W}id") for tree in traced.package.trees.values() for element in tree.iter())
        self._number = max((whole_number(number, 0) for number in numbers), default=0)

    @property
    def is_signed(self) -> bool:
        """True of a document with a digital signature, which a changed copy no longer bears out."""
        return any(name.startswith(_SIGNED) for name in self._archive.namelist())

    def new_number(self) -> str:
        """A number that no tracked change, comment or bookmark of the document has."""
        self._number += 1
        return str(self._number)

    def touch(self, element: Element) -> None:
        """Notes that the part which the element is in was changed."""
        root = element.getroottree().getroot()
        trees = self.traced.package.trees
        self._touched[next(name for name, tree in trees.items() if tree is root)] = root

    def part_of_kind(self, kind: str, name: str, content_type: str) -> str:
        """The name of the part that the main part is related to by a kind, of a new one where it has none."""
        main = self.traced.package.main
        relations = _relations_name(main)
        root = self._tree(relations, f"{{{_RELATIONS}}}Relationships")
        folder = posixpath.dirname(main)
        for relation in root:
            target = relation.get("Target")
            if target and relation.get("Type") == kind and relation.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        taken = set(self._archive.namelist())
        part = next(part for part in _names(folder, name) if part not in taken)
        ids = {relation.get("Id") for relation in root}
        new = root.makeelement(f"{{{_RELATIONS}}}Relationship")
        new.set("Id", next(id_ for id_ in map("rIdDe06{}".format, range(1, len(ids) + 2)) if id_ not in ids))
        new.set("Type", kind)
        new.set("Target", f"/{part}")
        root.append(new)
        self._put_tree(relations, root)
        types = self._tree(_TYPES_PART, f"{{{_TYPES}}}Types")
        override = types.makeelement(f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)
        types.append(override)
        self._put_tree(_TYPES_PART, types)
        return part

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None where the document has none of that name."""
        if name in self._put:
            return self._put[name]
        info = self._archive.NameToInfo.get(name)
        if info is None:
            return None
        if info.file_size > _MOST_READ:
            raise NotCopiedError("large-docx")
        try:
            return self._archive.read(info)
        except Exception as error:  # zipfile and its decompressors raise a dozen classes for flipped bytes
            raise NotCopiedError("damaged-docx") from error

    def put(self, name: str, content: bytes) -> None:
        """Writes a part, in place of one of that name or as a new one."""
        self._put[name] = content

    def written(self) -> bytes:
        """The bytes of the copy."""
        for name, root in self._touched.items():
            _number_anew(root.iter(*_NUMBERED), self)
            self._put_tree(name, root)
        if sum(info.file_size for info in self._archive.infolist()) > _MOST:
            raise NotCopiedError("large-docx")
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as copy:
            for info in self._archive.NameToInfo.values():
                if info.filename in self._put:
                    copy.writestr(_like(info), self._put[info.filename])
                else:
                    self._copy(info, copy)
            for name, content in self._put.items():
                if name not in self._archive.NameToInfo:
                    copy.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        return out.getvalue()

    def _copy(self, info: ZipInfo, copy: ZipFile) -> None:
        try:
            with self._archive.open(info) as part, copy.open(_like(info), "w") as into:
                shutil.copyfileobj(part, into)
        except Exception as error:  # zipfile and its decompressors raise a dozen classes for flipped bytes
            raise NotCopiedError("damaged-docx") from error

    def _tree(self, name: str, tag: str) -> Element:
        """A part of the package as a tree, a new one without children where there is none."""
        from lxml import etree

        content = self.part(name)
        if content is None:
            return etree.Element(tag, nsmap={None: tag[1:].partition("}")[0]})
        return parsed(content, tag)

    def _put_tree(self, name: str, root: Element) -> None:
        self._put[name] = serialised(root)


def parsed(content: bytes, tag: str) -> Element:
    """The tree of a part whose root is called so, no entity of which is looked up. Raises a `NotCopiedError`."""
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise NotCopiedError("damaged-docx") from error
    if root.tag != tag:  # a relationship that leads to another part
        raise NotCopiedError("damaged-docx")
    return root


def serialised(root: Element) -> bytes:
    """The bytes of a part, as Word writes them."""
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _number_anew(revisions: Iterable[Element], copy: WordCopy) -> None:
    """Gives tracked changes that were split numbers of their own."""
    seen = set[str | None]()
    for revision in revisions:
        if (number := revision.get(f"{W}id")) in seen:
            number = copy.new_number()
            revision.set(f"{W}id", number)
        seen.add(number)


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _names(folder: str, name: str) -> Iterable[str]:
    stem, ending = posixpath.splitext(name)
    return (posixpath.join(folder, f"{stem}{at or ''}{ending}") for at in range(1 << 16))


def _like(info: ZipInfo) -> ZipInfo:
    """The entry for the same part in another archive."""
    new = ZipInfo(info.filename, info.date_time)
    new.compress_type, new.external_attr, new.create_system = ZIP_DEFLATED, info.external_attr, info.create_system
    return new
