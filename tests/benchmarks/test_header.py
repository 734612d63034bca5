"""The boxes of the first pages of the five reports are read in every format."""

from __future__ import annotations

import header


def test_every_box_of_the_five_reports_is_read_in_every_format() -> None:
    read = list(header.measure())
    assert [(each.format, each.document, each.box, each.found) for each in read if not each.is_right] == []
    assert len([each for each in read if each.is_wanted]) == 200
