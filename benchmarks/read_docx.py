"""The milliseconds of the DOCX reader for each file, against the bare text of its XML.

python benchmarks/read_docx.py [FILE …]
"""

from __future__ import annotations

import sys
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path
from timeit import repeat

from docx.oxml.parser import parse_xml

from de06_extract.readers.docx.reader import read

ROUNDS = 10


def bare_text(data: bytes) -> str:
    """All the text of the main part, without structure: the least that any reader has to do."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "".join(str(text) for text in parse_xml(archive.read("word/document.xml")).itertext())


def main(paths: list[Path]) -> None:
    """Prints the best of some rounds, in milliseconds."""
    for path in paths or sorted(Path(__file__).parent.parent.glob("corpus/docx/*.docx")):
        data = path.read_bytes()
        ours = min(repeat(partial(read, data, path.name), number=1, repeat=ROUNDS))
        bare = min(repeat(partial(bare_text, data), number=1, repeat=ROUNDS))
        print(f"{path.name:20} {ours * 1000:8.1f} ms   bare XML {bare * 1000:6.1f} ms   {ours / bare:5.1f}×")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
