"""Files that are broken on purpose: the same ones by the same seed, most of them still read, and none ends a run."""

from __future__ import annotations

from collections import Counter

import pytest

import fuzz

FILES = 25
# Of how many the reading gets far. Checksums, chains and records of a file are more easily broken for good
# than its text, and what LibreOffice is given here it seldom opens.
FAR = {"msg": 12, "xls": 7, "zip": 8, "7z": 4, "png": 5, "jpg": 4, "tif": 4, "doc": 0, "rtf": 4}
NOT_FAR = ("damaged", "unsupported", "memory")


@pytest.mark.parametrize("reader", list(fuzz.READERS))
def test_a_file_follows_from_its_seed_and_number(reader: str) -> None:
    files = [fuzz.file_of(reader, 7, number) for number in range(4)]
    assert files == [fuzz.file_of(reader, 7, number) for number in range(4)]
    assert len(set(files)) == 4
    assert fuzz.file_of(reader, 8, 0) != files[0]


@pytest.mark.slow
@pytest.mark.parametrize("reader", list(fuzz.READERS))
def test_nothing_but_an_unreadable_error_ends_the_reading(reader: str) -> None:
    ended = Counter(fuzz.outcome_of(fuzz.file_of(reader, 7, number), reader) for number in range(FILES))
    assert not [outcome for outcome in ended if outcome.startswith("!")]
    far = sum(count for outcome, count in ended.items() if outcome not in NOT_FAR)
    assert far >= FAR.get(reader, FILES * 3 // 5)


@pytest.mark.slow
def test_what_may_not_be_raised_is_printed_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "outcome_of", lambda held, reader, work: "! KeyError: 'x' (a.py:5)")
    assert fuzz.main(["--reader", "txt", "--files", "2", "--seed", "3"]) == 1
    printed = capsys.readouterr().out
    assert "seed 3" in printed
    assert "txt 1: KeyError: 'x' (a.py:5)" in printed
