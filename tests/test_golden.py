"""The JSON of the five reports as text, PDF and DOCX is the one that was last looked at.

`tests/golden/digests.json` holds a digest of each part of it: a change of behaviour is seen, and where. Left out are
the version, and the boxes of PDFs, whose last decimals are the PDF library's. `python -m tests.test_golden` prints the
file as it should be after a change that is meant.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from tests.conftest import CORPUS, REPORTS, ROOT, report_on

GOLDEN = ROOT / "tests" / "golden" / "digests.json"
FILES = tuple(
    f"{folder}{name}{suffix}"
    for folder, suffix in (("", ".txt"), ("pdf/", ".pdf"), ("docx/", ".docx"))
    for name in REPORTS
)


def digests(file: str) -> dict[str, str]:
    """The digest of each part of the report on a file of the corpus."""
    report = without_boxes(report_on(CORPUS / file).model_dump(mode="json"))
    del report["generator"]["version"]
    parts = {name: json.dumps(part, ensure_ascii=False, sort_keys=True) for name, part in report.items()}
    return {name: hashlib.sha256(part.encode()).hexdigest()[:16] for name, part in parts.items()}


def without_boxes(value: Any) -> Any:
    """The same JSON value without any `bbox` in it."""
    if isinstance(value, dict):
        return {key: without_boxes(held) for key, held in value.items() if key != "bbox"}
    return [without_boxes(held) for held in value] if isinstance(value, list) else value


@pytest.mark.parametrize("file", FILES)
def test_a_report_is_the_one_last_looked_at(file: str) -> None:
    assert digests(file) == json.loads(GOLDEN.read_text("utf-8"))[file]


if __name__ == "__main__":
    print(json.dumps({file: digests(file) for file in FILES}, indent=1))
