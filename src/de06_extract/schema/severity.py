"""How bad what a rule found is."""

from __future__ import annotations

from typing import Literal, get_args

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""All of them, the worst first."""
