"""The quotation of a card: the words of the report, with every figure of the relation as a piece of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from de06_extract.schema.cards.card import Mark, Piece, Quotation
from de06_extract.schema.display import one_line

Parsed = Mapping[str, Any]
_Marked = tuple[int, int, Mark]  # offsets in the words, and what stands there
_BULLETS = re.compile(r"\A(?:(?:[-–—+*•●▪◦]|#{1,6})\s+)+")  # «- + Tiếp nhận …»
_BOLD = re.compile(r"(?<!\()\*\*(?!\))")  # «**2.373/3.979** hồ sơ», but no footnote mark «(**)»


def quotation(finding: Parsed, relations: Sequence[Parsed], wrong: Collection[int]) -> Quotation:
    """The quotation of a finding; `relations` are its claims and comparisons, `wrong` the offsets of wrong figures.

    Words that stand together in the text are quoted as they stand. The quote of a table names row and column before
    each figure, wherever those are in the text. A finding without relations, as one on a reading that may not be meant,
    has its figures among the related places.
    """
    if not relations:
        quote, own = finding["quote"], finding["span"]
        start, beside = _beside(finding)
        if not beside:
            return words_with(quote, own["text"])
        return _pieces(quote, _inside(quote, start, [own, *beside], wrong))
    if not any(relation.get("table") for relation in relations):
        holder = next((relation for relation in relations if _holds(relation["span"], finding["span"])), None)
        if holder is not None:
            words, start = holder["span"]["text"], holder["span"]["start"]
            spans = [figure["span"] for relation in relations for figure in figures_of(relation)]
            return _pieces(words, _inside(words, start, [*spans, finding["span"]], wrong))
    return _named(finding, relations, wrong)


def figures_of(relation: Parsed) -> Iterator[Parsed]:
    """Every figure of a claim or comparison."""
    if "figures" in relation:
        yield from relation["figures"]
        return
    for held in relation["quantities"].values():
        yield from held if isinstance(held, list | tuple) else () if held is None else (held,)


def figures_beside(finding: Parsed) -> list[Parsed]:
    """The related places of a finding that stand in its own quotation, which is why they are figures of it.

    >>> span = {"text": "93%", "start": 17, "end": 20}
    >>> related = [{"span": {"text": text, "start": at, "end": at + 1}} for text, at in (("5", 10), ("7", 90))]
    >>> [one["span"]["text"] for one in figures_beside({"quote": "có 5, đạt 93%", "span": span, "related": related})]
    ['5']
    """
    beside = {span["start"] for span in _beside(finding)[1]}
    return [other for other in finding["related"] if other["span"]["start"] in beside]


def _beside(finding: Parsed) -> tuple[int, list[Parsed]]:
    """Where the quotation of a finding begins in the text, by the most of its places that stand in it so; and those."""
    quote, own = finding["quote"], finding["span"]
    spans = [other["span"] for other in finding["related"] if other["span"]["start"] != own["start"]]
    best: tuple[int, list[Parsed]] = (own["start"], [])
    at = quote.find(own["text"])
    while at >= 0 and spans:
        start = own["start"] - at
        held = [span for span in spans if _stands(span, quote, start)]
        best = max(best, (start, held), key=lambda found: len(found[1]))
        at = quote.find(own["text"], at + 1)
    return best


def _stands(span: Parsed, quote: str, start: int) -> bool:
    """True where words of the text stand in a quotation that begins at `start`."""
    return bool(span["start"] >= start and quote.startswith(span["text"], span["start"] - start))


def words_with(words: str, figure: str | None) -> Quotation:
    """Words in which the first place of a figure is the wrong one, for what knows no offsets.

    >>> words_with("đạt 98,57% kế hoạch", "98,57%").pieces[1]
    Piece(text='98,57%', mark='wrong')
    """
    at = words.find(figure) if figure else -1
    return _pieces(words, [(at, at + len(figure), "wrong")] if figure and at >= 0 else [])


def shortened(quote: Quotation, width: int) -> Quotation:
    """The quotation in about `width` characters: every figure stays whole, the words around them are cut at blanks.

    >>> long = Quotation((Piece("một hai ba bốn "), Piece("98,57%", "wrong"), Piece(" năm sáu bảy")))
    >>> shortened(long, 24).text
    '…ba bốn 98,57% năm sáu…'
    """
    plain = {at: len(piece.text) for at, piece in enumerate(quote.pieces) if piece.mark is None}
    room = max(0, width - sum(len(piece.text) for piece in quote.figures))
    if sum(plain.values()) <= room:
        return quote
    last = len(quote.pieces) - 1
    pieces = list(quote.pieces)
    for left, (at, length) in zip(range(len(plain), 0, -1), sorted(plain.items(), key=lambda p: p[1]), strict=True):
        own = min(length, room // left)  # what a short stretch leaves is for the longer ones
        room -= own
        pieces[at] = Piece(_cut(pieces[at].text, own, is_first=at == 0, is_last=at == last))
    return Quotation(tuple(pieces))


def _cut(text: str, width: int, *, is_first: bool, is_last: bool) -> str:
    """The words next to the figures: the end of what stands before them, the beginning of what stands behind."""
    if len(text) <= width:
        return text
    if is_first and not is_last:
        return "…" + text[len(text) - width :].partition(" ")[2]
    if is_last:
        return text[:width].rpartition(" ")[0] + "…"
    half = width // 2
    return text[:half].rpartition(" ")[0] + " … " + text[len(text) - half :].partition(" ")[2]


def _holds(outer: Parsed, inner: Parsed) -> bool:
    return bool(outer["start"] <= inner["start"] < inner["end"] <= outer["end"])


def _inside(words: str, start: int, spans: Iterable[Parsed], wrong: Collection[int]) -> Iterator[_Marked]:
    """The figures that stand in the words, each once, in order; of two that overlap the first."""
    end = 0
    for span in sorted(spans, key=lambda span: (span["start"], -span["end"])):
        first, behind = span["start"] - start, span["end"] - start
        is_quoted = span["start"] in wrong or words[max(first, 0) : behind] == span["text"]
        if end <= first < behind <= len(words) and is_quoted:
            yield first, behind, "wrong" if span["start"] in wrong else "figure"
            end = behind


def _named(finding: Parsed, relations: Sequence[Parsed], wrong: Collection[int]) -> Quotation:
    """The quote of a table, its figures found behind the names; or words, of which the finding says the figure."""
    quote, own = finding["quote"], finding["span"]
    spans = {span["start"]: span for relation in relations for span in (f["span"] for f in figures_of(relation))}
    spans.setdefault(own["start"], own)
    marks: list[_Marked] = []
    end = 0
    for span in (spans[start] for start in sorted(spans)):
        place = re.search(rf"(?<=: ){re.escape(span['text'])}(?![\w.,]*\w)", quote[end:])
        if place is not None:
            marks.append((end + place.start(), end + place.end(), "wrong" if span["start"] in wrong else "figure"))
            end += place.end()
    return _pieces(quote, marks) if marks else words_with(quote, own["text"])


def _pieces(words: str, marks: Iterable[_Marked]) -> Quotation:
    """The words cut at the marks, each piece printable and on one line, without what marks a list or bold letters."""
    pieces: list[Piece] = []
    at = 0
    for start, end, mark in marks:
        pieces += [Piece(one_line(words[at:start])), Piece(one_line(words[start:end]), mark)]
        at = end
    pieces.append(Piece(one_line(words[at:])))
    pieces[0] = Piece(_BULLETS.sub("", pieces[0].text), pieces[0].mark)
    plain = (piece if piece.mark else Piece(_BOLD.sub("", piece.text)) for piece in pieces)
    return Quotation(tuple(piece for piece in plain if piece.text))
