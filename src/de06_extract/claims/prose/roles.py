"""Roles: whether a figure is a level that was reached, the size of a change, a gap, a multiple or a rate."""

from __future__ import annotations

from functools import cache
from typing import get_args

import regex

from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.tokens import Token
from de06_extract.language.vocabulary import any_of, words
from de06_extract.schema.report import Bound, Direction

# «tăng nhẹ ở mức 391 vụ»; with more words between, the direction belongs to a noun: «tăng thu 7.486 tỷ»
_WORDS_TO_SIZE = 1


def assign_role(mention: Mention, before: Mention | None) -> None:
    """Give the mention the role that the cues right before it call for; the last such cue decides.

    `before` is the mention before it in the same sentence.
    """
    follows_change = before is not None and before.role == "change"
    if mention.figure.kind == "multiple":
        _assign_multiple(mention)
        return
    if _is_rate(mention, before):
        mention.role = "rate"
        return
    if mention.figure.sign is not None and (mention.depth or follows_change):
        mention.role, mention.direction = "change", "up" if mention.figure.sign == "+" else "down"
        return
    if not _has_role_by_cues(mention) and before is not None and follows_change and _carries_on(mention):
        mention.role, mention.direction = before.role, before.direction


def _has_role_by_cues(mention: Mention) -> bool:
    """Gives the mention the role of the last cue before it that calls for one; False where none does."""
    compared = joined = False
    for at in range(len(mention.lead) - 1, -1, -1):
        kinds = mention.lead[at].kinds
        if _settles(mention, kinds, compared=compared):
            return True
        if "open" in kinds and not _opens_at_direction(mention.lead, at):
            return False  # what stands before the bracket says nothing of what stands in it
        if "compare" in kinds and joined:
            return True  # «10 nhóm tăng giá so với tháng trước và 1 nhóm giảm»
        compared, joined = compared or "compare" in kinds, joined or "and" in kinds
    return False


def _settles(mention: Mention, kinds: frozenset[str], *, compared: bool) -> bool:
    """Gives the mention the role that a cue before it calls for; False where it leaves that to the cue before."""
    if kinds & {"down_share", "reach"} or ("rest" in kinds and "level" not in kinds):
        return True
    if kinds & {"level", "from"} or (kinds & {"up", "down"} and _arrives(mention)):
        mention.direction = _direction_in(mention.lead)
        return True
    if "exceed" in kinds:
        mention.role = "gap"
        return True
    if kinds & {"up", "down"}:
        steps = mention.steps_from("up", "down")
        if compared or steps is None or steps <= _WORDS_TO_SIZE:
            mention.role, mention.direction = "change", "up" if "up" in kinds else "down"
        return True
    return not kinds.isdisjoint(("semicolon", "colon", "part", "among", "total"))


def _arrives(mention: Mention) -> bool:
    """True for «giảm về 11.100 đồng»: a value that was reached, not a size."""
    return mention.approach.endswith(tuple(f" {word} " for word in words("fillers", "arrives")))


def _assign_multiple(mention: Mention) -> None:
    """«gấp 4 lần», «tăng lên 2,5 lần», «giảm 3 lần»; «kiểm tra 120 lần» stays what was counted."""
    if mention.leads_with("up", "down", "times", "level"):
        mention.role = "multiple"
        mention.direction = _direction_in(mention.lead) or "up"


def _is_rate(mention: Mention, before: Mention | None) -> bool:
    """True for both figures of «cứ 10 hộ thì có 8 hộ hài lòng»: behind no mark the second is that of the first."""
    if _each().search(mention.words):
        return True
    return before is not None and before.role == "rate" and not any(token.is_boundary for token in mention.lead)


@cache
def _each() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<! \p{{L}} ) (?<! (?i: {any_of('fillers', 'no_each')} ) \s ) (?i: {any_of('fillers', 'each')} ) \s*+ \Z",
        regex.VERBOSE,
    )


def _opens_at_direction(lead: tuple[Token, ...], at: int) -> bool:
    """«tăng (12 vụ)»."""
    return at > 0 and bool(lead[at - 1].kinds & {"up", "down"}) and lead[at].start - lead[at - 1].end <= 1


def _carries_on(mention: Mention) -> bool:
    """True right behind another figure: «giảm 146 lượt tiếp, 127 lượt người», «tăng 66 tin (9%)», «và hơn 30,7%»."""
    kinds = [next(iter(token.kinds - {"cue"})) for token in mention.lead]
    if kinds == ["open"]:
        return _only_bound(mention.words)
    return kinds in (["comma"], ["and"], ["comma", "and"]) and _only_bound(mention.words)


@cache
def _bound_words() -> regex.Pattern[str]:
    bounds = "|".join(any_of("bounds", name) for name in get_args(Bound) if name != "exact")
    return regex.compile(rf"(?: [\s*_+-]++ | {any_of('cues', 'and')} | {bounds} )*+", regex.VERBOSE | regex.IGNORECASE)


@cache
def _before_and() -> regex.Pattern[str]:
    """The unit of the figure before, up to «và»."""
    return regex.compile(rf"\A .*? (?= \s {any_of('cues', 'and')} \s )", regex.VERBOSE | regex.DOTALL)


def _only_bound(words: str) -> bool:
    """True where nothing but «và» and a bound stands between boundary and figure."""
    return bool(_bound_words().fullmatch(_before_and().sub("", words)))


def _direction_in(lead: tuple[Token, ...]) -> Direction | None:
    """The direction that the lead speaks of: «giảm từ», «lên», «xuống còn»."""
    for token in reversed(lead):
        if token.kinds & {"up", "upto"}:
            return "up"
        if token.kinds & {"down", "downto"}:
            return "down"
    return None
