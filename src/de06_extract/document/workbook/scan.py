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
MOST_CELLS_IN_ALL = 4_000_000  # of all sheets
MOST_SHEETS = 255


@dataclass(slots=True)
class SheetScan:
    """The cells of a sheet that are shown as percentages, by row and column from 0, and how far the sheet goes."""

    name: str = ""
    percentages: set[tuple[int, int]] = field(default_factory=set)
    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """The cells up to the last one, empty ones in between counted."""
        return self.rows * self.columns

    @property
    def is_too_large(self) -> bool:
        """True where there are more cells than may be read."""
        return self.cells > MOST_CELLS

    def see(self, row: int, column: int, *, percentage: bool) -> None:
        """Takes notice of a cell with a value."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if percentage:
            self.percentages.add((row, column))


def checked(scans: Iterable[SheetScan], name: str) -> dict[str, SheetScan]:
    """The scans by the names of their sheets, of two with one name the last.

    Raises a `TooLargeError` for a workbook of more sheets or cells than may be read, before it looks further.
    """
    found: dict[str, SheetScan] = {}
    cells = 0
    for count, scan in enumerate(scans, 1):
        cells += scan.cells
        if count > MOST_SHEETS:
            raise TooLargeError(f"{name}: " + said("errors", "too_many_sheets", most_sheets=MOST_SHEETS))
        if scan.is_too_large:
            raise TooLargeError(f"{name}: " + said("errors", "sheet_too_large", rows=scan.rows, columns=scan.columns))
        if cells > MOST_CELLS_IN_ALL:
            raise TooLargeError(f"{name}: " + said("errors", "sheets_too_large", most_cells=MOST_CELLS_IN_ALL))
        found[scan.name] = scan
    return found


def is_percentage(number_format: str) -> bool:
    """True of a format that shows 0.5 as 50%.

    >>> is_percentage("0.00%"), is_percentage('0" %"'), is_percentage("General")
    (True, False, False)
    """
    parts = number_format.split('"')
    return any("%" in part.replace("\\%", "") for part in parts[::2])
