"""Sentences as offices and newspapers write them: what must be found in them, and what must not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from de06_extract import check_text
from de06_extract.numbers.kinds import kinds
from tests.conftest import sentences

Entry = dict[str, Any]
Key = tuple[Decimal | tuple[Decimal, ...] | None, ...]

_ROLES = {kind.name: kind.role_names for kind in kinds()}
_LISTS = {role for kind in kinds() for role in kind.lists}


def _sentences() -> Iterator[Any]:
    for name in ("made_up", "negative"):
        for entry in sentences(name):
            yield pytest.param(entry, id=entry["label"])
    for entry in sentences("known_failures"):
        mark = pytest.mark.xfail(reason=entry["reason"], strict=True, raises=AssertionError)
        yield pytest.param(entry, id=entry["label"], marks=mark)


def _size(value: Any) -> Decimal:
    """The size of a value, of a quantity or a bare number: a fall is a direction, not a sign."""
    return abs(Decimal(str(value["value"] if isinstance(value, dict) else value))).normalize()


def _values(kind: str, held: Entry) -> Key:
    """What makes two claims the same: the values in their roles, the order of parts set aside."""
    out: list[Decimal | tuple[Decimal, ...] | None] = []
    for role in _ROLES[kind]:
        value = held.get(role)
        if role in _LISTS:
            out.append(tuple(sorted(map(_size, value or ()))))
        else:
            out.append(None if value is None else _size(value))
    return tuple(out)


def _is_found(wanted: Key, got: Key, kind: str) -> bool:
    """Value for value; the base of a distribution may be left out."""
    return wanted == got or (kind == "distribution" and got[0] is None and wanted[1:] == got[1:])


@pytest.mark.parametrize("entry", list(_sentences()))
def test_sentence(entry: Entry) -> None:
    report = json.loads(check_text(entry["text"]).model_dump_json())
    free = [
        (c["kind"], _values(c["kind"], c["quantities"]), c["verdict"]) for c in report["claims"] if c["kind"] in _ROLES
    ]
    for claim in entry["claims"]:
        wanted = _values(claim["kind"], claim)
        hits = [c for c in free if c[0] == claim["kind"] and _is_found(wanted, c[1], c[0])]
        assert hits, f"missed: {claim}"
        hit = next((c for c in hits if c[2] == claim["verdict"]), hits[0])
        assert hit[2] == claim["verdict"], f"{hit[2]}: {claim}"
        free.remove(hit)
    raised = {f["rule"]: f["message"] for f in report["findings"] if f["severity"] in ("error", "warning")}
    assert set(raised) == set(entry["rules"]), raised


def test_every_label_names_one_sentence() -> None:
    labels = [entry["label"] for name in ("made_up", "negative", "known_failures") for entry in sentences(name)]
    assert len(labels) == len(set(labels))


def test_a_negative_asks_for_no_finding() -> None:
    assert not [entry["label"] for entry in sentences("negative") if entry["rules"]]
