"""What a workbook says of its cells besides their values: which are shown as percentages, and how far each sheet goes.

It is looked at before the values are read: the reader of values takes memory for every cell up to the last one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from de06_extract.errors import TooLargeError
from de06_extract.language.messages import said

MOST_CELLS = (
    2_000_000  # of a sheet, empty ones in between counted; an appendix of all communes with forty columns has 200,000
)
MOST_SHEETS = 255


@dataclass(slots=True)
class SheetScan:
    """The cells of a sheet that are shown as percentages, by row and column from 0, and how far the sheet goes."""

    percentages: set[tuple[int, int]] = field(default_factory=set)
    rows: int = 0
    columns: int = 0

    def see(self, row: int, column: int, *, percentage: bool) -> None:
        """Takes notice of a cell with a value."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if percentage:
            self.percentages.add((row, column))


def check_size(scans: Iterable[SheetScan], name: str) -> None:
    """Raises a `TooLargeError` for a workbook of more sheets or cells than may be read."""
    for count, scan in enumerate(scans, 1):
        if count > MOST_SHEETS:
            raise TooLargeError(f"{name}: " + said("errors", "too_many_sheets", most_sheets=MOST_SHEETS))
        if scan.rows * scan.columns > MOST_CELLS:
            raise TooLargeError(f"{name}: " + said("errors", "sheet_too_large", rows=scan.rows, columns=scan.columns))


def is_percentage(number_format: str) -> bool:
    """True of a format that shows 0.5 as 50%.

    >>> is_percentage("0.00%"), is_percentage('0" %"'), is_percentage("General")
    (True, False, False)
    """
    parts = number_format.split('"')
    return any("%" in part.replace("\\%", "") for part in parts[::2])
