"""Decisions of a store and of a file of dismissals: what findings show of them, and what came of corrections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from de06_extract import check_text
from de06_extract.archive.baseline import Baseline, Dismissal, write_baseline
from de06_extract.archive.decision import Decision
from de06_extract.archive.decisions import Decisions, change_of, dismissals, settled, verified
from de06_extract.archive.rows import finding_rows, open_severities
from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.outcome import failed, outcome_of
from de06_extract.archive.store.results import FileResult, FindingKey, read_store
from de06_extract.archive.store.store import Store, open_latest
from tests.archive.store.stores import OPTIONS, attempt, run

BEFORE, DAY, LATER = date(2026, 11, 1), date(2026, 11, 25), date(2026, 12, 1)
QUOTE = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%"
WRONG = f"{QUOTE}.\nCó 10/12 xã (đạt 83,4%).\n"
PATH = "/archive/a.txt"
ACROSS = {"finding_id": "falling-count-1", "rule": "falling-count", "severity": "warning", "quote": "3.225 hồ sơ"}


@cache
def report_on(text: str) -> dict[str, Any]:
    return check_text(text).model_dump()


FINDING = str(report_on(WRONG)["findings"][0]["id"])


def result(text: str = WRONG, sha256: str = "old", **values: Any) -> FileResult:
    return FileResult(PATH, sha256, 1, report_on(text), None, None, **values)


def decision(**values: Any) -> Decision:
    usual = {"path": PATH, "finding_id": FINDING, "rule": "ratio-mismatch", "quote": QUOTE, "sha256": "old"}
    return Decision(**{**usual, "state": "asked", "decided": DAY, **values})


def dismissal(**values: Any) -> Dismissal:
    return Dismissal(
        **{"file": "a.txt", "rule": "ratio-mismatch", "quote": QUOTE, "reason": "đúng", "date": DAY, **values}
    )


def told(decisions: Decisions, one: FileResult) -> list[Any]:
    """The decisions that the findings of a file show."""
    marked = decisions.mark(one)
    assert marked.report is not None
    return [finding.get("decision") for finding in marked.report["findings"]]


# ---------------------------------------------------------------- what findings show


def test_a_finding_shows_its_decision_and_no_other_does() -> None:
    shown = told(Decisions([decision(note="gọi đơn vị", who="An")]), result())
    assert shown == [{"state": "asked", "note": "gọi đơn vị", "who": "An", "date": "2026-11-25"}, None]


def test_only_what_is_dismissed_counts_no_more() -> None:
    for state, errors in (("asked", 1), ("corrected", 1), ("unseen", 1), ("dismissed", 0)):
        marked = Decisions([decision(state=state, note="x")]).mark(result())
        assert open_severities(marked)["error"] == errors, state


def test_a_dismissal_without_a_word_has_a_reason() -> None:
    for language, reason in (("vi", "Người rà soát xác nhận số liệu đúng"), ("en", "A reviewer confirmed the figures")):
        marked = Decisions([decision(state="dismissed")], language=language).mark(result())  # type: ignore[arg-type]
        assert [row["dismissed_reason"] for row in finding_rows(marked)] == [reason, None]


def test_findings_across_reports_are_decided_too() -> None:
    held = decision(finding_id="falling-count-1", rule="falling-count", state="dismissed", reason="sáp nhập", who="An")
    (row,) = Decisions([held]).mark(result(across=(ACROSS,))).across
    assert (row["dismissed_reason"], row["dismissed_on"]) == ("sáp nhập", "2026-11-25")
    assert (row["review_state"], row["review_who"]) == ("dismissed", "An")


@pytest.mark.parametrize(
    ("on", "state"),
    [(BEFORE, "asked"), (DAY, "asked"), (LATER, "dismissed")],
)
def test_the_later_of_a_decision_and_a_dismissal_counts(on: date, state: str) -> None:
    baseline = Baseline([dismissal(date=on)])
    decisions = Decisions([decision()], baseline)
    assert told(decisions, result())[0]["state"] == state
    assert decisions.stale == ()  # it fits, whether or not it counts
    assert decisions.dismisses(FindingKey(PATH, "ratio-mismatch", "error", QUOTE, None, FINDING)) is (
        state == "dismissed"
    )


def test_a_dismissal_alone_is_a_decision() -> None:
    shown = told(Decisions(baseline=Baseline([dismissal(who="An")])), result())
    assert shown == [{"state": "dismissed", "reason": "đúng", "who": "An", "date": "2026-11-25"}, None]


def test_a_new_list_of_dismissals_keeps_what_reviewers_said(tmp_path: Path) -> None:
    held = decision(state="dismissed", reason="đã giải trình", who="An", decided=BEFORE)
    marked = Decisions([held]).mark(result())
    written = write_baseline(tmp_path / "b.toml", [marked], today=LATER, reason="mới")
    assert [(one.reason, one.date, one.who) for one in written.dismissals] == [
        ("mới", LATER, None),
        ("đã giải trình", BEFORE, "An"),
    ]


# ---------------------------------------------------------------- corrections


def test_a_correction_is_awaited_as_long_as_the_file_is_the_same() -> None:
    held = decision(state="corrected")
    assert told(Decisions([held]), result())[0]["check"] == "awaited"
    assert told(Decisions([held]), result(sha256="new"))[0]["check"] == "remaining"


def test_figures_that_were_changed_and_are_still_wrong_say_so() -> None:
    changed = result(WRONG.replace("98,57", "98,58"), "new")
    assert told(Decisions([decision(state="corrected")]), changed) == [{"check": "still_wrong"}, None]
    assert told(Decisions([decision(state="asked")]), changed) == [None, None]


def test_a_like_finding_that_was_there_all_along_is_no_correction() -> None:
    twice = WRONG + WRONG.replace("98,57", "98,58")
    assert told(Decisions([decision(state="corrected")]), result(twice, "new"))[2:] == [None, None]


@contextmanager
def archive(path: Path, text: str | None, **decided: Any) -> Iterator[Store]:
    """A store with one file of this text, or one that cannot be read, and a decision on its finding."""
    with run(path) as save:
        if text is not None:
            save(attempt("a.txt", outcome_of(text.encode(), ".txt", OPTIONS), content=f"sha of {text}"))
        else:
            save(attempt("a.txt", failed("damaged", "is damaged"), content="damaged"))
    with open_latest(path) as store:
        store.save_decisions([decision(state="corrected", sha256=f"sha of {WRONG}", **decided)])
        yield store


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (WRONG, "awaited"),
        (WRONG.replace("98,57", "98,77"), "confirmed"),
        (WRONG.replace("98,57", "98,58"), "still_wrong"),
        (WRONG + "Hết.\n", "remaining"),
        (None, "unread"),
    ],
)
def test_what_is_said_to_be_corrected_is_looked_for_in_the_new_file(
    text: str | None, check: str, tmp_path: Path
) -> None:
    with archive(tmp_path / "s.sqlite", text) as store:
        assert [found for _, found in verified(store, store.decisions())] == [check]


def test_a_file_that_is_no_longer_there_says_so(tmp_path: Path) -> None:
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        store.forget(lambda path: True)
        assert [found for _, found in verified(store, store.decisions())] == ["gone"]


def test_what_was_not_called_corrected_is_not_looked_for(tmp_path: Path) -> None:
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        store.save_decisions([decision(state="asked")])
        assert [found for _, found in verified(store, store.decisions())] == [None]


SHA = f"sha of {WRONG}"


@pytest.mark.parametrize(
    ("state", "text", "said"),
    [
        ("corrected", WRONG, None),
        ("asked", WRONG + "Hết.", None),
        ("corrected", WRONG.replace("98,57", "98,77"), "confirmed"),
        ("dismissed", WRONG.replace("98,57", "98,77"), "withdrawn"),
        ("asked", WRONG.replace("98,57", "98,58"), "still_wrong"),
        ("asked", None, "unread"),
    ],
)
def test_a_decision_whose_finding_is_gone_is_settled(
    tmp_path: Path, state: str, text: str | None, said: str | None
) -> None:
    with archive(tmp_path / "s.sqlite", text) as store:
        held = [(one.finding_id, check) for one, check in settled(store, [decision(state=state, sha256=SHA)])]
    assert held == ([] if said is None else [(FINDING, said)])


def test_a_finding_that_is_gone_from_the_same_content_is_not_stated_any_more(tmp_path: Path) -> None:
    one = decision(finding_id="gone-1", state="corrected", sha256=SHA)
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        assert list(settled(store, [one])) == [(one, "withdrawn")]
        assert list(verified(store, [one])) == [(one, "withdrawn")]


def test_a_decision_on_a_file_that_is_gone_is_settled(tmp_path: Path) -> None:
    one = decision(path="/archive/b.txt")
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        assert list(settled(store, [decision(), one])) == [(one, "gone")]


# ---------------------------------------------------------------- what a file of decisions changes


def test_a_store_keeps_decisions_and_takes_them_back(tmp_path: Path) -> None:
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        store.save_decisions([decision(note="\ud83d ghi chú")])  # half a character, which no file holds
        assert [one.note for one in store.decisions()] == ["\\ud83d ghi chú"]
        store.save_decisions([decision(state="unseen")])
        assert list(store.decisions()) == []


def test_decisions_outlive_the_options_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with archive(path, WRONG):
        pass
    with run(path, type(OPTIONS)("en")) as save:
        save(attempt("a.txt", outcome_of(WRONG.encode(), ".txt", OPTIONS)))
    with read_store(path) as store:
        assert [one.state for one in store.decisions()] == ["corrected"]


def test_no_store_is_made_for_decisions(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"), open_latest(tmp_path / "s.sqlite"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_new_changed_and_removed_decisions_are_told_apart(tmp_path: Path) -> None:
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        (known,) = store.decisions()
        assert change_of(store, [known.model_copy(update={"decided": LATER})], LATER).kept == ()
        changed = change_of(store, [known.model_copy(update={"state": "asked"})], LATER, "Bình")
        assert [(one.state, one.decided, one.who) for one in changed.kept] == [("asked", LATER, "Bình")]
        assert (changed.new, changed.changed, changed.removed) == (0, 1, 0)
        removed = change_of(store, [known.model_copy(update={"state": "unseen"})], LATER)
        assert (removed.new, removed.changed, removed.removed) == (0, 0, 1)
        new = change_of(store, [decision(finding_id="x"), decision(finding_id="y", state="unseen")], LATER, "Bình")
        assert (new.new, [one.who for one in new.kept]) == (1, ["Bình"])


def test_a_day_and_a_name_beside_a_change_are_kept(tmp_path: Path) -> None:
    with archive(tmp_path / "s.sqlite", WRONG, who="An") as store:
        (known,) = store.decisions()
        said = known.model_copy(update={"state": "asked", "decided": BEFORE, "who": "Chi"})
        assert change_of(store, [said], LATER, "Bình").kept == (said,)


def test_a_list_of_dismissals_decides_what_is_in_the_store(tmp_path: Path) -> None:
    with archive(tmp_path / "s.sqlite", WRONG) as store:
        (held,) = dismissals(store, Baseline([dismissal(who="An"), dismissal(quote="khác")]))
    assert (held.finding_id, held.state, held.reason, held.who) == (FINDING, "dismissed", "đúng", "An")
    assert held.sha256 == f"sha of {WRONG}"
