"""Word documents made to reach what is not in them, or to grow without an end: each is read or refused, and no more."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from de06_extract.errors import UnreadableError
from de06_extract.readers import read_document
from tests.archive.files.test_zip import listing
from tests.readers.docx.building import PACKAGE, SPACES, R, packed, zipped

SAID = "Đạt 3/4 xã (75%)"
SECRET = "mật khẩu của người kiểm tra"
PARAGRAPH = f"<w:p><w:r><w:t>{SAID}{{}}</w:t></w:r></w:p>"
PLAIN = PARAGRAPH.format("")


class Elsewhere(NamedTuple):
    """A file and a server that no document may reach, and what was asked of the server."""

    file: Path
    url: str
    asked: list[str]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    (tmp_path / "secret.txt").write_text(SECRET, "utf-8")
    yield Elsewhere(tmp_path / "secret.txt", f"http://127.0.0.1:{server.server_port}/secret", asked)
    server.shutdown()
    server.server_close()
    thread.join(60)


def with_parts(**parts: str) -> bytes:
    """A document some of whose parts are these, whole."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations("officeDocument", "word/document.xml"),
        "word/document.xml": document(PLAIN),
        "word/_rels/document.xml.rels": relations("styles", "styles.xml"),
        "word/styles.xml": f"<w:styles {SPACES}/>",
    }
    return zipped(**{**files, **parts})


def document(body: str, head: str = "") -> str:
    return f"{head}<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def relations(kind: str, target: str, head: str = "", mode: str = "Internal") -> str:
    said = f'<Relationship Id="rId1" Type="{R}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'{head}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def entity(address: str) -> str:
    return f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>'


def grammar(address: str) -> str:
    return f'<!DOCTYPE d SYSTEM "{address}">'


def included(address: str) -> str:
    return f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'


CHUNK = PLAIN + '<w:altChunk r:id="rId1"/>'
REACHING: dict[str, Callable[[str], bytes]] = {
    "an entity": lambda at: with_parts(**{"word/document.xml": document(PARAGRAPH.format("&x;"), entity(at))}),
    "an entity of the styles": lambda at: with_parts(
        **{"word/styles.xml": f"{entity(at)}<w:styles {SPACES}>&x;</w:styles>"}
    ),
    "an entity of the relations": lambda at: with_parts(
        **{"word/_rels/document.xml.rels": relations("styles", "&x;", entity(at))}
    ),
    "a grammar": lambda at: with_parts(**{"word/document.xml": document(PLAIN, grammar(at))}),
    "a grammar of the styles": lambda at: with_parts(**{"word/styles.xml": f"{grammar(at)}<w:styles {SPACES}/>"}),
    "an inclusion": lambda at: with_parts(**{"word/document.xml": document(PARAGRAPH.format(included(at)))}),
    "a style sheet": lambda at: with_parts(
        **{"word/document.xml": document(PLAIN, f'<?xml-stylesheet type="text/xsl" href="{at}"?>')}
    ),
    "a template": lambda at: with_parts(
        **{"word/_rels/document.xml.rels": relations("attachedTemplate", at, mode="External")}
    ),
    "a chunk elsewhere": lambda at: with_parts(
        **{
            "word/document.xml": document(CHUNK),
            "word/_rels/document.xml.rels": relations("aFChunk", at, mode="External"),
        }
    ),
    "a chunk that says it is inside": lambda at: with_parts(
        **{"word/document.xml": document(CHUNK), "word/_rels/document.xml.rels": relations("aFChunk", at)}
    ),
    "styles elsewhere": lambda at: with_parts(**{"word/_rels/document.xml.rels": relations("styles", at)}),
}


def read_or_refuse(data: bytes) -> tuple[str, str]:
    """The text of a document, or the line that refuses it."""
    try:
        return read_document(data, "a.docx").text, ""
    except UnreadableError as error:
        return "", str(error)


@pytest.mark.parametrize("name", REACHING)
def test_no_part_of_a_document_reaches_a_file_or_the_network(name: str, elsewhere: Elsewhere) -> None:
    upwards = "../" * 30 + str(elsewhere.file).lstrip("/")
    for address in (elsewhere.file.as_uri(), str(elsewhere.file), upwards, elsewhere.url):
        text, line = read_or_refuse(REACHING[name](address))
        assert SAID in text or line.startswith("a.docx: ")
        assert SECRET not in text + line
    assert elsewhere.asked == []


def test_the_server_of_these_tests_answers(elsewhere: Elsewhere) -> None:
    """Else they would show nothing."""
    from urllib.request import urlopen

    with urlopen(elsewhere.url) as answer:
        assert answer.read().decode() == SECRET
    assert elsewhere.asked == ["/secret"]


CELL = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc>"
HEADER = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Tên</w:t></w:r></w:p></w:tc></w:tr>"
STYLE = "<w:style w:type='paragraph' w:styleId='{}'><w:basedOn w:val='{}'/></w:style>"
STYLED = f"<w:p><w:pPr><w:pStyle w:val='S0'/></w:pPr><w:r><w:t>{SAID}</w:t></w:r></w:p>"


def styled(*based_on: int) -> bytes:
    """A paragraph in the first of some styles, each based on the one with this number."""
    styles = "".join(STYLE.format(f"S{number}", f"S{other}") for number, other in enumerate(based_on))
    return packed(STYLED, styles=styles)


def nested(levels: int) -> bytes:
    body = "<w:tbl><w:tr><w:tc>" * levels + PLAIN + "</w:tc></w:tr></w:tbl>" * levels
    return packed(body)


GROWING: dict[str, Callable[[], bytes]] = {
    "entities of entities": lambda: with_parts(
        **{
            "word/document.xml": document(
                PARAGRAPH.format("&e9;"),
                '<!DOCTYPE d [<!ENTITY e0 "ha">'
                + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
                + "]>",
            )
        }
    ),
    "one long entity many times": lambda: with_parts(
        **{
            "word/document.xml": document(
                PARAGRAPH.format("&e;" * 20_000), f'<!DOCTYPE d [<!ENTITY e "{"ha" * 20_000}">]>'
            )
        }
    ),
    "cells over a thousand million columns": lambda: packed(
        PLAIN + "<w:tbl>" + f"<w:tr>{CELL.format(10**9) * 3}</w:tr>" * 20 + "</w:tbl>"
    ),
    "three thousand rows of headings": lambda: packed(f"{PLAIN}<w:tbl>{HEADER * 3000}</w:tbl>"),
    "tables in tables": lambda: nested(60),
    "more tables in tables than a tree may have": lambda: nested(2_000),
    "a style that is based on itself": lambda: styled(0),
    "styles that are based on each other": lambda: styled(1, 2, 0),
    "a style based on three thousand others": lambda: styled(*range(1, 3_000)),
    "a part of 65 MB": lambda: with_parts(**{"word/styles.xml": " " * (65 << 20)}),
    "two hundred thousand members": lambda: listing(200_000),
}


@pytest.mark.parametrize("name", GROWING)
def test_no_document_grows_when_it_is_read(name: str) -> None:
    data = GROWING[name]()
    tracemalloc.start()
    try:
        text, line = read_or_refuse(data)
        assert tracemalloc.get_traced_memory()[1] < 150 << 20
    finally:
        tracemalloc.stop()
    assert SAID in text or line.startswith("a.docx: ")
    assert "\n" not in line
