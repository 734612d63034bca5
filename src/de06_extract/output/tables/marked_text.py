"""A text of a table that knows which of its figures are marked, for the forms that can show it."""

from __future__ import annotations

from de06_extract.schema.cards.card import Quotation
from de06_extract.schema.rows import Value


class MarkedText(str):
    """The words of a quotation, as text wherever marks cannot be shown.

    `quotation` has the same words with the marks, and may name a cell before its figure in another way.
    """

    quotation: Quotation

    @classmethod
    def of(cls, text: Value, quotation: Quotation) -> MarkedText:
        """The text of a row, with the quotation that a form may show in its place."""
        made = cls("" if text is None else text)
        made.quotation = quotation
        return made
