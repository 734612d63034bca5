"""Features of words: cues and marks around a mention or between two, and the words themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from de06_extract.claims.prose.links.facts import TELLING, Facts, name_of, words_of
from de06_extract.claims.prose.mentions import Mention

_TELLING_BEHIND = TELLING | {"open", "comma", "close"}
_STOPS = frozenset({"semicolon", "stop", "item"})
_SPOKEN = 30  # characters before a figure in which the last two words are sought
_GAP = 4  # words between two figures that are taken as they are
_APART = 8  # figures between two mentions across which cues are gathered


def around(facts: Facts, text: str) -> Iterator[str]:
    """The cues before and behind a mention, the role that they give it, and the words next to it."""
    mention = facts.mention
    for kind in facts.telling:
        yield f"cue before {kind}"
    for kind in mention.tail_kinds & _TELLING_BEHIND:
        yield f"cue behind {kind}"
    yield f"last cue {facts.step}"
    if len(mention.lead) > 1:
        yield f"last cues {'>'.join(facts.path.split('>')[-2:])}"
    yield f"first cue behind {name_of(mention.tail[0].kinds) if mention.tail else 'nothing'}"
    yield f"role {mention.role}{' ' + mention.direction if mention.direction else ''}"
    yield from _bounds(mention)
    if mention.names_rate:
        yield "names a rate of its own"
    line = text[max(0, mention.start - _SPOKEN) : mention.start].rpartition("\n")[2]
    spoken = words_of(line)[-2:]
    for word in spoken:
        yield f"word before {word}"
    if len(spoken) == 2:
        yield f"words before {' '.join(spoken)}"
    if facts.noun:
        yield f"word behind {facts.noun[0]}"
        yield f"words behind {' '.join(facts.noun[:2])}"


def _bounds(mention: Mention) -> Iterator[str]:
    figure = mention.figure
    if figure.bound != "exact":
        yield f"bound {figure.bound}"
    if figure.upper is not None:
        yield "range"
    if figure.sign:
        yield "sign"


def between(sight: Sequence[Facts], a: Mention, b: Mention, scope: str, text: str) -> Iterator[str]:
    """The cues and words between two mentions of a document, and whether what was done is the same."""
    first, last = (a, b) if a.index < b.index else (b, a)
    order = "before" if b.index < a.index else "behind"
    apart = last.index - first.index
    if apart == 1:
        yield from _gap(order, sight[last.index].path, scope, text[first.end : last.start])
    elif apart == 2:
        yield f"{order}, path {sight[first.index + 1].step} · {sight[last.index].path}"
    if apart <= _APART and last.sentence == first.sentence:
        cues: frozenset[str] = frozenset().union(*[facts.cues for facts in sight[first.index + 1 : last.index + 1]])
        for kind in cues & TELLING:
            yield f"{order}, between {kind}"
        if cues.isdisjoint(_STOPS):
            yield f"{order}, no stop between"
    if a.verb:
        yield f"verb {'same' if a.verb == b.verb else 'other'}"


def _gap(order: str, path: str, scope: str, gap: str) -> Iterator[str]:
    """What stands between two figures that follow each other."""
    yield f"{order}, path {path}"
    if scope != "clause":
        yield f"{order}, path {path}, {scope}"
    words = gap.split()
    if len(words) <= _GAP:
        said = " ".join(words).lower().strip("*_ ")
        yield "digits between" if any(c.isdigit() for c in said) else f"{order}, words {said}"
