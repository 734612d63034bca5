"""A text that is longer than any document is refused, whoever reads it."""

from __future__ import annotations

import pytest

from de06_extract import LimitExceededError, check_text, extract
from de06_extract.document.document import MOST_CHARACTERS, check_length


def test_a_text_of_so_many_characters_is_a_document_and_no_longer_one() -> None:
    check_length("x" * MOST_CHARACTERS, "a.txt")
    with pytest.raises(LimitExceededError, match=r"^a\.txt: has 5000001 characters, and 5000000 are read$"):
        check_length("x" * (MOST_CHARACTERS + 1), "a.txt")


def test_a_file_that_is_longer_is_refused_before_it_is_taken_apart() -> None:
    with pytest.raises(LimitExceededError, match=r"long\.txt: has 6000000 characters"):
        extract(b"1/2 \n" * 1_200_000, name="long.txt")
    with pytest.raises(LimitExceededError, match="characters"):
        check_text("9" * 6_000_000)
