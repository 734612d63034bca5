"""The rooms of the package: each imports only from rooms below it, what is found is not imported by name, modules
are small and have names, and Vietnamese words are data.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
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
    ("wording",),
    (
        "compound_files",
        "cores",
        "errors",
        "forking",
        "found_modules",
        "heartbeat",
        "installed_programs",
        "library_messages",
        "optional_libraries",
        "own_outputs",
        "toml_files",
        "whole_files",
    ),
    ("regular_files",),
    ("language",),
    ("schema",),
    ("document", "numbers"),
    ("readers", "claims", "rules"),
    ("comparisons", "indicators"),
    ("pipeline",),
    ("archive",),
    ("output",),
    ("__init__",),
    ("web",),
    ("commands",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FOUND = (
    "numbers.kinds",
    "readers",
    "output.formats",
    "claims.prose.recognisers",
    "claims.prose.links.generators",
    "comparisons.comparers",
    "rules.checks",
    "archive.across.checks",
)
MOST_MODULES = 16  # in a folder that is not found
LONGEST = 400  # lines of a module
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
LIGHT = {"filelock", "psutil", "pydantic", "pydantic_core", "regex", "rapidfuzz", "rich", "typer"}
OF_DASK = {"distributed", "tornado"}  # in modules that nothing but a run with Dask imports
LEARNING = "claims.prose.learning."  # nothing but what learns imports it, but for what texts are
OF_LEARNING = {"numpy", "scipy"}
PDF_NOTES = "readers.pdf.notes."  # nothing but the annotator of PDFs imports it, inside its functions
OF_PDF_NOTES = {"pypdf"}
WEB = "web."  # nothing but the command imports it, inside its function
OF_WEB = {"starlette"}
SETTINGS = "commands.settings.model"  # imported where there are settings
OF_SETTINGS = {"pydantic_settings"}
REGEX_CALLS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
RULES = ("rules.checks.", "archive.across.checks.")
ENGLISH = {  # or a code, as those are
    "an", "block", "can", "cm", "cp", "do", "gs", "ha", "no", "page", "so", "top", "tr", "vi", "vnd",
}  # fmt: skip


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
    wrong = [
        f"{module} -> {other}"
        for module in modules()
        for other in imports(module)
        if found(other) and found(other) != found(module)
    ]
    assert not wrong


def found(module: str) -> str | None:
    """The file or folder in a found folder that a module is or lies in."""
    for folder in FOUND:
        if module.startswith(f"{folder}."):
            return f"{folder}.{module.removeprefix(f'{folder}.').split('.')[0]}"
    return None


def test_the_docstring_of_a_folder_is_all_of_it_but_a_finder() -> None:
    for path in SOURCE.rglob("*/__init__.py"):
        folder = ".".join(path.parent.relative_to(SOURCE).parts)
        content = tree(folder).body
        assert ast.get_docstring(tree(folder)), folder
        assert len(content) == 1 or folder in FOUND, f"{folder}: move what it holds into a module"


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
def test_no_vietnamese_word_stands_in_code(name: str) -> None:
    """In no string but docstrings; in the file of a rule, whose messages stand there, in no pattern."""
    for module in in_room(name):
        for text in (patterns if module.startswith(RULES) else strings)(tree(module)):
            words = vietnamese_words(text)
            assert not words, f"{module}: {words} in {text!r} belong into data/"


def test_words_without_marks_are_seen_too() -> None:
    assert vietnamese_words("trong ") == ["trong"]
    assert vietnamese_words("Tỷ lệ; no page (?: [a-zđ] ) # quý II") == ["Tỷ", "lệ"]


def strings(module: ast.Module) -> Iterator[str]:
    """The string constants of a module, those that stand alone, as docstrings do, left out."""
    alone = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


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


def vietnamese_words(text: str) -> list[str]:
    """The words with a Vietnamese letter, and the syllables of words that are read which are not English words too."""
    bare = re.sub(r"(?m)(?<!\\)#.*$", "", text)  # the comments of a verbose pattern quote reports
    bare = re.sub(r"\[[^\]]*\]", " ", bare)  # «[a-zđ]» is a letter, not a word
    words = re.findall(r"[^\W\d_]{2,}", bare)
    return [word for word in words if any(map(is_vietnamese, word)) or word in plain_syllables()]


@cache
def plain_syllables() -> frozenset[str]:
    """The syllables without marks, in small letters, of the words that are read, English ones left out."""
    tables = (tomllib.loads(path.read_text("utf-8")) for path in (SOURCE / "data" / "reading").glob("*.toml"))
    said = {word for table in tables for text in values(table) for word in re.findall(r"[^\W\d_]{2,}", text)}
    return frozenset(word for word in said if word.isascii() and word.islower()) - ENGLISH


def values(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, (dict, list)):
        for inside in held.values() if isinstance(held, dict) else held:
            yield from values(inside)


def is_vietnamese(letter: str) -> bool:
    """True for «đ» and for letters that are a Latin one with marks."""
    return letter in "đĐ" or (letter.isalpha() and not letter.isascii() and unicodedata.decomposition(letter) != "")


@pytest.mark.parametrize("name", ROOMS)
def test_the_libraries_of_formats_are_loaded_when_needed(name: str) -> None:
    for module in in_room(name):
        for node in tree(module).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            heavy = {name.split(".")[0] for name in names} - LIGHT - OF_DASK - {PACKAGE} - sys.stdlib_module_names
            heavy -= OF_LEARNING if module.startswith(LEARNING) else set()
            heavy -= OF_PDF_NOTES if module.startswith(PDF_NOTES) else set()
            heavy -= OF_WEB if module.startswith(WEB) else set()
            heavy -= OF_SETTINGS if module == SETTINGS else set()
            assert not heavy, f"{module}: import it in the function that uses it"


def test_what_learns_is_loaded_when_something_is_learned() -> None:
    for module in modules():
        for node in tree(module).body if not module.startswith(LEARNING) else ():
            other = (node.module or "").removeprefix(f"{PACKAGE}.") if isinstance(node, ast.ImportFrom) else ""
            assert not other.startswith(LEARNING) or other == f"{LEARNING}texts", f"{module} -> {other}"


def test_what_writes_into_pdfs_is_loaded_when_a_note_is_written() -> None:
    heavy = {module for module in modules() if module.startswith(PDF_NOTES) and "pypdf" in source(module)}
    assert heavy
    for module in modules():
        for node in tree(module).body if not module.startswith(PDF_NOTES) else ():
            other = (node.module or "").removeprefix(f"{PACKAGE}.") if isinstance(node, ast.ImportFrom) else ""
            assert other not in heavy, f"{module} -> {other}"


def test_the_page_is_loaded_when_it_is_served() -> None:
    for module in modules():
        for node in tree(module).body if room(module) != "web" else ():
            other = (node.module or "").removeprefix(f"{PACKAGE}.") if isinstance(node, ast.ImportFrom) else ""
            assert not other.startswith(WEB), f"{module} -> {other}"


def test_settings_are_modelled_where_there_are_some() -> None:
    for module in modules():
        for node in tree(module).body:
            assert not isinstance(node, ast.ImportFrom) or node.module != f"{PACKAGE}.{SETTINGS}", module


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    folders = {path.parent for path in SOURCE.rglob("*.py")} - {SOURCE}
    names = {folder: ".".join(folder.relative_to(SOURCE).parts) for folder in folders}
    full = {name: len(list(folder.glob("*.py"))) - 1 for folder, name in names.items() if name not in FOUND}
    assert {name: count for name, count in full.items() if count > MOST_MODULES} == {}


TESTS = ROOT / "tests"
NO_ROOMS = {"benchmarks", "training"}  # they mirror the folders beside this one
# What tests of a folder are named after that no module of it is: one for all formats, what several modules do together.
THEMES = {
    "archive/store": {"damage", "documented", "locking", "results", "runs", "upgrade"},
    "claims/tables": {"formats"},
    "commands": {"completion", "forms", "hostile"},
    "comparisons": {"accusations"},
    "numbers": {"amounts"},
    "output/html": {"browser", "escaping"},
    "pipeline": {"borderless_tables", "callers"},
    "readers/docx": {"hostile", "list_marks", "notes", "unreadable"},
    "readers/pdf": {"hostile", "producers", "signatures", "unreadable"},
    "rules": {"official_date"},
    "training": {"command", "examples"},
    "web": {"browser"},
    "web/archive": {"browser"},
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
