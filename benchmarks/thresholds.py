"""Each named threshold of the prose's claims doubled and halved: which of them nothing notices.

    python benchmarks/thresholds.py [NAME …] [--jobs N] [-v]

A threshold that can be another number without any sentence of the tests or report of the corpus being read otherwise is
held by nothing: a sentence on either side of it is missing, or it is none. Thresholds are the numbers that constants in
capitals are given in `claims/prose`, each number of a tuple or table for itself; NAME is the end of a module («links.
model») or of a threshold («LIKELY», «ratio._BEHIND»). One process a change: what is computed from a constant when its
module is loaded changes with it. Printed is a line for each threshold that nothing notices one way or the other, then
how many there are; with -v every change with what noticed it first.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "de06_extract" / "claims" / "prose"
PACKAGE = "de06_extract.claims.prose"
SENTENCES = ("made_up", "negative", "known_failures", "repeats")
_CHANGES = {"doubled": 2.0, "halved": 0.5}
_SLOWEST = 900.0  # seconds for all texts; a change that makes them endless is noticed
_FAILED = "an error"


@dataclass(frozen=True, order=True)
class Threshold:
    """A number in the value of a constant: its module, the constant, and where it stands in the file."""

    module: str
    name: str
    line: int
    column: int
    value: float | int

    @property
    def label(self) -> str:
        """The module below `claims/prose` and the constant with its place in it."""
        return f"{self.module.removeprefix(PACKAGE + '.')}.{self.name}"


def thresholds(folder: Path = SOURCE, package: str = PACKAGE) -> Iterator[Threshold]:
    """Every number that a constant in capitals is given in the modules of a folder."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        module = ".".join([package, *(part for part in parts if part != "__init__")])
        for node in ast.parse(path.read_text("utf-8")).body:
            yield from (Threshold(module, *found) for found in _numbers_of(node))


def _numbers_of(node: ast.stmt) -> Iterator[tuple[str, int, int, float | int]]:
    """The numbers of an assignment to constants, each with its name, line and column."""
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets: list[ast.expr] = [node.target]
    elif isinstance(node, ast.Assign):
        targets = node.targets
    else:
        return
    value = node.value
    assert value is not None
    for target in targets:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = list(zip(target.elts, value.elts, strict=True))
        else:
            pairs = [(target, value)]
        for name, held in pairs:
            if isinstance(name, ast.Name) and name.id.strip("_").isupper():
                yield from _numbers(name.id, held)


def _numbers(name: str, value: ast.expr) -> Iterator[tuple[str, int, int, float | int]]:
    """The numbers in a literal, those of a tuple or a table by their place."""
    if isinstance(value, ast.Constant) and isinstance(value.value, int | float) and not isinstance(value.value, bool):
        yield name, value.lineno, value.col_offset, value.value
    elif isinstance(value, ast.Tuple):
        for at, held in enumerate(value.elts):
            yield from _numbers(f"{name}[{at}]", held)
    elif isinstance(value, ast.Dict):
        for key, held in zip(value.keys, value.values, strict=True):
            yield from _numbers(f"{name}[{'' if key is None else ast.unparse(key)}]", held)


def changed(value: float | int, factor: float) -> float | int:
    """The number times the factor; a whole one stays whole.

    >>> changed(7, 0.5), changed(1, 0.5), changed(0.5, 2.0)
    (3, 0, 1.0)
    """
    return int(value * factor) if isinstance(value, int) else value * factor


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module with one number of its source exchanged, and writes nothing down."""

    def __init__(self, fullname: str, path: str, line: int, column: int, value: str) -> None:
        super().__init__(fullname, path)
        self._place, self._value = (line, column), ast.literal_eval(value)

    def get_code(self, fullname: str) -> CodeType:
        """The code of the changed source, never one that was compiled before."""
        tree = ast.parse(self.get_data(self.path))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and (node.lineno, node.col_offset) == self._place:
                node.value = self._value
        code = compile(tree, self.path, "exec")
        assert isinstance(code, CodeType)
        return code


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module with a changed number; all others as usual."""

    def __init__(self, module: str, line: int, column: int, value: str) -> None:
        self._module, self._change = module, (line, column, value)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path)
        if found is None or found.origin is None:
            return None
        loader = _Changed(fullname, found.origin, *self._change)
        return importlib.util.spec_from_file_location(fullname, found.origin, loader=loader)


def texts() -> list[tuple[str, str]]:
    """The texts that may notice a change, with what they are called: sentences of the tests, then the reports."""
    out = []
    for name in SENTENCES:
        for entry in json.loads((ROOT / "tests" / "sentences" / f"{name}.json").read_text("utf-8")):
            out.append((f"{name}: {entry['label']}", entry["text"]))
    return out + [(path.name, path.read_text("utf-8")) for path in sorted((ROOT / "corpus").glob("00*.txt"))]


def reading(text: str) -> list[str]:
    """What is read out of a text, as far as a threshold of claims can change it."""
    from de06_extract import check_text

    report = check_text(text)
    claims = [
        f"{claim.kind} {claim.verdict} {claim.confidence} {[quantity.text for quantity in claim.figures()]}"
        for claim in report.claims
    ]
    return claims + [f"{finding.rule} {finding.severity} {finding.message}" for finding in report.findings]


def _watch(known: Path, change: Sequence[str]) -> None:
    """Prints the first text that is read otherwise than is known; without a change, writes down what is known."""
    if change:
        module, line, column, value = change
        sys.meta_path.insert(0, _Finder(module, int(line), int(column), value))
        before = json.loads(known.read_text("utf-8"))
        for (name, text), usual in zip(texts(), before, strict=True):
            if reading(text) != usual:
                print(name)
                return
    else:
        known.write_text(json.dumps([reading(text) for _, text in texts()]), "utf-8")


def noticed_by(threshold: Threshold, factor: float, known: Path) -> str | None:
    """The first text that is read otherwise with another value; None where none is."""
    value = repr(changed(threshold.value, factor))
    change = (threshold.module, str(threshold.line), str(threshold.column), value)
    command = [sys.executable, str(Path(__file__)), "--known", str(known), "--change", *change]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SLOWEST, check=False)
    except subprocess.TimeoutExpired:
        return _FAILED
    return _FAILED if done.returncode else done.stdout.strip() or None


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the thresholds that nothing notices."""
    args = _parser().parse_args(arguments)
    if args.known is not None:
        _watch(args.known, args.change or ())
        return 0
    chosen = [t for t in thresholds() if not args.names or any(_is_named(t, name) for name in args.names)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(args.jobs) as pool:
        known = Path(folder, "known.json")
        subprocess.run([sys.executable, str(Path(__file__)), "--known", str(known)], check=True)
        asked = [(threshold, way) for threshold in chosen for way in _CHANGES]
        found = pool.map(lambda one: noticed_by(one[0], _CHANGES[one[1]], known), asked)
        quiet = 0
        for (threshold, way), name in zip(asked, found, strict=True):
            quiet += name is None
            if name is None or args.verbose:
                print(f"{threshold.label} = {threshold.value:g} {way}: {name or 'nothing notices'}", flush=True)
    print(json.dumps({"thresholds": len(chosen), "changes": len(asked), "unnoticed": quiet}))
    return 0


def _is_named(threshold: Threshold, name: str) -> bool:
    plain = threshold.label.split("[")[0]
    return f".{plain}".endswith(f".{name}") or f".{threshold.module}".endswith(f".{name}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--known", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--change", nargs=4, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
