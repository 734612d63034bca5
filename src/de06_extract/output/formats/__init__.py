"""The forms that results are written in, a file each with its `FORMAT`; all commands list and find them here.

All are loaded to be listed, so that what only writes is imported where it is needed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from de06_extract.found_modules import find_modules
from de06_extract.output.format import Format


@cache
def formats() -> dict[str, Format]:
    """Every form by its name, in the order of the names."""
    found = (module.FORMAT for module in find_modules(__name__))
    return {form.name: form for form in sorted(found, key=lambda form: form.name)}


def format_of_ending(output: Path) -> Format | None:
    """The form that the end of a name asks for, None where it is that of no form; of two ends the longer one counts.

    >>> outputs = map(Path, ("Kết quả.XLSX", "a.gitlab.json", ".csv"))
    >>> [form and form.name for form in map(format_of_ending, outputs)]
    ['xlsx', 'gitlab', None]
    """
    name = output.name.lower()
    known = ((suffix, form) for form in formats().values() for suffix in form.suffixes)
    fitting = [(suffix, form) for suffix, form in known if name.endswith(suffix) and name != suffix]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None
