"""PDFs that are made to do harm are refused for what they hold, whoever reads them, before it is all looked at."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from de06_extract.errors import TooLargeError
from de06_extract.heartbeat import telling
from de06_extract.readers.pdf import budget, pages
from de06_extract.readers.pdf.budget import Budget
from de06_extract.readers.pdf.reader import read
from de06_extract.readers.pdf.streams import broken_stream
from de06_extract.readers.pdf.tables import frames
from de06_extract.readers.pdf.tables.frames import Frame
from tests.readers.pdf.drawing import pdf, text_at

WORDS = text_at(80, 700, "Words 1.785")


HEAD = b"<</Filter/FlateDecode/Length 9>>stream\n"


def packed(content: bytes) -> bytes:
    return HEAD + zlib.compress(content, 9) + b"\nendstream"


def in_each_other(streams: int, content: bytes) -> bytes:
    """Streams of which each goes on to the end of the last: a block of each holds the head of the next as it is."""
    length = len(HEAD) + 2
    block = b"\0" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little")
    return (HEAD + b"\x78\xda" + block) * (streams - 1) + packed(content)


@pytest.mark.parametrize(("streams", "size"), [(300, 1 << 20), (5, 60 << 20)], ids=["many", "large"])
def test_streams_that_unpack_to_too_much_together_are_refused(streams: int, size: int) -> None:
    data = b"%PDF-1.4\n" + packed(bytes(size)) * streams
    with pytest.raises(TooLargeError, match="unpack to more than 256 MiB"):
        broken_stream(data)


def test_streams_inside_each_other_share_what_they_may_unpack_to() -> None:
    data = b"%PDF-1.4\n" + in_each_other(100, bytes(8 << 20))
    assert len(data) < 20_000
    with pytest.raises(TooLargeError, match="unpack to more than 256 MiB"):
        broken_stream(data)
    assert (
        broken_stream(b"%PDF-1.4\n" + in_each_other(30, bytes(8 << 20))) is not None
    )  # no checksum but the last's fits


def test_a_file_that_unpacks_to_too_much_is_named() -> None:
    with pytest.raises(TooLargeError, match=r"^bomb\.pdf: the streams of the PDF unpack"):
        read(pdf(WORDS, more=[packed(bytes(60 << 20))] * 5), "bomb.pdf")


def test_streams_that_unpack_to_nothing_are_counted_by_what_they_take() -> None:
    """Empty blocks: five bytes each, and nothing comes of them."""
    empty = b"<</Filter/FlateDecode>>stream\n\x78\x01" + b"\x00\x00\x00\xff\xff" * 60_000
    with pytest.raises(TooLargeError):
        broken_stream(b"%PDF-1.4\n" + empty + b"endstream", Budget(unpacked=200_000))


def test_the_end_of_streams_inside_each_other_is_looked_for_once() -> None:
    class Counted(bytes):
        looked = 0

        def find(self, *arguments: Any) -> int:
            Counted.looked += 1
            return super().find(*arguments)

    data, steps = Counted(b"%PDF-1.4\n" + in_each_other(50, b"BT ET")), list[str]()
    with telling(steps.append):
        broken_stream(data)
    assert (len(steps), Counted.looked) == (50, 1)


def test_every_stream_is_a_sign_of_life() -> None:
    steps: list[str] = []
    with telling(steps.append):
        broken_stream(b"%PDF-1.4\n" + packed(b"BT ET") * 7)
    assert len(steps) == 7


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small PDFs whose pages hold a thousand times more than the few that they are."""
    many = 12
    text = "BT /F 12 Tf 1 0 0 1 80 700 Tm " + "(Words 1.785) Tj " * 500 + "ET"
    yield "pages of one text", shown_again(text, many)
    upright = (
        "BT /F 5 Tf " + " ".join(f"0 1 -1 0 {60 + 6 * at} 40 Tm ({'Words 1.785 ' * 9}) Tj" for at in range(10)) + " ET"
    )
    yield "pages of one text that is read from two sides", shown_again(upright, many)
    yield "pages of drawings", shown_again("0 0 m 9 9 l S " * 2000, many)
    yield "pages of shapes", shown_again("0 0 9 9 re f " * 1700, many)
    yield "pages of long lines", shown_again("0 0 m " + "9 1 l 7 3 l " * 900 + "S", many)
    yield "pages of nothing", shown_again("", 60 * many)
    ruled = [f"50 {50 + 10 * at} m 500 {50 + 10 * at} l S {50 + 9 * at} 50 m {50 + 9 * at} 550 l S" for at in range(51)]
    yield "pages of empty tables", shown_again(" ".join(ruled), many)
    lines = "0 0 m 9 9 l S " * 900
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    nested = f"<< {form} /Length {len(lines)} >>\nstream\n{lines}\nendstream"
    yield (
        "pages of drawings kept apart",
        shown_again("/D Do " * 3, many, keys="/F 3 0 R >> /XObject << /D 6 0 R", more=[nested]),
    )
    yield (
        "pages of notes",
        shown_again(
            "",
            many,
            page_keys=f"/Annots [{'6 0 R ' * 1700}]",
            more=["<< /Type /Annot /Subtype /Link /Rect [1 1 2 2] >>"],
        ),
    )


def shown_again(
    content: str, times: int, keys: str = "/F 3 0 R", page_keys: str = "", more: Sequence[str] = ()
) -> bytes:
    """A PDF of one page that is shown so many times."""
    data = pdf(content + " " + WORDS, fonts=keys, page_keys=page_keys, more=[each.encode() for each in more])
    kids = b"/Count 1 /Kids [4 0 R]"
    assert kids in data
    return data.replace(kids, b"/Count %d /Kids [%s]" % (times, b"4 0 R " * times))


@pytest.mark.parametrize(("kind", "data"), [*bombs()], ids=lambda value: value if isinstance(value, str) else "")
def test_pages_that_hold_too_much_together_are_refused(kind: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Words 1.785" in read(data, "bomb.pdf").text
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (20_000, budget.MOST_UNPACKED, budget.MOST_REREAD))
    with pytest.raises(TooLargeError, match=r"^bomb\.pdf: the PDF has more than 10000000 characters and drawings"):
        read(data, "bomb.pdf")


def rereadings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that another library is asked for from now on; it finds nothing there."""
    asked: list[int] = []

    def note(data: bytes, number: int) -> list[object]:
        asked.append(number)
        return []

    monkeypatch.setattr(pages, "_cells_of_pdfplumber", note)
    return asked


def crossing(levels: int, uprights: int) -> str:
    """A page whose rules make a grid with one cell that is no rectangle."""
    high, wide = 700 / levels, 500 / uprights
    bend = 30 + (uprights // 2) * wide
    lines = [WORDS]
    for number in range(levels + 1):
        y, right = 50 + number * high, bend if number == 1 else 530
        lines.append(f"30 {y:.1f} m {right:.1f} {y:.1f} l S")
    for number in range(uprights + 1):
        x, bottom = 30 + number * wide, 50 + high if number == uprights // 2 else 50
        lines.append(f"{x:.1f} {bottom:.1f} m {x:.1f} 750 l S")
    return "\n".join(lines)


@pytest.mark.parametrize(("levels", "uprights", "is_reread"), [(20, 10, True), (60, 60, True), (90, 90, False)])
def test_rules_that_cross_too_often_are_not_read_by_another_library(
    levels: int, uprights: int, is_reread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = rereadings(monkeypatch)
    document = read(pdf(crossing(levels, uprights)), "rules.pdf")
    assert asked == ([1] if is_reread else [])
    assert document.grids


def test_so_many_pages_are_read_by_another_library_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = rereadings(monkeypatch)
    read(shown_again(crossing(8, 8), 220), "rules.pdf")
    assert len(asked) == budget.MOST_REREAD == 200


def test_a_grid_in_which_nothing_keeps_squares_apart_is_one_cell() -> None:
    """Squares that are joined one after the other cost no more than others: there are 20,000 of them."""
    xs, ys = [float(x) for x in range(0, 500, 4)], [float(y) for y in range(600, 0, -4)]
    owners = frames._owners(xs, ys, {}, {})
    assert set(owners.values()) == {(0, 0)}
    assert isinstance(Frame(tuple(ys), tuple(xs), owners), Frame)
