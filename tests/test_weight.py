"""No function asks more than a reader can keep in mind.

The weight of a function is the number of its conditions and loops, plus one. ruff's C901, set to the same limit, counts
statements alone; here count `and` and `or`, the `if` of an expression, and the `for` and `if` of a comprehension as
well, because a function that packs its questions into one line is no easier to read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "src" / "de06_extract", ROOT / "benchmarks")
MOST = 15  # beyond it, split by question

# The functions beyond it and what they weigh: a list to make shorter. A new one fails, and so does one that became
# lighter or went until its line here says so; `python tests/test_weight.py` prints the lines as they should be.
HEAVY: dict[str, int] = {
    "de06_extract.claims.prose.bases.Bases._candidates": 20,
    "de06_extract.claims.prose.bases.Bases._shared": 18,
    "de06_extract.claims.prose.bases.Bases._stated": 35,
    "de06_extract.claims.prose.bases.Bases._totals_before": 18,
    "de06_extract.claims.prose.bases.Bases.fitting": 32,
    "de06_extract.claims.prose.bases.Bases.of_proven_sum": 20,
    "de06_extract.claims.prose.find._besides": 16,
    "de06_extract.claims.prose.parts._all_levels": 24,
    "de06_extract.claims.prose.reading._Paragraph._mentions": 19,
    "de06_extract.claims.prose.recognisers.change._Change._by_words": 33,
    "de06_extract.claims.prose.recognisers.change._from_to": 18,
    "de06_extract.claims.prose.recognisers.ratio._Search._numerators": 16,
    "de06_extract.claims.prose.recognisers.ratio._Search._percent_of_slash": 32,
    "de06_extract.claims.prose.recognisers.ratio._Search._unfitting": 17,
    "de06_extract.claims.prose.recognisers.remainder._by_words": 33,
    "de06_extract.claims.prose.recognisers.remainder._search": 22,
    "de06_extract.claims.prose.recognisers.remainder.find": 21,
    "de06_extract.claims.prose.recognisers.sum._backwards": 17,
    "de06_extract.claims.prose.recognisers.sum._complete_list": 67,
    "de06_extract.claims.prose.recognisers.sum._is_meant": 36,
    "de06_extract.claims.prose.recognisers.sum._listed": 19,
    "de06_extract.claims.prose.recognisers.sum._of_known_totals": 16,
    "de06_extract.claims.prose.recognisers.sum._parallel": 20,
}


def weight(function: ast.AST) -> int:
    """How many ways lead through a function, those inside it included, as far as conditions and loops make them.

    >>> weight(ast.parse("def sign(n): return 0 if not n else -1 if n < 0 else 1"))
    3
    >>> weight(ast.parse("def small(them): return [n for n in them if n and n < 10]"))
    4
    """
    return 1 + sum(_ways(node) for node in ast.walk(function))


def _ways(node: ast.AST) -> int:
    match node:
        case ast.If() | ast.IfExp() | ast.For() | ast.AsyncFor() | ast.While() | ast.ExceptHandler() | ast.match_case():
            return 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.BoolOp():
            return len(node.values) - 1
    return 0


def functions(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.AST]]:
    """Every function with its full name; one inside another belongs to it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{inside}.{child.name}", child
        else:
            yield from functions(child, f"{inside}.{child.name}" if isinstance(child, ast.ClassDef) else inside)


def heavy_functions() -> dict[str, int]:
    """The functions beyond the limit and what they weigh, in the order of their names."""
    found: dict[str, int] = {}
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            module = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
            for name, function in functions(ast.parse(path.read_text("utf-8")), module):
                if weight(function) > MOST:
                    found[name] = weight(function)
    return dict(sorted(found.items()))


def test_no_function_is_heavy_but_those_listed() -> None:
    found = heavy_functions()
    wrong = [
        f"{name}: weighs {found.get(name, f'{MOST} or less')}, listed {HEAVY.get(name, 'not at all')}"
        for name in sorted(found.keys() | HEAVY.keys())
        if found.get(name) != HEAVY.get(name)
    ]
    assert not wrong, "split what is new or heavier, lower or strike out what is lighter:\n" + "\n".join(wrong)


if __name__ == "__main__":
    for heavy, weighs in heavy_functions().items():
        print(f'    "{heavy}": {weighs},')
