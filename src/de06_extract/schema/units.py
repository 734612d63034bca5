"""The unit whose report a document is: what it is called, and when two are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from de06_extract.schema.display import one_line


def unit_of(document: Mapping[str, Any]) -> str | None:
    """The unit whose report it is, on one line: who issued it, else the locality it speaks of; None where nobody says.

    The document is a row with the keys of `DOCUMENT`.

    >>> unit_of({"document_issuer": None, "document_locality": "huyện Tứ Kỳ"})
    'huyện Tứ Kỳ'
    """
    unit = document["document_issuer"] or document["document_locality"]
    return one_line(str(unit)) or None if unit else None


def folded_unit(unit: str) -> str:
    """The same for a name in capitals, with other white space, or with letters in parts, as for the plain one.

    >>> folded_unit("ỦY BAN  NHÂN DÂN") == folded_unit("Ủy ban nhân dân")
    True
    """
    return " ".join(unicodedata.normalize("NFC", unit).casefold().split())
