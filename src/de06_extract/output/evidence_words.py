"""Features of the linker in words: `data/messages/evidence.toml` has the phrases that their names are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from de06_extract.language.messages import messages
from de06_extract.schema.display import Language

_COUNT = r"-?\d+(?: to \d+| or more)?"
_OPEN = {"cue": r"[a-z_+>·\s]+?", "n": _COUNT, "words": r".+", "order": r"[a-z]{1,4}", "figure": r"[a-z ]+"}
_ROLE = ": "
_VERBATIM = re.compile(r"(?:^|, )(?:words?|view) ")  # what follows may hold commas of its own


def in_words(feature: str, kind: str, language: Language) -> str:
    """A feature of a reading of some kind as people read it; its own name where a phrase has no wording.

    >>> in_words("rate-base: before, slash", "ratio", "en")
    'the base from the percentage: before, joined by a slash'
    >>> in_words("part: word before gồm", "ratio", "vi")
    'tử số: trước nó là chữ “gồm”'
    """
    role, said = _divided(feature)
    phrases = ", ".join([_phrase(part, kind, language) or part for part in _parts(said)])
    named = _role(role, kind, language)
    return f"{named}: {phrases}" if named else phrases


def unworded(feature: str, kind: str) -> list[str]:
    """The phrases and the role of a feature for which there are no words.

    >>> unworded("rate-base: before, slash", "ratio"), unworded("rim-base: before, sideways", "ratio")
    ([], ['sideways', 'rim'])
    """
    role, said = _divided(feature)
    known = messages("evidence")
    roles = () if not role or role in known["phrases"] else role.split("-")
    own = known["own_roles"].get(kind, {})
    missing = [part for part in _parts(said) if _phrase(part, kind, "en") is None]
    return missing + [name for name in roles if name not in known["roles"] and name not in own]


def _divided(feature: str) -> tuple[str, str]:
    """The role and what is said of it; no role where a feature speaks of the whole reading."""
    role, mark, said = feature.partition(_ROLE)
    return (role, said) if mark else ("", feature)


def _parts(said: str) -> list[str]:
    """The phrases of a feature; words of the text are one phrase, whatever they hold."""
    verbatim = _VERBATIM.search(said)
    if verbatim is None:
        return said.split(", ")
    start = verbatim.start() + (2 if verbatim[0].startswith(", ") else 0)
    return [*said[: verbatim.start()].split(", "), said[start:]] if start else [said]


def _role(role: str, kind: str, language: Language) -> str:
    """The role, or how the second of two stands to the first."""
    if not role:
        return ""
    whole = messages("evidence")["phrases"].get(role)
    if whole is not None:
        return str(whole[language])
    own: Mapping[str, Mapping[str, str]] = messages("evidence")["own_roles"].get(kind, {})
    names = [own[name][language] if name in own else _named("roles", name, language) for name in role.split("-")]
    if len(names) == 2:
        return str(messages("evidence")["pair"][language]).format(a=names[0], b=names[1])
    return names[0] if len(names) == 1 else role


def _phrase(said: str, kind: str, language: Language) -> str | None:
    """A phrase in words, None where there are none for it."""
    for pattern, words in _patterns(language):
        found = pattern.fullmatch(said)
        if found is not None:
            filled = _filled(found.groupdict(), kind, language)
            if filled is not None:
                return words.format(**filled)
    return None


def _filled(held: Mapping[str, str], kind: str, language: Language) -> dict[str, str] | None:
    """What stands for something of the text, in words; None where one of them means nothing in the kind."""
    fillers: dict[str, Callable[[str], str | None]] = {
        "cue": lambda said: _cues(said, language),
        "n": lambda said: said.replace(" to ", "–").replace(" or more", "+"),
        "words": lambda said: said,
        "order": lambda said: _order(said, kind, language),
        "figure": lambda said: ", ".join(_named("figures", word, language) for word in said.split()),
    }
    filled: dict[str, str] = {}
    for name, said in held.items():
        worded = fillers[name](said)
        if worded is None:
            return None
        filled[name] = worded
    if "words" in held:
        filled["view"] = _named("views", held["words"], language)
        filled["left"] = ", ".join(_named("left", word, language) for word in held["words"].split())
    return filled


def _cues(said: str, language: Language) -> str:
    """Cues and marks one after the other; those of one word as alternatives."""
    steps = re.split(r">| · ", said)
    named = ("/".join(_named("cues", cue, language) for cue in step.split("+")) for step in steps)
    return " → ".join(dict.fromkeys(named))


def _order(said: str, kind: str, language: Language) -> str | None:
    letters: Mapping[str, str] = messages("evidence")["letters"].get(kind, {})
    if any(letter not in letters for letter in said):
        return None
    return " – ".join(_named("roles", letters[letter], language) for letter in said)


def _named(table: str, name: str, language: Language) -> str:
    entry: Mapping[str, Any] | None = messages("evidence")[table].get(name)
    return name if entry is None else str(entry[language])


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases as patterns with their words, those that say more before those that hold more."""
    phrases: Mapping[str, Mapping[str, str]] = messages("evidence")["phrases"]
    ordered = sorted(phrases.items(), key=lambda item: (item[0].count("{"), -len(item[0])))
    return tuple((_pattern(name), words[language]) for name, words in ordered)


def _pattern(name: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", name)
    said = [re.escape(piece) if at % 2 == 0 else f"(?P<{piece}>{_OPEN[piece]})" for at, piece in enumerate(pieces)]
    return re.compile("".join(said))
