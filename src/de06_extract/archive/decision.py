"""What people decided of a finding: one model, whether it came from a workbook, a TOML file or a page."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, get_args

from pydantic import ConfigDict, Field

from de06_extract.schema.report import Model
from de06_extract.schema.rows import Row

State = Literal["unseen", "confirmed", "corrected", "dismissed", "asked"]
Check = Literal["awaited", "confirmed", "remaining", "still_wrong", "unread", "gone", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
CHECKS: tuple[Check, ...] = get_args(Check)
REVIEW = ("review_state", "review_note", "review_who", "review_on", "review_check")  # the keys of a row for a decision

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*+")


class Decision(Model):
    """What was decided of one finding at one file, by whom and when.

    `unseen` is a note without a decision, `confirmed` says that the figures are wrong. `sha256` is that of the content
    that was looked at: what is said to be corrected is looked for in contents that are not this one. `reason` says why
    something was dismissed, `note` is whatever else was written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    path: str = Field(min_length=1)
    finding_id: str = Field(min_length=1)
    rule: str
    quote: str
    sha256: str | None = None
    state: State
    reason: str | None = None
    note: str | None = None
    who: str | None = None
    decided: date = Field(strict=False)

    @property
    def said(self) -> str | None:
        """The words that were written with it."""
        return self.reason or self.note

    @property
    def is_empty(self) -> bool:
        """True where nothing is decided and nothing said: a decision that was taken back."""
        return self.state == "unseen" and self.said is None

    @property
    def shape(self) -> tuple[str, str, str]:
        """Equal for findings of one rule at one file whose words differ in their figures alone."""
        return self.path, self.rule, without_figures(self.quote)

    def says_the_same(self, other: Decision) -> bool:
        """True where the other one has the same state and words, of the same person if this one names any."""
        return (self.state, self.said) == (other.state, other.said) and self.who in (None, other.who)

    def told(self, check: Check | None = None) -> dict[str, str]:
        """What a finding shows of it; `check` is what came of looking for a correction."""
        told = {
            "state": self.state,
            "reason": self.reason,
            "note": self.note,
            "who": self.who,
            "date": self.decided.isoformat(),
            "check": check,
        }
        return {key: value for key, value in told.items() if value is not None}


def review_row(told: Mapping[str, Any] | None) -> Row:
    """What was `told` of a decision, with the keys of `REVIEW`; all of them None where nothing was."""
    held = told or {}
    said = held.get("reason") or held.get("note")
    return dict(zip(REVIEW, (held.get("state"), said, *map(held.get, ("who", "date", "check"))), strict=True))


def review_mark(state: str | None, note: str | None, who: str | None, on: str | None) -> str:
    """A mark of what a row says of its decision, so that afterwards it is known whether somebody changed it.

    >>> review_mark(None, None, None, None) == review_mark("unseen", " ", "", None)
    True
    >>> review_mark("asked", "gọi  đơn vị", None, None) == review_mark("asked", "gọi đơn vị", None, None)
    True
    """
    words = (unicodedata.normalize("NFC", " ".join((text or "").split())) for text in (note, who))
    return f"#{zlib.crc32(json.dumps([state or 'unseen', *words, on or '']).encode()):08x}"


def without_figures(quote: str) -> str:
    """The words with «#» for every figure, whatever white space stands between them.

    >>> without_figures("3.225/3.265  đạt 98,57%")
    '#/# đạt #%'
    """
    return _FIGURE.sub("#", " ".join(unicodedata.normalize("NFC", quote).split()))
