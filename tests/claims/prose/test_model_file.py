"""Files of weights: another one decides what belongs together, and one that is none is told in one line."""

from __future__ import annotations

import copy
import json
import pickle
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from de06_extract import ModelError, extract
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.claims.prose.links.model import read_model, shipped_model
from de06_extract.claims.prose.model_file import MOST_WEIGHT, ModelFile, models_of, read_model_file

SENTENCE = "Xã tiếp nhận 400 hồ sơ, đã giải quyết 387 hồ sơ, đạt 96,75%."
SHIPPED = files("de06_extract").joinpath("data", "model", "relations.json").read_text("utf-8")
PARSED: dict[str, Any] = json.loads(SHIPPED)


def written(tmp_path: Path, parsed: Any) -> Path:
    path = tmp_path / "own.json"
    path.write_text(json.dumps(parsed), "utf-8")
    return path


def changed(**kind: Any) -> dict[str, Any]:
    """The weights of the package with other parts of the ratio's."""
    parsed = copy.deepcopy(PARSED)
    parsed["kinds"]["ratio"].update(kind)
    return parsed


def silent() -> dict[str, Any]:
    """Weights under which no figure says anything of another."""
    parsed = copy.deepcopy(PARSED)
    for kind in parsed["kinds"].values():
        kind["weights"] = {"none": 60.0}
    return parsed


def test_without_a_file_the_model_is_the_packages() -> None:
    assert models_of(None) is shipped_model()


def test_a_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    file = read_model_file(written(tmp_path, silent()))
    assert models_of(file) == read_model(silent())
    assert models_of(pickle.loads(pickle.dumps(file))) is models_of(file)  # as a worker gets it, and parsed once


def test_the_packages_own_weights_in_a_file_change_nothing_but_the_record(tmp_path: Path) -> None:
    path = tmp_path / "same.json"
    path.write_text(SHIPPED, "utf-8")
    own, usual = extract(SENTENCE.encode(), model=path), extract(SENTENCE.encode())
    assert own.claims == usual.claims
    assert usual.generator.model is None
    assert own.generator.model == ModelFile("", SHIPPED).sha256


def test_other_weights_decide_what_belongs_together(tmp_path: Path) -> None:
    def confidences(model: Path | None) -> list[float | None]:
        return [claim.confidence for claim in extract(SENTENCE.encode(), model=model).claims if claim.kind == "ratio"]

    (sure,) = confidences(None)
    assert sure is not None
    assert sure > 0.9
    assert set(confidences(written(tmp_path, silent()))) <= {None}  # a recogniser may see it still, no model says so


def test_results_made_with_other_weights_are_not_taken_for_the_usual_ones(tmp_path: Path) -> None:
    file = read_model_file(written(tmp_path, silent()))
    other = read_model_file(written(tmp_path, changed()))
    keys = [Options(model=model).key for model in (None, file, other)]
    assert len(set(keys)) == 3
    # Results of stores from before numbers of citizens were masked have another key.
    assert keys[0] == '{"indicators": null, "keep_personal_data": false, "lang": "vi"}'
    assert file.sha256 in keys[1]
    outcome = outcome_of(SENTENCE.encode(), ".txt", Options(model=file))
    assert outcome.report != outcome_of(SENTENCE.encode(), ".txt", Options()).report


ROW = [0.5] * 14
WRONG: list[tuple[Any, str]] = [
    ({}, "version: Field required"),
    ({**PARSED, "version": 2}, "version: Input should be 1"),
    ({**PARSED, "kinds": {}}, "kinds are none, not change, distribution, ratio, remainder, sum"),
    ([1, 2], "valid dictionary"),
    (changed(weights={"a": 1.0}), "kinds.ratio.weights: «none» has no weight"),
    (changed(weights={"none": "3"}), "kinds.ratio.weights.none: Input should be a valid number"),
    (changed(weights={"none": float("nan")}), "kinds.ratio.weights.none: Input should be a finite number"),
    (changed(truth=[1.0]), "kinds.ratio.truth: List should have at least 14 items"),
    (changed(truth=[2.0] * 14), "kinds.ratio.truth.0: Input should be less than or equal to 1"),
    (changed(chance={"ratio": [ROW] * 10}), "kinds.ratio.chance: the table «other» is missing"),
    (changed(chance={"other": [ROW] * 9}), "kinds.ratio.chance.other: List should have at least 10 items"),
    (changed(chance={"other": [[0.0] * 14] * 10}), "kinds.ratio.chance.other.0.0: Input should be greater than 0"),
    (changed(calibration=[[0.5, 0.6], [0.7, 0.4]]), "kinds.ratio.calibration: the points do not rise"),
    (changed(calibration=[[0.5]]), "kinds.ratio.calibration.0: List should have at least 2 items"),
    (changed(weights={"none": 1e308}), "kinds.ratio.weights.none: Input should be less than or equal to 1000000"),
    (changed(weights={"none": -1e308}), "kinds.ratio.weights.none: Input should be greater than or equal to -1000000"),
    (changed(wieghts={}), "kinds.ratio.wieghts: Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("parsed", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_file_that_is_no_model_is_told_in_one_line(parsed: Any, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, parsed)
    with pytest.raises(ModelError) as told:
        read_model_file(path)
    message = str(told.value)
    assert message.startswith(f"{path}: is not a model (")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize("data", [b"", b"{", b"weights: 1", b"\xff\xfe\x00", b"[" * 100_000, b"null"])
def test_bytes_that_are_no_json_of_a_model_are_told_in_one_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"own\.json: is not a model \(") as told:
        read_model_file(path)
    assert "\n" not in str(told.value)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(ModelError, match=r"cannot be opened \("):
            read_model_file(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"version": 1, "kinds": ' + "9" * 5_000 + "}", "is not a model (a number in it has too many digits)"),
        ('{"version": 1, "kinds": ' + "[" * 100_000, "is not a model (nested too deep)"),
        ('{"kinds": {"\\ud800": 1}}', "is not a model ("),
        ("", "is not a model (not JSON"),
    ],
)
def test_a_file_of_any_content_is_one_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(text, "utf-8")
    with pytest.raises(ModelError) as told:
        read_model_file(tmp_path / "own.json")
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    str(told.value).encode()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without an end")
def test_a_file_without_an_end_is_not_read() -> None:
    with pytest.raises(ModelError, match="/dev/zero: has more than 64 MiB"):
        read_model_file("/dev/zero")


@pytest.mark.parametrize("weight", [MOST_WEIGHT, -MOST_WEIGHT])
def test_weights_as_large_as_they_may_be_end_no_reading(weight: float, tmp_path: Path) -> None:
    parsed = copy.deepcopy(PARSED)
    for kind in parsed["kinds"].values():
        kind["weights"] = dict.fromkeys(kind["weights"], weight)
    report = extract(SENTENCE.encode(), model=written(tmp_path, parsed))
    assert report.generator.model is not None
    assert all(claim.confidence is None or 0 <= claim.confidence <= 1 for claim in report.claims)
