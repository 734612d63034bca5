"""The JSON Schema in `schemas/` is that of the models, and every report is valid by it.

`python -m tests.schema.test_report` prints the schema as it should be there.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from de06_extract import check_text, report_schema
from tests.conftest import REPORTS, ROOT, corpus, report_on

SCHEMA = ROOT / "schemas" / "report.schema.json"

# The names that other programs read; none may be renamed. More keys may stand beside them.
NAMES = {
    "": "schema_version generator source sections tables claims findings coverage summary",
    "generator": "name version",
    "source": "name sha256 media_type bytes pages text_from",
    "sections": "id label title level parent span",
    "tables": "id title header rows span",
    "claims": "id kind label section quote span locations quantities verdict computed direction status table",
    "findings": "id rule severity message claims quote span locations reported expected suggestions",
    "coverage": "numbers in_claims checked",
    "summary": "claims verdicts findings",
}
SPAN = "start end page text"
QUANTITY = "value decimals text unit bound upper scale span"
SUGGESTION = "span text replacement reason"


def schema_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_schema_file_is_that_of_the_models() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), "regenerate it: make schema"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("name", [f"{folder}/{name}" for folder in ("txt", "pdf", "docx") for name in REPORTS])
def test_a_report_is_valid(name: str) -> None:
    folder, stem = name.split("/")
    path = corpus(stem, folder)
    errors = list(Draft202012Validator(report_schema()).iter_errors(json.loads(report_on(path).model_dump_json())))
    assert not errors, errors[0]


def test_the_names_that_others_read_are_there() -> None:
    text = "3.225/3.265 hồ sơ đạt tỷ lệ 98,57%. Có 708 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình)."
    report = json.loads(check_text(text).model_dump_json())
    for key, names in NAMES.items():
        held = report[key] if key else report
        for entry in held if isinstance(held, list) else [held]:
            assert set(names.split()) <= set(entry), key
    assert {"ratio", "sum"} <= {claim["kind"] for claim in report["claims"]}
    for claim in report["claims"]:
        for quantity in quantities(claim):
            assert set(QUANTITY.split()) <= set(quantity)
            assert set(SPAN.split()) <= set(quantity["span"])


def quantities(claim: dict[str, Any]) -> list[dict[str, Any]]:
    held = claim["quantities"].values()
    return [q for entry in held for q in (entry if isinstance(entry, list) else [entry]) if q is not None]


def test_the_roles_of_each_kind_are_always_there() -> None:
    roles = {
        "ratio": {"numerator", "denominator", "percent"},
        "sum": {"total", "parts"},
        "remainder": {"total", "done", "left"},
        "change": {"old", "new", "delta", "percent"},
        "distribution": {"base", "percents"},
    }
    seen = set()
    for name in REPORTS:
        for claim in report_on(corpus(name)).claims:
            assert set(claim.quantities) >= roles.get(claim.kind, set())
            seen.add(claim.kind)
    assert seen >= set(roles)


def test_numbers_are_json_numbers_as_written() -> None:
    report = json.loads(check_text("Chi 33,2 tỷ đồng; 3.225/3.265 hồ sơ đạt tỷ lệ 98,770%").model_dump_json())
    percent = next(c for c in report["claims"] if c["kind"] == "ratio")["quantities"]["percent"]
    assert (percent["value"], percent["decimals"]) == (98.77, 3)
    assert isinstance(report["source"]["bytes"], int)


def test_a_suggestion_has_its_names() -> None:
    report = json.loads(report_on(corpus("003")).model_dump_json())
    suggestions = [s for finding in report["findings"] for s in finding["suggestions"]]
    assert suggestions
    assert all(set(SUGGESTION.split()) <= set(suggestion) for suggestion in suggestions)


def test_the_schema_forbids_what_is_not_in_it() -> None:
    report = json.loads(check_text("Đạt 98,57%").model_dump_json())
    report["surprise"] = True
    assert not Draft202012Validator(report_schema()).is_valid(report)


if __name__ == "__main__":
    print(schema_text(), end="")
