"""Copies made by a process of its own: the same to the byte, and what goes beyond the limits is an error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest

from de06_extract import LimitExceededError, Limits, extract
from de06_extract.document.copies.notes import Copy, Edit
from de06_extract.errors import InternalError, NotCopiedError
from de06_extract.output.copies.edits import edits_of
from de06_extract.output.copies.making import Wanted, make_copy
from de06_extract.output.copies.notes import notes_of
from de06_extract.readers import annotators
from tests.conftest import CORPUS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a copy of this process makes them there alone")

TEXT = "Có 10/12 xã (đạt 83,4%).\nHết."
MADE_AT = datetime(2026, 11, 30, 7, 5, tzinfo=UTC)
PLAIN = "text/plain"


def word() -> bytes:
    document, stream = docx.Document(), BytesIO()
    document.add_paragraph(TEXT)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt"])
def test_a_copy_within_limits_is_the_same_to_the_byte(name: str) -> None:
    held = {"a.docx": word(), "a.pdf": (CORPUS / "pdf" / "004.pdf").read_bytes(), "a.txt": TEXT.encode()}
    data = held[name]
    report = extract(data, name=name)
    media_type = report.source.media_type
    wanted = (
        Wanted(media_type, "revise", edits_of(report), MADE_AT)
        if name == "a.txt"
        else Wanted(media_type, "annotate", notes_of(report, "vi"), MADE_AT)
    )
    within, here = make_copy(data, name, wanted, Limits()), make_copy(data, name, wanted)
    assert (within, within.data != data) == (here, True)


def revising(monkeypatch: pytest.MonkeyPatch, revise: Callable[[], Copy]) -> Wanted:
    """What is wanted of texts, for which somebody else makes the copy."""
    annotator: Any = annotators()[PLAIN]
    monkeypatch.setattr(annotator, "revise", lambda data, name, edits, made_at: revise())
    return Wanted(PLAIN, "revise", [Edit(0, 1, "a", "b")], MADE_AT)


def test_what_hangs_or_crashes_or_has_a_defect_costs_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    def hanging() -> Copy:
        while True:
            time.sleep(1)

    def failing() -> Copy:
        raise KeyError("x")

    cases: tuple[tuple[Callable[[], Copy], type[LimitExceededError | InternalError], str], ...] = (
        (hanging, LimitExceededError, "stalled"),
        (lambda: os._exit(3), LimitExceededError, "crashed"),
        (failing, InternalError, "internal"),
    )
    for revise, kind, said in cases:
        wanted = revising(monkeypatch, revise)
        with pytest.raises(kind, match=r"\Aa\.txt: ") as caught:
            make_copy(b"a", "a.txt", wanted, Limits(stall=1.0), command=None)
        assert getattr(caught.value, "reason", None) == said


def test_why_there_is_no_copy_is_said_as_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing() -> Copy:
        raise NotCopiedError("large-docx")

    wanted = revising(monkeypatch, refusing)
    with pytest.raises(NotCopiedError, match="large-docx"):
        make_copy(b"a", "a.txt", wanted, Limits(), command=None)
