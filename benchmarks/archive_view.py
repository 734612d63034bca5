"""How soon the archive view answers: a store of 10,000 reports with 50,000 findings is made up and asked everything.

    python benchmarks/archive_view.py [--reports 10000] [--store FILE] [--rounds 5]
    python benchmarks/archive_view.py --make FILE [--reports 10000]

The store is made of a few reports that were really read, under other names, days, units and contents; their findings
are spread over rules, and a twentieth of them is decided. `--store` keeps it, and takes it where it is there. Each
question is what one address of the page asks; the store is opened for each as for a request. Told are the shortest time
of the rounds and the processor time of that one. Exits with 1 where the processor time, which other work on the machine
hardly adds to, is more than a second.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from de06_extract.archive.decision import STATES, Decision
from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.listings import Page
from de06_extract.archive.facets.view import ArchiveView, Heads, heads_of
from de06_extract.archive.store.outcome import Options, Outcome, failed, outcome_of
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import Attempt, Store, open_store
from de06_extract.language.messages import messages
from de06_extract.schema.rows import Row

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FINDINGS = 5  # of a report, on average
MOST = 1.0  # second of processor that a question may take
_SEED = 15
_UNITS, _YEARS = 300, (2021, 2025)
_UNREAD, _COPIED, _DECIDED = 0.02, 0.02, 0.05
_RULES: tuple[tuple[str, int], ...] = (  # that findings are of, with how often
    *(("ratio-mismatch", 30), ("sum-mismatch", 18), ("change-mismatch", 14), ("remainder-mismatch", 9)),
    *(("repeat-mismatch", 12), ("list-mismatch", 5), ("reference-date-conflict", 6), ("share-above-100", 2)),
    *(("ratio-undefined", 3), ("unsure", 25), ("reference-symbol-conflict", 8), ("result-after-report", 6)),
    *(("ratio-truncated", 15), ("section-numbering", 10)),
)


def made_up(path: Path, reports: int) -> None:
    """Writes a store with so many reports, findings, copies, files that could not be read, and decisions."""
    chance = random.Random(_SEED)
    known = [outcome_of(file.read_bytes(), ".txt", Options()) for file in sorted(CORPUS.glob("*.txt"))]
    rows = [row for outcome in known for row in outcome.findings]
    with open_store(path, Options()) as store:
        run = store.begin_run(["/kho"])
        for number in range(reports):
            outcome = _outcome(chance, chance.choice(known), rows, min(_UNITS, max(reports // 12, 1)))
            content, name = f"{number:064x}", f"/kho/{number % 97:02}/Báo cáo Đề án 06 - {number}.txt"
            _save(store, run, name, content, outcome)
            if chance.random() < _COPIED:
                _save(store, run, f"{name} (2).txt", content, None)
            if chance.random() < _UNREAD:
                _save(store, run, f"{name}.pdf", f"{number:063x}s", failed("scan", "no text layer"))
        store.end_run(run, "finished")
        keys = [key for key in store.finding_keys() if chance.random() < _DECIDED]
        store.save_decisions(
            Decision(
                path=key.path,
                finding_id=key.finding_id,
                rule=key.rule,
                quote=key.quote,
                state=chance.choice(STATES[1:]),
                reason="đã đối chiếu",
                decided=date(2026, 1, 15),
            )
            for key in keys
        )


def _save(store: Store, run: int, path: str, content: str, outcome: Outcome | None) -> None:
    store.save(run, Attempt(path, f".{path.rpartition('.')[2]}", content, 9, outcome))


def _outcome(chance: random.Random, known: Outcome, rows: list[Row], count: int) -> Outcome:
    """A report that was read, of another unit and day, with findings of any."""
    unit, day = (
        chance.randrange(1, count + 1),
        date(chance.randint(*_YEARS), chance.randint(1, 12), chance.randint(1, 28)),
    )
    document = {
        **known.document,
        "document_issuer": f"Ủy ban nhân dân huyện số {unit}",
        "document_date": day.isoformat(),
        "document_date_text": day.isoformat(),
    }
    drawn = [chance.choice(rows) for _ in range(chance.randint(0, 2 * FINDINGS))]
    names, weights = zip(*_RULES, strict=True)
    rules = chance.choices(names, weights, k=len(drawn))
    findings = tuple(
        {
            **row,
            "rule": rule,
            "severity": messages("findings")["severity"][rule],
            "finding_id": hashlib.sha256(f"{chance.random()}".encode()).hexdigest()[:12],
        }
        for row, rule in zip(drawn, rules, strict=True)
    )
    return replace(known, document=document, findings=findings)


def questions(rule: str, month: str, unit: str, heads: Heads) -> dict[str, Callable[[Path], object]]:
    """What the addresses of the page ask, by name."""
    narrow = Filter(month=(month,), rule=(rule,))
    return {
        "the first view": lambda path: _everything(path, Filter()),
        "the first view, one rule": lambda path: _everything(path, Filter(rule=(rule,))),
        "the first view, one unit": lambda path: _everything(path, Filter(unit=(unit,))),
        "the first view, a month and a rule": lambda path: _everything(path, narrow),
        "the same, the heads being known": lambda path: _everything(path, narrow, heads),
        "the first view, dismissed ones": lambda path: _everything(path, Filter(state=("dismissed",))),
        "the first view, words": lambda path: _everything(path, Filter(words="huyen so 12")),
        "the first view, the heads being known": lambda path: _everything(path, Filter(), heads),
        "facets alone": lambda path: _asked(path, Filter(), lambda view: view.facets()),
        "units by rules alone": lambda path: _asked(path, Filter(), lambda view: view.units()),
        "the last page of the reports": lambda path: _asked(
            path, Filter(), lambda view: view.reports("date", Page(offset=9_900, limit=50))
        ),
        "a page of findings": lambda path: _asked(
            path, Filter(rule=(rule,)), lambda view: view.findings("errors", Page(offset=1_000, limit=100))
        ),
        "files that could not be read": lambda path: _asked(path, Filter(), lambda view: view.failures()),
    }


def _everything(path: Path, wanted: Filter, heads: Heads | None = None) -> object:
    return _asked(path, wanted, lambda view: (view.totals(), view.facets(), view.units(), view.reports()), heads)


def _asked(path: Path, wanted: Filter, ask: Callable[[ArchiveView], object], heads: Heads | None = None) -> object:
    with read_store(path) as store:
        return ask(ArchiveView(store, wanted, heads=heads))


def measured(path: Path, rounds: int) -> Iterator[tuple[str, float, float]]:
    """The seconds that each question takes, and those of the processor."""
    with read_store(path) as store:
        heads = heads_of(store)
        facets = ArchiveView(store, Filter(), heads=heads).facets()
    asked = questions(facets.rule[0].value, facets.month[0].value, facets.unit[0].value, heads)
    for name, ask in asked.items():
        spent = []
        for _ in range(rounds):
            begun, processor = perf_counter(), process_time()
            ask(path)
            spent.append((perf_counter() - begun, process_time() - processor))
        yield name, *min(spent)


def main() -> int:
    """Prints the table; 1 if a question takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--make", type=Path, metavar="FILE", help="write the store, and measure nothing")
    chosen = parser.parse_args()
    if chosen.make is not None:
        made_up(chosen.make, chosen.reports)
        return 0
    with ExitStack() as stack:
        path = chosen.store or Path(stack.enter_context(TemporaryDirectory())) / "store.sqlite"
        if not path.exists():
            made_up(path, chosen.reports)
        with read_store(path) as store:
            view = ArchiveView(store, Filter(state=STATES))
            counted, found = view.totals(), view.findings()
        print(f"{counted.reports} reports, {found.total} findings, {path.stat().st_size >> 20} MiB")
        held = True
        for name, seconds, processor in measured(path, chosen.rounds):
            held = held and processor <= MOST
            verdict = "" if processor <= MOST else "TOO LONG"
            print(f"{name:40} {seconds * 1000:7.0f} ms  {processor * 1000:7.0f} ms of processor  {verdict}", flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
