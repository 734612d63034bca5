"""Parts of other formats that Word reads in when it opens a document: w:altChunk."""

from __future__ import annotations

from de06_extract.document.document import Document
from de06_extract.errors import UnreadableError, UnsupportedFormatError
from de06_extract.language.messages import said
from de06_extract.readers import read_document
from de06_extract.readers.docx.package import RELATIONSHIP, Element, W, WordPackage
from de06_extract.schema.report import Remark

IMPORTED = f"{W}altChunk"

_INSIDE = "!/"  # between the name of a document and that of a part in it
_DEEPEST = 2  # documents in each other


def read_imported(package: WordPackage, element: Element) -> tuple[Document | None, tuple[Remark, ...]]:
    """The document in the part that the element names, None where it cannot be read, and what is to be said of it."""
    part = package.embedded(element.get(f"{RELATIONSHIP}id"))
    if part is None:
        return None, ()
    name, data = f"{package.name}{_INSIDE}{part[0]}", part[1]
    try:
        if name.count(_INSIDE) > _DEEPEST:
            raise UnsupportedFormatError(f"{name}: " + said("errors", "documents_too_deep"))
        document = read_document(data, name)
    except UnreadableError as error:
        return None, (Remark(about="unread-part", detail=str(error)),)
    return document, document.remarks
