"""What a Word document shows of text in fonts that were made before Unicode."""

from __future__ import annotations

from functools import cached_property

from de06_extract.language.legacy_encodings import LegacyFont, decoded, is_telling, is_unicode, may_be_unicode
from de06_extract.readers.docx.package import Element, W


class LegacyFonts:
    """Decodes the text of a document that is in such fonts; `encodings` are those that were met."""

    def __init__(self, body: Element) -> None:
        self.encodings: set[str] = set()
        self._body = body

    def decoded(self, text: str, font: LegacyFont) -> str:
        """What is seen of a text. One that was converted may still bear the name of its old font: «Hà Nam»."""
        if may_be_unicode(text) and not self._has_old_text:
            return text
        seen = decoded(text, font)
        if seen != text:
            self.encodings.add(font.encoding)
        return seen

    @cached_property
    def _has_old_text(self) -> bool:
        """True where some text of the document is certainly not in Unicode."""
        texts = (text.text or "" for text in self._body.iter(f"{W}t"))
        return any(is_telling(text) and not is_unicode(text) for text in texts)
