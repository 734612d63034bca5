"""Kinds of claim: what each knows of its roles, and that whoever names a kind names one that there is."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from de06_extract import check_text
from de06_extract.claims.prose.recognisers import recognisers
from de06_extract.claims.tables.equations import ColumnEquation
from de06_extract.language.messages import messages
from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.intervals import Interval, rounded
from de06_extract.numbers.kind import Kind, Operands
from de06_extract.numbers.kinds import kind_of, kinds
from de06_extract.numbers.repeat import REPEAT
from de06_extract.numbers.verdicts import interval
from de06_extract.rules.checks import rules
from de06_extract.rules.repairs.equations import equations
from de06_extract.rules.select import of_kind
from de06_extract.schema.report import Direction
from de06_extract.schema.rows import FIGURES, LISTS

Texts = Mapping[str, str | tuple[str, ...]]
ALL = [pytest.param(kind, id=kind.name) for kind in (*kinds(), REPEAT)]

# The kind, what stands in its roles, the direction, and the equation in the figures' own notation.
TRUE: list[tuple[str, Texts, Direction | None, str]] = [
    ("ratio", {"numerator": "3.225", "denominator": "3.265", "percent": "98,77%"}, None, "3.225/3.265 = 98,77%"),
    ("sum", {"total": "718", "parts": ("376", "342")}, None, "376 + 342 = 718"),
    ("sum", {"total": "10 tỷ", "parts": ("5,2 tỷ", "4,6 tỷ")}, None, "5,2 tỷ + 4,6 tỷ = 10 tỷ"),
    ("remainder", {"total": "27.410", "done": "13.236", "left": "14.174"}, None, "27.410 − 13.236 = 14.174"),
    ("change", {"old": "100", "new": "134", "delta": "34"}, "up", "134 − 100 = 34"),
    ("change", {"old": "134", "new": "100", "percent": "25,4%"}, "down", "(134 − 100)/134 = 25,4%"),
    (
        "change",
        {"old": "100", "new": "134", "delta": "34", "percent": "34%"},
        "up",
        "134 − 100 = 34; (134 − 100)/100 = 34%",
    ),
    ("change", {"new": "4.054", "delta": "391", "percent": "10,67%"}, "up", "391/(4.054 − 391) = 10,67%"),
    ("change", {"new": "60", "delta": "40", "percent": "40%"}, "down", "40/(60 + 40) = 40%"),
    ("change", {"old": "100", "delta": "34", "percent": "34%"}, "up", "34/100 = 34%"),
    ("distribution", {"percents": ("10,68%", "89,12%", "0,21%")}, None, "10,68% + 89,12% + 0,21% = 100%"),
    ("distribution", {"base": "3.265", "percents": ("98,77%", "1,23%")}, None, "98,77% + 1,23% = 100%"),
]


def read(text: str) -> Figure:
    """The one figure of a text."""
    (figure,) = find_figures(text)
    return figure


def count(value: int) -> Figure:
    """A plain count."""
    return Figure(0, 1, "count", Decimal(value), 0)


def share(value: Fraction, decimals: int) -> Figure:
    """A percentage rounded to its decimals."""
    return Figure(0, 1, "percent", rounded(value, decimals), decimals)


def figures(texts: Texts, direction: Direction | None = None) -> Operands[Figure]:
    return Operands[str](texts, direction).map(read)


@pytest.mark.parametrize(
    ("name", "roles", "lists", "about", "stated", "sizes", "wholes", "adds_up"),
    [
        ("ratio", "numerator denominator percent", "", "numerator", "percent", "", "denominator", False),
        ("sum", "total parts", "parts", "total", "total", "", "total", True),
        ("remainder", "total done left", "", "left", "left", "", "total", True),
        ("change", "old new delta percent", "", "new", "delta percent", "delta percent", "new", False),
        ("distribution", "base percents", "percents", None, "", "", "", False),
    ],
)
def test_the_roles_of_a_kind(
    name: str, roles: str, lists: str, about: str | None, stated: str, sizes: str, wholes: str, adds_up: bool
) -> None:
    kind = kind_of(name)
    assert kind.role_names == tuple(roles.split())
    assert kind.lists == tuple(lists.split())
    assert kind.about == about
    assert kind.stated == tuple(stated.split())
    assert kind.sizes == tuple(sizes.split())
    assert kind.wholes == tuple(wholes.split())
    assert kind.adds_up == adds_up


@pytest.mark.parametrize("kind", ALL)
def test_a_judge_takes_the_figures_in_the_order_of_the_roles(kind: Kind) -> None:
    names = (*kind.role_names, *(("direction",) if kind.sizes else ()))
    assert tuple(inspect.signature(kind.judge).parameters) == names


@pytest.mark.parametrize(("name", "texts", "direction", "written"), TRUE)
def test_what_is_true_holds_and_is_written_as_the_report_writes_figures(
    name: str, texts: Texts, direction: Direction | None, written: str
) -> None:
    kind = kind_of(name)
    assert kind.judgement(figures(texts, direction)).verdict == "consistent"
    assert kind.written(Operands[str](texts, direction)) == written


@pytest.mark.parametrize(("name", "texts", "direction", "_"), TRUE)
def test_each_figure_of_what_is_true_lies_in_the_room_that_the_others_leave(
    name: str, texts: Texts, direction: Direction | None, _: str
) -> None:
    assert_rooms(kind_of(name), figures(texts, direction))


def assert_rooms(kind: Kind, held: Operands[Figure]) -> None:
    """Every figure of a relation that holds lies in its room, but for a base that others leave open."""
    for role in kind.role_names:
        one = held.one(role)
        for at, figure in enumerate(held.several(role) or (() if one is None else (one,))):
            room = kind.room(role, held.without(role, at).map(interval))
            assert (room is None) == (role == "base"), role
            assert room is None or room.meets(interval(figure)), role


_COUNTS = st.integers(1, 10**6)
_DECIMALS = st.integers(0, 3)


@given(_COUNTS, _COUNTS, _DECIMALS)
def test_rooms_of_a_ratio(part: int, whole: int, decimals: int) -> None:
    percent = share(Fraction(100 * part, whole), decimals)
    assume(percent.value > 0)
    assert_rooms(
        kind_of("ratio"), Operands({"numerator": count(part), "denominator": count(whole), "percent": percent})
    )


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_rooms_of_a_sum(parts: list[int]) -> None:
    held = Operands[Figure]({"total": count(sum(parts)), "parts": tuple(map(count, parts))})
    assert_rooms(kind_of("sum"), held)
    for at, part in enumerate(parts):  # nothing is rounded: the room is the figure itself
        assert kind_of("sum").room("parts", held.without("parts", at).map(interval)) == Interval.exact(part)


@given(_COUNTS, _COUNTS)
def test_rooms_of_a_remainder(done: int, left: int) -> None:
    held = Operands({"total": count(done + left), "done": count(done), "left": count(left)})
    assert_rooms(kind_of("remainder"), held)
    assert kind_of("remainder").room("done", held.without("done", 0).map(interval)) == Interval.exact(done)


@given(_COUNTS, _COUNTS, _DECIMALS, st.sampled_from(["old", "new", "delta", "percent", ""]))
def test_rooms_of_a_change(old: int, new: int, decimals: int, left_out: str) -> None:
    percent = share(Fraction(100 * abs(new - old), old), decimals)
    assume(old != new and percent.value > 0)
    roles = {"old": count(old), "new": count(new), "delta": count(abs(new - old)), "percent": percent}
    roles.pop(left_out, None)
    # a fall by nearly all leaves an old value without end; what the others leave then is not said
    assume(new > old or (interval(percent).high is not None and (interval(percent).high or 0) < 100))
    assert_rooms(kind_of("change"), Operands(roles, "up" if new > old else "down"))


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=6), _DECIMALS)
def test_rooms_of_a_distribution(counts: list[int], decimals: int) -> None:
    shares = tuple(share(Fraction(100 * n, sum(counts)), decimals) for n in counts)
    assert_rooms(kind_of("distribution"), Operands({"base": count(sum(counts)), "percents": shares}))


@pytest.mark.parametrize(
    ("name", "texts", "role", "room"),
    [
        ("ratio", {"numerator": "50", "denominator": "200"}, "percent", (25, 25)),
        ("ratio", {"numerator": "50", "percent": "25%"}, "denominator", (Fraction(10000, 51), Fraction(10000, 49))),
        ("sum", {"total": "10,0 tỷ", "parts": ("4,0 tỷ",)}, "parts", (5_900_000_000, 6_100_000_000)),
        ("remainder", {"total": "100", "left": "40"}, "done", (60, 60)),
        ("change", {"old": "100", "new": "134"}, "delta", (34, 34)),
        ("distribution", {"percents": ("60%", "30%")}, "percents", (9, 11)),
    ],
)
def test_room(name: str, texts: Texts, role: str, room: tuple[int | Fraction, int | Fraction]) -> None:
    left = kind_of(name).room(role, figures(texts).map(interval))
    assert left == Interval(*map(Fraction, room))


@pytest.mark.parametrize(
    ("name", "texts", "role"),
    [
        ("ratio", {"denominator": "200"}, "numerator"),
        ("ratio", {"percent": "25%"}, "denominator"),
        ("ratio", {"numerator": "50"}, "percent"),
        ("sum", {"parts": ("3", "4")}, "parts"),
        ("remainder", {"total": "100"}, "left"),
        ("change", {"new": "134"}, "old"),
        ("change", {"delta": "34"}, "new"),
        ("change", {"old": "100"}, "percent"),
        ("change", {"old": "100"}, "delta"),
    ],
)
def test_too_little_leaves_no_room_to_speak_of(name: str, texts: Texts, role: str) -> None:
    assert kind_of(name).room(role, figures(texts).map(interval)) is None


def test_a_change_whose_size_and_percentage_are_at_odds_leaves_no_old_value() -> None:
    others = figures({"new": "134", "delta": "35", "percent": "50%"}, "up").map(interval)
    assert kind_of("change").room("old", others) is None


@pytest.mark.parametrize(
    ("name", "filled", "reason"),
    [
        ("ratio", ("numerator", "denominator"), "no-percent"),
        ("ratio", ("percent",), "no-base"),
        ("ratio", ("numerator", "percent"), "no-base"),
        ("remainder", ("total", "left"), "incomplete"),
        ("change", ("delta",), "incomplete"),
    ],
)
def test_what_a_claim_lacks(name: str, filled: tuple[str, ...], reason: str) -> None:
    assert kind_of(name).lacks(filled) == reason
    for words in (messages("report")[language] for language in ("vi", "en")):
        assert reason in str(words)


@pytest.mark.parametrize(
    ("name", "texts", "trivial"),
    [
        ("ratio", {"numerator": "0", "denominator": "5", "percent": "0%"}, True),
        ("ratio", {"numerator": "5", "denominator": "5", "percent": "100%"}, True),
        ("ratio", {"numerator": "4", "denominator": "5", "percent": "80%"}, False),
        ("sum", {"total": "5", "parts": ("5", "0")}, True),
        ("sum", {"total": "5", "parts": ("4", "1")}, False),
        ("remainder", {"total": "5", "done": "5", "left": "0"}, True),
        ("remainder", {"total": "5", "done": "4", "left": "1"}, False),
        ("change", {"old": "5", "new": "5", "delta": "0"}, True),
        ("change", {"old": "0", "new": "5", "delta": "5"}, True),
        ("change", {"old": "4", "new": "5", "delta": "1"}, False),
        ("change", {"new": "5", "delta": "1", "percent": "25%"}, False),
    ],
)
def test_what_would_hold_whatever_the_figures_were(name: str, texts: Texts, trivial: bool) -> None:
    assert kind_of(name).is_trivial(figures(texts)) == trivial


@pytest.mark.parametrize(
    ("texts", "constant", "verdict"),
    [
        (("4.182", "4.182"), None, "consistent"),
        (("4.182", "4.812"), None, "inconsistent"),
        (("98,8%", "98,77%"), None, "consistent"),
        (("98,8%", "98,7%", "98,84%"), None, "inconsistent"),
        (("hơn 4.000 hồ sơ", "4.182"), None, "unverifiable"),
        (("367",), 367, "consistent"),
        (("376",), 367, "inconsistent"),
    ],
)
def test_a_repeat_says_one_number(texts: tuple[str, ...], constant: int | None, verdict: str) -> None:
    roles = {"figures": tuple(map(read, texts)), "constant": None if constant is None else count(constant)}
    held = Operands(roles)
    assert REPEAT.judgement(held).verdict == verdict
    assert REPEAT.written(Operands({"figures": texts})) == texts[0]
    if verdict == "consistent":
        for at, text in enumerate(texts):
            room = REPEAT.room("figures", held.without("figures", at).map(interval))
            assert room is not None
            assert room.meets(interval(read(text)))


# ---------------------------------------------------------------------------------------------------------------------
# Whoever names a kind names one that there is


def test_a_kind_that_is_not_known_is_an_error_wherever_it_is_named() -> None:
    (claim,) = check_text("3.225/3.265 hồ sơ đạt tỷ lệ 98,77%").claims
    other = claim.model_copy(update={"kind": "product"})
    for name_it in (
        lambda: kind_of("product"),
        lambda: of_kind("product"),
        lambda: equations([other], ()),
        lambda: ColumnEquation.of("product", (1,), (2,)),
        lambda: kind_of(REPEAT.name),  # which is no kind of claim
    ):
        with pytest.raises(LookupError, match="no kind of claim is called"):
            name_it()


def test_a_role_that_a_kind_does_not_have_is_an_error() -> None:
    with pytest.raises(LookupError, match="ratio has no role 'left'"):
        kind_of("ratio").room("left", figures({"numerator": "50"}).map(interval))


NAMES = {kind.name for kind in kinds()}


def test_there_is_a_recogniser_for_each_kind() -> None:
    assert sorted(recogniser.kind for recogniser in recognisers()) == sorted(NAMES)
    assert {name for recogniser in recognisers() for name in recogniser.after} <= NAMES


def test_there_is_a_rule_for_each_kind() -> None:
    judged = set()
    for rule in rules():
        for text in rule.wrong:
            report = check_text(text)
            held = {name for finding in report.findings if finding.rule == rule.id for name in finding.claims}
            judged |= {claim.kind for claim in report.claims if claim.id in held}
    assert judged == NAMES


def test_the_columns_of_claims_are_the_roles_of_the_kinds() -> None:
    single = {role.name for kind in kinds() for role in kind.roles if not role.is_list}
    several = {role for kind in kinds() for role in kind.lists}
    assert single.isdisjoint(several)
    assert sorted(FIGURES) == sorted(single)
    assert sorted(LISTS) == sorted(several)
    columns: dict[str, Any] = messages("columns")
    claims = columns["tables"]["claims"]
    assert single | several <= {*claims["printed"], *claims["shown"], *claims["folded"]}
    for language in ("vi", "en"):
        assert set(columns["words"][language]["kind"]) >= NAMES


def test_the_figures_of_a_claim_come_role_by_role() -> None:
    claims = check_text("Có 718 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình). Đạt 5/8 xã.").claims
    by_kind = {claim.kind: [figure.text for figure in claim.figures()] for claim in claims}
    assert by_kind == {"sum": ["718", "376", "342"], "ratio": ["5", "8"]}


def test_one_figure_is_taken_out_where_it_stands() -> None:
    held = replace(Operands[int]({"total": 7, "parts": (3, 4), "left": None}), direction="up")
    assert held.without("total", 0) == Operands[int]({"total": None, "parts": (3, 4), "left": None}, "up")
    assert held.without("parts", 1) == Operands[int]({"total": 7, "parts": (3,), "left": None}, "up")
    assert held.map(str) == Operands[str]({"total": "7", "parts": ("3", "4"), "left": None}, "up")
