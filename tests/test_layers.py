"""Imports point in one direction, modules stay small and have names, and Vietnamese words are data."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "de06_extract"
SOURCE = Path(__file__).parent.parent / "src" / PACKAGE

# A module imports from the layers above it, never from its own; «.*» stands for the modules of a folder.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"vocabulary", "values", "progress", "hidden_names"}),
    frozenset({"display"}),
    frozenset({"rows"}),
    frozenset({"schema", "errors", "numerals", "intervals", "continuation"}),
    frozenset({"document", "figures", "levels", "notation", "dates", "implied"}),
    frozenset(
        {"outline", "tokens", "slips", "verdicts", "rule", "labels", "periods", "table_cells", "prose", "enumerations"}
    ),
    frozenset(
        {
            "mentions",
            "units",
            "edits",
            "equations",
            "table_headings",
            "restated",
            "references",
            "programmes",
            "footnotes",
            "taxonomy",
        }
    ),
    frozenset({"pieces", "places"}),
    frozenset({"letterhead_lines"}),
    frozenset({"letterhead", "signature", "issuers", "locality"}),
    frozenset({"header"}),
    frozenset({"roles", "relation", "runs", "bases", "plain_slips", "table_rows", "citations"}),
    frozenset({"reading", "repairs", "coverage", "tables", "table_equations", "misprints"}),
    frozenset(
        {"readers", "recognisers", "rules", "excerpts", "contexts", "suggestions", "table_columns", "table_totals"}
    ),
    frozenset({"claims", "table_claims", "aliases", "scopes"}),
    frozenset({"times"}),
    frozenset({"measures"}),
    frozenset({"indicators"}),
    frozenset({"counted"}),
    frozenset({"comparer", "listings"}),
    frozenset({"comparers"}),
    frozenset({"comparisons"}),
    frozenset({"pipeline", "record"}),
    frozenset({"columns", "extras", "saving"}),
    frozenset({"terminal"}),
    frozenset({"outcomes"}),
    frozenset({"zip_archives"}),
    frozenset({"entries"}),
    frozenset({"finder"}),
    frozenset({"store"}),
    frozenset({"archive_rows", "series", "specimens"}),
    frozenset({"across_rule"}),
    frozenset({"across_rules"}),
    frozenset({"across"}),
