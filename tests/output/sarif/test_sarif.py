"""What Microsoft's validator asks of a log, with its rules for GitHub: by the validator where it is, and by its rules.

`make` gets it where npm is (`@microsoft/sarif-multitool-linux`); SARIF_MULTITOOL names it elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.store.results import FileResult
from de06_extract.output.sarif.log import write_sarif
from de06_extract.rules.checks import rules
from de06_extract.schema.display import Language
from tests.conftest import corpus
from tests.output.sarif.test_log import ACROSS, FOLDER, WRONG, lost, result

PACKAGE = "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
LANGUAGES: tuple[Language, ...] = ("vi", "en")


def validator() -> str | None:
    """The validator, if it is installed: named, in the environment of this Python, or on the way of all commands."""
    beside = Path(sys.prefix) / PACKAGE
    named = os.environ.get("SARIF_MULTITOOL") or (str(beside) if os.access(beside, os.X_OK) else None)
    return named or shutil.which("sarif-multitool")


def results() -> Iterator[FileResult]:
    """Files of every format, one with a finding across reports, and some that could not be read."""
    yield result(f"{FOLDER}/a.txt", WRONG, across=(ACROSS,))
    for name in ("txt", "pdf", "docx"):
        yield result(
            f"{FOLDER}/b.{name}", corpus("002", name), across=(ACROSS | {"line": None, "location": "trang 2"},)
        )
    for reason in ("damaged", "scan", "unfinished", None):
        yield lost(f"{FOLDER}/{reason}.pdf", reason=reason, message=None)
    yield FileResult(f"{FOLDER}/mất.pdf", None, None, None, "missing", "cannot be opened")


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sarif") / "a.sarif"
    with path.open("wb") as file:
        write_sarif(results(), file, request.param, (*rules(), *across_rules()), folder=FOLDER)
    return path


@pytest.mark.slow
@pytest.mark.skipif(
    validator() is None, reason="Microsoft's sarif-multitool is missing (npm: @microsoft/sarif-multitool)"
)
def test_the_validator_has_no_error_and_no_warning(written: Path) -> None:
    said = written.with_name("said.sarif")
    rules = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"]
    command = [str(validator()), "validate", str(written), *rules, "--output", str(said), "--log", "ForceOverwrite"]
    subprocess.run(command, check=True, capture_output=True)
    log = json.loads(said.read_text("utf-8-sig"))
    told = [f"{one['ruleId']}: {one['message']}" for run in log["runs"] for one in run.get("results", ())]
    assert not told


@pytest.fixture
def run(written: Path) -> dict[str, Any]:
    (held,) = json.loads(written.read_text("utf-8"))["runs"]
    assert isinstance(held, dict)
    return held


def test_rules_and_notifications_say_all_that_github_asks_for(run: dict[str, Any]) -> None:
    driver = run["tool"]["driver"]
    assert {"informationUri", "semanticVersion", "version"} <= driver.keys()
    assert run["automationDetails"]["id"] == "de06-extract/"
    for told in (*driver["rules"], *driver["notifications"]):
        assert all(told[key]["text"] for key in ("shortDescription", "fullDescription", "help")), told["id"]
        assert told["name"].lower() != told["id"]
        assert told["name"].isalnum()


def test_every_result_has_a_region_and_is_known_again(run: dict[str, Any]) -> None:
    for found in run["results"]:
        region = found["locations"][0]["physicalLocation"]["region"]
        assert region.keys() in ({"startLine", "endLine"}, {"byteOffset", "byteLength"})
        assert found["partialFingerprints"]["primaryLocationLineHash"]
        assert found["message"]["text"].endswith((".", "…", "!", "?"))


def test_a_message_begins_with_the_place_where_there_are_no_lines(run: dict[str, Any]) -> None:
    places = re.compile(r"((mục|section|PHỤ LỤC) [\w.,“” -]+, )*?(trang|page|tìm “|search for “|bảng|table)")
    for found in run["results"]:
        has_line = "startLine" in found["locations"][0]["physicalLocation"]["region"]
        assert bool(places.match(found["message"]["text"])) != has_line


def test_the_help_of_a_rule_shows_its_sentences_as_markdown(run: dict[str, Any]) -> None:
    (rule,) = (rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "sum-mismatch")
    text, markdown = rule["help"]["text"].splitlines(), rule["help"]["markdown"].splitlines()
    assert sum(line.startswith("- ") for line in text) == sum(line.startswith("- ") for line in markdown) > 1
    assert sum(line.startswith("**") for line in markdown) == 2
