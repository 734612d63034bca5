"""The command: `python -m training --texts … --gold … --examples … --out FILE --card FILE`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.card import card
from training.labelled import PassageSet, read_examples, read_gold, read_sentences
from training.labels import LabelError
from training.model_file import written
from training.procedure import learn
from training.unlabelled import TextsError, read_names, sample

SAMPLE = 1200  # texts: about as many anchors as are labelled, some minutes


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, print what is found, write the model and its card."""
    asked = _parser().parse_args(arguments)
    try:
        left_out = frozenset().union(*map(read_names, asked.leave_out))
        texts = sample(_shared(asked.texts), asked.sample, left_out)
        groups = [_gold(said) for said in asked.gold]
        groups += [read_examples(file) for path in asked.examples for file in _files(path)]
        groups += [read_sentences(folder) for folder in asked.sentences]
        scored = [_gold(said) for said in asked.score]
    except (LabelError, TextsError, OSError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 2
    groups = [group for group in groups if group.passages]
    learned = learn(texts, groups, scored, print)
    passages = sum(len(group.passages) for group in groups)
    relations = sum(label.is_checkable for group in groups for passage in group.passages for label in passage.labels)
    report = card(learned, texts, groups, scored)
    print(report)
    asked.out.write_text(written(learned, len(texts), passages, relations), "utf-8")
    if asked.card is not None:
        asked.card.write_text(report, "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add = parser.add_argument
    add("--texts", nargs="+", default=[], metavar="PATH[:SHARE]", help="unlabelled: folders of *.txt, *.jsonl(.xz)")
    add("--sample", type=int, default=SAMPLE, metavar="N", help="unlabelled texts to take (default: %(default)s)")
    add("--leave-out", nargs="+", type=Path, default=[], metavar="FILE", help="*.jsonl(.xz) of texts not to take")
    add("--gold", nargs="+", default=[], metavar="[NAME=]GOLD:TEXTS", help="annotations with the folder of their texts")
    add("--examples", nargs="+", type=Path, default=[], metavar="PATH", help="labelled passages: *.jsonl, or a folder")
    add("--sentences", nargs="*", type=Path, default=[Path("tests")], metavar="FOLDER", help="sentence files of tests")
    add("--score", nargs="+", default=[], metavar="[NAME=]GOLD:TEXTS", help="annotations to measure with, not to learn")
    add("--out", type=Path, required=True, metavar="FILE", help="the model (JSON)")
    add("--card", type=Path, metavar="FILE", help="what it was learned from and finds (Markdown)")
    return parser


def _shared(said: Sequence[str]) -> dict[Path, float]:
    """Sources with their shares of the sample; what no share is said of is shared equally."""
    shares: dict[Path, float | None] = {}
    for one in said:
        path, colon, share = one.rpartition(":")
        try:
            shares[Path(path if colon else one)] = float(share) if colon else None
        except ValueError:
            raise TextsError(f"{one}: {share!r} is no share of the sample") from None
    rest = 1 - sum(share for share in shares.values() if share is not None)
    equal = rest / max(1, sum(share is None for share in shares.values()))
    return {path: equal if share is None else share for path, share in shares.items()}


def _gold(said: str) -> PassageSet:
    named, equals, folders = said.partition("=")
    gold, colon, texts = (folders if equals else said).partition(":")
    if not colon:
        raise LabelError(f"{said}: write GOLD:TEXTS, the folder of annotations and that of their texts")
    return read_gold(Path(gold), Path(texts), named if equals else Path(gold).absolute().parent.name)


def _files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise LabelError(f"{path}: no examples (*.jsonl)")
    return files


if __name__ == "__main__":
    sys.exit(main())
