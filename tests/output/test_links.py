"""The way from a page, a workbook or a log to a source file."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse
from zipfile import ZipFile

import openpyxl
import pytest

from de06_extract.output.links import address, cell_address, relative_uri, uri
from tests.output.tables.made_up import run


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
        ("/archive/data.bin!/../../../../etc/passwd", "./data.bin"),
        ("/archive/data!/../evil.html", "./data"),
        ("/archive/data.bin!/b.txt", "./data.bin"),
        ("/archive/a.bin!/b.zip!/..\\..\\c.txt", "./a.bin"),
        ("/archive/../etc/passwd", None),
        ("//server/share/a.pdf", None),
        ("file:////server/share/a.pdf", None),
        ("/archive/\\\\server\\share\\a.pdf", None),
        ("/archive/..\\..\\a.pdf", None),
        ("file://server/share/a.pdf", None),
        ("data:text/html,a", None),
    ],
)
def test_the_address_of_a_source_file(path: str, expected: str | None) -> None:
    assert address(path, Path("/archive")) == expected


MEMBERS = (
    "../../../../etc/passwd",
    "../evil.html",
    "..\\..\\evil.html",
    "a/../../evil.html",
    "/etc/passwd",
    "//server/share/x.txt",
    "\\\\server\\share\\x.txt",
    "javascript:alert(1).txt",
    "http://evil.example/x.txt",
    "file:///etc/passwd",
    "..",
    "%2e%2e/%2e%2e/evil.html",
)
ARCHIVES = ("a.zip", "data.bin", "data", "b.pdf", "A.ZIP")


@pytest.mark.parametrize("archive", ARCHIVES)
@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_leads_to_nothing_but_its_archive(archive: str, member: str) -> None:
    path = f"/k/archive/{archive}!/{member}"
    for folder, base in ((Path("/k/archive"), "file:///k/archive/x.html"), (Path("/k/out"), "file:///k/out/x.html")):
        href = address(path, folder)
        if href is not None:
            opened = unquote(urlparse(urljoin(base, href)).path)
            assert opened == f"/k/archive/{archive}" or opened.startswith(f"/k/archive/{archive}!/")
        cell = cell_address(path, folder)
        if cell is not None:
            target = cell.removeprefix("external:")
            assert target.startswith("./")
            assert not re.search(r":|\\\\|(?<!^\./)(?<!^)//", target)
            opened = posixpath.normpath(posixpath.join(str(folder), unquote(target)))
            assert opened == f"/k/archive/{archive}" or opened.startswith(f"/k/archive/{archive}!/")
    for found in (urljoin("file:///k/archive/", relative_uri(path[len("/k/archive/") :])), uri(path)):
        assert urlparse(found).scheme == "file"
        assert not urlparse(found).netloc
        seen = unquote(urlparse(found).path).replace("\\", "/")
        assert posixpath.normpath(seen).startswith(f"/k/archive/{archive}")


@pytest.mark.parametrize(
    "name", ["http:x.txt", "mailto:x@y.txt", "C:x.txt", "\\\\evil\\share\\x.txt", "javascript:alert(1).txt", "//a"]
)
def test_a_cell_opens_no_network_path_and_no_scheme(name: str) -> None:
    cell = cell_address(f"/k/{name}", Path("/k"))
    assert cell is None or re.fullmatch(r"external:\./\./[^:\\]+", cell)


def test_every_form_of_an_archive_leads_to_its_files(tmp_path: Path) -> None:
    """Members of a ZIP file that is not called one, and files whose names are something else on Windows."""
    folder = tmp_path / "archive"
    folder.mkdir()
    with ZipFile(folder / "data.bin", "w") as archive:
        for member in ("../../../../etc/passwd", "../evil.html", "sub/a.txt"):
            archive.writestr(member, f"Đạt 1/2 hồ sơ (60%), tại {member}.")
    for name in ("\\\\evil\\share\\x.txt", "http:x.txt", "a b#1.txt"):
        (folder / name).write_text(f"Đạt 1/2 hồ sơ (60%), theo {name}.", "utf-8")
    for form in ("html", "xlsx", "sarif"):
        result = run("check", folder, "--store", tmp_path / "s.sqlite", "--report", tmp_path / f"out.{form}", "-q")
        assert result.exit_code == 0, result.output
    page = (tmp_path / "out.html").read_text("utf-8")
    hrefs = set(re.findall(r'href="([^#"][^"]*)"', page)) | set(re.findall(r'"(\./[^"]*)"', page))
    assert hrefs == {f"./archive/{name}" for name in ("data.bin", "http%3Ax.txt", "a%20b%231.txt")}
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    targets = {cell.hyperlink.target for sheet in book for row in sheet for cell in row if cell.hyperlink}
    assert targets == {f".\\archive\\{name}" for name in ("data.bin", "http%3Ax.txt", "a%20b%231.txt")}
    log = json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"][0]
    uris = {artifact["location"]["uri"] for artifact in log["artifacts"]}
    assert {"data.bin!/etc/passwd", "data.bin!/evil.html", "data.bin!/sub/a.txt"} <= uris
    assert not [found for found in uris if ".." in found or ":" in found]
