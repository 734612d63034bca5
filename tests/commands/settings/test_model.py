"""What the page on settings says is what there is."""

from __future__ import annotations

import re
from pathlib import Path

from de06_extract.commands.settings.file import read_configuration
from de06_extract.commands.settings.model import Configuration, settings
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "configuration.md").read_text("utf-8")


def test_the_example_is_a_file_of_settings(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "de06-extract.toml"
    file.write_text(example, "utf-8")
    read = settings(read_configuration(file), "vi")
    assert read.severity == {"ratio-mismatch": "error", "reference-*": "info"}
    assert read.indicators == tmp_path / "chi-tieu.toml"


def test_every_setting_stands_in_the_table() -> None:
    table = "".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`([a-z-]+)`", table)) == {name.replace("_", "-") for name in Configuration.model_fields}
