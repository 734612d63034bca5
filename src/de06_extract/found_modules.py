"""Modules that nobody imports by name: a package finds those that lie in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType


def find_modules(package: str, within: str = "") -> Iterator[ModuleType]:
    """The modules of an imported package in order of name; of folders that have one the module called `within`.

    >>> [module.KIND.name for module in find_modules("de06_extract.numbers.kinds")]
    ['change', 'distribution', 'ratio', 'remainder', 'sum']
    >>> [module.__name__ for module in find_modules("de06_extract.readers", within="reader")][0]
    'de06_extract.readers.docx.reader'
    """
    for name in sorted(module.name for module in iter_modules(import_module(package).__path__)):
        if not within:
            yield import_module(f"{package}.{name}")
        elif find_spec(f"{package}.{name}.{within}") is not None:
            yield import_module(f"{package}.{name}.{within}")
