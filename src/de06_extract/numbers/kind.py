"""What a kind of claim is: its roles, how its figures are judged, and what they leave open for one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.verdicts import Judgement
from de06_extract.schema.report import Direction

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Operands(Generic[T]):
    """What stands in the roles of one claim: figures, their intervals, or their texts; and the direction of a change.

    >>> parts = Operands({"total": 7, "parts": (3, 4)})
    >>> parts.one("total"), parts.several("parts"), parts.without("parts", 0).several("parts"), parts.one("left")
    (7, (3, 4), (4,), None)
    """

    roles: Mapping[str, T | tuple[T, ...] | None]
    direction: Direction | None = None

    def one(self, role: str) -> T | None:
        """What stands in a role that holds one."""
        held = self.roles.get(role)
        return None if isinstance(held, tuple) else held

    def several(self, role: str) -> tuple[T, ...]:
        """What stands in a role that holds a list."""
        held = self.roles.get(role)
        return held if isinstance(held, tuple) else ()

    def map(self, of: Callable[[T], U]) -> Operands[U]:
        """The same roles, each holding what `of` makes of what it holds."""
        return Operands(
            {
                role: tuple(map(of, held)) if isinstance(held, tuple) else None if held is None else of(held)
                for role, held in self.roles.items()
            },
            self.direction,
        )

    def without(self, role: str, at: int) -> Operands[T]:
        """All but one: the figure in the role, or the one at that position of its list."""
        held = self.roles.get(role)
        others = (*held[:at], *held[at + 1 :]) if isinstance(held, tuple) else None
        return replace(self, roles={**self.roles, role: others})


Room = Callable[[Operands[Interval]], Interval | None]


@dataclass(frozen=True)
class Role:
    """A place for a figure, or with `is_list` for several, in a kind of claim.

    The claim is about the figure in the role `is_about`, and names itself after it. What is stated of the others stands
    in a role `is_stated`; it is a size without a sign, in a direction, where `is_size`. Percentages behind a figure
    that is a whole (`is_whole`) may be of it. `room` is what the other figures leave for this one: None for nothing
    that can be said.
    """

    name: str
    is_list: bool = False
    is_about: bool = False
    is_stated: bool = False
    is_size: bool = False
    is_whole: bool = False
    room: Room | None = None


def lacks_figures(_: Collection[str]) -> str:
    """The reason that most claims which cannot be judged have: a figure is missing."""
    return "incomplete"


def is_never_trivial(_: Operands[Figure]) -> bool:
    """False: of some kinds no figures agree whatever they are."""
    return False


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of claim.

    `judge` takes the figures in the order of the roles, a tuple for a list, and behind them the direction where a role
    holds a size. `written` is the equation in the figures' own notation. `lacks` says why a claim without a verdict has
    none, from the roles that are filled: a key of `data/messages/report.toml`. `is_trivial` is true where the figures
    would agree whatever they were. In a kind that `adds_up` every figure is off by what the total is off. Not
    `is_telling` are claims that nearly any figures make true.
    """

    name: str
    roles: tuple[Role, ...]
    judge: Callable[..., Judgement]
    written: Callable[[Operands[str]], str]
    lacks: Callable[[Collection[str]], str] = lacks_figures
    is_trivial: Callable[[Operands[Figure]], bool] = is_never_trivial
    adds_up: bool = False
    is_telling: bool = True

    @cached_property
    def role_names(self) -> tuple[str, ...]:
        """Its roles in order."""
        return tuple(role.name for role in self.roles)

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The roles that hold a list."""
        return tuple(role.name for role in self.roles if role.is_list)

    @cached_property
    def about(self) -> str | None:
        """The role of the figure that a claim is about, None where it is about all of them alike."""
        return next((role.name for role in self.roles if role.is_about), None)

    @cached_property
    def stated(self) -> tuple[str, ...]:
        """The roles of what is stated of the other figures."""
        return tuple(role.name for role in self.roles if role.is_stated)

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """The roles of what percentages behind the claim may be of."""
        return tuple(role.name for role in self.roles if role.is_whole)

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        """The roles of sizes without a sign."""
        return tuple(role.name for role in self.roles if role.is_size)

    def judgement(self, figures: Operands[Figure]) -> Judgement:
        """Whether the figures in these roles can all be true."""
        held = [figures.several(role.name) if role.is_list else figures.one(role.name) for role in self.roles]
        return self.judge(*held, figures.direction) if self.sizes else self.judge(*held)

    def room(self, role: str, others: Operands[Interval]) -> Interval | None:
        """What the other figures leave for one in that role; None where they leave nothing, or any value."""
        if role not in self.role_names:
            raise LookupError(f"{self.name} has no role {role!r}: there are {', '.join(self.role_names)}")
        room = self.roles[self.role_names.index(role)].room
        return None if room is None else room(others)
