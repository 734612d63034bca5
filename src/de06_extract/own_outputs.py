"""Results of this program: each that a reader could take for a report carries a mark by which it is known."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

MARK = "de06-extract:result"
"""In a text the last line, in a page the name of what generated it, in an Office file a keyword of its properties."""

_LINE = f"[{MARK}]"
_META = f'<meta name="generator" content="{MARK}">'
_ENDS = 4096  # bytes at which the mark of a text or a page is looked for
_PROPERTIES = "docProps/core.xml"
_MOST_PROPERTIES = 1 << 16  # bytes


def marked_text(text: str) -> str:
    """The text of a result, as it is written to a file or a pipe.

    >>> marked_text("Không thấy mâu thuẫn.\\n")
    'Không thấy mâu thuẫn.\\n\\n[de06-extract:result]\\n'
    """
    return f"{text.rstrip()}\n\n{_LINE}\n"


def is_own_output(data: bytes) -> bool:
    """True of the bytes of a result; what only speaks of the mark is none.

    >>> is_own_output(marked_text("1. Lỗi").encode()), is_own_output(b"[de06-extract:result] is the mark of results")
    (True, False)
    """
    if data.startswith(b"PK"):
        return _is_marked_package(data)
    return data[-_ENDS:].rstrip().endswith(_LINE.encode()) or _META.encode() in data[:_ENDS]


def _is_marked_package(data: bytes) -> bool:
    try:
        with ZipFile(BytesIO(data)) as package, package.open(_PROPERTIES) as properties:
            return MARK.encode() in properties.read(_MOST_PROPERTIES)
    except Exception:  # damaged in whatever way: its reader says so
        return False
