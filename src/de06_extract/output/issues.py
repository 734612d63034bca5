"""What the lists of services for code show of an archive: an entry for each open finding and each unread file.

They know a file, a line and a message; where a file has no lines the message begins with the place.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from de06_extract.archive.cards import result_cards
from de06_extract.archive.rows import below, file_state
from de06_extract.archive.store.results import FileResult
from de06_extract.language.messages import messages
from de06_extract.output.sarif.rules import sentence
from de06_extract.output.tables.columns import reasons
from de06_extract.schema.cards.card import Card
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.report import Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """An entry of a list: `path` is as seen from the working folder, `line` None in files that have none.

    `key` is the same for the same finding in the same file, and for no other one.
    """

    path: str
    line: int | None
    level: Severity | Literal["unread"]
    rule: str
    title: str
    message: str
    key: str


def issues_of(result: FileResult, language: Language) -> Iterator[Issue]:
    """The entries of a file: the findings that nobody dismissed, in the order of the text, or why there are none."""
    path = seen_from_here(result.path)
    if result.report is None:
        state = file_state(result)
        title = reasons(language).get(state, state)
        message = one_line(": ".join(filter(None, (title, result.message))))
        yield Issue(path, None, "unread", "unread", title, message, _key(result.path, state))
        return
    for card in sorted(result_cards(result, language), key=lambda card: card.place.start or 0):
        if card.decision.state is None:
            yield _of_card(card, path, result.path, language)


def seen_from_here(path: str) -> str:
    """The path from the working folder where it lies below it, as these services want it, else whole."""
    return below(path, os.getcwd().replace(os.sep, "/")) or path


def _of_card(card: Card, path: str, whole: str, language: Language) -> Issue:
    lines = [location["line"] for location in card.place.locations if location.get("line") is not None]
    where = "" if lines or not card.place.words else f"{card.place.words}: "
    words = messages("issues")[language]
    proposed = words["proposal"].format(proposal=card.proposal) if card.proposal else ""
    quoted = words["quote"].format(quote=card.quote.text) if card.quote.text else ""
    message = where + " ".join(filter(None, (sentence(card.arithmetic), proposed, quoted)))
    return Issue(path, min(lines, default=None), card.severity, card.rule, card.title, message, _key(whole, card.id))


def _key(path: str, finding: str) -> str:
    return hashlib.sha256(f"{path}\n{finding}".encode("utf-8", "replace")).hexdigest()[:40]
