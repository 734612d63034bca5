"""The model card: what was learned from, how, what it finds, and how far its confidence can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from de06_extract.claims.prose.learning.candidates import KINDS
from de06_extract.claims.prose.learning.features import CUE_DOCUMENTS, MOST_WORDS, WORD_DOCUMENTS
from de06_extract.claims.prose.learning.model_text import LEAST_WEIGHT
from de06_extract.claims.prose.learning.texts import LONGEST, Text
from training import chance, fit
from training.calibration import BINS, bins
from training.evaluate import BELIEVED, THRESHOLDS, Assessment
from training.labelled import PassageSet
from training.procedure import Learned

_HEAD = """# The model of the linker

`src/de06_extract/data/model/relations.json`, written by `python -m training` together with this page, says which
figures of a text belong together. It is a log-linear model of five kinds of relation. Its weights have names that a
person can read; nothing else was learned, and no text is kept.
"""

_PROCEDURE = f"""
## How it was learned

- Every figure that may say something about others (an anchor) has readings: «none», and each choice of other figures
  for its roles. Features say which words, marks and places hold for a reading, none the size of a figure. What the
  arithmetic makes of a reading (it holds, is cut, a slip away, …) counts by how often that comes where a relation is
  meant, against how often by chance.
- Chance is counted in the unlabelled texts: the anchor's value is exchanged for another of its kind, grain and size
  that stood elsewhere. It is told apart by form and by resolution (half decades). What is meant is counted in the
  labels, an error as {chance.ERRORS:g} of a relation.
- The weights maximise the likelihood of the labels (each × {fit.LABELS:g}) and of the arithmetic of the unlabelled
  texts (× {fit.TEXTS:g}), shrunk by L2 {fit.SHRINKAGE:g}, in at most {fit.ROUNDS} rounds of L-BFGS. Sets count
  {{groups}}, others once.
- Features of cues and places stand in {CUE_DOCUMENTS} documents or more; those that quote words in
  {WORD_DOCUMENTS} or more, and of them at most {MOST_WORDS:,} a kind. Weights below
  {LEAST_WEIGHT:g} are dropped.
- Of an unlabelled document longer than {LONGEST:,} characters a part was read. The same input gives the same bytes.
"""

_FIGURES = """## What it finds

Each passage was read by a model that had not seen it: by folds of documents, or because the set is only measured. A
relation is found where its very figures have a posterior of {believed:g} or more. The last three columns are at failing
mass above {steps}: relations said to fail that are not labelled so, labelled errors noticed, and relations that hold
noticed once they are given a slip.
"""

_TRUST = """## How far its confidence can be trusted

Readings of passages left out, by the posterior they were stated with: how many, and the share that was right. The
expected error is how far the two are apart on average; behind the arrow, once each fold is calibrated on the others.
"""

_ASKING = """## Asking it

`de06-extract explain FILE CLAIM` shows the readings of one figure with their probabilities, the features for and
against each in words (`data/messages/evidence.toml`), what the arithmetic says, and which threshold a reading missed
that is not stated. `--model FILE` uses another file of this form; results made with it are kept apart by its hash.
"""

_ADAPTING = f"""## Adapting it

`de06-extract learn FOLDER… -o FILE [--base FILE]` moves the weights towards what the arithmetic of an archive of one's
own says, without labels: shares that follow from the same two figures again and again, totals that their parts add up
to. A fifth of the texts is held back, and before anything is written it is shown what the moved weights make of them:
relations found, figures said to fail, fits of exchanged values, likelihood. A kind keeps its weights unless the texts
held back become likelier by twice the standard error, with no more failing and no more chance fits. Tables of chance
and calibration stay those of the base, so that confidences are as good as the archive is like what they were counted
on. Of each document {LONGEST:,} characters are read at most; words are quoted only where {WORD_DOCUMENTS} texts have
them. The same archive gives the same bytes. It needs `pip install 'de06-extract[learn]'`.
"""

_LIMITS = """## Limits

- Labelled passages were chosen because they hold relations, and many have errors on purpose: shares of errors are not
  those of reports.
- Labels come from few readers, and the sentences of the tests were written by those who wrote the program.
- What no candidate offers cannot be found: wholes far from their shares, tables that lost their lines, lists that
  belong together only by their order.
- Each kind is measured alone. The linker lets a share and a change that want the same percentage stand against each
  other, and the rules ask more before they report an error.
"""


def card(
    learned: Sequence[Learned], texts: Sequence[Text], groups: Sequence[PassageSet], scored: Sequence[PassageSet]
) -> str:
    """The page in Markdown."""
    counted = ", ".join(f"«{name}» {factor:g} times" for name, factor in sorted(fit.GROUP_WEIGHTS.items()))
    return "\n".join(
        (
            _HEAD,
            *_data(texts, groups, scored),
            _PROCEDURE.format(groups=counted),
            *_figures(learned),
            *_calibration(learned),
            _ASKING,
            _ADAPTING,
            _LIMITS.rstrip("\n"),
            "",
        )
    )


def _data(texts: Sequence[Text], groups: Sequence[PassageSet], scored: Sequence[PassageSet]) -> Iterable[str]:
    letters = sum(len(text.text) for text in texts)
    yield "## What it was learned from"
    yield ""
    yield f"{len(texts):,} unlabelled texts of together {letters:,} characters, and labelled passages, here"
    yield "by the relations in them that can be checked:"
    yield ""
    yield from _table("set", "passages", *KINDS, "of them errors")
    for only, sets in (("", groups), (" (only measured)", scored)):
        for group in sorted(sets, key=lambda group: group.name):
            labels = [label for p in group.passages for label in p.labels if label.is_checkable]
            counts = Counter(label.kind for label in labels)
            errors = sum(label.is_error for label in labels)
            yield _row(group.name + only, len(group.passages), *(counts[kind] for kind in KINDS), errors)


def _figures(learned: Sequence[Learned]) -> Iterable[str]:
    steps = " / ".join(f"{t:g}" for t in THRESHOLDS)
    yield _FIGURES.format(believed=BELIEVED, steps=steps)
    yield from _table("kind", "set", "found", "stated, right", "false accusations", "errors", "planted slips")
    for one in learned:
        for only, assessment in (("", one.validated), (" (only measured)", one.scored)):
            yield from _scores(one.kind, only, assessment)
    yield ""
    yield f"In the unlabelled texts, anchors whose failing readings have a mass above {steps}, in 100 documents:"
    yield ""
    yield from _table("kind", "anchors read", "labelled", "features", "said to fail")
    for one in learned:
        failing = " / ".join(f"{one.accusations[t]:.1f}" for t in THRESHOLDS)
        yield _row(one.kind, one.text_anchors, one.labelled_anchors, one.features, failing)
    yield ""


def _scores(kind: str, only: str, assessment: Assessment) -> Iterable[str]:
    for group, score in sorted(assessment.scores.items()):
        if not score.labelled and not score.accused:
            continue
        accused = " / ".join(str(score.accused[t]) for t in THRESHOLDS)
        errors = " / ".join(str(score.errors_found[t]) for t in THRESHOLDS)
        planted = " / ".join(f"{score.planted_found[t] / max(1, score.planted):.2f}" for t in THRESHOLDS)
        yield _row(
            kind,
            group + only,
            f"{score.found} of {score.labelled}",
            f"{score.stated}, {score.stated_right}",
            accused,
            f"{errors} of {score.errors}" if score.errors else "none",
            f"{planted} of {score.planted}" if score.planted else "none",
        )


def _calibration(learned: Sequence[Learned]) -> Iterable[str]:
    yield _TRUST
    ends = [f"{at / BINS:.1f} to {(at + 1) / BINS:.1f}" for at in range(BINS)]
    yield from _table("said", *(one.kind for one in learned))
    columns = [bins(one.validated.readings) for one in learned]
    for at, said in enumerate(ends):
        yield _row(said, *(f"{column[at][2]:.2f} of {column[at][0]}" if column[at][0] else "–" for column in columns))
    yield _row("expected error", *(f"{one.error:.3f} → {one.calibrated_error:.3f}" for one in learned))
    yield ""


def _table(*names: str) -> Iterable[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: object) -> str:
    return f"| {' | '.join(f'{c:,}' if isinstance(c, int) else str(c) for c in cells)} |"
