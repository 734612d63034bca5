"""The words that are said, out of `data/messages/`: in two languages, with braces for what is filled in."""

from __future__ import annotations

from typing import Any

from de06_extract.language.vocabulary import read_data


def messages(name: str) -> dict[str, Any]:
    """The tables of `data/messages/<name>.toml`, mostly by language first.

    >>> messages("report")["en"]["place"]["page"]
    'page {page}'
    """
    return read_data("messages", name)
