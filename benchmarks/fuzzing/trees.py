"""Changes in the tree of an XML part that leave it well-formed, so that a reader gets far into it."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from fuzzing.texts import text

Change = Callable[[Any, random.Random], None]
_LARGE = 300  # elements; more are not put in again, so that files stay small


def any_of(root: Any, chance: random.Random) -> Any:
    """An element below the root, or the root."""
    return chance.choice([element for element in root.iter() if isinstance(element.tag, str)])


def remove(root: Any, chance: random.Random) -> None:
    """Takes an element out with all that is in it."""
    element = any_of(root, chance)
    if element.getparent() is not None:
        element.getparent().remove(element)


def repeat(root: Any, chance: random.Random) -> None:
    """Puts copies of an element behind it."""
    element = any_of(root, chance)
    if element.getparent() is not None and len(list(element.iter())) < _LARGE:
        for _ in range(chance.choice((1, 2, 10, 40))):
            element.addnext(copy.deepcopy(element))


def move(root: Any, chance: random.Random) -> None:
    """Puts a copy of an element into any other."""
    element, parent = any_of(root, chance), any_of(root, chance)
    if element is not root and len(list(element.iter())) < _LARGE:
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(element))


def nesting(tags: Sequence[str]) -> Change:
    """A change that puts elements into each other, some levels deep."""

    def nest(root: Any, chance: random.Random) -> None:
        element = any_of(root, chance)
        for _ in range(chance.choice((1, 3, 30, 260))):
            element = etree.SubElement(element, chance.choice((element.tag, *tags)))

    return nest


def putting(pieces: Sequence[str]) -> Change:
    """A change that puts the elements of one of the pieces somewhere; each piece is an element that holds them."""

    def put_in(root: Any, chance: random.Random) -> None:
        parent = any_of(root, chance)
        for piece in etree.fromstring(chance.choice(pieces)):
            parent.insert(chance.randrange(len(parent) + 1), piece)

    return put_in


def rename(root: Any, chance: random.Random) -> None:
    """Calls an element what another one is called."""
    any_of(root, chance).tag = any_of(root, chance).tag


def setting(values: Sequence[str]) -> Change:
    """A change that takes an attribute away or gives it one of the values."""

    def set_attribute(root: Any, chance: random.Random) -> None:
        named = [element for element in root.iter() if isinstance(element.tag, str) and element.attrib]
        if named:
            element = chance.choice(named)
            name = chance.choice(list(element.attrib))
            if chance.random() < 0.2:
                del element.attrib[name]
            else:
                element.set(name, chance.choice(values))

    return set_attribute


def writing(tags: Sequence[str]) -> Change:
    """A change that gives an element with one of the tags another text."""

    def set_text(root: Any, chance: random.Random) -> None:
        held = [element for element in root.iter() if element.tag in tags]
        if held:
            chance.choice(held).text = valid(text(chance)[:600])

    return set_text


def valid(said: str) -> str:
    """The text without the characters that no XML may have."""
    return "".join(c for c in said if c in "\n\t" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe")
