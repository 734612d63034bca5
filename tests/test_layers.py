"""Imports point in one direction, modules stay small and have names, and Vietnamese words are data."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "de06_extract"
SOURCE = Path(__file__).parent.parent / "src" / PACKAGE

# A module imports from the layers above it, never from its own; «.*» stands for the modules of a folder.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"vocabulary", "values", "progress", "hidden_names", "exclusive"}),
    frozenset({"display"}),
    frozenset({"rows", "quotations", "addresses"}),
    frozenset({"schema", "errors", "numerals", "intervals", "continuation"}),
    frozenset({"document", "figures", "notation", "dates", "implied"}),
    frozenset(
        {"outline", "tokens", "slips", "verdicts", "rule", "labels", "periods", "table_cells", "prose", "enumerations"}
    ),
    frozenset(
        {
            "mentions",
            "units",
            "edits",
            "equations",
            "table_headings",
            "restated",
            "references",
            "programmes",
            "footnotes",
            "taxonomy",
        }
    ),
    frozenset({"pieces", "places"}),
    frozenset({"letterhead_lines"}),
    frozenset({"letterhead", "signature", "issuers", "locality"}),
    frozenset({"header"}),
    frozenset({"roles", "relation", "runs", "bases", "plain_slips", "table_rows", "citations"}),
    frozenset({"reading", "repairs", "coverage", "tables", "table_equations", "misprints"}),
    frozenset(
        {"readers", "recognisers", "rules", "excerpts", "contexts", "suggestions", "table_columns", "table_totals"}
    ),
    frozenset({"claims", "table_claims", "aliases", "scopes"}),
    frozenset({"times"}),
    frozenset({"measures"}),
    frozenset({"indicators"}),
    frozenset({"counted"}),
    frozenset({"comparer", "listings"}),
    frozenset({"comparers"}),
    frozenset({"comparisons"}),
    frozenset({"pipeline", "record"}),
    frozenset({"columns", "extras", "saving"}),
    frozenset({"terminal"}),
    frozenset({"remote"}),
    frozenset({"outcomes"}),
    frozenset({"zip_archives", "limits", "wire"}),
    frozenset({"entries", "worker", "hand"}),
    frozenset({"finder"}),
    frozenset({"store_file", "cluster"}),
    frozenset({"store", "store_dump"}),
    frozenset({"contents"}),
    frozenset({"dask_tasks", "crew"}),
    frozenset({"dask_engine"}),
    frozenset({"archive_rows", "archive_json", "gauge", "series", "specimens"}),
    frozenset({"baseline", "families", "overview"}),
    frozenset({"across_rule"}),
    frozenset({"across_rules"}),
    frozenset({"across"}),
    frozenset({"page_series", "page_totals"}),
    frozenset({"page_reports"}),
    frozenset(
        {"comma", "sheets", "parquet", "page", "archive_lines", "archive_ranking", "sarif_rules", "sarif_locations"}
    ),
    frozenset({"sarif"}),
    frozenset({"render", "export", "archive_report", "archive", "__init__"}),
    frozenset({"archive_commands"}),
    frozenset({"cli"}),
)

# The parts of a reader: each may import those before it, and the layers above the readers.
CHAINS: tuple[tuple[str, ...], ...] = (
    ("word_package", "word_styles", "word_numbering", "word_paragraph", "word_table", "readers.docx"),
    (
        "pdf_glyphs",
        "pdf_lines",
        "pdf_frames",
        "pdf_pages",
        "pdf_margins",
        "pdf_paragraphs",
        "pdf_tables",
        "pdf_manuscript",
        "pdf_streams",
        "readers.pdf",
    ),
)
FOLDERS = ("readers", "recognisers", "rules", "comparers", "across_rules")
LONGEST = 400
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
REGEX_CALLS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}


def modules() -> list[str]:
    """Every module of the package, by its name inside it: «rules.sum», «rules» for the folder itself."""
    names = (".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("*.py"))
    return sorted(name.removesuffix(".__init__") for name in names)


def path_of(module: str) -> Path:
    path = SOURCE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text("utf-8"))


def imported(module: str) -> Iterator[str]:
    """The modules of this package that a module imports."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            yield (node.module or "").removeprefix(PACKAGE).removeprefix(".") or "__init__"


def chain_of(module: str) -> tuple[str, ...]:
    return next((chain for chain in CHAINS if module in chain), ())


def layer_of(module: str) -> int | None:
    """The layer of a module; the parts of a reader stand with the readers, the modules of a folder with it."""
    name = "readers" if chain_of(module) else module
    name = name.split(".")[0] if name.split(".")[0] in FOLDERS else name
    return next((number for number, layer in enumerate(LAYERS) if name in layer), None)


@pytest.mark.parametrize("module", modules())
def test_every_module_stands_in_one_layer(module: str) -> None:
    assert layer_of(module) is not None, f"{module} stands in no layer: add it to LAYERS or CHAINS"


def test_no_layer_names_a_module_that_is_not_there() -> None:
    named = {name for layer in LAYERS for name in layer} | {name for chain in CHAINS for name in chain}
    assert named <= set(modules())


@pytest.mark.parametrize("module", modules())
def test_imports_point_to_earlier_layers(module: str) -> None:
    chain = chain_of(module)
    allowed = chain[: chain.index(module)] if chain else ()
    here = layer_of(module)
    assert here is not None
    wrong = [name for name in imported(module) if name not in allowed and (layer_of(name) or 0) >= here]
    assert not wrong, f"{module} imports {wrong}, which stand beside or behind it"


@pytest.mark.parametrize("module", modules())
def test_imports_name_what_they_take_from_where(module: str) -> None:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: a relative import"
            assert node.module != PACKAGE, f"{module}, line {node.lineno}: import from the module, not the package"
        if isinstance(node, ast.Import):
            whole = [alias.name for alias in node.names if alias.name.split(".")[0] == PACKAGE]
            assert not whole, f"{module}, line {node.lineno}: write «from {whole[0]} import …»"


@pytest.mark.parametrize("module", modules())
def test_a_module_is_short_and_has_a_name(module: str) -> None:
    lines = path_of(module).read_text("utf-8").count("\n")
    assert lines <= LONGEST, f"{module} has {lines} lines: split it by noun"
    assert not NAMELESS & set(re.split(r"[._]", module)), f"{module}: what it holds has a name"


@pytest.mark.parametrize("module", modules())
def test_no_vietnamese_word_stands_in_a_pattern(module: str) -> None:
    for pattern in patterns(tree(module)):
        bare = re.sub(r"(?m)(?<!\\)#.*$", "", pattern)  # the comments of a verbose pattern quote reports
        bare = re.sub(r"\[[^\]]*\]", " ", bare)  # «[a-zđ]» is a letter, not a word
        words = [word for word in re.findall(r"[^\W\d_]{2,}", bare) if any(map(is_vietnamese, word))]
        assert not words, f"{module}: {words} in {pattern!r} belong into data/*.toml"


def patterns(module: ast.Module) -> Iterator[str]:
    """The string constants inside the calls that take a regular expression first."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and node.args
            and ast.unparse(node.func) in {f"{library}.{call}" for library in ("re", "regex") for call in REGEX_CALLS}
        ):
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def is_vietnamese(letter: str) -> bool:
    """True for «đ» and for letters that are a Latin one with marks."""
    return letter in "đĐ" or (not letter.isascii() and unicodedata.decomposition(letter) != "")


def test_the_libraries_of_formats_are_loaded_when_needed() -> None:
    heavy = {"pdfplumber", "pypdfium2", "docx", "pdfminer", "lxml", "PIL", "xlsxwriter", "pyarrow", "fsspec"}
    for module in modules():
        for node in tree(module).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not heavy & {name.split(".")[0] for name in names}, (
                f"{module}: import it in the function that uses it"
            )
