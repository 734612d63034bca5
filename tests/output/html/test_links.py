"""The way from the page to a source file."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract.output.html.links import address


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/archive/a.pdf", "./a.pdf"),
        ("/archive/b/ước tính #1?.pdf", "./b/%C6%B0%E1%BB%9Bc%20t%C3%ADnh%20%231%3F.pdf"),
        ("/archive/javascript:alert(1).pdf", "./javascript%3Aalert%281%29.pdf"),
        ("/other/b\udcff.pdf", "./../other/b%FF.pdf"),
        ("/archive/x.ZIP!/in/side.pdf", "./x.ZIP"),
        ("/archive/wow!/b.pdf", "./wow%21/b.pdf"),
        ("file:///archive/m%20n.pdf", "./m%20n.pdf"),
        ("https://example.org/a.pdf", None),
        ("hdfs://node/a.pdf", None),
        ("javascript:alert(1)", None),
        ("a.pdf", None),
        ("C:/báo cáo/a.pdf", "file:///C:/b%C3%A1o%20c%C3%A1o/a.pdf"),
        ("/archive/a\0.pdf", None),
    ],
)
def test_the_address_of_a_source_file(path: str, expected: str | None) -> None:
    assert address(path, Path("/archive")) == expected
