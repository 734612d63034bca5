"""What the README and the pages show is what happens: Python and shell examples run, the table of rules is the code's.

`python -m tests.test_readme` writes the table of rules into `docs/rules.md`.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.rule import AcrossRule
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Rule
from tests.conftest import CORPUS, ROOT

README = ROOT / "README.md"
DOCS = ROOT / "docs"
RULES = DOCS / "rules.md"
PAGES = (README, *(DOCS / f"{name}.md" for name in ("command", "python", "indicators")))  # whose examples run
LONGEST = 200  # lines of the README
TABLE = re.compile(r"(?<=<!-- rules: begin \(make readme\) -->\n).*?(?=<!-- rules: end -->)", re.DOTALL)


def rules_table() -> str:
    """The table of rules in Markdown."""
    every: list[Rule[Any] | AcrossRule[Any]] = [*rules(), *across_rules()]
    rows = [f"| `{rule.id}` | {rule.severity} | {rule.title} | {rule.title_en} |\n" for rule in every]
    return "| rule | severity | nội dung | what it finds |\n|---|---|---|---|\n" + "".join(rows)


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [block for page in PAGES for said, block in fenced(page) if said == language]


def fenced(page: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a page, each with its language."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def shell_examples() -> Iterator[tuple[str, str]]:
    """The commands of the console blocks, each with what it prints; «...» stands for some words."""
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to try things in, with the corpus and the README's file of indicators at hand."""
    (tmp_path / "corpus").symlink_to(CORPUS)
    (more,) = blocks("toml")
    (tmp_path / "more.toml").write_text(more, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_table_of_rules_is_that_of_the_code() -> None:
    table = TABLE.search(RULES.read_text("utf-8"))
    assert table is not None
    assert table[0] == rules_table(), "regenerate it: make readme"


@pytest.mark.parametrize("block", blocks("python"))
def test_the_python_examples_run(folder: Path, block: str) -> None:
    test = doctest.DocTestParser().get_doctest(block, {}, "README.md", str(README), 0)
    assert test.examples
    out: list[str] = []
    doctest.DocTestRunner().run(test, out=out.append)
    assert not out, "".join(out)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "printed"), list(shell_examples()))
def test_the_shell_examples_run(folder: Path, command: str, printed: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    result = subprocess.run(
        ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, check=False
    )
    pattern = ".*".join(map(re.escape, printed.split("...")))
    assert re.fullmatch(pattern, result.stdout.decode("utf-8")), result.stdout.decode("utf-8")


def test_there_are_examples_of_both() -> None:
    assert blocks("python")
    assert len(list(shell_examples())) > 3


def test_the_make_targets_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", README.read_text("utf-8")))
    assert named <= targets


def test_the_files_that_are_named_are_there() -> None:
    (layout,) = (
        block for said, block in fenced(DOCS / "architecture.md") if not said and "src/de06_extract/schema/" in block
    )
    for line in layout.splitlines():
        for name in re.split(r", (?=\S+/)", line.split("  ")[0]):
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda page: page.name)
def test_links_and_pictures_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


def test_the_readme_is_short_speaks_vietnamese_first_and_names_every_page() -> None:
    text = README.read_text("utf-8")
    assert text.count("\n") < LONGEST
    assert text.startswith("**Tiếng Việt**")
    assert not [page.name for page in DOCS.glob("*.md") if f"](docs/{page.name})" not in text]


def test_pictures_need_no_network() -> None:
    for picture in (DOCS / "pictures").glob("*.svg"):
        text = picture.read_text("utf-8")
        assert "@font-face" not in text
        assert "href=" not in text


def write_table() -> None:
    """Puts the table of rules between its marks."""
    text = RULES.read_text("utf-8")
    assert TABLE.search(text)
    RULES.write_text(TABLE.sub(lambda _: rules_table(), text), "utf-8")


if __name__ == "__main__":
    write_table()
