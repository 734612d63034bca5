"""Notes as a page to print: the same layout as the Word document, without a script that it needs to be read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, BinaryIO

from de06_extract.language.messages import messages
from de06_extract.output.note.contents import Note
from de06_extract.schema.display import Language

if TYPE_CHECKING:
    from jinja2 import Template


def write_note_page(notes: Iterable[Note], file: BinaryIO, language: Language) -> None:
    """Writes the notes, each on pages of its own when printed."""
    from markupsafe import Markup

    style = files("de06_extract").joinpath("data", "note", "note.css").read_text("utf-8")
    context: dict[str, Any] = {
        "notes": notes,
        "words": messages("note")[language],
        "language": language,
        "style": Markup(style),
        "style_hash": f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'",
    }
    for text in _template().stream(context):
        file.write(text.encode("utf-8", "replace"))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("de06_extract", "data/note"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("note.html")
