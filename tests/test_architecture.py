"""The picture of the rooms in `docs/architecture.md` is that of the imports.

`python tests/test_architecture.py` writes it anew: a box for each room, with what its docstring says, and an arrow to
each room that it builds on unless another arrow leads there.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "de06_extract"
PAGE = ROOT / "docs" / "architecture.md"
GROUND = (
    "compound_files",
    "cores",
    "errors",
    "forking",
    "found_modules",
    "heartbeat",
    "installed_programs",
    "library_messages",
    "optional_libraries",
    "own_outputs",
    "regular_files",
    "toml_files",
    "whole_files",
    "wording",
)
MARKS = re.compile(r"(?<=<!-- rooms: begin -->\n).*?(?=<!-- rooms: end -->)", re.DOTALL)


def room(module: str) -> str:
    """The room of a module, «ground» for those beside the rooms that know nothing of documents."""
    name = module.removeprefix("de06_extract").removeprefix(".").split(".")[0]
    return "ground" if name in GROUND else name


def imports() -> dict[str, set[str]]:
    """Which rooms each room imports from."""
    out: dict[str, set[str]] = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        here = room(".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("de06_extract."):
                out[here].add(room(node.module or ""))
    return {name: found - {name} for name, found in out.items() if name not in ("__init__", "__main__")}


def reduced(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """The arrows that no other way replaces."""

    def reach(name: str) -> set[str]:
        return graph.get(name, set()).union(*(reach(other) for other in graph.get(name, ())))

    return {
        name: {other for other in found if not any(other in reach(third) for third in found - {other})}
        for name, found in graph.items()
    }


def answer(name: str) -> str:
    """What a room answers: the first sentence of its docstring."""
    if name == "ground":
        return "errors, signs of life, locks and forks, files read and written whole, modules that are found"
    path = SOURCE / name / "__init__.py"
    path = path if path.exists() else SOURCE / f"{name}.py"
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return re.split(r"[.](?:\s|$)", said)[0].replace("`", "")


def picture() -> str:
    """The rooms as a diagram in text: each points to those below it that it builds on."""
    arrows = reduced(imports())
    names = sorted({*arrows, "ground"})
    boxes = [f'    {name}["<b>{name}</b><br>{answer(name)}"]' for name in names]
    lines = [f"    {name} --> {other}" for name in sorted(arrows) for other in sorted(arrows[name])]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *lines, "```", ""])


def test_the_picture_of_the_rooms_is_that_of_the_imports() -> None:
    shown = MARKS.search(PAGE.read_text("utf-8"))
    assert shown is not None
    assert shown[0] == picture()


if __name__ == "__main__":
    PAGE.write_text(MARKS.sub(picture().replace("\\", r"\\"), PAGE.read_text("utf-8")), "utf-8")
