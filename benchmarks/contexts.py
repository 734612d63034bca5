"""Whether what stands around a relation decides how it is read, though it has nothing to do with it.

    python benchmarks/contexts.py [EXAMPLES.jsonl …] [-v]

Labelled passages (`training/examples`) are checked alone and with sentences of ours around them: without figures, with
figures that belong to nothing, in the same paragraph or the next. Printed are, for each context, the share of relations
that hold and are claimed, that of relations that do not hold and are held against the text, and the errors and
warnings on passages that hold; the last two columns say of how many passages the outcome is another than alone. With
-v the passages that come out differently are named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from de06_extract import check_text
from de06_extract.schema.report import Report
from training.labelled import Passage, read_examples
from training.labels import GROUPS, Label, Values, values_of

EXAMPLES = Path(__file__).resolve().parent.parent / "training" / "examples"
CONTEXTS = {
    "alone": "{}",
    "a sentence before": "Công tác chỉ đạo, điều hành được thực hiện quyết liệt. {}",
    "a sentence behind": "{} Các đơn vị tiếp tục phối hợp chặt chẽ trong thời gian tới.",
    "a figure before": "Đoàn công tác đã làm việc với 7 sở, ngành. {}",
    "a figure behind": "{} Hội nghị có 45 đại biểu tham dự.",
    "a paragraph before": "Ngày 12/3/2025, tỉnh tổ chức 4 lớp tập huấn.\n{}",
    "a paragraph behind": "{}\nDự kiến mở thêm 6 điểm hỗ trợ người dân.",
    "in the middle": "Đoàn công tác đã làm việc với 7 sở, ngành. {} Hội nghị có 45 đại biểu tham dự.",
}


@dataclass
class Tally:
    """Counts over passages in one context; the sets hold the names of those that come out so."""

    holding: int = 0
    claimed: int = 0
    wrong: int = 0
    accused: int = 0
    falsely: int = 0
    claims: dict[str, tuple[bool, ...]] = field(default_factory=dict)
    accusations: dict[str, bool] = field(default_factory=dict)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("examples", nargs="*", type=Path, default=[EXAMPLES / "short.jsonl"])
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    passages = [passage for file in args.examples for passage in read_examples(file).passages if passage.labels]
    tallies = {name: measure(passages, frame) for name, frame in CONTEXTS.items()}
    Console().print(table(tallies))
    if args.verbose:
        texts = {passage.name: passage.text for passage in passages}
        for name, tally in tallies.items():
            for passage in moved(tally, tallies["alone"]):
                print(f"{name}: {passage}: {texts[passage]}", file=sys.stderr)
    return 0


def measure(passages: list[Passage], frame: str) -> Tally:
    """What is claimed and accused of passages in one context."""
    tally = Tally()
    for passage in passages:
        report = check_text(frame.format(passage.text))
        found = list(_values(report))
        claimed = tuple(
            any(kind == label.kind and label.is_stated_by(v) for kind, v in found) for label in passage.labels
        )
        accused = any(finding.severity in ("error", "warning") for finding in report.findings)
        wrong = any(label.is_error for label in passage.labels)
        right = [claims for claims, label in zip(claimed, passage.labels, strict=True) if _holds(label)]
        tally.holding += len(right)
        tally.claimed += sum(right)
        tally.wrong += wrong
        tally.accused += wrong and accused
        tally.falsely += accused and not wrong
        tally.claims[passage.name], tally.accusations[passage.name] = claimed, accused
    return tally


def _is_claimed(label: Label, found: list[tuple[str, Values]]) -> bool:
    return any(kind == label.kind and label.is_stated_by(values) for kind, values in found)


def _holds(label: Label) -> bool:
    return label.is_checkable and not label.is_error


def _values(report: Report) -> Iterator[tuple[str, Values]]:
    known = set(GROUPS.values())
    for claim in report.claims:
        if claim.kind in known:
            roles = {
                role: None if held is None else [q.value for q in held] if isinstance(held, tuple) else held.value
                for role, held in claim.quantities.items()
            }
            yield claim.kind, values_of(claim.kind, roles)


def moved(tally: Tally, alone: Tally) -> list[str]:
    """The passages that come out differently than alone."""
    return [
        name
        for name in tally.claims
        if tally.claims[name] != alone.claims[name] or tally.accusations[name] != alone.accusations[name]
    ]


def table(tallies: dict[str, Tally]) -> Table:
    shown = Table("context", "claimed", "errors accused", "false", "other than alone")
    for name, tally in tallies.items():
        shown.add_row(
            name,
            f"{tally.claimed} of {tally.holding}",
            f"{tally.accused} of {tally.wrong}",
            str(tally.falsely),
            f"{len(moved(tally, tallies['alone']))} of {len(tally.claims)}",
        )
    return shown


if __name__ == "__main__":
    raise SystemExit(main())
