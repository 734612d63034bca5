"""The rooms of the package: each imports only from rooms below it, what is found is not imported by name, modules
are small and have names, and Vietnamese words are data.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter

import pytest

from tests.conftest import ROOT

PACKAGE = "de06_extract"
SOURCE = ROOT / "src" / PACKAGE

# From the ground up; rooms of one line do not know each other.
FLOORS = (
    ("errors", "heartbeat", "optional_libraries", "whole_files"),
    ("language",),
    ("schema",),
    ("document", "numbers"),
    ("readers", "claims", "rules"),
    ("comparisons", "indicators"),
    ("pipeline",),
    ("archive",),
    ("output",),
    ("__init__",),
    ("commands",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FOUND = ("readers", "claims.prose.recognisers", "comparisons.comparers", "rules.checks", "archive.across.checks")
MOST_MODULES = 16  # in a folder that is not found
LONGEST = 400  # lines of a module
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
HEAVY = {"pdfplumber", "pypdfium2", "docx", "pdfminer", "lxml", "PIL", "xlsxwriter", "pyarrow", "fsspec"}
REGEX_CALLS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}


def modules() -> list[str]:
    """Every module by its name inside the package; a folder by its own name, the package as «__init__»."""
    names = (".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("*.py"))
    return sorted(name.removesuffix(".__init__") for name in names)


def room(module: str) -> str:
    return module.split(".")[0]


ROOMS = sorted({room(module) for module in modules()})


@cache
def source(module: str) -> str:
    path = SOURCE.joinpath(*module.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(source(module))


def in_room(name: str) -> list[str]:
    return [module for module in modules() if room(module) == name]


def imports(module: str) -> Iterator[str]:
    """The modules of this package that a module imports, also inside its functions."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            yield (node.module or "").removeprefix(PACKAGE).removeprefix(".") or "__init__"


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_from_those_below_it(name: str) -> None:
    wrong = [
        f"{module} -> {other}"
        for module in in_room(name)
        for other in imports(module)
        if room(other) != name and FLOOR[room(other)] >= FLOOR[name]
    ]
    assert not wrong


def test_no_modules_import_each_other() -> None:
    TopologicalSorter({module: set(imports(module)) for module in modules()}).prepare()


def test_what_is_found_is_not_imported_by_name() -> None:
    found = {
        module
        for module in modules()
        for folder in FOUND
        if module.startswith(f"{folder}.") and module.count(".") == folder.count(".") + 1
    }
    wrong = [
        f"{module} -> {other}"
        for module in modules()
        for other in imports(module)
        if other in found and not module.startswith(f"{other}.")
    ]
    assert not wrong


@pytest.mark.parametrize("name", ROOMS)
def test_imports_name_what_they_take_from_where(name: str) -> None:
    for module in in_room(name):
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module}, line {node.lineno}: a relative import"
                assert node.module != PACKAGE, f"{module}, line {node.lineno}: import from the module, not the package"
            if isinstance(node, ast.Import):
                whole = [alias.name for alias in node.names if alias.name.split(".")[0] == PACKAGE]
                assert not whole, f"{module}, line {node.lineno}: write «from {whole[0]} import …»"


@pytest.mark.parametrize("name", ROOMS)
def test_modules_are_short_and_have_a_name(name: str) -> None:
    for module in in_room(name):
        lines = source(module).count("\n")
        assert lines <= LONGEST, f"{module} has {lines} lines: split it by noun"
        assert not NAMELESS & set(re.split(r"[._]", module)), f"{module}: what it holds has a name"


@pytest.mark.parametrize("name", ROOMS)
def test_no_vietnamese_word_stands_in_a_pattern(name: str) -> None:
    for module in in_room(name):
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


@pytest.mark.parametrize("name", ROOMS)
def test_the_libraries_of_formats_are_loaded_when_needed(name: str) -> None:
    for module in in_room(name):
        for node in tree(module).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not HEAVY & {name.split(".")[0] for name in names}, (
                f"{module}: import it in the function that uses it"
            )


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    folders = {path.parent for path in SOURCE.rglob("*.py")} - {SOURCE}
    names = {folder: ".".join(folder.relative_to(SOURCE).parts) for folder in folders}
    full = {name: len(list(folder.glob("*.py"))) - 1 for folder, name in names.items() if name not in FOUND}
    assert {name: count for name, count in full.items() if count > MOST_MODULES} == {}


TESTS = ROOT / "tests"
NO_ROOMS = {"benchmarks"}  # it mirrors the folder beside this one
# What tests of a folder are named after that no module of it is: one for all formats, what several modules do together.
THEMES = {
    "archive/store": {"damage", "documented", "locking", "results", "runs", "upgrade"},
    "claims/tables": {"formats"},
    "output/html": {"escaping"},
    "readers/docx": {"list_marks", "notes", "unreadable"},
    "readers/pdf": {"unreadable"},
}
TESTED = sorted({path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")} - {"."})


@pytest.mark.parametrize("folder", TESTED)
def test_tests_lie_where_the_code_lies(folder: str) -> None:
    """Each is named after a module or folder of the room, after the room, or after a theme of it."""
    own = ROOT / folder if folder in NO_ROOMS else SOURCE / folder
    assert own.is_dir(), f"there is no room {folder}"
    names = {own.name, *THEMES.get(folder, ()), *(path.stem for path in own.rglob("*") if path.suffix in ("", ".py"))}
    tests = {path.stem.removeprefix("test_") for path in (TESTS / folder).glob("test_*.py")}
    assert {name for name in tests if not {name, name.removesuffix("s")} & names} == set()
