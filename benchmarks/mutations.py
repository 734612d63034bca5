"""Errors made on purpose: how many of them are found, and what else is then accused.

    python benchmarks/mutations.py [FILE …] [--sample N] [--kind KIND] [--suffix .txt] [--json] [-v]

Each claim of the corpus that holds, and each repeated figure, has its written figures changed one at a time, as a hand
that mistypes changes them; the changed document is checked again. A figure that stands in an error or a warning already
is left alone: whether that speaks of the change could not be told. An edit of a text is an edit of the file. That of a
Word document is made in the runs of its XML and the file is read again. A PDF cannot be edited so, because its fonts
hold only the glyphs that it uses: it is read once, and the edit is made in the text that was read, with all places,
blocks and tables moved along. The kinds of change:

    digit       one digit is another
    swap        two neighbouring digits have changed places
    drop        a digit is missing
    double      a digit stands twice
    separator   the comma is lost, or a dot between thousands is a comma; what leaves the value as it was is none
    exchange    numerator and percentage, or numerator and denominator, have changed places

Printed are, for each kind and in all:

    mutations   changes made
    visible     those that arithmetic can see: a claim that held, judged with the changed figure, is inconsistent
    found       visible ones of which an error or a warning speaks that was not there before
    restored    found ones whose first suggestion gives the text back as it was; then the same where the figure stands
                in several claims
    wrong       found ones with a first suggestion on a finding of theirs that does not
    elsewhere   mutations with a new finding, or a graver one, that has nothing to do with the changed figure
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

from de06_extract import extract
from de06_extract.numbers.figures import figure_of
from de06_extract.numbers.numerals import NUMERAL, parse_dotted, parse_english_count, parse_numeral
from de06_extract.numbers.verdicts import interval
from de06_extract.pipeline.extract import check
from de06_extract.readers import read_document
from de06_extract.rules.repairs.equations import equations
from de06_extract.schema.report import Claim, Comparison, Finding, Quantity, Report, Severity
from mutating.edits import Edit, applied, moved, rewritten
from mutating.slips import changes

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
KINDS = ("digit", "swap", "drop", "double", "separator", "exchange")
SEED = 6
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
DRAWS = 2  # changes of each kind for each figure
Figures = dict[int, Quantity]


@dataclass(frozen=True)
class Mutation:
    """Edits in the order of the text; `several` where the changed figure stands in more than one claim."""

    path: Path
    kind: str
    edits: tuple[Edit, ...]
    visible: bool
    several: bool


@dataclass(frozen=True)
class Outcome:
    """What checking a changed document gave; `quote` is the changed sentence."""

    mutation: Mutation
    found: bool
    restored: bool
    wrong: bool
    elsewhere: tuple[str, ...]
    quote: str


class Original:
    """A file as it is: its document, its report, the figures in it."""

    def __init__(self, path: Path) -> None:
        self.path, self.data = path, path.read_bytes()
        self.document = read_document(self.data, path.name)
        self.report = check(self.document, self.data)
        self.figures: Figures = {q.span.start: q for held in _held(self.report) for q in _quantities(held)}
        self.known: dict[frozenset[int], int] = {}
        self.accused: set[int] = set()
        for finding in self.report.findings:
            spoken = _spoken(finding, self.report, ())
            grave = SEVERITIES.index(finding.severity)
            self.known[spoken] = min(grave, self.known.get(spoken, grave))
            self.accused |= spoken if finding.severity != "info" else set()

    def is_new(self, finding: Finding, report: Report, edits: Sequence[Edit]) -> bool:
        """True where nothing as grave was held against the figures before they were changed."""
        return SEVERITIES.index(finding.severity) < self.known.get(_spoken(finding, report, edits), len(SEVERITIES))

    def changed(self, edits: Sequence[Edit]) -> Report | None:
        """The report on the changed document; None where the file cannot be changed so."""
        text = applied(self.document.text, edits)
        if self.path.suffix == ".pdf":
            document = self.document
            for edit in reversed(edits):
                document = moved(document, edit)
            return check(document, self.data)
        if self.path.suffix != ".docx":
            return extract(text.encode(), name=self.path.name)
        for data in rewritten(self.data, self.document.text, edits):
            if read_document(data, self.path.name).text == text:
                return extract(data, name=self.path.name)
        return None


original = cache(Original)


def mutations(path: Path) -> Iterator[Mutation]:
    """Every mutation of a file, the same from run to run."""
    here = original(path)
    text = here.document.text
    chance = random.Random(f"{SEED} {path.name}")
    for start, figure in sorted(here.figures.items()):
        if start in here.accused:
            continue
        digits = NUMERAL.match(text, start, figure.span.end)
        if digits is None or figure.upper is not None:
            continue
        if _value(digits[0], figure) != (figure.value, figure.decimals):
            continue
        for kind in KINDS[:-1]:
            options = sorted(set(changes(kind, digits[0])))
            for written in chance.sample(options, min(DRAWS, len(options))):
                yield from _mutation(here, kind, (Edit(start, start + len(digits[0]), written),))
    for claim in here.report.claims:
        stands = {quantity.span.start for quantity in _quantities(claim)}
        if claim.kind == "ratio" and claim.verdict == "consistent" and not stands & here.accused:
            for other in ("percent", "denominator"):
                yield from _mutation(here, "exchange", tuple(_exchange(text, claim, other)))


def _mutation(here: Original, kind: str, edits: tuple[Edit, ...]) -> Iterator[Mutation]:
    """The mutation, if each edit is a figure of another value."""
    changed = dict(here.figures)
    for edit in edits:
        figure = here.figures.get(edit.start)
        value = _value(edit.text, figure) if figure else None
        if figure is None or value is None or value[0] == figure.value:
            return
        changed[edit.start] = figure.model_copy(update={"value": value[0], "decimals": value[1]})
    touched = [held for held in _held(here.report) if any(_holds(held, edit) for edit in edits)]
    visible = any(_judged(held, changed) == "inconsistent" for held in touched)
    everywhere: list[Claim | Comparison] = [*here.report.claims, *here.report.comparisons]
    several = sum(any(_holds(held, edit) for edit in edits) for held in everywhere) > 1
    if edits and touched:
        yield Mutation(here.path, kind, edits, visible, several)


def _held(report: Report) -> list[Claim | Comparison]:
    """What holds: claims, and figures that are repeated."""
    everything: list[Claim | Comparison] = [*report.claims, *(c for c in report.comparisons if c.kind == "repeat")]
    return [held for held in everything if held.verdict == "consistent"]


def _quantities(held: Claim | Comparison) -> Iterator[Quantity]:
    yield from held.figures if isinstance(held, Comparison) else held.figures()


def _holds(held: Claim | Comparison, edit: Edit) -> bool:
    return any(quantity.span.start == edit.start for quantity in _quantities(held))


def _judged(held: Claim | Comparison, figures: Figures) -> str:
    """The verdict with these figures, by arithmetic alone; a table row holds those of the words in their order."""
    if isinstance(held, Claim):
        (equation,) = equations([held], ())
        return equation.with_values(figures).verdict() if equation.follows else "unverifiable"
    stands = [interval(figure_of(figures[quantity.span.start])) for quantity in held.figures]
    half = len(stands) // 2 if held.relation == "table" else 1
    others = zip(stands[:half], stands[half:], strict=True) if half > 1 else ((stands[0], other) for other in stands)
    return "consistent" if all(one.meets(other) for one, other in others) else "inconsistent"


def _value(digits: str, quantity: Quantity) -> tuple[Decimal, int] | None:
    """The value and the decimals of other digits in a figure's place."""
    figure, numeral = figure_of(quantity), parse_numeral(digits)
    if figure.kind == "percent" or figure.measured or figure.scale != 1 or numeral is None:
        numeral = parse_dotted(digits) or numeral
    elif figure.unit is not None:
        numeral = parse_english_count(digits) or numeral
    return None if numeral is None else (numeral.value * figure.scale, numeral.decimals)


def _exchange(text: str, claim: Claim, other: str) -> Iterator[Edit]:
    """Numerator and another figure in each other's place, each with its own digits alone."""
    pair = [claim.quantities.get("numerator"), claim.quantities.get(other)]
    spans = [q.span for q in pair if isinstance(q, Quantity)]
    digits = [NUMERAL.match(text, span.start, span.end) for span in spans]
    if len(spans) < 2 or None in digits:
        return
    one, two = (match for match in digits if match is not None)
    yield from sorted(
        (Edit(one.start(), one.end(), two[0]), Edit(two.start(), two.end(), one[0])), key=lambda edit: edit.start
    )


def outcome(mutation: Mutation) -> Outcome | None:
    """What checking the changed document gives."""
    here = original(mutation.path)
    report = here.changed(mutation.edits)
    if report is None:
        return None
    new = [f for f in report.findings if here.is_new(f, report, mutation.edits)]
    sets = _sets_with(here.report, mutation.edits)
    changed = {edit.start for edit in mutation.edits}
    own = [f for f in new if _concerns(_spoken(f, report, mutation.edits), changed, sets)]
    text = here.document.text
    return Outcome(
        mutation,
        found=any(f.severity != "info" for f in own),
        restored=any(_restores(f, mutation, text) for f in own),
        wrong=any(f.suggestions and not _restores(f, mutation, text) for f in own),
        elsewhere=tuple(f"{f.rule}: {f.quote[:160]}" for f in new if f not in own),
        quote=_quote(text, mutation.edits),
    )


def _sets_with(report: Report, edits: Sequence[Edit]) -> list[set[int]]:
    """The figures of each claim and comparison that has a changed one, by where they stand."""
    everywhere: list[Claim | Comparison] = [*report.claims, *report.comparisons]
    touched = [held for held in everywhere if any(_holds(held, edit) for edit in edits)]
    return [{quantity.span.start for quantity in _quantities(held)} for held in touched]


def _quote(text: str, edits: Sequence[Edit]) -> str:
    """What was changed into what, and the text around it as it then is."""
    start, end = edits[0].start, edits[-1].end
    around = " ".join(applied(text[: end + 160], edits)[max(0, start - 200) :].split())
    return f"{[(text[edit.start : edit.end], edit.text) for edit in edits]} {around}"


def _spoken(finding: Finding, report: Report, edits: Sequence[Edit]) -> frozenset[int]:
    """The figures that a finding speaks of, where they stood before the edits."""
    named = {*finding.claims, *finding.comparisons}
    everywhere: list[Claim | Comparison] = [*report.claims, *report.comparisons]
    spoken = [held for held in everywhere if held.id in named]
    spans = {quantity.span.start for held in spoken for quantity in _quantities(held)} or {finding.span.start}
    return frozenset(_before(at, edits) for at in spans)


def _before(offset: int, edits: Sequence[Edit]) -> int:
    """The offset in the original of one in the changed text."""
    for edit in edits:
        if offset <= edit.start:
            return offset
        offset = max(edit.start, offset - len(edit.text) + edit.end - edit.start)
    return offset


def _concerns(figures: frozenset[int], changed: set[int], sets: Sequence[set[int]]) -> bool:
    """True where a changed figure is among the figures, or all of them stood in one claim with it."""
    return bool(figures & changed) or any(len(figures) > 1 and figures <= held for held in sets)


def _restores(finding: Finding, mutation: Mutation, text: str) -> bool:
    """True where the first suggestion gives a changed figure its old text and changes nothing else."""
    if not finding.suggestions:
        return False
    first = finding.suggestions[0]
    mutated = applied(text, mutation.edits)
    mended = applied(mutated, [Edit(first.span.start, first.span.end, first.replacement)])
    kept = [[edit for edit in mutation.edits if edit is not other] for other in mutation.edits]
    return any(mended == applied(text, edits) for edits in [[], *kept])


def table(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """The counts for each kind and in all."""
    rows = {}
    for kind in (*KINDS, "all"):
        rows_of = [o for o in outcomes if kind in (o.mutation.kind, "all")]
        visible = [o for o in rows_of if o.mutation.visible]
        found = [o for o in visible if o.found]
        several = [o for o in found if o.mutation.several]
        rows[kind] = {
            "mutations": len(rows_of),
            "visible": len(visible),
            "found": len(found),
            "found_share": round(len(found) / max(1, len(visible)), 4),
            "restored": sum(o.restored for o in found),
            "restored_share": round(sum(o.restored for o in found) / max(1, len(found)), 4),
            "in_several_claims": len(several),
            "restored_in_several": sum(o.restored for o in several),
            "wrong": sum(o.wrong for o in found),
            "elsewhere": sum(bool(o.elsewhere) for o in rows_of),
        }
    return rows


def _chosen(files: Sequence[Path], suffix: str | None) -> list[Path]:
    """The files named, those in a folder named, or the corpus."""
    paths = [file for path in files for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    paths = paths or [*sorted(CORPUS.glob("*.txt")), *sorted(CORPUS.glob("pdf/*.pdf")), *sorted(CORPUS.glob("docx/*"))]
    return [path for path in paths if suffix in (None, path.suffix)]


def main() -> int:
    """Prints the table, with -v each miss and each finding elsewhere on standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of the mutations")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--suffix", help="only files with this suffix")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    chosen = [m for path in _chosen(args.files, args.suffix) for m in mutations(path) if args.kind in (None, m.kind)]
    if args.sample is not None and args.sample < len(chosen):
        chosen = sorted(random.Random(SEED).sample(chosen, args.sample), key=lambda m: (str(m.path), m.edits[0].start))
    with multiprocessing.Pool(2) as pool:
        outcomes = [o for o in pool.imap(outcome, chosen, chunksize=50) if o is not None]
    if args.verbose:
        _print_misses(outcomes)
    rows = table(outcomes)
    if args.json:
        print(json.dumps({**rows, "unwritable": len(chosen) - len(outcomes)}))
        return 0
    print(f"{'':10}" + "".join(f"{name:>20}" for name in rows["all"]))
    for kind, row in rows.items():
        print(f"{kind:10}" + "".join(f"{value:20}" for value in row.values()))
    print(f"changes that a Word file does not take: {len(chosen) - len(outcomes)}")
    return 0


def _print_misses(outcomes: Sequence[Outcome]) -> None:
    """Prints each miss and each finding elsewhere on standard error."""
    for o in outcomes:
        if o.mutation.visible and not o.found:
            print(f"missed {o.mutation.path.name} {o.mutation.kind} {o.quote}", file=sys.stderr)
        for words in o.elsewhere:
            print(f"elsewhere {o.mutation.path.name} {o.mutation.kind} {o.quote} :: {words}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
