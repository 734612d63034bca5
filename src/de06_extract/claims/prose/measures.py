"""Measures: what words and figures beside it make of a figure: its unit, its rounding, what ‰ and a minus sign say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

import regex

from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.tokens import Token
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import words
from de06_extract.numbers.units import base_unit, in_base_unit

_TOTAL_AND_PARTS = 3  # figures
_GAP = regex.compile(r"[\s*]*+")


def settle(mentions: Sequence[Mention], text: str) -> None:
    """Change the figures of one paragraph, whose text is given, to what they are beside one another."""
    for mention in mentions:
        _settle_per_mille(mention, text)
        _settle_negative(mention)
    for _, group in groupby(mentions, key=lambda mention: mention.sentence):
        sentence = list(group)
        _round_whole_measures(sentence)
        _convert(sentence, text)


def _settle_per_mille(mention: Mention, text: str) -> None:
    """«chiếm 15‰» is a share, 1,5 percent; «giảm từ 14,2‰ xuống 12,1‰» are amounts that change."""
    figure = mention.figure
    if not figure.unit or fold(figure.unit) not in words("units", "per_mille"):
        return
    cue = _last_cue(mention.lead)
    if cue is None:
        return
    if cue.kinds & {"from", "level", "up", "down"}:
        mention.figure = replace(figure, kind="count")
        _end_behind_unit(mention, text)
    elif "reach" in cue.kinds:
        value, decimals = figure.value.scaleb(-1), figure.decimals + 1
        _end_behind_unit(mention, text)
        mention.figure = replace(
            mention.figure, kind="percent", value=value, decimals=decimals, unit=None, measured=False
        )


def _end_behind_unit(mention: Mention, text: str) -> None:
    """Let the figure end behind its unit, for a quantity whose digits alone would not show what it is."""
    figure = mention.figure
    gap = _GAP.match(text, figure.end)
    unit = regex.compile(r"\s++".join(map(regex.escape, (figure.unit or "").split())), regex.IGNORECASE)
    written = unit.match(text, gap.end() if gap is not None else figure.end)
    if written is not None:
        mention.end += written.end() - figure.end
        mention.figure = replace(figure, end=written.end())


def _last_cue(lead: Sequence[Token]) -> Token | None:
    return next((token for token in reversed(lead) if not token.is_boundary), None)


def _settle_negative(mention: Mention) -> None:
    """«lỗ giảm từ -412,5 tỷ xuống -58,3 tỷ»: a level below zero, which no grammar of sizes can judge."""
    cue = _last_cue(mention.lead)
    below = mention.figure.sign == "-" and mention.figure.kind == "count"
    if below and cue is not None and cue.kinds & {"from", "level"}:
        mention.figure = replace(mention.figure, kind="other")


def _round_whole_measures(sentence: Sequence[Mention]) -> None:
    """«481 gigawatt, gồm 21,47 gigawatt …»: a unit with decimals is measured, and its whole numbers are rounded."""
    bare = [mention for mention in sentence if mention.figure.kind == "count" and mention.figure.scale == 1]
    rounded = {mention.unit for mention in bare if mention.figure.decimals} - _counted() - {""}
    for mention in bare:
        if mention.unit in rounded:
            mention.figure = replace(mention.figure, measured=True)


@cache
def _counted() -> frozenset[str]:
    """The units of things that are counted, whole."""
    return frozenset(map(fold, words("units", "counted")))


def _convert(sentence: Sequence[Mention], text: str) -> None:
    """«1,5 ha, gồm 9.000 m² và 6.000 m²»: in one unit where a total or its parts are announced in several."""
    if not any(mention.leads_with("part", "total") or mention.trails_with("part", "total") for mention in sentence):
        return
    for mention in _of_mixed_units(sentence):
        figure = in_base_unit(mention.figure)
        if figure is not mention.figure:
            _end_behind_unit(mention, text)
            mention.figure = replace(figure, end=mention.figure.end)
            mention.unit = figure.unit or ""


def _of_mixed_units(sentence: Sequence[Mention]) -> Iterator[Mention]:
    """The figures of a dimension that a total and at least two parts state in several units."""
    of_base: dict[str, list[Mention]] = {}
    for mention in sentence:
        base = base_unit(mention.figure.unit)
        if base is not None:
            of_base.setdefault(base[0], []).append(mention)
    for found in of_base.values():
        if len(found) >= _TOTAL_AND_PARTS and len({mention.unit for mention in found}) > 1:
            yield from found
