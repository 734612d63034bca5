"""The labelled examples of the project: every value stands in its text, and verdicts are those of the arithmetic."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.kinds import kind_of
from training.labels import GROUPS

FILES = sorted((Path(__file__).parents[2] / "training" / "examples").glob("*.jsonl"))
LISTS = {"parts", "percents"}
MOST_READINGS = 64  # of one relation whose values are written in several ways
UNREAD = {  # examples with a value that the program does not read as one figure
    ("lists", "3 new firms and capital per kind"),  # «công ty TNHH 312 đơn vị»: a name
    ("lists", "2 items numbered (1)...(5) with money unit only at first"),
    ("long", "school: enrolment target vs applicants two columns (variant)"),  # «số 1 483/681 em»
    ("reports", "party inspection: two unlike breakdowns"),  # «nghị quyết 88 đảng viên»
    ("reports", "sums with word numbers"),
}
VERDICTS = {"ok": {"consistent"}, "truncated": {"truncated"}, "mismatch": {"inconsistent", "truncated"}}


def written(text: str) -> dict[Decimal, list[Figure]]:
    """The figures of a text by value, each way of writing once, and without bounds: «48 trên 52» is read as one."""
    found: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in (replace(figure, bound="exact", upper=None) for figure in find_figures(text)):
        if all((f.slack, f.kind) != (figure.slack, figure.kind) for f in found[abs(figure.value)]):
            found[abs(figure.value)].append(figure)
    return found


def verdicts(kind: str, relation: Mapping[str, Any], figures: Mapping[Decimal, list[Figure]]) -> set[str]:
    """What the arithmetic makes of a relation, however its values are written."""
    roles = [role for role in kind_of(kind).role_names if relation.get(role) is not None]
    values = {role: relation[role] if role in LISTS else [relation[role]] for role in roles}
    flat = [(role, Decimal(str(value))) for role in roles for value in values[role]]
    found: set[str] = set()
    for chosen in islice(product(*(figures[abs(value)] for _, value in flat)), MOST_READINGS):
        held: dict[str, Any] = dict.fromkeys(kind_of(kind).role_names)
        for role in roles:
            mine = [figure for (name, _), figure in zip(flat, chosen, strict=True) if name == role]
            held[role] = mine if role in LISTS else mine[0]
        extra = {"direction": relation.get("direction")} if kind == "change" else {}
        found.add(kind_of(kind).judge(**held, **extra).verdict)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_examples_are_what_they_say(file: Path) -> None:
    mistakes, unread = [], set()
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        entry = json.loads(line)
        found = list(mistakes_in(entry))
        key = (file.stem, entry["label"])
        if found and key in UNREAD:
            unread.add(key)
        else:
            mistakes += [f"line {number}: {mistake}" for mistake in found]
    assert not mistakes
    assert unread == {key for key in UNREAD if key[0] == file.stem}


def mistakes_in(entry: Mapping[str, Any]) -> Iterator[str]:
    if unknown := set(entry) - {"label", "text", *GROUPS}:
        yield f"what is {unknown}?"
    figures = written(entry["text"])
    for group, kind in GROUPS.items():
        for relation in entry.get(group, ()):
            judged = verdicts(kind, relation, figures)
            if not judged:
                yield f"not every value stands in the text: {relation}"
            elif not judged & VERDICTS[relation.get("verdict", "ok")]:
                yield f"the arithmetic says {judged} of {relation}"
