"""docs/limits.md names the limits that the code has, all of them, and the options their defaults."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import Any

import pytest
import typer

from de06_extract import Limits
from de06_extract.archive.workers.limits import LONGEST_TIME, MOST_MEMORY
from de06_extract.commands.check import check_files
from de06_extract.commands.cli import app
from de06_extract.commands.explain import explain_figure
from de06_extract.commands.extract import extract_file
from de06_extract.commands.learn import learn_weights
from de06_extract.commands.settings.limits import limits_of, seconds, size
from de06_extract.language.messages import messages
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "limits.md").read_text("utf-8")
ROW = re.compile(r"^\| (?P<what>.+?) \| (?P<value>[^|]+?) \| (?P<place>[^|]*?) \|", re.MULTILINE)
UNITS = {"": 1, " MiB": 1 << 20, " GiB": 1 << 30}
CONSTANT = re.compile(r"`(?P<module>[a-z_.]+)\.(?P<name>_?[A-Z][A-Z_]+)`")


def constants() -> dict[str, int]:
    """The constants that the page names, with the values that it gives them."""
    found = {}
    for row in ROW.finditer(PAGE):
        constant, value = CONSTANT.fullmatch(row["place"]), re.fullmatch(r"(\d+)( [MG]iB)?", row["value"])
        if constant is not None and value is not None:
            found[constant[0].strip("`")] = int(value[1]) * UNITS[value[2] or ""]
    return found


@pytest.mark.parametrize("name", constants())
def test_a_limit_is_what_the_page_says(name: str) -> None:
    module, _, constant = name.rpartition(".")
    assert getattr(import_module(f"de06_extract.{module}"), constant) == constants()[name]


def test_every_constant_that_the_page_names_has_a_value_there() -> None:
    named = {f"{found['module']}.{found['name']}" for found in CONSTANT.finditer(PAGE)}
    assert named == set(constants())
    assert len(named) >= 17


def test_no_limit_of_these_modules_is_left_out() -> None:
    for module in {name.rpartition(".")[0] for name in constants()}:
        held = vars(import_module(f"de06_extract.{module}"))
        own = inspect.getsource(import_module(f"de06_extract.{module}"))
        for name in held:
            if re.match(r"MOST(_|$)", name) and re.search(rf"^{name} = ", own, re.MULTILINE):
                assert f"{module}.{name}" in constants()


def cell(what: str) -> str:
    (found,) = [row["value"] for row in ROW.finditer(PAGE) if row["what"] == what]
    return found


def test_the_limits_of_one_file_are_those_of_the_page() -> None:
    limits = Limits()
    assert cell("seconds in all") == f"{limits.timeout:g}"
    assert cell("seconds without a page read or a stage done") == f"{limits.stall:g}"
    assert limits.max_memory is not None
    assert cell("memory of the worker, and bytes of the file") == f"{limits.max_memory >> 30} GiB"
    assert f"at most {LONGEST_TIME:.0f} s" in PAGE
    assert f"at most {MOST_MEMORY >> 40}" in " ".join(PAGE.split())


@pytest.mark.parametrize("command", [check_files, explain_figure, extract_file, learn_weights])
def test_the_options_have_the_defaults_of_the_library(command: Any) -> None:
    defaults = {name: found.default for name, found in inspect.signature(command).parameters.items()}
    stated = limits_of(seconds(defaults["timeout"]), seconds(defaults["stall"]), size(defaults["max_memory"]))
    assert stated == Limits()


def test_the_options_are_those_of_the_page() -> None:
    group: Any = typer.main.get_command(app)
    parameters = [parameter for name in ("check", "extract") for parameter in group.get_command(None, name).params]
    known = {option for parameter in parameters for option in parameter.opts}
    named = set(re.findall(r"`(--[a-z-]+)`", PAGE))
    assert named <= known
    assert named >= {"--timeout", "--stall", "--max-memory", "--no-limits", "--jobs"}


def test_the_reasons_are_those_that_the_reports_know() -> None:
    known = messages("archive")["vi"]["reasons"]
    named = {"timeout", "stalled", "memory", "crashed", "internal", "damaged", "link"}
    assert named <= set(known)
    for reason in named:
        assert f"`{reason}`" in PAGE
