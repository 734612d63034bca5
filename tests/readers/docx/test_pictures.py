"""Pictures of whole pages in a Word document are named, as nobody reads them."""

from __future__ import annotations

import pytest

from de06_extract.errors import IllegibleError
from de06_extract.readers.docx.reader import read
from tests.readers.docx.building import packed, read_body

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/"
TEXT = "<w:p><w:r><w:t>Tiếp nhận 8.204 hồ sơ.</w:t></w:r></w:p>"


def picture(width: float, height: float) -> str:
    """A paragraph with a picture of that many centimetres."""
    extent = f"<p:extent cx='{round(width * 360_000)}' cy='{round(height * 360_000)}'/>"
    held = f"<d:graphic xmlns:d='{_SPACE}main'><c:pic xmlns:c='{_SPACE}picture'/></d:graphic>"
    inline = f"<p:inline xmlns:p='{_SPACE}wordprocessingDrawing'>{extent}{held}</p:inline>"
    return f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"


@pytest.mark.parametrize(
    ("pictures", "count"),
    [
        ([(16, 24)], "1"),
        ([(16, 24), (17, 25), (3, 3)], "2"),
        ([(16, 20)], "1"),
    ],
)
def test_pictures_of_the_size_of_a_page_are_counted(pictures: list[tuple[float, float]], count: str) -> None:
    found = read_body(TEXT + "".join(picture(*size) for size in pictures))
    assert found.text.strip() == "Tiếp nhận 8.204 hồ sơ."
    assert [(remark.about, remark.detail) for remark in found.remarks] == [("page-pictures", count)]


@pytest.mark.parametrize("size", [(3, 3), (16, 12), (24, 2)])
def test_a_logo_a_chart_and_a_signature_are_none(size: tuple[float, float]) -> None:
    assert read_body(TEXT + picture(*size)).remarks == ()


def test_a_file_with_nothing_else_is_illegible_and_says_what_to_do() -> None:
    with pytest.raises(IllegibleError, match=r"a\.docx: .*\(2\).*PDF"):
        read(packed(picture(16, 24) * 2), "a.docx")
