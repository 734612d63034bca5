"""The options that ask for a copy of the document: what they are short for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from de06_extract.commands.terminal import stop
from de06_extract.language.messages import said

_FIXED = ".sua"  # before the ending of a copy with what is proposed
_ENDINGS = (".docx", ".txt", ".md")  # of files of which there is one


def with_copy(
    file: Path, form: str | None, outputs: Sequence[Path], *, fix: bool, diff: bool
) -> tuple[str | None, list[Path]]:
    """The form and the outputs, with the patch that --diff asks for, and the copy beside the file that --fix does.

    >>> with_copy(Path("a/b.docx"), None, [Path("b.html")], fix=True, diff=False)
    (None, [PosixPath('b.html'), PosixPath('a/b.sua.docx')])
    >>> with_copy(Path("b.txt"), None, [], fix=False, diff=True)
    ('patch', [])
    """
    if fix and file.suffix.lower() not in _ENDINGS:
        stop(f"{file}: {said('annotations', 'refusals.no-changes')}")
    if diff and form not in (None, "patch"):
        stop(said("annotations", "refusals.diff-and-form", form=form))
    copies = [file.with_name(f"{file.stem}{_FIXED}{file.suffix}")] if fix and not any(map(_is_fixed, outputs)) else []
    return "patch" if diff else form, [*outputs, *copies]


def _is_fixed(output: Path) -> bool:
    return output.stem.lower().endswith(_FIXED)
